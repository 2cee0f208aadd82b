"""The pages of organizations: who sits in the Task Force, today or on a day, and since when."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taskforce.choices import IdentifierScheme, SeatCategory
from taskforce.filters import OrganizationFilter
from taskforce.models import Decision, Identifier, Meeting, Organization, Seat, Term, Update
from untfsse.kit.pages.paging import paginate
from untfsse.kit.pages.thread import strands_of
from untfsse.kit.records.addresses import get_record_or_404
from untfsse.kit.records.dates import BEGINNING, PartialDate, period

LATEST = 5
REGISTERS = {
    IdentifierScheme.ROR: "https://ror.org/",
    IdentifierScheme.WIKIDATA: "https://www.wikidata.org/wiki/",
    IdentifierScheme.ISNI: "https://isni.org/isni/",
}


# --- Shapes --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """What an organization is in the Task Force on a day, by its seats.

    `is_certain` is false when a date known in part leaves the seats, of which there may then
    be several, open.
    """

    seats: list[Seat]
    is_certain: bool

    @property
    def in_words(self) -> str:
        """The category, or what it may have been."""
        words = _(" or ").join(seat.get_category_display() for seat in self.seats)
        return words if self.is_certain or not words else _("Perhaps: %(what)s") % {"what": words}

    @property
    def state(self) -> str:
        """The category for a badge; nothing while it is open."""
        return self.seats[0].category if self.seats and self.is_certain else "possible"


def standing(seats: Iterable[Seat], *, on: dt.date) -> Standing:
    """Return what some seats of one organization make it on a day; a sure one decides."""
    possible = [seat for seat in seats if on in seat.possible_days]
    certain = [seat for seat in possible if on in seat.certain_days]
    return Standing(certain or possible, bool(certain))


def period_of(tenure: Seat | Term) -> str:
    """Return from when until when it is held, in words."""
    return period(tenure.from_on, tenure.until_on, is_open=True) or _("dates unknown")


def last_known(tenure: Seat | Term) -> str:
    """Return when a tenure without a known end was last documented; no end is made up."""
    seen: PartialDate | None = tenure.last_documented_on
    if seen is None or tenure.until_on is not None:
        return ""
    return _("Last documented %(day)s; no end is known.") % {"day": seen.text}


def list_row(organization: Organization, *, on: dt.date, is_asked: bool) -> dict[str, Any]:
    """Return an organization as a row of the list, with its seat on the day."""
    now = standing(organization.seats.all(), on=on)
    words = [period_of(seat) for seat in now.seats]
    if is_asked:
        words += [
            _("last documented %(day)s") % {"day": seat.last_documented_on.text}
            for seat in now.seats
            if seat.last_documented_on and on > seat.last_documented_on.last
        ]
    return {
        "record": organization,
        "state": now.state,
        "state_label": now.in_words,
        "meta": "; ".join(words),
    }


@dataclass(frozen=True, slots=True)
class Step:
    """A seat or a term on the timeline."""

    title: str | Promise
    tenure: Seat | Term
    decision: Decision | None
    notes: list[str]


def timeline(organization: Organization) -> list[Step]:
    """Return the seats and terms, the latest beginning first."""
    steps = [
        Step(
            seat.get_category_display(),
            seat,
            seat.admitted_by,
            [word for word in [seat.basis, seat.note, last_known(seat)] if word],
        )
        for seat in organization.seats.all()
    ]
    for term in organization.terms.all():
        holder = ", ".join(part for part in [str(term.person or ""), term.position_held] if part)
        words = [holder, term.note, last_known(term)]
        title = term.office.title
        steps.append(Step(title, term, term.welcomed_by, [word for word in words if word]))
    return sorted(steps, key=begins_on, reverse=True)


def begins_on(step: Step) -> dt.date:
    """Return the day by which a step is sorted."""
    since: PartialDate | None = step.tenure.from_on
    return (since.first or since.last) if since else BEGINNING


def identifier_rows(identifiers: Iterable[Identifier]) -> list[dict[str, str]]:
    """Return the identifiers with the addresses that the registers give them."""
    return [
        {
            "label": str(identifier.get_scheme_display()),
            "value": identifier.value,
            "url": f"{REGISTERS[IdentifierScheme(identifier.scheme)]}{identifier.value}",
        }
        for identifier in identifiers
    ]


def count_seats(seated: QuerySet[Any]) -> dict[str, int]:
    """Return how many seats are sure, by category, and how many possible, of all the pages."""
    rows = seated.order_by().values_list("seat_category", "is_seat_certain")
    counted: Counter[str] = Counter()
    for category, is_certain, count in rows.annotate(count=Count("pk")):
        counted[category if is_certain else "possible"] += count
    return {name: counted[name] for name in (*SeatCategory.values, "possible")}


# --- Pages ---------------------------------------------------------------------------------


@require_safe
def organization_list(request: HttpRequest) -> HttpResponse:
    """List organizations; with `on`, those seated on that day, the sure ones first."""
    visible = Organization.objects.visible_to(request.user).for_list()
    filters = OrganizationFilter(
        request.GET, queryset=visible.with_visible(request.user, "seats"), request=request
    )
    found = filters.qs
    asked: dt.date | None = filters.form.cleaned_data.get("on")
    page = paginate(request, found.by_certainty() if asked else found)
    today = timezone.localdate()
    rows = [list_row(row, on=asked or today, is_asked=bool(asked)) for row in page]
    context = {
        "filters": filters,
        "page": page,
        "today": today,
        "asked": PartialDate.of(asked) if asked else None,
        "counted": count_seats(found) if asked else {},
        "certain": [row for row in rows if not asked or row["record"].is_seat_certain],
        "possible": [row for row in rows if asked and not row["record"].is_seat_certain],
    }
    return render(request, "taskforce/organization_list.html", context)


@require_safe
def organization_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one organization: its seats and terms, what it attends, what it is asked to do."""
    user = request.user
    organization = get_record_or_404(
        Organization.objects.visible_to(user).for_detail(user), user, slug
    )
    decisions = Decision.objects.visible_to(user).filter(addressees=organization).for_list()
    meetings = Meeting.objects.visible_to(user).attended_by(organization).for_list(user)
    updates = Update.objects.visible_to(user).filter(organizations=organization).for_list()
    instruments = organization.issued_instruments.visible_to(user).for_list()
    today = timezone.localdate()
    context = {
        "organization": organization,
        "standing": standing(organization.seats.all(), on=today),
        "offices": [term for term in organization.terms.all() if today in term.certain_days],
        "steps": timeline(organization),
        "identifiers": identifier_rows(organization.identifiers.all()),
        "decisions": decisions[:LATEST],
        "meetings": meetings[:LATEST],
        "updates": updates[:LATEST],
        "instruments": instruments[:LATEST],
        "units": sorted(organization.units.all(), key=attrgetter("name_key")),
        "strands": strands_of(organization, user),
    }
    return render(request, "taskforce/organization_detail.html", context)
