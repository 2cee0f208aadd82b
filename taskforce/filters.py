"""What one may ask of a list of the Task Force; the same for pages and the API."""

import datetime as dt

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taskforce.choices import (
    DECISION_STATES,
    AgendaItemKind,
    AttendanceState,
    DecisionKind,
    DocumentKind,
    InstrumentEventKind,
    InstrumentKind,
    InstrumentLevel,
    InstrumentStatus,
    Language,
    MeetingFormat,
    MeetingKind,
    MeetingState,
    OrganizationKind,
    PartyRole,
    ProvisionKind,
    ProvisionRelationKind,
    RelationKind,
    SeatCategory,
    UpdateKind,
    VoteMode,
    VoteStage,
)
from taskforce.models import (
    Decision,
    Document,
    Meeting,
    Office,
    Organization,
    PolicyInstrument,
    Rendition,
    Seat,
    Update,
)
from taskforce.querysets import (
    DecisionQuerySet,
    DocumentQuerySet,
    InstrumentRelationQuerySet,
    MeetingQuerySet,
    OrganizationQuerySet,
    ProvisionRelationQuerySet,
)
from untfsse.kit.pages.filters import (
    CountryFilter,
    DayFilter,
    FlagFilter,
    GoalFilter,
    ListFilter,
    RecordChoiceFilter,
    RecordFilter,
    WordFilter,
    YearFilter,
)
from untfsse.kit.pages.topics import TopicFilter
from untfsse.kit.records.tenure import TenureQuerySet

# --- Nouns with a page of their own --------------------------------------------------------


class OrganizationFilter(RecordFilter):
    """Organizations by words, seat, day, kind and topic; with a day, the seat is that day's."""

    category = WordFilter(SeatCategory, label=_("Seat"), method="in_category")
    on = DayFilter(method="seated_on")
    kind = WordFilter(OrganizationKind, label=_("Kind"))
    country = CountryFilter()
    tag = TopicFilter(Organization)
    rare = ("tag",)

    def in_category(
        self, queryset: OrganizationQuerySet, _name: str, value: str
    ) -> OrganizationQuerySet:
        """Narrow to a category of seat: that day's, or any ever held."""
        if self.form.cleaned_data.get("on"):
            return queryset  # the day asks for both
        seats = Seat.objects.visible_to(self.reader)
        return queryset.filter(Exists(seats.filter(organization=OuterRef("pk"), category=value)))

    def seated_on(
        self, queryset: OrganizationQuerySet, _name: str, value: dt.date
    ) -> OrganizationQuerySet:
        """Narrow to those that held a seat on the day, or may have."""
        category = self.form.cleaned_data.get("category") or None
        return queryset.seated(
            on=value, today=timezone.localdate(), category=category, reader=self.reader
        )


class MeetingFilter(RecordFilter):
    """Meetings by words, kind, state, day, place, who was present, and topic."""

    kind = WordFilter(MeetingKind, label=_("Kind"))
    state = WordFilter(MeetingState, label=_("State"))
    year = YearFilter()
    format = WordFilter(MeetingFormat, label=_("Format"))
    country = CountryFilter()
    organization = RecordChoiceFilter(Organization, label=_("Present"), method="with_present")
    tag = TopicFilter(Meeting)
    rare = ("tag",)

    def with_present(
        self, queryset: MeetingQuerySet, _name: str, value: Organization
    ) -> MeetingQuerySet:
        """Narrow to the meetings at which an organization is recorded as present."""
        return queryset.attended_by(value)


class DecisionFilter(RecordFilter):
    """Decisions by words, meeting, kind, follow-up, to whom they are addressed, and topic."""

    meeting = RecordChoiceFilter(Meeting, label=_("Meeting"))
    kind = WordFilter(DecisionKind, label=_("Kind"))
    follow_up = WordFilter(DECISION_STATES, label=_("Follow-up"), method="in_state")
    addressee = RecordChoiceFilter(Organization, field_name="addressees", label=_("Addressed to"))
    year = YearFilter("meeting__sort_on")
    tag = TopicFilter(Decision)
    rare = ("tag",)

    def in_state(self, queryset: DecisionQuerySet, _name: str, value: str) -> DecisionQuerySet:
        """Narrow to those of which readers are told this word."""
        return queryset.in_state(value)


class InstrumentFilter(RecordFilter):
    """Instruments by words, kind, reach, stage, country, goal, year of adoption and topic."""

    rare = ("stage", "tag")

    kind = WordFilter(InstrumentKind, label=_("Kind"))
    level = WordFilter(InstrumentLevel, label=_("Level"))
    country = CountryFilter("jurisdiction", "contains")
    year = YearFilter(label=_("Adopted in"))
    sdg = GoalFilter()
    binding = FlagFilter("is_binding", label=_("Binding"))
    stage = WordFilter(InstrumentStatus, label=_("Stage"))
    tag = TopicFilter(PolicyInstrument)


class UpdateFilter(RecordFilter):
    """News by words, kind, year, organization and topic."""

    kind = WordFilter(UpdateKind, label=_("Kind"))
    year = YearFilter()
    organization = RecordChoiceFilter(
        Organization, field_name="organizations", label=_("Organization")
    )
    tag = TopicFilter(Update)
    rare = ("tag",)


