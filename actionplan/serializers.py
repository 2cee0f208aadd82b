"""The nouns of the action plan as JSON."""

from typing import ClassVar

from django.utils import timezone
from rest_framework import serializers

from actionplan.choices import REPORTED_STATES
from actionplan.models import (
    ActionPlan,
    Activity,
    ActivityOrganization,
    Commitment,
    Deliverable,
    DeliverableEvidence,
    PriorityArea,
    ProgressReport,
    ReportEvidence,
    SubGroup,
    SubGroupSeat,
)
from actionplan.reporting import standing_of
from taskforce.serializers import (
    AGENDA_ITEM_NEEDS,
    PROOF,
    PROVISION_NEEDS,
    ProofSerializer,
)
from taskforce.serializers.certainty import TenureSerializer
from untfsse.kit.rest.serializers import (
    TENURE,
    EvidencedSerializer,
    PartReferences,
    PartSerializer,
    RecordSerializer,
    Reference,
    References,
    RowSerializer,
    SdgsField,
    ThreadAddressField,
    Topics,
)


class PriorityAreaSerializer(RecordSerializer[PriorityArea]):
    """An area of a plan."""

    plan = Reference("action_plan")

    class Meta:
        model = PriorityArea
        words: ClassVar = {
            "plan": "The plan.",
            "position": "Its place among the areas of the plan.",
            "kind": "Priority area, transversal area or theme.",
            "title": "What it is called.",
            "summary": "What it is for.",
        }


class PriorityAreaDetailSerializer(PriorityAreaSerializer):
    """An area with its sub-groups and activities."""

    sub_groups = References("sub_group")
    activities = References("activity")
    thread = ThreadAddressField()

    class Meta(PriorityAreaSerializer.Meta):
        words: ClassVar = {
            "sub_groups": "The sub-groups that carry it.",
            "activities": "Its activities.",
            "thread": "Where to ask what hangs on it.",
        }


class ActionPlanSerializer(RecordSerializer[ActionPlan]):
    """A plan for some years; plans may overlap, and one continues another."""

    adopted_by = Reference("decision")
    adopted_at = Reference("meeting")
    continues = Reference("action_plan")

    class Meta:
        model = ActionPlan
        words: ClassVar = {
            "title": "What it is called.",
            "starts_on": "When it starts.",
            "ends_on": "When it ends (inclusive).",
            "state": "In preparation, current or past.",
            "adopted_by": "The decision that adopted it.",
            "adopted_at": "The meeting that adopted it, if no decision is known.",
            "continues": "The plan it continues.",
        }


class ActionPlanDetailSerializer(ActionPlanSerializer):
    """A plan with its areas, sub-groups and activities."""

    instrument = Reference("instrument")
    continued_by = References("action_plan")
    areas = PriorityAreaSerializer(many=True)
    sub_groups = References("sub_group")
    activities = References("activity")
    agenda_items = PartReferences(needs=AGENDA_ITEM_NEEDS)
    updates = References("update")
    thread = ThreadAddressField()

    class Meta(ActionPlanSerializer.Meta):
        words: ClassVar = {
            "summary": "What it is for.",
            "document_url": "Where its text can be read.",
            "instrument": "The plan among the policy instruments.",
            "continued_by": "The plans that continue it.",
            "areas": "Its areas.",
            "sub_groups": "The sub-groups that carry it.",
            "activities": "Its activities.",
            "agenda_items": "Where a meeting spoke of it.",
            "updates": "News that tells of it.",
            "thread": "Where to ask what hangs on it.",
        }


class SubGroupSeatSerializer(
    TenureSerializer[SubGroupSeat],
    EvidencedSerializer[SubGroupSeat],
):
    """An organization's place in a sub-group over time."""

    sub_group = Reference("sub_group")
    organization = Reference("organization")

    class Meta:
        model = SubGroupSeat
        words: ClassVar = {
            "sub_group": "The sub-group.",
            "organization": "The organization.",
            "role": "Lead, co-lead or member.",
        }


class SubGroupSerializer(TenureSerializer[SubGroup], RecordSerializer[SubGroup]):
    """A group of members and observers that carries an area or another task of a plan."""

    plan = Reference("action_plan")
    area = Reference("priority_area", needs=("plan",))
    established_by = Reference("decision")

    class Meta:
        model = SubGroup
        words: ClassVar = {
            "name": "What it is called.",
            "kind": "What sort of group it is.",
            "plan": "The plan it carries.",
            "area": "The area it carries.",
            "established_by": "The decision that formed it.",
            **TENURE,
        }


class SubGroupDetailSerializer(SubGroupSerializer):
    """A sub-group with who sits in it."""

    seats = SubGroupSeatSerializer(many=True)
    thread = ThreadAddressField()

    class Meta(SubGroupSerializer.Meta):
        words: ClassVar = {
            "seats": "Who sits in it, each with dates.",
            "thread": "Where to ask what hangs on it.",
        }


