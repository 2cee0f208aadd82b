"""The pages of the action plan, one function a URL."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplan import sheet
from actionplan.board import with_notes
from actionplan.choices import GroupRole, SupportRole
from actionplan.coverage import coverage_table
from actionplan.filters import ActionPlanFilter, ActivityFilter, SubGroupFilter
from actionplan.models import ActionPlan, Activity, Commitment, SubGroup, SubGroupSeat
from actionplan.outline import outline_of
from actionplan.reporting import with_standing
from actionplan.schedule import schedule_of
from taskforce.models import PolicyInstrument
from taskforce.services.standing import certainty_note, tenure_note
from untfsse.kit.exchange.tables import MOST_ROWS, write_csv
from untfsse.kit.kept import keep
from untfsse.kit.pages.as_of import as_of
from untfsse.kit.pages.on_record import with_on_record
from untfsse.kit.pages.paging import list_page
from untfsse.kit.pages.thread import strands_of
from untfsse.kit.pages.views import describe
from untfsse.kit.records.addresses import get_record_or_404
from untfsse.kit.records.sdg import goals

MOST_OVERLAPS = 10


@require_safe
def action_plan_list(request: HttpRequest) -> HttpResponse:
    """List plans, narrowed by the query string."""
    filters, page = list_page(request, ActionPlanFilter, ActionPlan.objects.for_page)
    moment = as_of(request, filters.form)
    items = [(plan.list_item(), plan.doubt(on=moment.day) if moment.asked else "") for plan in page]
    context = {"filters": filters, "page": page, "items": items, "as_of": moment}
    return render(request, "actionplan/action_plan_list.html", context)


@require_safe
def action_plan_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one plan: its areas, the groups that carry them, the activities and their days."""
    user, today = request.user, timezone.localdate()
    plan = get_record_or_404(ActionPlan.objects.for_detail, user, slug)
    others = ActionPlan.objects.visible_to(user).beside(plan, most=MOST_OVERLAPS + 1)
    overlapping = others["overlapping"]
    for other in overlapping:
        other.is_sure = plan.surely_overlaps(other)
    outline = outline_of(plan, user, on=today)
    with_notes(outline.activities)
    context = {
        "plan": plan,
        "state_label": plan.told_state(on=today),
        "outline": outline,
        "schedule": schedule_of(plan, outline.activities),
        **others,
        "overlapping": overlapping[:MOST_OVERLAPS],
        "is_overlap_cut": len(overlapping) > MOST_OVERLAPS,
        "strands": strands_of(plan, user),
    }
    return render(request, "actionplan/action_plan_detail.html", context)


