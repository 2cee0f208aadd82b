"""Lists of the back office: how they are narrowed, and what they answer to a strange question."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup, DisallowedModelAdminToField
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from untfsse.kit.generics import DjangoModelAdmin
from untfsse.kit.records.dates import FirstDay, LastDay, PartialDateField, period

UNREADABLE = (
    DataError,
    DisallowedModelAdminLookup,
    DisallowedModelAdminToField,
    OverflowError,
    ValidationError,
    ValueError,
)


def period_column(since: str, until: str = "", *, label: Any, is_open: bool = False) -> Any:
    """Return a column of a list: from when until when, in words, sorted by the beginning."""

    @admin.display(description=label, ordering=Coalesce(FirstDay(since), LastDay(since)))
    def in_words(record: Any) -> str:
        return period(getattr(record, since), getattr(record, until, None), is_open=is_open)

    return in_words


TENURE_COLUMN = period_column("from_on", "until_on", label=_("held"), is_open=True)
EVENT_COLUMN = period_column("starts_on", "ends_on", label=_("days"))


class ChangeListMixin(DjangoModelAdmin):
    """A list with dates in words, that answers what it cannot read with a sentence."""

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Show dates known in part as the pages show them."""
        shown = super().get_list_display(request)
        dates = {
            field.name: period_column(field.name, label=field.verbose_name)
            for field in self.model._meta.fields
            if isinstance(field, PartialDateField)
        }
        return [dates.get(str(column), column) for column in shown]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Answer a filter that cannot be read with a sentence and the whole list."""
        if any("\0" in part for pair in request.GET.lists() for part in [pair[0], *pair[1]]):
            return self.refuse_question(request)
        if ERROR_FLAG in request.GET:
            question = request.GET.copy()
            del question[ERROR_FLAG]
            request.GET = question  # type: ignore[assignment]
        try:
            response: HttpResponse = super().changelist_view(request, extra_context)
        except UNREADABLE:
            if request.method == "POST":
                raise
            return self.refuse_question(request)
        target = getattr(response, "url", "")
        if request.method == "GET" and target.endswith(f"?{ERROR_FLAG}=1"):
            return self.refuse_question(request)
        return response

    def refuse_question(self, request: HttpRequest) -> HttpResponseRedirect:
        """Say that the question was not understood, and lead to the whole list."""
        messages.warning(
            request,
            gettext("That filter or search could not be understood: here is the whole list."),
        )
        return HttpResponseRedirect(request.path)


class ChosenFilter(admin.RelatedOnlyFieldListFilter):
    """Rows of another noun to choose from one box: hundreds of them stay one line."""

    template = "admin/chosen_filter.html"

    def __init__(
        self,
        field: Any,
        request: HttpRequest,
        params: dict[str, Any],
        model: Any,
        model_admin: Any,
        field_path: str,
    ) -> None:
        """Read the box's empty line as no choice."""
        name = f"{field_path}__{field.target_field.name}__exact"
        if not any(params.get(name, [])):
            params.pop(name, None)
        super().__init__(field, request, params, model, model_admin, field_path)

    def choices(self, changelist: Any) -> Any:
        """Return the lines of the box, and keep the rest of the question beside it."""
        own = self.expected_parameters()
        self.kept = [
            (name, value)
            for name, values in changelist.filter_params.items()
            if name not in own
            for value in values
        ]
        chosen = str(self.lookup_val[-1]) if self.lookup_val else ""
        yield {"value": "", "display": gettext("All"), "selected": not chosen}
        for key, words in self.lookup_choices:
            yield {"value": key, "display": words, "selected": str(key) == chosen}


class VerifiedFilter(admin.SimpleListFilter):
    """Whether somebody checked the facts."""

    title = _("verification")
    parameter_name = "verified"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> Any:
        """Offer both."""
        return [("yes", _("Verified")), ("no", _("Not yet verified"))]

    def queryset(self, _request: HttpRequest, queryset: Any) -> Any:
        """Narrow by the day of verification."""
        if self.value() in {"yes", "no"}:
            return queryset.filter(verified_on__isnull=self.value() == "no")
        return queryset
