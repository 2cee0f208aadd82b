"""What the action plan's tables show of decisions, activities and areas.

docs/follow-up.md tells all rules, also those of the storeys below.
"""

from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from actionplan.choices import DocumentedState, ReportState
from actionplan.models import (
    ActionPlan,
    Activity,
    Deliverable,
    PriorityArea,
    ProgressReport,
    SubGroup,
    SubGroupSeat,
)
from taskforce.choices import MeetingState
from taskforce.models import Decision, Document, Meeting, PolicyInstrument
from taskforce.on_record import short_name
from untfsse.kit.pages.on_record import Kind, Rows, facts, leads_to, shows
from untfsse.kit.records.dates import InOrder
from untfsse.kit.records.publication import Reader


def members_in_words(count: int) -> str:
    """Return how many organizations sit in a sub-group."""
    words = ngettext("with %(count)s organization", "with %(count)s organizations", count)
    return words % {"count": apnumber(count)} if count else gettext("without members")


PLAN = Kind(
    3,
    "plan",
    _("Plan it adopted"),
    ngettext_lazy("action plan", "action plans"),
    "actionplan:action_plan_detail",
)
SUB_GROUP = Kind(
    4,
    "sub_group",
    _("Sub-group formed"),
    ngettext_lazy("sub-group", "sub-groups"),
    "actionplan:sub_group_detail",
    is_open=True,
    number_in_words=members_in_words,
)
MEETING = Kind(
    5,
    "meeting",
    _("Meeting held"),
    ngettext_lazy("meeting held", "meetings held"),
    "taskforce:meeting_detail",
    evidence="meeting",
)
INSTRUMENT = Kind(
    6,
    "instrument",
    _("Instrument adopted"),
    ngettext_lazy("instrument adopted", "instruments adopted"),
    "taskforce:instrument_detail",
    evidence="instrument",
)
DOCUMENT = Kind(
    7,
    "document",
    _("Document issued"),
    ngettext_lazy("document issued", "documents issued"),
    "taskforce:document_detail",
    evidence="document",
)
DELIVERY = Kind(
    8,
    "delivery",
    _("Delivery"),
    ngettext_lazy("delivery", "deliveries"),
    "actionplan:activity_detail",
    "#deliverables",
)
ARISING = Kind(
    9,
    "activity",
    _("Activity that arises from it"),
    ngettext_lazy("activity", "activities"),
    "actionplan:activity_detail",
)
DONE = Kind(
    10,
    "activity_done",
    _("Done, as public sources say"),
    ngettext_lazy("activity done", "activities done"),
    "actionplan:activity_detail",
)
REPORT = Kind(
    11,
    "report",
    _("Report"),
    ngettext_lazy("report", "reports"),
    "actionplan:activity_detail",
    "#reports",
    words=dict(ReportState.choices),
    is_report=True,
)


# --- Of a decision and of an area ----------------------------------------------------------


@shows(Decision, PLAN)
def plans_adopted(reader: Reader) -> Rows:
    """The plans that a decision adopted; their years are no days on which something came of it."""
    return facts(ActionPlan.objects.visible_to(reader), "adopted_by", title="title", slug="slug")


def formed(reader: Reader) -> Rows:
    """Return the sub-groups that decisions formed: none that surely was there before."""
    since = F("established_by__meeting__starts_on")
    return SubGroup.objects.visible_to(reader).filter(InOrder(since, F("from_on")))


def groups(rows: Rows, of: str, reader: Reader) -> Rows:
    """Return sub-groups as facts, with the number of organizations in them."""
    seats = SubGroupSeat.objects.visible_to(reader).filter(sub_group=OuterRef("pk")).order_by()
    held = seats.values("sub_group").annotate(count=Count("organization", distinct=True))
    return facts(
        rows,
        of,
        title="name",
        slug="slug",
        day="from_on",
        until="until_on",
        number=Coalesce(Subquery(held.values("count")), 0),
    )