class DocumentFilter(RecordFilter):
    """Documents by words, kind, language, year, what they belong to, and topic."""

    kind = WordFilter(DocumentKind, label=_("Kind"))
    language = WordFilter(Language, label=_("Language"), method="in_language")
    year = YearFilter()
    meeting = RecordChoiceFilter(Meeting, label=_("Meeting"))
    instrument = RecordChoiceFilter(PolicyInstrument, label=_("Instrument"))
    tag = TopicFilter(Document)
    rare = ("tag",)

    def in_language(self, queryset: DocumentQuerySet, _name: str, value: str) -> DocumentQuerySet:
        """Narrow to the documents of which a rendition in the language exists."""
        renditions = Rendition.objects.filter(document=OuterRef("pk"), language=value)
        return queryset.filter(Exists(renditions))


# --- Nouns that belong to another: lists of the API ----------------------------------------


class TenureFilter(ListFilter):
    """Something held by an organization; on a day, for sure or possibly."""

    organization = RecordChoiceFilter(Organization, label=_("Organization"))
    on = DayFilter(label=_("Held on"), method="held_on")

    def held_on(self, queryset: TenureQuerySet, _name: str, value: dt.date) -> TenureQuerySet:
        """Narrow to what was held on the day or may have been; `certainty` tells which."""
        return queryset.held_or_perhaps(on=value, today=timezone.localdate())


class SeatFilter(TenureFilter):
    """Seats by organization, category and day."""

    category = WordFilter(SeatCategory, label=_("Category"))


class ReportedCountFilter(ListFilter):
    """Reported counts of members or of observers."""

    category = WordFilter(SeatCategory, label=_("Category"))


class TermFilter(TenureFilter):
    """Terms of office by office, organization and day."""

    office = RecordChoiceFilter(Office, label=_("Office"))


class PersonFilter(RecordFilter):
    """Office holders and authors by words and organization."""

    organization = RecordChoiceFilter(Organization, label=_("Organization"))


class AgendaItemFilter(ListFilter):
    """Agenda items by meeting, kind, who presented them, and what they are about."""

    meeting = RecordChoiceFilter(Meeting, label=_("Meeting"))
    kind = WordFilter(AgendaItemKind, label=_("Kind"))
    instrument = RecordChoiceFilter(
        PolicyInstrument, field_name="instruments", label=_("Instrument")
    )
    about_meeting = RecordChoiceFilter(Meeting, field_name="meetings", label=_("About the meeting"))
    presenter = RecordChoiceFilter(Organization, field_name="presenters", label=_("Presented by"))


class AttendanceFilter(ListFilter):
    """Attendance by meeting, organization and how it answered."""

    meeting = RecordChoiceFilter(Meeting, label=_("Meeting"))
    organization = RecordChoiceFilter(Organization, label=_("Organization"))
    state = WordFilter(AttendanceState, label=_("Attendance"))


class ProvisionFilter(ListFilter):
    """Provisions by instrument and kind."""

    instrument = RecordChoiceFilter(PolicyInstrument, label=_("Instrument"))
    kind = WordFilter(ProvisionKind, label=_("Kind"))


class ProvisionTextFilter(ListFilter):
    """Words of provisions by instrument and language."""

    instrument = RecordChoiceFilter(
        PolicyInstrument, field_name="provision__instrument", label=_("Instrument")
    )
    language = WordFilter(Language, label=_("Language"))


class ProvisionRelationFilter(ListFilter):
    """Ways of provisions by what became of them and the text on either end."""

    instrument = RecordChoiceFilter(PolicyInstrument, label=_("Instrument"), method="on_either_end")
    kind = WordFilter(ProvisionRelationKind, label=_("What became of it"))

    def on_either_end(
        self, queryset: ProvisionRelationQuerySet, _name: str, value: PolicyInstrument
    ) -> ProvisionRelationQuerySet:
        """Narrow to what is said of an instrument, read both ways."""
        return queryset.around(value)


class VoteFilter(ListFilter):
    """Votes by instrument, stage, how and year."""

    instrument = RecordChoiceFilter(PolicyInstrument, label=_("Instrument"))
    stage = WordFilter(VoteStage, label=_("Stage"))
    mode = WordFilter(VoteMode, label=_("How"))
    year = YearFilter()


class InstrumentEventFilter(ListFilter):
    """Steps by instrument, kind and year."""

    instrument = RecordChoiceFilter(PolicyInstrument, label=_("Instrument"))
    kind = WordFilter(InstrumentEventKind, label=_("Step"))
    year = YearFilter()


class InstrumentPartyFilter(ListFilter):
    """Parties by instrument, role, country and organization."""

    instrument = RecordChoiceFilter(PolicyInstrument, label=_("Instrument"))
    role = WordFilter(PartyRole, label=_("Role"))
    country = CountryFilter()
    organization = RecordChoiceFilter(Organization, label=_("Organization"))
    under = RecordChoiceFilter(Organization, label=_("Under"))


class InstrumentRelationFilter(ListFilter):
    """Relations by kind and the instrument on either end."""

    instrument = RecordChoiceFilter(PolicyInstrument, label=_("Instrument"), method="on_either_end")
    kind = WordFilter(RelationKind, label=_("Relation"))

    def on_either_end(
        self, queryset: InstrumentRelationQuerySet, _name: str, value: PolicyInstrument
    ) -> InstrumentRelationQuerySet:
        """Narrow to the relations of an instrument, read both ways."""
        return queryset.around(value)
