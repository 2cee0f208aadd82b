"""The Encyclopedia through the API: what may be asked of which noun."""

from encyclopedia import filters, serializers
from untfsse.kit.rest.viewsets import ListViewSet, RecordViewSet, Router, ThreadedViewSet


class WorkViewSet(RecordViewSet):
    """The books of which entries are listed."""

    order = ("title_key", "id")
    filterset_class = filters.WorkFilter
    serializer_class = serializers.WorkSerializer
    detail_serializer_class = serializers.WorkDetailSerializer


class PartViewSet(ListViewSet):
    """The parts of all works."""

    order = ("work__title_key", "work_id", "number")
    filterset_class = filters.PartListFilter
    serializer_class = serializers.PartOfWorkSerializer


class EntryViewSet(ThreadedViewSet):
    """The entries of the Encyclopedia, described in our own words and linked."""

    filterset_class = filters.EntryFilter
    serializer_class = serializers.EntrySerializer
    detail_serializer_class = serializers.EntryDetailSerializer


class AuthorshipViewSet(ListViewSet):
    """Who wrote which entry, in order, as far as it is confirmed."""

    order = ("entry__number", "entry_id", "position")
    filterset_class = filters.AuthorshipFilter
    serializer_class = serializers.AuthorshipSerializer


router = Router()
router.add(
    WorkViewSet,
    EntryViewSet,
)
router.register("parts", PartViewSet, "part")
router.register("authorships", AuthorshipViewSet, "authorship")