@shows(Decision, SUB_GROUP)
def groups_of_decision(reader: Reader) -> Rows:
    """The sub-groups that a decision formed."""
    return groups(formed(reader), "established_by", reader)


@shows(PriorityArea, SUB_GROUP)
def groups_of_area(reader: Reader) -> Rows:
    """The sub-groups that carry an area."""
    return groups(SubGroup.objects.visible_to(reader), "area", reader)


@shows(Decision, ARISING)
def activities_arising(reader: Reader) -> Rows:
    """The activities that arise from a decision and are not known to be done."""
    rows = Activity.objects.visible_to(reader).exclude(documented_state=DocumentedState.DONE)
    return facts(rows, "arises_from", title="title", slug="slug")


@leads_to(Decision, Activity)
def arising(reader: Reader) -> Rows:
    """The activities that arise from a decision."""
    return facts(Activity.objects.visible_to(reader), "arises_from")


@leads_to(Decision, Activity)
def carried(reader: Reader) -> Rows:
    """The activities of the areas that the sub-groups of a decision carry."""
    areas = PriorityArea.objects.visible_to(reader)
    activities = Activity.objects.visible_to(reader)
    rows = formed(reader).filter(area__in=areas, area__activities__in=activities)
    return facts(rows, "established_by", row="area__activities")


@leads_to(PriorityArea, Activity)
def activities_of_area(reader: Reader) -> Rows:
    """The activities of an area."""
    return facts(Activity.objects.visible_to(reader), "area")


# --- Of an activity, and of what leads to it -----------------------------------------------


def shown_by(reader: Reader, name: str, things: Rows, **columns: Any) -> Rows:
    """Return things that are evidence of deliveries, by the name of their column there.

    A piece names exactly one thing: of the others it need not be asked whether they are seen.
    """
    seen = Deliverable.objects.visible_to(reader).filter(**{f"evidence__{name}__in": things})
    paths = {column: f"evidence__{name}__{path}" for column, path in columns.items()}
    return facts(seen, "activity", row=f"evidence__{name}", slug=f"evidence__{name}__slug", **paths)


@shows(Activity, MEETING)
def meetings_held(reader: Reader) -> Rows:
    """The meetings that are evidence of its deliveries, and were held."""
    held = Meeting.objects.visible_to(reader).filter(state=MeetingState.HELD)
    return shown_by(reader, "meeting", held, title="title", day="starts_on", until="ends_on")


@shows(Activity, INSTRUMENT)
def instruments_adopted(reader: Reader) -> Rows:
    """The instruments that are evidence of its deliveries, and whose adoption has a day."""
    adopted = PolicyInstrument.objects.visible_to(reader).filter(adopted_on__isnull=False)
    return shown_by(
        reader, "instrument", adopted, title="short_title", day="adopted_on", word="symbol"
    )


@shows(Activity, DOCUMENT)
def documents_issued(reader: Reader) -> Rows:
    """The documents that are evidence of its deliveries."""
    issued = Document.objects.visible_to(reader)
    return shown_by(reader, "document", issued, title="title", day="issued_on", word="symbol")


@shows(Activity, DELIVERY)
def deliveries(reader: Reader) -> Rows:
    """The deliverables that have a day of delivery."""
    return facts(
        Deliverable.objects.visible_to(reader).filter(delivered_on__isnull=False),
        "activity",
        title="title",
        slug="activity__slug",
        day="delivered_on",
    )


@shows(Activity, DONE)
def activities_done(reader: Reader) -> Rows:
    """The activity itself, where public sources say that it is done."""
    return facts(
        Activity.objects.visible_to(reader).filter(documented_state=DocumentedState.DONE),
        "pk",
        title="title",
        slug="slug",
        day="documented_on",
    )


@shows(Activity, REPORT)
def reports(reader: Reader) -> Rows:
    """What organizations reported."""
    return facts(
        ProgressReport.objects.visible_to(reader),
        "activity",
        title=short_name(),
        slug="activity__slug",
        day="reported_on",
        word="state",
    )
