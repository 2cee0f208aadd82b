"""Decisions: taken with a number, followed up with evidence, superseded by later ones."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from taskforce.choices import DONE_IN_ITSELF, FollowUp, MeetingKind, MeetingState
from taskforce.models import AgendaItem, Decision, DecisionEvidence, Meeting, Organization
from taskforce.services.meetings import Day
from untfsse.kit.records.addresses import propose_slug
from untfsse.kit.records.publication import Status
from untfsse.kit.records.roles import Actor, require

CODES = {
    MeetingKind.FOUNDING: "FM",
    MeetingKind.REGULAR: "RM",
    MeetingKind.SPECIAL: "SM",
    MeetingKind.TECHNICAL_SYMPOSIUM: "TS",
    MeetingKind.CONFERENCE: "CO",
    MeetingKind.CONFERENCE_SESSION: "CS",
    MeetingKind.WORKSHOP: "WS",
    MeetingKind.WEBINAR: "WB",
    MeetingKind.SIDE_EVENT: "SE",
    MeetingKind.PARTNER_EVENT: "PE",
    MeetingKind.PRECURSOR_CONFERENCE: "PC",
}
NUMBERED = {MeetingKind.REGULAR: "R", MeetingKind.TECHNICAL_SYMPOSIUM: "TS"}
"""The codes before the number of a meeting in its series."""
NUMBER = re.compile(r".*/D([0-9]{1,6})")


def propose_number(meeting: Meeting) -> str:
    """Return the next free number: `UNTFSSE/2022/SM/D3`, `UNTFSSE/2024/R47/D1`.

    A second special meeting in a year gets `SM2`. Raises ValidationError without a date.
    """
    if meeting.starts_on is None:
        raise ValidationError(_("Give the meeting a date first: its decisions carry the year."))
    kind = MeetingKind(meeting.kind)
    is_numbered = meeting.ordinal and kind in NUMBERED
    code = f"{NUMBERED[kind]}{meeting.ordinal}" if is_numbered else CODES[kind]
    base = f"UNTFSSE/{meeting.starts_on.year}/{code}"
    own = list(meeting.decisions.values_list("number", flat=True))
    counted = [(number.rpartition("/")[0], NUMBER.fullmatch(number)) for number in own]
    series = [(prefix, int(found[1])) for prefix, found in counted if found]
    if series:
        prefix = max(series, key=lambda pair: pair[1])[0]
        last = max(number for found, number in series if found == prefix)
    else:
        prefix, last = free_prefix(meeting, base), 0
    return f"{prefix}/D{last + 1}"


def free_prefix(meeting: Meeting, base: str) -> str:
    """Return the base, or the base with a count, under which no other meeting decided."""
    others = Decision.objects.exclude(meeting=meeting)
    prefix, count = base, 1
    while others.filter(number__startswith=f"{prefix}/").exists():
        count += 1
        prefix = f"{base}{'-' if base[-1].isdigit() else ''}{count}"
    return prefix


@transaction.atomic
def take_decision(
    meeting: Meeting,
    *,
    kind: str,
    text: str,
    by: Actor,
    agenda_item: AgendaItem | None = None,
    addressees: Iterable[Organization] = (),
    due_on: Day = None,
    is_due_before_next_meeting: bool = False,
    **facts: Any,
) -> Decision:
    """Record a decision as a draft; its number is proposed unless the facts give one.

    What asks somebody to act is open from the day of the meeting; what only welcomes or notes
    has no follow-up. Further facts are columns of the decision: `number`, `sources`, `note`.
    """
    require(by, "add", Decision)
    locked = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if agenda_item is not None and agenda_item.meeting_id != locked.pk:
        raise ValidationError({"agenda_item": _("This item is on another meeting's agenda.")})
    number = facts.pop("number", "").strip() or propose_number(locked)
    decision = Decision(
        **{
            "meeting": locked,
            "agenda_item": agenda_item,
            "number": number,
            "slug": propose_slug(Decision, number.replace("/", " ")),
            "kind": kind,
            "text": text.strip(),
            "due_on": due_on,
            "is_due_before_next_meeting": is_due_before_next_meeting,
            **first_follow_up(locked, kind),
            **facts,
        }
    )
    decision.full_clean()
    decision.save()
    decision.addressees.set(addressees)
    decision.refresh_from_db()
    return decision


def first_follow_up(meeting: Meeting, kind: str) -> dict[str, Any]:
    """Return what is known of a decision's follow-up on the day it is taken."""
    if kind in DONE_IN_ITSELF:
        return {"follow_up": FollowUp.NO_INFORMATION}
    day = meeting.starts_on
    return {"follow_up": FollowUp.OPEN, "follow_up_on": None if day is None else day.last}


