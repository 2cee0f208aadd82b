"""The record of a meeting as one sheet: what is stored, and the forms upon it."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext

from taskforce.admin.agenda import agenda_rows
from taskforce.admin.record_forms import (
    AttendanceRowForm,
    MeetingFactsForm,
    NewDecisionForm,
    OthersForm,
    TextForm,
    known_organizations,
    text_forms,
)
from taskforce.choices import AttendanceState
from taskforce.models import Attendance, Decision, Meeting, Minutes
from taskforce.services.attendance import Answer, Totals, seats_at, totals_of
from taskforce.services.decisions import propose_number
from taskforce.services.recording import MeetingRecord, Taken
from taskforce.services.standing import NO_SEAT, Standing
from untfsse.kit.backoffice.cells import Cell, Conflict
from untfsse.kit.forms.richtext import sanitize

TYPED = re.compile(r"(?P<place>minutes|[id][0-9]{1,18})-text", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of a meeting; a constant number of queries, whatever its size."""

    meeting: Meeting
    minutes: Minutes | None
    rows: list[Attendance]
    items: list[Any]
    decisions: list[Decision]
    seats: dict[int, Standing]
    number: str

    @property
    def is_frozen(self) -> bool:
        """Whether the minutes are approved."""
        return self.minutes is not None and self.minutes.is_frozen

    @property
    def totals(self) -> Totals:
        """Who was present, counted by seat."""
        return totals_of(self.meeting, self.rows, self.seats)


def read_stored(meeting: Meeting, user: Any) -> Stored:
    """Return what is stored of a meeting now."""
    decisions = Decision.objects.with_due_day(user).prefetch_related("addressees")
    own = decisions.filter(meeting=meeting).order_by("id")
    items = meeting.agenda_items.select_related("approves_minutes_of__minutes__approved_at_meeting")
    rows = meeting.attendances.select_related("organization", "on_behalf_of")
    minutes = Minutes.objects.select_related("approved_at_meeting").prefetch_related("corrigenda")
    try:
        number = propose_number(meeting)
    except ValidationError:
        number = ""
    return Stored(
        meeting,
        minutes.filter(meeting=meeting).first(),
        list(rows.order_by("organization__name_key", "id")),
        agenda_rows(items.prefetch_related(Prefetch("decisions", own, to_attr="taken"))),
        list(own.filter(agenda_item=None)),
        seats_at(meeting, user, today=timezone.localdate()),
        number,
    )


@dataclass(frozen=True, slots=True)
class Lost:
    """A text that was typed where there is no place for it any more."""

    name: str
    label: str
    text: str


@dataclass
class Sheet:
    """The forms of the page, filled with what was sent if something was."""

    stored: Stored
    data: Any = None
    conflicts: list[Conflict] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make the forms; no query but for organizations that were sent."""
        stored, data = self.stored, self.data
        known = known_organizations(stored.rows, data)
        self.facts = MeetingFactsForm(data, meeting=stored.meeting)
        self.others = OthersForm(data, known=known)
        self.rows = []
        for row in stored.rows:
            held = stored.seats.get(row.organization_id, NO_SEAT)
            seat = held.in_words or gettext("no seat recorded")
            self.rows.append(AttendanceRowForm(data, row=row, seat=seat, known=known))
        self.texts: dict[str, TextForm] = {}
        self.new: dict[int, NewDecisionForm] = {}
        if not stored.is_frozen:
            texts = text_forms(data, stored.minutes, stored.items)
            self.texts = {str(form.prefix): form for form in texts}
            keys = [0, *(item.pk for item in stored.items)]
            self.new = {key: NewDecisionForm(data, key=key, number=stored.number) for key in keys}

    @property
    def forms(self) -> list[Any]:
        """All forms of the page."""
        return [self.facts, self.others, *self.rows, *self.texts.values(), *self.new.values()]

    @property
    def opening(self) -> TextForm | None:
        """The box of the text before the first item."""
        return self.texts.get("minutes")

    @property
    def points(self) -> list[tuple[Any, TextForm | None, NewDecisionForm | None]]:
        """Each item with its boxes; without them once the minutes are approved."""
        return [
            (item, self.texts.get(f"i{item.pk}"), self.new.get(item.pk))
            for item in self.stored.items
        ]

    @property
    def elsewhere(self) -> NewDecisionForm | None:
        """The form for a decision under no item."""
        return self.new.get(0)

    @property
    def media(self) -> Any:
        """Styles and scripts of all the boxes."""
        kinds = {type(form): form for form in self.forms}
        found = self.others.media
        for form in kinds.values():
            found += form.media
        return found

    @property
    def cells(self) -> dict[str, Cell]:
        """Each box that shows what is stored, by a key that survives a change of places."""
        shown: list[Any] = [self.facts, *self.rows, *self.texts.values()]
        return {f"{form.prefix}:{name}": Cell(form, name) for form in shown for name in form.fields}

    @cached_property
    def lost(self) -> list[Lost]:
        """Texts that were typed under what was removed or approved meanwhile, not yet let go."""
        found = []
        old = {f"i{item.pk}": item.minutes_text for item in self.stored.items}
        old["minutes"] = self.stored.minutes.text if self.stored.minutes else ""
        places = self.texts.keys() | {str(form.prefix) for form in self.new.values()}
        titles = {f"{kind}{item.pk}": item.title for item in self.stored.items for kind in "id"}
        for name in self.data or ():
            place = match["place"] if (match := TYPED.fullmatch(name)) else None
            if place is None or place in places or f"_drop-{name}" in self.data:
                continue
            text = self.data[name]
            if text.strip() and sanitize(text) != sanitize(old.get(place, "")):
                found.append(
                    Lost(name, titles.get(place, gettext("an item that was removed")), text)
                )
        return found

    def is_valid(self) -> bool:
        """Check every form, also after the first error."""
        wrong = [form for form in self.forms if not form.is_valid()]
        return not wrong

    def record(self) -> MeetingRecord:
        """Return what the forms say, for the service."""
        opening = self.texts.get("minutes")
        return MeetingRecord(
            facts=self.facts.cleaned_data,
            answers=self.answers(),
            texts={item.pk: text.cleaned_data["text"] for item, text, _new in self.points if text},
            opening=opening.cleaned_data["text"] if opening else None,
            decisions=[
                Taken(key or None, form.cleaned_data)
                for key, form in self.new.items()
                if form.has_changed()
            ],
        )

    def answers(self) -> list[Answer]:
        """Return how each organization took part."""
        found = [
            Answer(
                form.row.organization_id,
                form.cleaned_data["state"],
                getattr(form.cleaned_data["on_behalf_of"], "pk", None),
            )
            for form in self.rows
        ]
        guest = self.others.cleaned_data.get("organization")
        if guest and guest.pk not in {answer.organization_id for answer in found}:
            found.append(Answer(guest.pk, AttendanceState.PRESENT))
        return found

    def refuse(self, error: ValidationError) -> None:
        """Put each reason at its place, or above the page."""
        places = {str(form.prefix): form for form in self.forms}
        told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for key, sentences in told.items():
            place, _dash, name = key.partition("-")
            form = places.get(place)
            for sentence in sentences:
                if form is None:
                    self.reasons.append(sentence)
                else:
                    form.add_error(name if name in form.fields else None, sentence)
