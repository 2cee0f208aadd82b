"""Evidence taken over: what is on record of a decision becomes what shows that it was done."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.models import Decision, DecisionEvidence
from taskforce.services.decisions import lock
from untfsse.kit.pages.on_record import Fact, on_record_of
from untfsse.kit.records.publication import VISITOR
from untfsse.kit.records.roles import Actor, require

LONGEST_TITLE = 250


def facts_to_take_over(decision: Decision) -> list[Fact]:
    """Return what visitors are shown on record of a decision and is not its evidence yet."""
    found = on_record_of([decision], VISITOR, on=timezone.localdate())[decision.pk].facts
    pieces = list(decision.evidence.all())
    urls = [piece.url for piece in pieces if piece.url]
    named = {
        (fact.kind.evidence, getattr(piece, f"{fact.kind.evidence}_id"))
        for fact in found
        if fact.kind.evidence
        for piece in pieces
    }
    return [
        fact
        for fact in found
        if (fact.kind.evidence, fact.row) not in named
        and not any(url.endswith(fact.url) for url in urls)
    ]


@transaction.atomic
def take_over_evidence(
    decision: Decision, *, facts: Iterable[str], site: str, by: Actor
) -> list[DecisionEvidence]:
    """Keep facts on record, named by their keys, as evidence of a decision.

    A meeting, an instrument or a document is named itself; any other row by the address of its
    page, which begins with that of the portal (`site`). Raises ValidationError for a fact that is
    not on record, or is evidence already.
    """
    require(by, "change", Decision)
    current = lock(decision)
    offered = {fact.key: fact for fact in facts_to_take_over(current)}
    wanted = list(dict.fromkeys(facts))
    if not set(wanted) <= set(offered):
        raise ValidationError({"facts": _("That is no longer on record, or is evidence already.")})
    pieces = [piece_of(offered[key], site) for key in wanted]
    for piece in pieces:
        piece.decision = current
        piece.full_clean()
        piece.save()
    return pieces


def piece_of(fact: Fact, site: str) -> DecisionEvidence:
    """Return the piece of evidence that names the row of a fact, not yet saved."""
    if fact.kind.evidence:
        named: dict[str, Any] = {f"{fact.kind.evidence}_id": fact.row}
        return DecisionEvidence(**named)
    title = fact.in_words[:LONGEST_TITLE]
    return DecisionEvidence(url=f"{site.rstrip('/')}{fact.url}", title=title)
