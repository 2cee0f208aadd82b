"""The action plan through the API: what may be asked of which noun."""

from actionplan import filters, serializers
from untfsse.kit.rest.viewsets import ListViewSet, RecordViewSet, Router, ThreadedViewSet


class ActionPlanViewSet(ThreadedViewSet):
    """The plans, the newest first."""

    filterset_class = filters.ActionPlanFilter
    serializer_class = serializers.ActionPlanSerializer
    detail_serializer_class = serializers.ActionPlanDetailSerializer


class PriorityAreaViewSet(ThreadedViewSet):
    """The areas of all plans."""

    filterset_class = filters.PriorityAreaFilter
    serializer_class = serializers.PriorityAreaSerializer
    detail_serializer_class = serializers.PriorityAreaDetailSerializer


class SubGroupViewSet(ThreadedViewSet):
    """The groups of members and observers that carry the work."""

    filterset_class = filters.SubGroupFilter
    serializer_class = serializers.SubGroupSerializer
    detail_serializer_class = serializers.SubGroupDetailSerializer


class SubGroupSeatViewSet(ListViewSet):
    """Who sits in which sub-group, and when."""

    order = ("sub_group__name_key", "sub_group_id", "role", "id")
    filterset_class = filters.SubGroupSeatFilter
    serializer_class = serializers.SubGroupSeatSerializer


class ActivityViewSet(ThreadedViewSet):
    """What the plans foresee, with the state last reported."""

    filterset_class = filters.ActivityFilter
    serializer_class = serializers.ActivitySerializer
    detail_serializer_class = serializers.ActivityDetailSerializer


class DeliverableViewSet(ListViewSet):
    """What the activities are to bring forth."""

    order = ("activity__code", "activity_id", "due_on", "id")
    filterset_class = filters.DeliverableFilter
    serializer_class = serializers.DeliverableSerializer


class ProgressReportViewSet(ListViewSet):
    """What organizations report of activities, the latest first."""

    order = ("-reported_on", "-id")
    filterset_class = filters.ProgressReportFilter
    serializer_class = serializers.ProgressReportSerializer


class CommitmentViewSet(RecordViewSet):
    """What governments and others committed to, the latest first."""

    filterset_class = filters.CommitmentFilter
    serializer_class = detail_serializer_class = serializers.CommitmentSerializer


router = Router()
router.add(
    ActionPlanViewSet,
    PriorityAreaViewSet,
    SubGroupViewSet,
    ActivityViewSet,
    CommitmentViewSet,
)
router.register("sub-group-seats", SubGroupSeatViewSet, "sub_group_seat")
router.register("deliverables", DeliverableViewSet, "deliverable")
router.register("progress-reports", ProgressReportViewSet, "progress_report")
