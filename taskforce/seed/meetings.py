"""Meetings: who called and attended them, their agendas, what they decided."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify

from taskforce.models import AgendaItem, Attendance, Decision, Meeting, MeetingPartner
from taskforce.seed.actors import slugs_by_name
from taskforce.seed.instruments import INSTRUMENTS
from taskforce.seed.organizations import ORGANIZATIONS
from untfsse.kit.loading import FileRow, Load, RecordFile, SeedModel
from untfsse.kit.loading.facts import dated, evidence, status
from untfsse.kit.loading.facts import record as record_values

MEETINGS = SeedModel(
    "meetings",
    Meeting,
    {
        "slug": "id",
        "ordinal": "number",
        "starts_on": "date_start",
        "ends_on": "date_end",
        "starts_time": "start_time",
        "ends_time": "end_time",
        "country": "country_code",
        "reported_participants": "participants",
        "participants_wording": "participants_qualifier",
        "reported_members": "members_count",
        "reported_observers": "observers_count",
    },
)
PARTNERS = SeedModel("organizers and partners", MeetingPartner)
AGENDA_ITEMS = SeedModel("agenda items", AgendaItem)
ATTENDANCE = SeedModel("attendance", Attendance)
DECISIONS = SeedModel(
    "decisions",
    Decision,
    {"slug": "number"},
    known_by=("number",),  # who writes it down by hand may choose another address
)
WORDINGS = {
    "exact": "{}",
    "about": "about {}",
    "over": "over {}",
    "agencies": "{} agencies",
    "over (registered)": "over {} registered",
}


def load_meetings(load: Load, file: RecordFile, actors: RecordFile) -> None:
    """Load meetings and what is part of them; organizations and instruments come before."""
    rows, known = file.rows("meetings"), slugs_by_name(actors)
    load.each(MEETINGS, rows, _load_meeting)
    load.each(PARTNERS, rows, lambda load, row: _load_partners(load, row, known))
    load.each(AGENDA_ITEMS, load.below(AGENDA_ITEMS, rows, "agenda_items"), _load_agenda_item)
    load.each(ATTENDANCE, rows, _load_attendance)
    load.each(DECISIONS, load.below(DECISIONS, rows, "decisions"), _load_decision)
    file.leave(["meetings.country"], "country_code says it")


def agenda_key(meeting: str, number: int | None) -> str:
    """Return the key of an agenda item; "" for none."""
    return f"{meeting}/{number}" if number else ""


def agenda_items(load: Load, row: FileRow) -> list[Any]:
    """Return the agenda items that a row names by meeting and number."""
    return [
        load.get(AGENDA_ITEMS, agenda_key(item.key("meeting"), item.whole("number")))
        for item in row.rows("agenda_items")
    ]


def _load_meeting(load: Load, row: FileRow) -> None:
    starts = dated(row, "date_start", "date_precision")
    ends = row.date("date_end")
    participants = row.whole("participants")
    wording = row.choice("participants_qualifier", WORDINGS) if participants is not None else ""
    values = record_values(row) | {
        "slug": row.key("id"),
        "title": row.text("title"),
        "kind": row.text("kind"),
        "ordinal": row.whole("number"),
        "state": row.text("state") or "held",
        "starts_on": starts,
        "ends_on": None if ends == starts else ends,
        "starts_time": row.text("start_time") or None,
        "ends_time": row.text("end_time") or None,
        "time_zone": row.text("time_zone"),
        "format": row.text("format"),
        "venue": row.text("venue"),
        "city": row.text("city"),
        "country": row.text("country_code"),
        "languages": row.texts("languages"),
        "reported_participants": participants,
        "participants_wording": wording.format(participants),
        "reported_members": row.whole("members_count"),
        "reported_observers": row.whole("observers_count"),
        "resource_persons": row.whole("resource_persons"),
    }
    load.put(MEETINGS, row, row.key("id"), values)


def _load_partners(load: Load, row: FileRow, known: Mapping[str, str]) -> None:
    meeting = load.get(MEETINGS, row.key("id"))
    for role, word in (("organizer", "organiser"), ("partner", "partner")):
        for slug in row.texts(f"{word}_organizations"):
            organization = load.get(ORGANIZATIONS, slug)
            values = {"meeting": meeting, "role": role, "organization": organization, "name": ""}
            load.put(PARTNERS, row, f"{row.key('id')}/{role}/{slug}", values)
        for name in row.texts(f"{word}_names"):
            actor = load.get(ORGANIZATIONS, known.get(name, ""))
            free = "" if actor else name
            values = {"meeting": meeting, "role": role, "organization": actor, "name": free}
            load.put(PARTNERS, row, f"{row.key('id')}/{role}/name/{name}", values)


def _load_agenda_item(load: Load, row: FileRow) -> None:
    meeting = row.owner.key("id")
    values = {
        "meeting": load.get(MEETINGS, meeting),
        "number": row.position,
        "title": row.text("title"),
        "kind": row.text("kind") or "discussion",
    }
    links = {
        "presenters": [load.get(ORGANIZATIONS, slug) for slug in row.texts("presenters")],
        "instruments": [load.get(INSTRUMENTS, slug) for slug in row.texts("instruments")],
        "meetings": [load.get(MEETINGS, slug) for slug in row.texts("meetings")],
    }
    load.put(AGENDA_ITEMS, row, agenda_key(meeting, row.position), values, links=links)


def _load_attendance(load: Load, row: FileRow) -> None:
    meeting = load.get(MEETINGS, row.key("id"))
    for slug in [*row.texts("members_present"), *row.texts("observers_present")]:
        organization = load.get(ORGANIZATIONS, slug)
        values = {"meeting": meeting, "organization": organization, "state": "present"}
        load.put(ATTENDANCE, row, f"{row.key('id')}/{slug}", values)


def _load_decision(load: Load, row: FileRow) -> None:
    meeting, number = row.owner, row.key("number")
    confidence = row.text("confidence") or meeting.text("confidence")
    item = agenda_key(meeting.key("id"), row.whole("agenda_item"))
    values = evidence(row, meeting) | {
        "number": number,
        "slug": slugify(number.replace("/", "-")),
        "meeting": load.get(MEETINGS, meeting.key("id")),
        "agenda_item": load.get(AGENDA_ITEMS, item),
        "kind": row.text("kind"),
        "text": row.text("text"),
        "note": row.text("note"),
        "confidence": confidence,
        "status": status(confidence),
    }
    addressees = [load.get(ORGANIZATIONS, slug) for slug in row.texts("addressees")]
    load.put(DECISIONS, row, number, values, links={"addressees": addressees})
