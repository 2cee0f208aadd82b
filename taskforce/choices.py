"""The words of the Task Force: closed vocabularies."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganizationKind(TextChoices):
    """What sort of body an organization is."""

    UN_SPECIALIZED_AGENCY = "un_specialized_agency", _("UN specialized agency")
    UN_PROGRAMME = "un_programme", _("UN fund or programme")
    UN_REGIONAL_COMMISSION = "un_regional_commission", _("UN regional commission")
    UN_SECRETARIAT_BODY = "un_secretariat_body", _("UN secretariat")
    UN_OFFICE = "un_office", _("UN office")
    UN_ENTITY = "un_entity", _("UN entity")
    UN_RESEARCH_INSTITUTE = "un_research_institute", _("UN research institute")
    UN_SPECIAL_PROGRAMME = "un_special_programme", _("UN special programme")
    UN_WTO_AGENCY = "un_wto_agency", _("Joint agency of the UN and the WTO")
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organization")
    DEVELOPMENT_BANK = "development_bank", _("Development bank")
    EU_BODY = "eu_body", _("Body of the European Union")
    UMBRELLA_NETWORK = "umbrella_network", _("Umbrella network")
    LOCAL_GOVERNMENT_NETWORK = "local_government_network", _("Network of local governments")
    RESEARCH_NETWORK = "research_network", _("Research network")
    RESEARCH_INSTITUTE = "research_institute", _("Research institute")
    NGO = "ngo", _("Non-governmental organization")
    GOVERNMENT = "government", _("Government of a State")
    PUBLIC_AUTHORITY = "public_authority", _("Ministry or other public authority")
    ALLIANCE = "alliance", _("Alliance")
    BODY = "body", _("Conference or committee")


WITHOUT_SEAT = (
    OrganizationKind.GOVERNMENT,
    OrganizationKind.PUBLIC_AUTHORITY,
    OrganizationKind.ALLIANCE,
    OrganizationKind.BODY,
)
"""They take part, coordinate, fund or commit, and are never members or observers."""


class SeatCategory(TextChoices):
    """The two ways to belong to the Task Force."""

    MEMBER = "member", _("Member")
    OBSERVER = "observer", _("Observer")


class IdentifierScheme(TextChoices):
    """Registers that give organizations an identifier."""

    ROR = "ror", _("ROR")
    WIKIDATA = "wikidata", _("Wikidata")
    ISNI = "isni", _("ISNI")


REGISTERS = {
    IdentifierScheme.ROR: "https://ror.org/",
    IdentifierScheme.WIKIDATA: "https://www.wikidata.org/wiki/",
    IdentifierScheme.ISNI: "https://isni.org/isni/",
}


class MeetingKind(TextChoices):
    """What sort of meeting it is."""

    FOUNDING = "founding", _("Founding meeting")
    REGULAR = "regular", _("Regular meeting")
    SPECIAL = "special", _("Special meeting")
    TECHNICAL_SYMPOSIUM = "technical_symposium", _("Technical symposium")
    CONFERENCE = "conference", _("Conference")
    CONFERENCE_SESSION = "conference_session", _("Session at a conference")
    WORKSHOP = "workshop", _("Workshop")
    WEBINAR = "webinar", _("Webinar")
    SIDE_EVENT = "side_event", _("Side event")
    PARTNER_EVENT = "partner_event", _("Event of a partner")
    PRECURSOR_CONFERENCE = "precursor_conference", _("Conference before the Task Force")


SITTINGS = (MeetingKind.FOUNDING, MeetingKind.REGULAR, MeetingKind.SPECIAL)


class MeetingState(TextChoices):
    """Whether a meeting took place."""

    PLANNED = "planned", _("Planned")
    POSTPONED = "postponed", _("Postponed")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


TO_COME = (MeetingState.PLANNED, MeetingState.POSTPONED)
"""States of meetings that are still to be held."""


class MeetingFormat(TextChoices):
    """How people met."""

    IN_PERSON = "in_person", _("In person")
    VIRTUAL = "virtual", _("Virtual")
    HYBRID = "hybrid", _("Hybrid")
    UNKNOWN = "unknown", _("Not known")


class PartnerRole(TextChoices):
    """What a body did for a meeting."""

    ORGANIZER = "organizer", _("Organizer")
    PARTNER = "partner", _("Partner")


class AgendaItemKind(TextChoices):
    """What an agenda item is for."""

    ADOPTION = "adoption", _("Adoption of the agenda")
    APPROVAL_OF_MINUTES = "approval_of_minutes", _("Approval of minutes")
    UPDATE = "update", _("Update")
    DECISION = "decision", _("For decision")
    DISCUSSION = "discussion", _("Discussion")
    OTHER_BUSINESS = "other_business", _("Other business")


class AttendanceState(TextChoices):
    """How an organization answered the invitation."""

    INVITED = "invited", _("Invited")
    PRESENT = "present", _("Present")
    APOLOGIES = "apologies", _("Apologies")
    ABSENT = "absent", _("Absent")


class DecisionKind(TextChoices):
    """The operative verb of a decision."""

    DECIDES = "decides", _("Decides")
    REQUESTS = "requests", _("Requests")
    AGREES = "agrees", _("Agrees")
    WELCOMES = "welcomes", _("Welcomes")
    NOTES = "notes", _("Notes")


class FollowUp(TextChoices):
    """What became of a decision."""

    NO_INFORMATION = "no_information", _("No word yet")
    OPEN = "open", _("Open")
    PARTLY = "partly", _("Partly implemented")
    IMPLEMENTED = "implemented", _("Implemented")
    ELAPSED = "elapsed", _("Elapsed")
    SUPERSEDED = "superseded", _("Superseded")


AWAITED = (FollowUp.NO_INFORMATION, FollowUp.OPEN, FollowUp.PARTLY)
"""Of what stands so more is to be told."""
DONE_IN_ITSELF = (DecisionKind.WELCOMES, DecisionKind.NOTES)
"""Decisions that ask nobody to act: no word of them is missing."""
ASKS_NOTHING = "asks_nothing"
DECISION_STATES = [(ASKS_NOTHING, _("Asks for nothing")), *FollowUp.choices]
"""What readers are told of a decision, in a word."""


class MinutesState(TextChoices):
    """The life of minutes."""

    DRAFT = "draft", _("Draft")
    CIRCULATED = "circulated", _("Circulated")
    APPROVED = "approved", _("Approved")


class DocumentKind(TextChoices):
    """What a document is."""

    AGENDA = "agenda", _("Agenda")
    MINUTES = "minutes", _("Minutes")
    REPORT = "report", _("Report")
    SLIDES = "slides", _("Slides")
    TEXT = "text", _("Text of an instrument")
    STATEMENT = "statement", _("Statement")
    PAPER = "paper", _("Paper")
    RECORDING = "recording", _("Recording")
    OTHER = "other", _("Other")


class Licence(TextChoices):
    """Under what terms a text may be used."""

    UNKNOWN = "", _("Not known")
    ALL_RIGHTS_RESERVED = "all-rights-reserved", _("All rights reserved")
    UN = "un-terms", _("Terms of use of the United Nations")
    CC_BY = "CC-BY-4.0", _("Creative Commons Attribution 4.0")
    CC_BY_SA = "CC-BY-SA-4.0", _("Creative Commons Attribution-ShareAlike 4.0")
    CC_BY_NC_SA_IGO = "CC-BY-NC-SA-3.0-IGO", _("Creative Commons BY-NC-SA 3.0 IGO")
    CC_BY_NC_ND = "CC-BY-NC-ND-4.0", _("Creative Commons BY-NC-ND 4.0")
    PUBLIC_DOMAIN = "public-domain", _("Public domain")


LICENCE_URLS: dict[str, str] = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY_NC_SA_IGO: "https://creativecommons.org/licenses/by-nc-sa/3.0/igo/",
    Licence.CC_BY_NC_ND: "https://creativecommons.org/licenses/by-nc-nd/4.0/",
}
SHOWABLE_LICENCES = (
    Licence.CC_BY,
    Licence.CC_BY_SA,
    Licence.CC_BY_NC_SA_IGO,
    Licence.PUBLIC_DOMAIN,
)


class InstrumentKind(TextChoices):
    """What sort of text an instrument is."""

    RESOLUTION = "resolution", _("Resolution")
    RECOMMENDATION = "recommendation", _("Recommendation")
    DECLARATION = "declaration", _("Declaration")
    CONCLUSIONS = "conclusions", _("Conclusions")
    LAW = "law", _("Law")
    BILL = "bill", _("Bill")
    STRATEGY = "strategy", _("Strategy")
    ACTION_PLAN = "action_plan", _("Action plan")


class InstrumentLevel(TextChoices):
    """How far an instrument reaches."""

    GLOBAL = "global", _("Global")
    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")
    SUBNATIONAL = "subnational", _("Subnational")
    NETWORK = "network", _("Within a network")


class InstrumentStatus(TextChoices):
    """Where an instrument stands."""

    IN_PROCESS = "in_process", _("In process")
    ADOPTED = "adopted", _("Adopted")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Superseded")


class VoteMode(TextChoices):
    """How an instrument was adopted."""

    CONSENSUS = "consensus", _("By consensus")
    UNANIMOUS = "unanimous", _("Unanimously")
    RECORDED_VOTE = "recorded_vote", _("By a recorded vote")
    WITHOUT_A_VOTE = "without_a_vote", _("Without a vote")


class VoteStage(TextChoices):
    """Where in the life of an instrument a vote was taken."""

    COMMITTEE = "committee", _("In committee")
    PLENARY = "plenary", _("In plenary")


class LinkStatus(TextChoices):
    """How a web address is known."""

    SEEN = "seen", _("Found in a source")
    PATTERN = "pattern", _("Built from a known address scheme")
    DERIVED = "derived", _("Derived from the confirmed numbering")
    RECALLED = "recalled", _("Not yet checked")


class ProvisionKind(TextChoices):
    """What a part of an instrument is called."""

    PREAMBULAR = "preambular", _("Preambular paragraph")
    OPERATIVE = "operative", _("Operative paragraph")
    OPERATIVE_THEME = "operative_theme", _("Operative theme")
    PART = "part", _("Part")
    TITLE = "title", _("Title")
    CHAPTER = "chapter", _("Chapter")
    ARTICLE = "article", _("Article")
    PARAGRAPH = "paragraph", _("Paragraph")
    POINT = "point", _("Point")
    BUILDING_BLOCK = "building_block", _("Building block")
    PRINCIPLE = "principle", _("Principle")
    GUIDING_PRINCIPLE = "guiding_principle", _("Guiding principle")
    OUTPUT = "output", _("Output")
    THEME = "theme", _("Theme")
    TOPIC = "topic", _("Topic")
    ADVOCACY_AREA = "advocacy_area", _("Advocacy area")
    PRIORITY = "priority", _("Priority")
    PILLAR = "pillar", _("Pillar")
    AREA = "area", _("Area")


class InstrumentEventKind(TextChoices):
    """A step in the life of an instrument."""

    PROPOSED = "proposed", _("Proposed")
    TABLED = "tabled", _("Tabled")
    DISCUSSED = "discussed", _("Discussed")
    AGREED = "agreed", _("Agreed")
    ADOPTED = "adopted", _("Adopted")
    PROMULGATED = "promulgated", _("Promulgated")
    PUBLISHED = "published", _("Published")
    IN_FORCE = "in_force", _("In force")
    PERIOD = "period", _("Start or end of its period")
    IMPLEMENTED = "implemented", _("Implementing act")
    AMENDED = "amended", _("Amended")
    SUPERSEDED = "superseded", _("Superseded")
    VETOED = "vetoed", _("Vetoed")
    REPORTED_ON = "reported_on", _("Reported on")
    DEADLINE = "deadline", _("Deadline")
    EVENT = "event", _("Event")


class PartyRole(TextChoices):
    """What a country or an organization did for an instrument."""

    CHAIR = "chair", _("Chair")
    CO_CHAIR = "co_chair", _("Co-chair")
    COORDINATOR = "coordinator", _("Coordinator")
    MAIN_SPONSOR = "main_sponsor", _("Main sponsor")
    SPONSOR = "sponsor", _("Sponsor")
    CO_SPONSOR = "co_sponsor", _("Co-sponsor")
    ADHERENT = "adherent", _("Adherent")
    SIGNATORY = "signatory", _("Signatory")
    ADDRESSEE = "addressee", _("Addressee")


class RelationKind(TextChoices):
    """How one instrument relates to another, read from the newer to the older."""

    CITES = "cites", _("Cites")
    IMPLEMENTS = "implements", _("Implements")
    SUPERSEDES = "supersedes", _("Supersedes")
    AMENDS = "amends", _("Amends")
    COMPLEMENTS = "complements", _("Complements")
    FOLLOWS_UP = "follows_up", _("Follows up")
    RESPONDS_TO = "responds_to", _("Responds to")
    SUPPORTS = "supports", _("Supports")


RELATION_INVERSES = {
    RelationKind.CITES: _("Cited by"),
    RelationKind.IMPLEMENTS: _("Implemented by"),
    RelationKind.SUPERSEDES: _("Superseded by"),
    RelationKind.AMENDS: _("Amended by"),
    RelationKind.COMPLEMENTS: _("Complemented by"),
    RelationKind.FOLLOWS_UP: _("Followed by"),
    RelationKind.RESPONDS_TO: _("Answered by"),
    RelationKind.SUPPORTS: _("Supported by"),
}


class ProvisionRelationKind(TextChoices):
    """What became of a provision from one text to a later one, in an editor's judgement."""

    CARRIED_OVER = "carried_over", _("Carried over")
    STRENGTHENED = "strengthened", _("Strengthened")
    WEAKENED = "weakened", _("Weakened")
    NEW = "new", _("New")
    DROPPED = "dropped", _("Dropped")