def lock(decision: Decision) -> Decision:
    """Return the decision as it is now, held until the transaction ends."""
    locked: Decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    return locked


@transaction.atomic
def mark_follow_up(
    decision: Decision,
    *,
    state: str,
    on: dt.date,
    by: Actor,
    evidence: Iterable[DecisionEvidence] = (),
) -> Decision:
    """Note what became of a decision, as known on a day, with what shows it.

    `evidence` are pieces not yet saved: each a document, an event, an instrument, a publication
    or a link. Implemented needs at least one, new or from before.
    """
    require(by, "change", Decision)
    current = lock(decision)
    if state == FollowUp.SUPERSEDED and current.superseded_by_id is None:
        raise ValidationError({"follow_up": _("Say which decision supersedes this one.")})
    if current.superseded_by_id and state != FollowUp.SUPERSEDED:
        raise ValidationError(
            {
                "follow_up": _("This decision is superseded by %(decision)s.")
                % {"decision": current.superseded_by}
            }
        )
    for piece in evidence:
        piece.decision = current
        piece.full_clean()
        piece.save()
    if state == FollowUp.IMPLEMENTED and not current.evidence.exists():
        raise ValidationError(
            {
                "follow_up": _(
                    "Attach what shows it: a document, an event, a text, a publication or a link."
                )
            }
        )
    current.follow_up, current.follow_up_on = state, on
    current.full_clean()
    current.save()
    return current


@transaction.atomic
def supersede(decision: Decision, *, by_decision: Decision, by: Actor) -> Decision:
    """Let a later decision take the place of an earlier one; both then show the other."""
    require(by, "change", Decision)
    pair = Decision.objects.select_for_update(of=("self",)).order_by("pk")
    rows = {row.pk: row for row in pair.filter(pk__in=[decision.pk, by_decision.pk])}
    earlier: Decision = rows[decision.pk]
    later: Decision = rows[by_decision.pk]
    if earlier.superseded_by_id is not None:
        raise ValidationError(
            _("%(earlier)s is superseded already, by %(later)s.")
            % {"earlier": earlier, "later": earlier.superseded_by}
        )
    refuse_circle(earlier, later)
    if Meeting.objects.before(earlier.meeting).filter(pk=later.meeting_id).exists():
        raise ValidationError(
            _("%(later)s was taken before %(earlier)s.") % {"later": later, "earlier": earlier}
        )
    earlier.superseded_by = later
    earlier.follow_up = FollowUp.SUPERSEDED
    taken_on = later.meeting.starts_on
    earlier.follow_up_on = None if taken_on is None else taken_on.last
    earlier.full_clean()
    earlier.save()
    return earlier


def refuse_circle(earlier: Decision, later: Decision) -> None:
    """Raise ValidationError when the later one is, through others, superseded by the earlier."""
    step: Decision | None = later
    while step is not None:
        if step.pk == earlier.pk:
            raise ValidationError(_("Decisions cannot supersede each other in a circle."))
        step = step.superseded_by


# --- Silence -------------------------------------------------------------------------------


def took_no_decision(meeting: Meeting) -> bool:
    """Whether it may be said of a meeting that no decision is recorded.

    Not before it was held, nor while decisions of it wait to be published.
    """
    if meeting.state != MeetingState.HELD:
        return False
    return not meeting.decisions.exclude(status=Status.WITHDRAWN).exists()
