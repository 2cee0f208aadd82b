"""The pages of organizations: who sits in the Task Force, today or on a day, and since when."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taskforce.choices import (
    REGISTERS,
    WITHOUT_SEAT,
    IdentifierScheme,
    OrganizationKind,
    SeatCategory,
)
from taskforce.filters import OrganizationFilter
from taskforce.models import (
    Decision,
    Identifier,
    Meeting,
    Office,
    Organization,
    PolicyInstrument,
    Seat,
    Term,
    Update,
)
from taskforce.services.membership import membership_over_time
from taskforce.services.standing import certainty_note, standing, tenure_note, terms_held
from taskforce.views.my_organization import COOKIE
from untfsse.kit.kept import keep
from untfsse.kit.pages.as_of import as_of
from untfsse.kit.pages.chart import TimeScale
from untfsse.kit.pages.gathering import parts_of, waiting_for
from untfsse.kit.pages.paging import paginate
from untfsse.kit.records.addresses import get_record_or_404
from untfsse.kit.records.dates import BEGINNING, PartialDate
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.tenure import Certainty
from untfsse.kit.records.together import fetch_together
from untfsse.kit.records.written import written

LATEST = 5
WIDEST, THINNEST = 480, 3


# --- Shapes --------------------------------------------------------------------------------


def last_known(tenure: Seat | Term) -> str:
    """Return when a tenure without a known end was last documented; no end is made up."""
    seen: PartialDate | None = tenure.last_documented_on
    if seen is None or tenure.until_on is not None:
        return ""
    return _("Last documented %(day)s; no end is known.") % {"day": seen.text}


def list_row(organization: Organization, *, on: dt.date, today: dt.date) -> dict[str, Any]:
    """Return an organization as a row of the list, with its seat on the day."""
    now = standing(organization.seats.all(), on, on, today=today)
    return {
        "record": organization,
        "certainty": now.certainty,
        "state": now.state,
        "state_label": now.in_words,
        "meta": "; ".join(tenure_note(seat, now.certainty, today=today) for seat in now.seats),
    }


@dataclass(frozen=True, slots=True)
class Bar:
    """Days of a tenure as drawn: how surely it was held, from where, and how wide."""

    certainty: Certainty
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Step:
    """A seat or a term on the timeline; `bars` draw its days, the less sure below."""

    title: str | Promise
    tenure: Seat | Term
    decision: Decision | None
    notes: list[str]
    bars: list[Bar] = field(default_factory=list)


def bars_of(tenure: Seat | Term, scale: TimeScale) -> list[Bar]:
    """Return the days of a tenure up to the end of the scale, by how surely it was held."""
    found = []
    for certainty, days in (
        (Certainty.POSSIBLE, tenure.possible_days),
        (Certainty.PRESUMED, tenure.held_days),
        (Certainty.CERTAIN, tenure.certain_days),
    ):
        first, end = days.lower or scale.first, days.upper or scale.last
        if days.isempty or first > scale.last:
            continue
        start = scale.place(first)
        found.append(Bar(certainty, start, max(scale.place(end) - start, THINNEST)))
    return found


def drawn(steps: list[Step], day: dt.date) -> list[Step]:
    """Return steps with their bars, all on one scale that ends on a day."""
    days = [step.tenure.possible_days.lower for step in steps]
    first = min(filter(None, days), default=day)
    scale = TimeScale(dt.date(min(first, day).year, 1, 1), day, 0, WIDEST)
    return [replace(step, bars=bars_of(step.tenure, scale)) for step in steps]


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


def name_on(organization: Organization, day: dt.date) -> str:
    """Return the former name that an organization still bore on a day; nothing without one."""
    ends: list[tuple[dt.date, str]] = [
        (name.until_on.last, name.name) for name in organization.former_names.all() if name.until_on
    ]
    return min((end for end in ends if end[0] >= day), default=(day, ""))[1]


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


def count_seats(seated: QuerySet[Any]) -> dict[tuple[str, str], int]:
    """Return how many seats of all the pages there are, by certainty and category."""
    rows = seated.order_by().values_list("seat_certainty", "seat_category").annotate(Count("pk"))
    return {(certainty, category): count for certainty, category, count in rows}


def sections(
    rows: list[dict[str, Any]], counted: dict[tuple[str, str], int]
) -> list[dict[str, Any]]:
    """Return the rows of a page under the words for how surely they were seated, in order."""
    found = [
        {
            "certainty": word.value,
            "label": word.label,
            "members": counted.get((word, SeatCategory.MEMBER), 0),
            "observers": counted.get((word, SeatCategory.OBSERVER), 0),
            "rows": [row for row in rows if row["certainty"] == word],
        }
        for word in Certainty
    ]
    return [section for section in found if section["rows"]]


# --- Pages ---------------------------------------------------------------------------------


@require_safe
def organization_list(request: HttpRequest) -> HttpResponse:
    """List organizations; with `on`, those seated on that day, the surest first.

    Who never holds a seat is listed where something is asked for.
    """
    visible = Organization.objects.visible_to(request.user).for_list()
    filters = OrganizationFilter(
        request.GET, queryset=visible.with_visible(request.user, "seats"), request=request
    )
    is_whole = not filters.form.changed_data
    found = filters.qs.exclude(kind__in=WITHOUT_SEAT) if is_whole else filters.qs
    moment = as_of(request, filters.form)
    asked, today = moment.asked, moment.today
    counted = count_seats(found) if asked else {}
    ordered = found.by_certainty() if asked else found
    page = paginate(request, ordered, sum(counted.values()) or None)
    rows = [list_row(row, on=moment.day, today=today) for row in page]
    context = {
        "filters": filters,
        "page": page,
        "as_of": moment,
        "rows": rows,
        "others": [OrganizationKind(kind) for kind in WITHOUT_SEAT],
        "sections": sections(rows, counted) if asked else [],
        "membership": None if request.GET else membership_over_time(request.user, today),
    }
    return render(request, "taskforce/organization_list.html", context)


def held_on(organization: Organization, day: dt.date, today: dt.date) -> dict[str, Any]:
    """Return the seats, the offices and the parts of an organization on a day, with their notes."""
    now = standing(organization.seats.all(), day, day, today=today)
    return {
        "standing": now,
        "standing_notes": [
            (seat, tenure_note(seat, now.certainty, today=today)) for seat in now.seats
        ],
        "offices": [
            (term, certainty_note(term, word, today=today))
            for term in organization.terms.all()
            if (word := term.judge(day, day, today=today))
        ],
        "constituents": [
            (part, tenure_note(part, part.judge(day, day, today=today), today=today))
            for part in organization.constituents.all()
        ],
    }


@written
def latest(user: Reader, organization: int, until: dt.date | None) -> Iterator[Any]:
    """Ask for the latest that it attended, that tells of it and that it issued, or had by a day."""
    # By their keys, since PostgreSQL reads all texts for a rule about two tables.
    issuers = Organization.objects.filter(Q(pk=organization) | Q(parent=organization))
    texts = PolicyInstrument.objects.visible_to(user).for_list()
    for rows in (
        Meeting.objects.visible_to(user).attended_by(organization).for_list(user),
        Update.objects.visible_to(user).filter(organizations=organization).for_list(),
        texts.filter(issuing_organization__in=issuers.values("pk")),
    ):
        yield (rows.filter(sort_on__lte=until) if until else rows)[:LATEST]


@keep("on")
@require_safe
def organization_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one organization, today or on a day: seats and terms, what it attends, what waits."""
    user, moment = request.user, as_of(request)
    organization = get_record_or_404(Organization.objects.for_detail, user, slug)
    day, today = moment.day, moment.today
    meetings, updates, instruments = fetch_together(*latest(user, organization.pk, moment.asked))
    steps = timeline(organization)
    if moment.asked:
        steps = [step for step in steps if begins_on(step) <= day]
    context = {
        "as_of": moment,
        "organization": organization,
        "then_called": name_on(organization, day) if moment.asked else "",
        **held_on(organization, day, today),
        "steps": drawn(steps, day),
        "waiting": [] if moment.asked else waiting_for(organization, user, today=today),
        "is_mine": request.COOKIES.get(COOKIE) == organization.slug,
        "identifiers": identifier_rows(organization.identifiers.all()),
        "meetings": meetings,
        "updates": updates,
        "instruments": instruments,
        "units": sorted(organization.units.all(), key=attrgetter("name_key")),
        "parts": parts_of(organization, user, until=moment.asked),
    }
    return render(request, "taskforce/organization_detail.html", context)


@require_safe
def office_list(request: HttpRequest) -> HttpResponse:
    """Show who holds which office, today or on a day."""
    moment = as_of(request)
    terms = terms_held(request.user, on=moment.day, today=moment.today)
    held = [
        (office, [term for term in terms if term.office_id == office.pk])
        for office in Office.objects.visible_to(request.user)
    ]
    return render(request, "taskforce/office_list.html", {"as_of": moment, "held": held})
