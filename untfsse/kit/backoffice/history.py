"""The history of a record in place of Django's log."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from untfsse.kit.forms.richtext import as_plain
from untfsse.kit.generics import DjangoModelAdmin
from untfsse.kit.history.changes import Change
from untfsse.kit.history.describing import PAGE, ChangeDescriber, changes_of, tell
from untfsse.kit.records.fields import RichTextField


class PlainDescriber(ChangeDescriber):
    """Turns stored rows into words, and a text with layout into its words alone."""

    def words(self, change: Change, name: str, value: Any) -> str:
        """Return a stored value in words."""
        said = super().words(change, name, value)
        return as_plain(said) if isinstance(self.column(change, name), RichTextField) else said


class HistoryMixin(DjangoModelAdmin):
    """The history of a record in place of Django's log."""

    history_parts: ClassVar[tuple[type[models.Model], ...]] = ()
    """Nouns whose rows belong to it, besides those on its page."""
    may_bring_back: ClassVar[bool] = True
    """Whether an earlier state may come back."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Show what changed, and offer to bring an earlier state back."""
        record = self.get_object(request, object_id)
        if record is None:
            response: HttpResponse = self._get_obj_does_not_exist_redirect(  # type: ignore[attr-defined]
                request,
                self.opts,
                object_id,
            )
            return response
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        inlines = self.get_inline_instances(request, record)
        parts = [*(inline.model for inline in inlines), *self.history_parts]
        rows = changes_of(record, parts, user=request.user)
        page = Paginator(rows, PAGE).get_page(request.GET.get("p"))
        changes = list(page.object_list)
        reader = PlainDescriber(changes, user=request.user)
        may_change = self.may_bring_back and self.has_change_permission(request, record)
        events = tell(record, changes, reader, may_change=may_change)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("History"),
            "subtitle": str(record),
            "opts": self.opts,
            "object": record,
            "page": page,
            "events": events,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/object_history.html", context)
