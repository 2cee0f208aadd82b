"""What one may ask of a list of the Task Force; the same for pages and the API."""

from typing import Any, ClassVar

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from taskforce.choices import OrganizationKind, SeatCategory
from taskforce.models import Organization
from untfsse.kit.filters import RecordFilter


class OrganizationFilter(RecordFilter):
    """Organizations by words, seat, day and kind; with a day, the seat is that of the day."""

    category = filters.ChoiceFilter(
        label=_("Seat"), choices=SeatCategory, empty_label=_("Any"), method="in_category"
    )
    on = filters.DateFilter(label=_("Seated on the day"), method="seated_on")
    kind = filters.ChoiceFilter(label=_("Kind"), choices=OrganizationKind, empty_label=_("Any"))

    class Meta:
        model = Organization
        fields: ClassVar = ["q", "category", "on", "kind"]

    def in_category(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Narrow to a category of seat: that day's, or any ever held."""
        if self.form.cleaned_data.get("on"):
            return queryset.seated(on=self.form.cleaned_data["on"]).filter(seat_category=value)
        return queryset.filter(seats__category=value).distinct()

    def seated_on(self, queryset: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        """Narrow to those that held a seat on the day, or may have."""
        return queryset.seated(on=value)
