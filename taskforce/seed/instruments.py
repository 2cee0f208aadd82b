"""Policy instruments with their provisions, steps and parties."""

from collections import Counter
from operator import attrgetter

from django.db.models import Max

from taskforce.models import (
    InstrumentEvent,
    InstrumentParty,
    PolicyInstrument,
    Provision,
    SuggestedGoal,
    SuggestedTopic,
    Vote,
)
from taskforce.seed.instrument_words import EVENT_KINDS, PARTY_ROLES
from taskforce.seed.organizations import ORGANIZATIONS
from untfsse.kit.loading import FileRow, Load, RecordFile, SeedModel, is_proposed
from untfsse.kit.loading.facts import dated, evidence, record

INSTRUMENTS = SeedModel(
    "instruments",
    PolicyInstrument,
    {
        "slug": "id",
        "title": "title_official",
        "short_title": "title_short",
        "issuing_organization": "issuing_body",
        "issuing_acronym": "issuing_body",
        "is_binding": "binding",
        "stage": "status",
        "issued_on": "published_on",
        "official_url": "url_official",
        "official_url_status": "url_status",
        "other_urls": "url_other",
    },
)
PROVISIONS = SeedModel(
    "provisions",
    Provision,
    known_by=("instrument", "kind", "number", "label"),  # its position moves
)
EVENTS = SeedModel(
    "instrument steps",
    InstrumentEvent,
    {"kind": "event", "happened_on": "date"},
)
VOTES = SeedModel("votes", Vote, {"taken_on": "date"})
PARTIES = SeedModel("instrument parties", InstrumentParty)
SUGGESTED_GOALS = SeedModel(
    "suggested goals",
    SuggestedGoal,
    {"value": "suggested_sdgs"},
    held_back=is_proposed,
)
SUGGESTED_TOPICS = SeedModel(
    "suggested topics",
    SuggestedTopic,
    {"value": "suggested_topics"},
    held_back=is_proposed,
)


def load_instruments(load: Load, file: RecordFile) -> None:
    """Load instruments and what is part of them; organizations come before."""
    rows = file.rows("instruments")
    load.each(INSTRUMENTS, rows, _load_instrument)
    provisions = load.below(PROVISIONS, rows, "structure")
    _make_room(load, provisions)
    load.each(PROVISIONS, provisions, _load_provision)
    load.each(SUGGESTED_TOPICS, provisions, _load_topics)
    votes = [row.row("vote") for row in rows if row.value("vote")]
    load.each(VOTES, [*votes, *load.below(VOTES, rows, "votes")], _load_vote)
    load.each(EVENTS, load.below(EVENTS, rows, "status_history"), _load_event)
    sections = ("sponsors", "adherents", "parties")
    parties = [party for section in sections for party in load.below(PARTIES, rows, section)]
    load.each(PARTIES, parties, _load_party)
    load.each(SUGGESTED_GOALS, rows, _load_goals)
    for lead in file.row("meta").rows("leads_not_in_rows"):
        load.leave_out("leads", lead, "no noun for it: a hint where to look, not a record")


def _load_instrument(load: Load, row: FileRow) -> None:
    body = row.row("issuing_body")
    values = record(row) | {
        "slug": row.key("id"),
        "title": row.text("title_official") or row.text("title_short"),
        "title_language": row.text("title_language"),
        "short_title": row.text("title_short"),
        "symbol": row.text("symbol"),
        "issuing_body": body.text("name"),
        "issuing_acronym": body.text("acronym"),
        "issuing_organization": load.get(ORGANIZATIONS, body.text("organization")),
        "kind": row.text("kind"),
        "level": row.text("level"),
        "jurisdiction": row.texts("jurisdiction"),
        "jurisdiction_region": row.text("jurisdiction_region"),
        "is_binding": row.flag("binding"),
        "stage": row.text("status"),
        "session": row.text("session"),
        "adopted_on": dated(row, "adopted_on", "date_precision"),
        "issued_on": row.date("published_on"),
        "in_force_on": row.date("in_force_on"),
        "languages": row.texts("languages"),
        "licence": row.text("licence"),
        "official_url": row.text("url_official"),
        "official_url_status": row.text("url_status"),
        "other_urls": row.texts("url_other"),
        "summary": row.text("summary"),
        "parties_note": row.text("parties_note"),
        "is_structure_complete": bool(row.flag("structure_complete")),
        "sdgs": row.list_of("sdgs"),
    }
    load.put(INSTRUMENTS, row, row.key("id"), values)


