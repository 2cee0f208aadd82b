"""The pages of decisions and what became of them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import Truncator, get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taskforce.filters import DecisionFilter
from taskforce.models import Decision, Proof
from untfsse.kit.pages.on_record import OnRecord, with_on_record
from untfsse.kit.pages.paging import list_page
from untfsse.kit.pages.thread import strands_of
from untfsse.kit.records.addresses import get_record_or_404
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.together import fetch_together
from untfsse.kit.records.written import written

MOST_NAMES = 3
LONG_LETTERS, MOST_IN_HEADING = 90, 60


@dataclass(frozen=True, slots=True)
class Heading:
    """A sentence as the heading of its page: a long one is set smaller, a longer one cut."""

    words: str
    is_long: bool
    is_cut: bool

    @classmethod
    def of(cls, text: str) -> Self:
        """Return the heading that a text gives."""
        words = Truncator(text).words(MOST_IN_HEADING)
        return cls(words, len(words) > LONG_LETTERS, words != " ".join(text.split()))


def proof_row(proof: Proof) -> dict[str, Any] | None:
    """Return a piece of evidence as a link; None when the reader may not see it."""
    record: Any = proof.thing
    if record is not None:
        return {"title": str(record), "url": record.get_absolute_url()}
    return {"title": proof.title, "url": proof.url, "is_outside": True} if proof.url else None


def describe_silence(decision: Decision, on_record: OnRecord) -> str:
    """Say from whom no word came of a decision; what is on record of it stands below."""
    names = [str(organization) for organization in decision.addressees.all()]
    if not names:
        silence = _("Nobody has told what became of it")
    elif len(names) > MOST_NAMES:
        silence = _("No word from those it is addressed to")
    else:
        silence = _("No word from %(names)s") % {"names": get_text_list(names, _("and"))}
    if on_record.facts:
        return f"{silence}."
    return _("%(silence)s. That is not the same as nothing.") % {"silence": silence}


@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    """List decisions, narrowed by the query string."""
    filters, page = list_page(request, DecisionFilter, Decision.objects.for_page)
    with_on_record(page, request.user, on=timezone.localdate())
    return render(request, "taskforce/decision_list.html", {"filters": filters, "page": page})


@written
def overdue_on(user: Reader, decision: int, meeting: int, day: dt.date) -> Sequence[Any]:
    """Ask for a decision of a meeting if it is overdue on a day.

    Not told of which, PostgreSQL goes through all meetings.
    """
    visible = Decision.objects.visible_to(user).filter(pk=decision, meeting=meeting)
    return (visible.overdue(on=day, user=user).values("pk"),)


def in_full(user: Reader) -> Any:
    """Return decisions with all that their pages show."""
    return Decision.objects.for_detail(user).with_due_day(user)


@require_safe
def decision_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one decision: its text, whom it addresses, what became of it."""
    user = request.user
    decision = get_record_or_404(in_full, user, slug)
    today = timezone.localdate()
    [overdue] = fetch_together(*overdue_on(user, decision.pk, decision.meeting_id, today))
    proofs = [proof_row(proof) for proof in decision.evidence.all()]
    with_on_record([decision], user, on=today)
    context = {
        "decision": decision,
        "heading": Heading.of(decision.text),
        "silence": describe_silence(decision, decision.on_record),
        "proofs": [row for row in proofs if row],
        "is_overdue": bool(overdue),
        "strands": strands_of(decision, user),
    }
    return render(request, "taskforce/decision_detail.html", context)
