"""The pages of decisions and what became of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from taskforce.filters import DecisionFilter
from taskforce.models import Decision, Proof
from untfsse.kit.pages.paging import paginate
from untfsse.kit.pages.thread import strands_of
from untfsse.kit.records.addresses import get_record_or_404


def proof_row(proof: Proof) -> dict[str, Any] | None:
    """Return a piece of evidence as a link; None when the reader may not see it."""
    record: Any = proof.thing
    if record is not None:
        return {"title": str(record), "url": record.get_absolute_url()}
    return {"title": proof.title, "url": proof.url, "is_outside": True} if proof.url else None


@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    """List decisions, narrowed by the query string."""
    visible = Decision.objects.visible_to(request.user).for_list()
    filters = DecisionFilter(request.GET, queryset=visible, request=request)
    page = paginate(request, filters.qs)
    return render(request, "taskforce/decision_list.html", {"filters": filters, "page": page})


@require_safe
def decision_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one decision: its text, whom it addresses, what became of it."""
    user = request.user
    visible = Decision.objects.visible_to(user)
    decision = get_record_or_404(visible.for_detail(user).with_due_day(user), user, slug)
    overdue = visible.filter(pk=decision.pk).overdue(on=timezone.localdate(), user=user)
    proofs = [proof_row(proof) for proof in decision.evidence.all()]
    context = {
        "decision": decision,
        "proofs": [row for row in proofs if row],
        "is_overdue": overdue.exists(),
        "strands": strands_of(decision, user),
    }
    return render(request, "taskforce/decision_detail.html", context)