@require_safe
def action_plan_table(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer a plan as CSV, a row for each activity and each thing it delivers."""
    plan = get_record_or_404(ActionPlan.objects.all(), request.user, slug)
    outline = outline_of(plan, request.user, on=timezone.localdate(), most=MOST_ROWS)
    lines = write_csv(sheet.header(), sheet.rows(outline, request.build_absolute_uri))
    answer = HttpResponse(b"".join(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{plan.slug}.csv"'
    return answer


@require_safe
def sub_group_list(request: HttpRequest) -> HttpResponse:
    """List sub-groups, narrowed by the query string."""
    filters, page = list_page(request, SubGroupFilter, SubGroup.objects.for_page)
    moment = as_of(request, filters.form)
    seats: dict[int, list[SubGroupSeat]] = {}
    if organization := filters.form.cleaned_data.get("organization"):
        found = SubGroupSeat.objects.visible_to(request.user).select_related("organization")
        for seat in found.filter(organization=organization, sub_group__in=list(page)):
            seats.setdefault(seat.sub_group_id, []).append(seat)
    day, today = moment.day, moment.today
    rows = [(group, list_notes(group, seats.get(group.pk, []), day, today)) for group in page]
    context = {"filters": filters, "page": page, "rows": rows, "as_of": moment}
    return render(request, "actionplan/sub_group_list.html", context)


def list_notes(group: SubGroup, seats: list[SubGroupSeat], day: dt.date, today: dt.date) -> str:
    """Return the plan, and how surely the group existed on a day and some seats were held."""
    notes = [group.plan.title, tenure_note(group, group.judge(day, day, today=today), today=today)]
    for seat in seats:
        note = tenure_note(seat, seat.judge(day, day, today=today), today=today)
        notes.append(f"{seat}: {note}")
    return " · ".join(notes)


@keep("on")
@require_safe
def sub_group_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one sub-group: who sits in it, today or on a day, what it carries, and whence it is."""
    moment = as_of(request)
    group = get_record_or_404(SubGroup.objects.for_detail, request.user, slug)
    activities = Activity.objects.visible_to(request.user).for_list(request.user)
    carried = activities.filter(area=group.area_id) if group.area_id else activities.none()
    day, today = moment.day, moment.today
    seats = sorted(group.seats.all(), key=lambda seat: GroupRole.values.index(seat.role))
    if moment.asked:
        seats = [seat for seat in seats if seat.judge(day, day, today=today)]
    context = {
        "as_of": moment,
        "group": group,
        "seats": [describe_seat(seat, day, today=today) for seat in seats],
        "group_note": certainty_note(group, group.judge(day, day, today=today), today=today),
        "has_lead": any(seat.role == GroupRole.LEAD for seat in seats),
        "activities": with_standing(carried[:50], on=today),
        "strands": strands_of(group, request.user),
    }
    return render(request, "actionplan/sub_group_detail.html", context)


@require_safe
def activity_list(request: HttpRequest) -> HttpResponse:
    """List activities with what was last reported of them, narrowed by the query string."""
    filters, page = list_page(request, ActivityFilter, Activity.objects.for_page)
    with_standing(page, on=timezone.localdate())
    return render(request, "actionplan/activity_list.html", {"filters": filters, "page": page})


@require_safe
def activity_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one activity: its state, who carries it, what it brings forth and serves."""
    activity = get_record_or_404(Activity.objects.for_detail, request.user, slug)
    with_standing([activity], on=timezone.localdate())
    with_on_record([activity], request.user, on=timezone.localdate())
    carriers = activity.organizations.all()
    context = {
        "activity": activity,
        "leads": [c.organization for c in carriers if c.role == SupportRole.LEAD],
        "supporters": [c.organization for c in carriers if c.role == SupportRole.SUPPORT],
        "funders": [c.organization for c in carriers if c.role == SupportRole.FUNDER],
        "goals": goals(activity.sdgs),
        "strands": strands_of(activity, request.user),
    }
    return render(request, "actionplan/activity_detail.html", context)


@require_safe
def commitment_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one commitment: who made it, when, and what it serves."""
    commitment = get_record_or_404(Commitment.objects.for_detail, request.user, slug)
    return render(request, "actionplan/commitment_detail.html", describe(commitment))


@require_safe
def instrument_coverage(request: HttpRequest, slug: str) -> HttpResponse:
    """Show which provisions of an instrument are served, by which activities and sub-groups."""
    rows = PolicyInstrument.objects.visible_to(request.user).defer("search")
    instrument = get_record_or_404(rows, request.user, slug)
    table = coverage_table(instrument, request.user, on=timezone.localdate())
    return render(
        request, "actionplan/instrument_coverage.html", {"instrument": instrument, "table": table}
    )


def describe_seat(seat: SubGroupSeat, day: dt.date, *, today: dt.date) -> dict[str, Any]:
    """Return a seat as a step of a timeline, with how surely it was held on a day."""
    return {
        "title": seat.organization.full_name,
        "url": seat.organization.get_absolute_url(),
        "date": seat.from_on,
        "until": seat.until_on,
        "is_period": True,
        "note": certainty_note(seat, seat.judge(day, day, today=today), today=today),
        "state": seat.role,
        "state_label": seat.get_role_display(),
    }
