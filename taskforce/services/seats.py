"""Seats: admit an organization, change its category, let it leave."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from taskforce.choices import SeatCategory, UpdateKind
from taskforce.models import Decision, Meeting, Organization, Seat, Update
from taskforce.services.meetings import Day, read_day
from untfsse.kit.records.addresses import propose_slug
from untfsse.kit.records.dates import PartialDate
from untfsse.kit.records.roles import Actor, require_all

type Sources = Iterable[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class SeatChange:
    """What a change of seats did: the new seat, the ended one, and the draft of the news."""

    seat: Seat | None
    ended: Seat | None
    update: Update


@transaction.atomic
def admit(
    organization: Organization,
    *,
    category: str,
    from_on: Day,
    by: Actor,
    decision: Decision | None = None,
    meeting: Meeting | None = None,
    sources: Sources = (),
) -> SeatChange:
    """Give an organization a seat from a day on, and propose the news as a draft.

    Raises ValidationError when it holds a seat in that time.
    """
    require_all(by, ("add", Seat), ("add", Update))
    Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    held = organization.seats.filter(until_on=None).first()
    if held is not None:
        raise ValidationError(
            _("%(organization)s holds a seat already, as %(category)s: change it or end it.")
            % {"organization": organization, "category": held.get_category_display().lower()}
        )
    day = read_day(from_on)
    if day is None:
        raise ValidationError({"from_on": _("Say from which day the seat is held.")})
    seat = add_seat(organization, category, day, decision, meeting, list(sources))
    title = {
        SeatCategory.MEMBER: _("%(organization)s joins the Task Force as a member"),
        SeatCategory.OBSERVER: _("%(organization)s joins the Task Force as an observer"),
    }[SeatCategory(category)]
    update = propose_update(title, organization, day, decision, meeting, seat.sources)
    return SeatChange(seat, None, update)


@transaction.atomic
def change_category(
    organization: Organization,
    *,
    category: str,
    on: dt.date,
    by: Actor,
    decision: Decision | None = None,
    meeting: Meeting | None = None,
    sources: Sources = (),
) -> SeatChange:
    """End the seat the day before, give one of the other category, and propose the news."""
    require_all(by, ("add", Seat), ("change", Seat), ("add", Update))
    held = current_seat(organization)
    if held.category == category:
        raise ValidationError(
            _("%(organization)s is %(category)s already.")
            % {"organization": organization, "category": held.get_category_display().lower()}
        )
    ended = end_seat(held, on - dt.timedelta(days=1), decision)
    day = PartialDate.of(on)
    seat = add_seat(organization, category, day, decision, meeting, list(sources))
    title = {
        SeatCategory.MEMBER: _("%(organization)s becomes a member of the Task Force"),
        SeatCategory.OBSERVER: _("%(organization)s becomes an observer of the Task Force"),
    }[SeatCategory(category)]
    update = propose_update(title, organization, day, decision, meeting, seat.sources)
    return SeatChange(seat, ended, update)


@transaction.atomic
def end_membership(
    organization: Organization,
    *,
    on: dt.date,
    by: Actor,
    decision: Decision | None = None,
    meeting: Meeting | None = None,
    sources: Sources = (),
) -> SeatChange:
    """End an organization's seat; `on` is its last day. The news is proposed as a draft."""
    require_all(by, ("change", Seat), ("add", Update))
    ended = end_seat(current_seat(organization), on, decision)
    title = _("%(organization)s leaves the Task Force")
    day = PartialDate.of(on)
    update = propose_update(title, organization, day, decision, meeting, list(sources))
    return SeatChange(None, ended, update)


def current_seat(organization: Organization) -> Seat:
    """Return the seat without an end, held until the transaction ends."""
    Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    seat: Seat | None = (
        organization.seats.select_for_update(of=("self",)).filter(until_on=None).first()
    )
    if seat is None:
        raise ValidationError(
            _("%(organization)s holds no seat that could change.") % {"organization": organization}
        )
    return seat


def end_seat(seat: Seat, last_day: dt.date, decision: Decision | None) -> Seat:
    """Give a seat its last day."""
    begun = seat.from_on
    if begun is not None and last_day < (begun.first or begun.last):
        raise ValidationError(
            _("The seat of %(organization)s began on %(day)s: it cannot end before.")
            % {"organization": seat.organization, "day": begun.text}
        )
    seat.until_on = PartialDate.of(last_day)
    seat.ended_by = decision
    seat.full_clean()
    seat.save()
    seat.refresh_from_db()
    return seat


def add_seat(
    organization: Organization,
    category: str,
    from_on: PartialDate,
    decision: Decision | None,
    meeting: Meeting | None,
    sources: list[dict[str, Any]],
) -> Seat:
    """Save a new seat that passes its rules."""
    seat = Seat(
        organization=organization,
        category=category,
        from_on=str(from_on),
        admitted_by=decision,
        basis="" if decision or not meeting else Truncator(str(meeting)).chars(200),
        sources=sources or (decision.sources if decision else []),
    )
    seat.full_clean()
    seat.save()
    seat.refresh_from_db()
    return seat


def propose_update(
    title: str,
    organization: Organization,
    day: PartialDate,
    decision: Decision | None,
    meeting: Meeting | None,
    sources: list[dict[str, Any]],
) -> Update:
    """Draft the news of a change of seat, linked to the organization and to the meeting."""
    words = title % {"organization": organization}
    update = Update(
        title=words,
        slug=propose_slug(Update, f"{words} {day.iso}"),
        kind=UpdateKind.MEMBERSHIP,
        happened_on=str(day),
        sources=sources,
    )
    update.full_clean()
    update.save()
    update.organizations.add(organization)
    decided_at = decision.meeting if decision else meeting
    if decided_at is not None:
        update.meetings.add(decided_at)
    update.refresh_from_db()
    return update
