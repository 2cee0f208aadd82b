"""Minutes: circulated as a version, approved by a later meeting, frozen, then only corrected."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from taskforce.choices import (
    SITTINGS,
    AttendanceState,
    MeetingFormat,
    MeetingState,
    MinutesState,
)
from taskforce.fingerprint import fingerprint
from taskforce.models import AgendaItem, Attendance, Corrigendum, Meeting, Minutes, Term
from taskforce.models.agenda import outline
from taskforce.services.agenda import insert_approval
from taskforce.services.attendance import seats_at
from taskforce.services.standing import NO_SEAT, Standing
from untfsse.kit.forms.richtext import safe_html
from untfsse.kit.records.dates import period
from untfsse.kit.records.publication import VISITOR
from untfsse.kit.records.roles import Actor, require

CHAIRS = ("chair", "co-chair")
"""The addresses of the offices that lead the Task Force."""


# --- The text ------------------------------------------------------------------------------


def compose_minutes(minutes: Minutes) -> SafeString:
    """Return the whole text as it stands: when, where and who, then what was said.

    It is hashed and frozen: it is written in the portal's own language, whoever asks for it.
    """
    with override(settings.LANGUAGE_CODE):
        return join([*heading(minutes.meeting), *attendance(minutes.meeting), *body(minutes)])


def join(parts: Iterable[SafeString]) -> SafeString:
    """Return pieces of HTML, one a line."""
    return mark_safe("\n".join(conditional_escape(part) for part in parts))  # noqa: S308


def line(label: Any, words: str) -> SafeString:
    """Return a fact of the heading."""
    return format_html("<p><strong>{}:</strong> {}</p>", label, words)


def heading(meeting: Meeting) -> list[SafeString]:
    """Return the day, the place, and who was Chair; what is not known for sure stays unsaid."""
    place = [meeting.venue, meeting.city, meeting.country.name]
    if meeting.format != MeetingFormat.UNKNOWN:
        place.append(meeting.get_format_display())
    facts = [
        (_("Day"), period(meeting.starts_on, meeting.ends_on)),
        (_("Place"), ", ".join(filter(None, place))),
    ]
    days = meeting.possible_days
    if days and meeting.kind in SITTINGS:
        terms = Term.objects.visible_to(VISITOR).held(on=days[0]).held(on=days[1])
        terms = terms.filter(office__slug__in=CHAIRS).order_by("office__position", "id")
        for term in terms.select_related("office", "organization").with_visible(VISITOR, "person"):
            who = [term.person.name if term.person else "", term.organization.full_name]
            label = _("%(office)s on that day") % {"office": term.office.title}
            facts.append((label, ", ".join(filter(None, who))))
    return [line(label, words) for label, words in facts if words]


def attendance(meeting: Meeting) -> list[SafeString]:
    """Return who was present in which seat that day, and who sent apologies.

    Only what is public of organizations and seats is said: the text may be read by everybody.
    """
    rows = meeting.attendances.visible_to(VISITOR).select_related("organization", "on_behalf_of")
    answers: dict[str, list[Attendance]] = {}
    for row in rows.order_by("organization__name_key", "id"):
        answers.setdefault(row.state, []).append(row)
    present = answers.get(AttendanceState.PRESENT, [])
    away = answers.get(AttendanceState.APOLOGIES, [])
    parts = []
    if present:
        held = seats_at(meeting, VISITOR, today=timezone.localdate())
        names = [
            format_html("<li>{}</li>", attended(row, held.get(row.organization_id, NO_SEAT)))
            for row in present
        ]
        label = format_html("<p><strong>{}:</strong></p>", _("Present"))
        parts = [label, format_html("<ul>{}</ul>", join(names))]
    if away:
        parts.append(line(_("Apologies"), "; ".join(row.organization.full_name for row in away)))
    return parts


def attended(row: Attendance, held: Standing) -> str:
    """Return who attended, for whom, and in which seat that day, as far as it is recorded."""
    words = [row.organization.full_name, held.in_words or _("no seat recorded")]
    if row.on_behalf_of:
        words.append(_("on behalf of %(whom)s") % {"whom": row.on_behalf_of})
    return ", ".join(words)


def body(minutes: Minutes) -> list[SafeString]:
    """Return the preface, then each item with what was said and decided under it, then the rest."""
    items = outline(minutes.meeting.agenda_items.all())
    decided: dict[Any, list[SafeString]] = {}
    for decision in minutes.meeting.decisions.order_by("pk"):
        words = format_html("<p><strong>{}</strong> {}</p>", decision.number, decision.text)
        decided.setdefault(decision.agenda_item_id, []).append(words)
    parts = [safe_html(minutes.text)] if minutes.text else []
    for item in items:
        parts.append(format_html("<h4>{}</h4>" if item.parent else "<h3>{}</h3>", item))
        if item.minutes_text:
            parts.append(safe_html(item.minutes_text))
        parts += decided.pop(item.pk, [])
    if decided:
        parts.append(format_html("<h3>{}</h3>", _("Decisions under no agenda item")))
    return parts + [words for rest in decided.values() for words in rest]


# --- Its way -------------------------------------------------------------------------------


def lock(minutes: Minutes) -> Minutes:
    """Return the minutes as they are now, held until the transaction ends."""
    rows = Minutes.objects.select_for_update(of=("self",)).select_related("meeting")
    locked: Minutes = rows.get(pk=minutes.pk)
    return locked


@transaction.atomic
def edit_minutes(minutes: Minutes, *, text: str, by: Actor) -> Minutes:
    """Change the text of minutes that are not approved."""
    require(by, "change", Minutes)
    current = lock(minutes)
    refuse_frozen(current)
    current.text = text
    current.full_clean()
    current.save()
    return current


def refuse_frozen(minutes: Minutes) -> None:
    """Raise ValidationError when the minutes are approved."""
    if minutes.is_frozen:
        raise ValidationError(
            _("These minutes are approved and no longer change. Add a corrigendum.")
        )


@transaction.atomic
def circulate_minutes(minutes: Minutes, *, on: dt.date, by: Actor) -> Minutes:
    """Fix the version that goes round, and give the next meeting the item that approves it.

    Members see circulated minutes, so this asks for the permission to publish meetings.
    """
    require(by, "publish", Meeting)
    current = lock(minutes)
    refuse_frozen(current)
    if current.state == MinutesState.CIRCULATED:
        raise ValidationError(
            _("These minutes were circulated on %(day)s. A second time is not possible.")
            % {"day": current.circulated_on}
        )
    if current.meeting.state != MeetingState.HELD:
        raise ValidationError(_("The meeting is not marked as held: it has no minutes yet."))
    last_day = current.meeting.starts_on and current.meeting.starts_on.first
    if last_day and on < last_day:
        raise ValidationError(_("Minutes cannot be circulated before the meeting."))
    if not body(current):
        raise ValidationError(_("There is no text to circulate."))
    text = str(compose_minutes(current))
    current.state = MinutesState.CIRCULATED
    current.circulated_on = on
    current.circulated_text = text
    current.circulated_sha256 = fingerprint(text)
    current.full_clean()
    current.save()
    give_approval_item(current.meeting)
    return current


def give_approval_item(meeting: Meeting) -> AgendaItem | None:
    """Put the approval of a meeting's minutes on the next agenda that is still open.

    It comes after the items that approve other minutes, else after the adoption of the agenda.
    Nothing happens where some agenda has it, or no later meeting is planned.
    """
    if meeting.kind not in SITTINGS or meeting.approval_items.exists():
        return meeting.approval_items.first()
    coming = Meeting.objects.sittings().after(meeting)
    closed = [MeetingState.CANCELLED, MeetingState.HELD]
    following = coming.exclude(state__in=closed).select_for_update(of=("self",)).first()
    if following is None:
        return None
    return insert_approval(following, meeting)


@transaction.atomic
def approve_minutes(
    minutes: Minutes, *, at_meeting: Meeting, on: dt.date, by: Actor, is_amended: bool = False
) -> Minutes:
    """Freeze the circulated minutes as approved by a later meeting.

    A text that was changed since it went round is approved only as amended. Raises
    ValidationError in a wrong order, also for the second of two approvals at once.
    """
    require(by, "publish", Meeting)
    current = lock(minutes)
    refuse_wrong_approval(current, at_meeting, on)
    text = str(compose_minutes(current))
    if text != current.circulated_text and not is_amended:
        raise ValidationError(
            _("The text was changed since it was circulated. Approve it as amended."),
            code="amended",
        )
    current.state = MinutesState.APPROVED
    current.approved_at_meeting = at_meeting
    current.approved_on = on
    current.approved_text = text
    current.approved_sha256 = fingerprint(text)
    current.full_clean()
    current.save()
    return current


def refuse_wrong_approval(minutes: Minutes, at_meeting: Meeting, on: dt.date) -> None:
    """Raise ValidationError when these minutes cannot be approved there and then."""
    if minutes.is_frozen:
        raise ValidationError(
            _("These minutes were approved already, at: %(meeting)s.")
            % {"meeting": minutes.approved_at_meeting}
        )
    if minutes.state != MinutesState.CIRCULATED:
        raise ValidationError(_("Circulate the minutes before they are approved."))
    days = at_meeting.possible_days
    is_same_day = days and days[0] == days[1] and days == minutes.meeting.possible_days
    is_later = Meeting.objects.after(minutes.meeting).filter(pk=at_meeting.pk).exists()
    if is_same_day or not is_later:
        raise ValidationError(_("Minutes are approved at a later meeting."))
    if at_meeting.kind not in SITTINGS and at_meeting.kind != minutes.meeting.kind:
        raise ValidationError(_("Choose a meeting of the Task Force itself."))
    if at_meeting.state in {MeetingState.CANCELLED, MeetingState.POSTPONED}:
        raise ValidationError(_("That meeting did not take place."))
    if minutes.circulated_on and on < minutes.circulated_on:
        raise ValidationError(_("Minutes cannot be approved before they were circulated."))
    if days and on < days[0]:
        raise ValidationError(_("Minutes cannot be approved before the meeting that does it."))


@transaction.atomic
def add_corrigendum(minutes: Minutes, *, text: str, on: dt.date, by: Actor) -> Corrigendum:
    """Add the next numbered correction to approved minutes."""
    require(by, "publish", Meeting)
    current = lock(minutes)
    if not current.is_frozen:
        raise ValidationError(_("Only approved minutes take a corrigendum; change the text."))
    if current.approved_on and on < current.approved_on:
        raise ValidationError(_("A corrigendum cannot be older than the approval."))
    last = current.corrigenda.aggregate(last=Max("number"))["last"] or 0
    corrigendum = Corrigendum(minutes=current, number=last + 1, made_on=on, text=text.strip())
    corrigendum.full_clean()
    corrigendum.save()
    return corrigendum