def _load_vote(load: Load, row: FileRow) -> None:
    instrument, body, day = row.owner.key("id"), row.text("body"), row.text("date")
    values = evidence(row, row.owner) | {
        "instrument": load.get(INSTRUMENTS, instrument),
        "stage": row.text("stage"),
        "body": body,
        "mode": row.text("mode"),
        "taken_on": row.date("date"),
        "in_favour": row.whole("in_favour"),
        "against": row.whole("against"),
        "abstentions": row.whole("abstentions"),
        "countries_in_favour": row.texts("countries_in_favour"),
        "countries_against": row.texts("countries_against"),
        "countries_abstaining": row.texts("countries_abstaining"),
        "note": row.text("note"),
        "confidence": row.text("confidence") or row.owner.text("confidence"),
    }
    load.put(VOTES, row, f"{instrument}/{body}/{day}", values)


def provision_key(instrument: str, kind: str, number: str, label: str = "") -> str:
    """Return the key of a provision: its kind and number, or its label where it has none."""
    return f"{instrument}/{kind}/{number or label}"


def parent_key(instrument: str, words: str) -> str:
    """Return the key of a provision that a row names as “part II”; "" for none."""
    kind, _space, number = words.partition(" ")
    return provision_key(instrument, kind, number) if kind else ""


def key_of(row: FileRow) -> str:
    """Return the key of the provision that a row is."""
    names = (row.text("kind"), row.text("number"), row.text("label"))
    return provision_key(row.owner.text("id"), *names)


def _make_room(load: Load, rows: list[FileRow]) -> None:
    """Move provisions that no file names any more behind the others of their instrument."""
    counts = Counter(row.owner.text("id") for row in rows)
    old = load.left_over(PROVISIONS, {key_of(row) for row in rows})
    for provision in sorted(old, key=attrgetter("position")):
        others = provision.instrument.provisions
        count = counts[provision.instrument.slug]
        if provision.position <= count:
            last = others.aggregate(last=Max("position"))["last"]
            provision.position = max(last, count) + 1
            provision.save(update_fields=["position"])


def _load_provision(load: Load, row: FileRow) -> None:
    kind, number, label = row.key("kind"), row.text("number"), row.text("label")
    instrument = row.owner.key("id")
    values = {
        "instrument": load.get(INSTRUMENTS, instrument),
        "position": row.position,
        "kind": kind,
        "number": number,
        "label": label,
        "parent": load.get(PROVISIONS, parent_key(instrument, row.text("parent"))),
    }
    load.put(PROVISIONS, row, provision_key(instrument, kind, number, label), values)


def _load_topics(load: Load, row: FileRow) -> None:
    key = key_of(row)
    for topic in row.texts("suggested_topics"):
        values = {"provision": load.get(PROVISIONS, key), "value": topic}
        load.put(SUGGESTED_TOPICS, row, f"{key}/{topic}"[:500], values)


def _load_event(load: Load, row: FileRow) -> None:
    word, instrument = row.key("event"), row.owner.key("id")
    values = evidence(row, row.owner) | {
        "instrument": load.get(INSTRUMENTS, instrument),
        "kind": row.choice("event", EVENT_KINDS),
        "wording": word.replace("_", " ").capitalize(),
        "happened_on": dated(row, "date", "precision"),
        "detail": row.text("detail"),
    }
    key = f"{instrument}/{word}/{row.text('date')}/{row.text('detail')}"
    load.put(EVENTS, row, key[:500], values)


def _load_party(load: Load, row: FileRow) -> None:
    instrument, word = row.owner.key("id"), row.key("role")
    country, organization = row.text("country"), row.text("organization")
    role, detail = PARTY_ROLES.get(word, (word, row.text("detail")))
    values = evidence(row, row.owner) | {
        "instrument": load.get(INSTRUMENTS, instrument),
        "country": country,
        "organization": load.get(ORGANIZATIONS, organization),
        "role": role,
        "under": load.get(ORGANIZATIONS, row.text("under")),
        "detail": detail,
    }
    load.put(PARTIES, row, f"{instrument}/{role}/{country or organization}", values)


def _load_goals(load: Load, row: FileRow) -> None:
    instrument = load.get(INSTRUMENTS, row.key("id"))
    for number in row.texts("suggested_sdgs"):
        values = {"instrument": instrument, "value": number}
        load.put(SUGGESTED_GOALS, row, f"{row.key('id')}/{number}", values)
