"""Recording a meeting: attendance, minutes and decisions, all of it or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.choices import MeetingState
from taskforce.models import AgendaItem, Attendance, Decision, Meeting, Minutes
from taskforce.services.attendance import Answer, record_attendance
from taskforce.services.decisions import take_decision
from taskforce.services.minutes import edit_minutes, refuse_frozen
from untfsse.kit.records.roles import Actor, require, require_all

type Errors = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision and the key of the item under which it was taken; None for no item.

    `facts` are those of `take_decision`: kind, text, number, addressees, due day.
    """

    item: int | None
    facts: dict[str, Any]

    @property
    def place(self) -> str:
        """Where its errors belong: `d12`."""
        return f"d{self.item or 0}"


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """What the secretariat knows of a meeting.

    `facts` are columns of the meeting, `texts` the minutes by the keys of agenda items, and
    `opening` is the text before the first item; None leaves it.
    """

    facts: dict[str, Any] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)
    opening: str | None = None
    decisions: list[Taken] = field(default_factory=list)


def lock_record(meeting: Meeting) -> None:
    """Hold the meeting and what is recorded of it until the transaction ends."""
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    for rows in (Attendance.objects, AgendaItem.objects, Minutes.objects):
        list(rows.filter(meeting=meeting).order_by("pk").select_for_update(of=("self",)))


@transaction.atomic
def record_meeting(meeting: Meeting, record: MeetingRecord, *, by: Actor) -> list[Decision]:
    """Keep the whole record of a meeting; returns the decisions, which are drafts.

    A held meeting gets the draft of its minutes. Raises ValidationError when something cannot
    be, and then nothing is kept: keyed by `meeting-<field>`, `o<organization>`, `i<item>`,
    `minutes`, `d<item>-<field>`.
    """
    require_all(by, ("change", Meeting), ("change", AgendaItem), ("change", Attendance))
    lock_record(meeting)
    errors: Errors = {}
    with told(errors, "meeting-"):
        keep_facts(meeting, record.facts)
    with told(errors, "o"):
        record_attendance(meeting, record.answers, by=by)
    with told(errors, "", whole="minutes"):
        keep_texts(meeting, record, by=by)
    taken = []
    for decision in record.decisions:
        with told(errors, f"{decision.place}-", whole=decision.place):
            taken.append(take(meeting, decision, by=by))
    if errors:
        raise ValidationError(errors)
    return taken


@contextmanager
def told(errors: Errors, prefix: str, whole: str = "") -> Iterator[None]:
    """Collect what a step refuses: by field after a prefix, else under `whole`."""
    try:
        with transaction.atomic():
            yield
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            for name, sentences in error.message_dict.items():
                errors.setdefault(f"{prefix}{name}", []).extend(sentences)
        else:
            errors.setdefault(whole or prefix.rstrip("-"), []).extend(error.messages)


def keep_facts(meeting: Meeting, facts: dict[str, Any]) -> None:
    """Change columns of the meeting, if they differ."""
    current = Meeting.objects.get(pk=meeting.pk)
    if all(getattr(current, name) == value for name, value in facts.items()):
        return
    days = current.possible_days
    is_to_come = days is not None and days[0] > timezone.localdate()
    if facts.get("state") == MeetingState.HELD and is_to_come:
        raise ValidationError({"state": _("Its day is still to come.")})
    for name, value in facts.items():
        setattr(current, name, value)
    current.full_clean()
    current.save()


def keep_texts(meeting: Meeting, record: MeetingRecord, *, by: Actor) -> None:
    """Change what the minutes say, under the items and before them, if it differs."""
    minutes = start_minutes(meeting, is_needed=bool(record.opening), by=by)
    items = {item.pk: item for item in meeting.agenda_items.filter(pk__in=record.texts)}
    changed = []
    for key, text in record.texts.items():
        item = items.get(key)
        if item is None:
            raise ValidationError(_("An item is no longer on the agenda."))
        if item.minutes_text != text:
            item.minutes_text = text
            changed.append(item)
    if changed and minutes is not None:
        refuse_frozen(minutes)
    AgendaItem.objects.bulk_update(changed, ["minutes_text"])
    if minutes is not None and record.opening not in {None, minutes.text}:
        edit_minutes(minutes, text=record.opening or "", by=by)


def start_minutes(meeting: Meeting, *, by: Actor, is_needed: bool = False) -> Minutes | None:
    """Return the minutes of a meeting; a held one without any gets a draft."""
    found = Minutes.objects.filter(meeting=meeting).first()
    is_held = Meeting.objects.filter(pk=meeting.pk, state=MeetingState.HELD).exists()
    if found is not None or not (is_held or is_needed):
        return found
    require(by, "add", Minutes)
    minutes = Minutes(meeting=meeting)
    minutes.full_clean()
    minutes.save()
    return minutes


def take(meeting: Meeting, taken: Taken, *, by: Actor) -> Decision:
    """Record a decision where it was taken; the same one is not recorded twice."""
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is not None:
        refuse_frozen(minutes)
    item = None
    if taken.item is not None:
        item = AgendaItem.objects.filter(meeting=meeting, pk=taken.item).first()
        if item is None:
            raise ValidationError(_("This item is no longer on the agenda."))
    text = taken.facts["text"].strip()
    same = Decision.objects.filter(meeting=meeting, agenda_item=item, text=text).first()
    if same is not None:
        raise ValidationError(
            {"text": _("This is recorded already, as %(number)s.") % {"number": same.number}}
        )
    return take_decision(meeting, agenda_item=item, by=by, **taken.facts)