class DeliverableEvidenceSerializer(ProofSerializer[DeliverableEvidence]):
    """What shows that a deliverable was delivered."""

    class Meta:
        model = DeliverableEvidence
        words: ClassVar = PROOF


class DeliverableSerializer(EvidencedSerializer[Deliverable]):
    """What an activity is to bring forth."""

    activity = Reference("activity")
    evidence = DeliverableEvidenceSerializer(many=True)

    class Meta:
        model = Deliverable
        words: ClassVar = {
            "activity": "The activity.",
            "title": "What is to be delivered.",
            "due_on": "When it is due.",
            "delivered_on": "When it was delivered; null while it is not known to be.",
            "evidence": "What shows that it was delivered.",
        }


class ReportEvidenceSerializer(ProofSerializer[ReportEvidence]):
    """What supports a progress report."""

    class Meta:
        model = ReportEvidence
        words: ClassVar = PROOF


class ProgressReportSerializer(PartSerializer[ProgressReport]):
    """What an organization reports of an activity on a day."""

    activity = Reference("activity")
    organization = Reference("organization")
    evidence = ReportEvidenceSerializer(many=True)

    class Meta:
        model = ProgressReport
        words: ClassVar = {
            "activity": "The activity.",
            "organization": "Who reports.",
            "reported_on": "The day of the report.",
            "state": "The state that is reported.",
            "narrative": "The report in words.",
            "evidence": "What supports it.",
        }


class ActivityOrganizationSerializer(RowSerializer[ActivityOrganization]):
    """An organization that leads, supports or funds an activity."""

    organization = Reference("organization")

    class Meta:
        model = ActivityOrganization
        words: ClassVar = {
            "organization": "The organization.",
            "role": "Lead, support or funding.",
        }


class ActivitySerializer(RecordSerializer[Activity]):
    """Something a plan foresees, with the state that was last reported."""

    plan = Reference("action_plan")
    area = Reference("priority_area", needs=("plan",))
    sdgs = SdgsField()
    reported_state = serializers.ChoiceField(REPORTED_STATES)
    reported_on = serializers.DateField(allow_null=True)
    standing = serializers.SerializerMethodField()

    class Meta:
        model = Activity
        words: ClassVar = {
            "code": "The code in the plan.",
            "title": "What it is called.",
            "kind": "Activity or output.",
            "plan": "The plan.",
            "area": "The area; null when it is filed under none.",
            "is_area_inferred": "Whether filing it under that area is our reading.",
            "reported_state": "What was last reported; `no_report` says that nobody ever did.",
            "reported_on": "The day of that report; null without one.",
            "documented_state": "What public sources say, apart from any report.",
            "documented_on": "As of when they say so.",
            "standing": "What was reported, and what public sources say, in sentences.",
            "baseline_due_on": "When it was first due.",
            "due_on": "When it is due now.",
            "sdgs": "The goals it serves.",
        }

    def get_standing(self, activity: Activity) -> str:
        """Return what the pages say of it today."""
        return standing_of(activity, on=timezone.localdate()).told


class ActivityDetailSerializer(ActivitySerializer):
    """An activity with its deliverables, reports, and what it serves."""

    organizations = ActivityOrganizationSerializer(many=True)
    arises_from = Reference("decision")
    continues = Reference("activity")
    continued_by = References("activity")
    provisions = PartReferences(needs=PROVISION_NEEDS)
    instruments = References("instrument")
    agenda_items = PartReferences(needs=AGENDA_ITEM_NEEDS)
    deliverables = DeliverableSerializer(many=True)
    reports = ProgressReportSerializer(many=True)
    tags = Topics()
    thread = ThreadAddressField()

    class Meta(ActivitySerializer.Meta):
        words: ClassVar = {
            "description": "What is to be done.",
            "organizations": "Who leads, supports and funds it.",
            "arises_from": "The decision from which it arises.",
            "continues": "The activity of an earlier plan that it continues.",
            "continued_by": "The activities of later plans that continue it.",
            "provisions": "The provisions it serves.",
            "instruments": "The instruments it serves as a whole.",
            "agenda_items": "Where a meeting spoke of it.",
            "deliverables": "What it is to bring forth.",
            "reports": "All progress reports, the latest first; empty says that there is none.",
            "tags": "Its topics.",
            "thread": "Where to ask what hangs on it.",
        }


class CommitmentSerializer(RecordSerializer[Commitment]):
    """What governments or others said on a day that they would do or support."""

    organizations = References("organization")
    meeting = Reference("meeting")
    instrument = Reference("instrument")
    plan = Reference("action_plan")
    activity = Reference("activity")

    class Meta:
        model = Commitment
        words: ClassVar = {
            "title": "What it is, in our own words.",
            "made_by": "Who made it, as the source says.",
            "organizations": "Those among them that are named.",
            "made_on": "When it was made, or when it was told.",
            "text": "What was said, in our own words.",
            "meeting": "The meeting at which it was made or told.",
            "instrument": "The instrument it serves.",
            "plan": "The plan it serves.",
            "activity": "The activity it serves.",
        }