class UpdateKind(TextChoices):
    """What a piece of news is about."""

    MEETING = "meeting", _("Meeting")
    EVENT = "event", _("Event")
    MEMBERSHIP = "membership", _("Membership")
    GOVERNANCE = "governance", _("Governance")
    PUBLICATION = "publication", _("Publication")
    POLICY_MILESTONE = "policy_milestone", _("Policy milestone")
    UN_RESOLUTION = "un_resolution", _("UN resolution")
    UN_REPORT = "un_report", _("UN report")
    MILESTONE = "milestone", _("Milestone")
    RECOGNITION = "recognition", _("Award or recognition")
    CALL = "call", _("Call with a deadline")
    VACANCY = "vacancy", _("Vacancy")


class UnLanguage(TextChoices):
    """The official languages of the United Nations, by ISO 639-1 code."""

    ARABIC = "ar", _("Arabic")
    CHINESE = "zh", _("Chinese")
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    RUSSIAN = "ru", _("Russian")
    SPANISH = "es", _("Spanish")


class Language(TextChoices):
    """The languages of texts, by ISO 639-1 code."""

    ARABIC = "ar", _("Arabic")
    BULGARIAN = "bg", _("Bulgarian")
    CHINESE = "zh", _("Chinese")
    CROATIAN = "hr", _("Croatian")
    CZECH = "cs", _("Czech")
    DANISH = "da", _("Danish")
    DUTCH = "nl", _("Dutch")
    ENGLISH = "en", _("English")
    ESTONIAN = "et", _("Estonian")
    FINNISH = "fi", _("Finnish")
    FRENCH = "fr", _("French")
    GERMAN = "de", _("German")
    GREEK = "el", _("Greek")
    HUNGARIAN = "hu", _("Hungarian")
    IRISH = "ga", _("Irish")
    ITALIAN = "it", _("Italian")
    KOREAN = "ko", _("Korean")
    LATVIAN = "lv", _("Latvian")
    LITHUANIAN = "lt", _("Lithuanian")
    MALTESE = "mt", _("Maltese")
    POLISH = "pl", _("Polish")
    PORTUGUESE = "pt", _("Portuguese")
    ROMANIAN = "ro", _("Romanian")
    RUSSIAN = "ru", _("Russian")
    SLOVAK = "sk", _("Slovak")
    SLOVENIAN = "sl", _("Slovenian")
    SPANISH = "es", _("Spanish")
    SWEDISH = "sv", _("Swedish")


UN_LANGUAGES = (
    Language.ENGLISH,
    Language.FRENCH,
    Language.SPANISH,
    Language.RUSSIAN,
    Language.CHINESE,
    Language.ARABIC,
)
"""The official languages of the United Nations, in the order in which texts offer them."""
RIGHT_TO_LEFT = (Language.ARABIC,)


def in_order(codes: Iterable[str]) -> list[str]:
    """Return languages with those of the United Nations first."""
    places = {
        code: place for place, code in reversed([*enumerate([*UN_LANGUAGES, *Language.values])])
    }
    return sorted(codes, key=lambda code: places[code])
