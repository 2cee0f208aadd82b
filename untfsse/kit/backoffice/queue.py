"""What a noun puts into the queue of facts to verify, and the way back there."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext

from untfsse.kit.backoffice.acts import Act
from untfsse.kit.backoffice.todo import Task
from untfsse.kit.backoffice.verify_queue import QUEUE, queue_address
from untfsse.kit.generics import DjangoModelAdmin
from untfsse.kit.records.evidence import Evidenced
from untfsse.kit.records.verification import verify

VERIFY = "_verify"


class VerifyQueueMixin(DjangoModelAdmin):
    """What a noun puts into the queue, and the way back there from its pages."""

    queue_task: ClassVar[Task | None] = None
    """The question that finds what waits for a check; None keeps the noun out of the queue."""
    queue_acts: ClassVar[tuple[Act, ...]] = ()
    """What may be decided there on each fact, without opening it: `queue_acts = (VERIFY, HIDE)`."""

    def waiting(self, request: HttpRequest) -> Any:
        """Return the rows that wait, with what their names need, in the order of the queue."""
        opts = self.opts
        names = [field.name for field in opts.fields if isinstance(field, models.ForeignKey)]
        rows = self.get_queryset(request)
        if self.queue_task is None:
            return rows.none()
        found: Any = self.queue_task.select(rows, timezone.localdate())
        return found.select_related(*names).order_by("pk")

    def is_to_verify(self, request: HttpRequest, record: Any) -> bool:
        """Whether this person may verify a record that is not verified."""
        may = self.has_change_permission(request, record)
        return isinstance(record, Evidenced) and not record.is_verified and bool(may)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Offer to correct and verify in one go."""
        record = context.get("original")
        context["can_verify"] = record is not None and self.is_to_verify(request, record)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Verify what was corrected, if that is asked; go back to the queue if it came from it."""
        if VERIFY in request.POST and self.is_to_verify(request, obj):
            try:
                verify(obj, by=request.user, on=timezone.localdate())
                messages.success(
                    request, gettext("Verified: your name and today's date are kept with it.")
                )
            except ValidationError as error:
                messages.warning(request, " ".join(error.messages))
        if QUEUE in request.GET:
            return HttpResponseRedirect(queue_address(obj))
        return super().response_post_save_change(request, obj)
