"""Comparisons: what became of the provisions of an earlier text, proposed by likeness."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from taskforce.choices import ProvisionRelationKind, in_order
from taskforce.models import PolicyInstrument, Provision, ProvisionRelation, ProvisionText
from taskforce.redline import likeness
from untfsse.kit.records.evidence import Confidence
from untfsse.kit.records.roles import Actor, require

LEAST_LIKENESS = 0.4
"""Below this, two provisions of the UN's resolutions have only their usual phrases in common."""
MOST_PAIRS = 20_000
"""Two texts of some hundred provisions; more would take minutes."""
type Pair = tuple[Provision | None, Provision | None, float]


@transaction.atomic
def propose_relations(
    instrument: PolicyInstrument, earlier: PolicyInstrument, *, by: Actor
) -> list[ProvisionRelation]:
    """Propose what became of each provision of an earlier text, for an editor to judge.

    Proposals are of low confidence: no visitor sees one before it is verified. Provisions of
    which something is said already are left alone. Raises ValidationError when the texts are not
    held in a common language, or are too long.
    """
    require(by, "add", ProvisionRelation)
    locked = PolicyInstrument.objects.select_for_update(of=("self",)).get(pk=instrument.pk)
    if locked.pk == earlier.pk:
        raise ValidationError({"earlier": _("Choose another text as the earlier one.")})
    after, before = common_words(locked, earlier)
    said = ProvisionRelation.objects.filter(instrument=locked, earlier_instrument=earlier)
    known = set(said.values_list("provision", flat=True))
    known_earlier = set(said.values_list("earlier_provision", flat=True))
    after = {row: words for row, words in after.items() if row.pk not in known}
    before = {row: words for row, words in before.items() if row.pk not in known_earlier}
    if len(after) * len(before) > MOST_PAIRS:
        raise ValidationError({"earlier": _("These texts have too many provisions to compare.")})
    return [propose(locked, earlier, pair) for pair in pairs(after, before)]


def common_words(
    later: PolicyInstrument, earlier: PolicyInstrument
) -> tuple[dict[Provision, str], dict[Provision, str]]:
    """Return the words of the provisions of both texts, in the first language both have."""
    texts = ProvisionText.objects.select_related("provision").order_by("provision__position")
    rows = [list(texts.filter(provision__instrument=one)) for one in (later, earlier)]
    held = [{row.language for row in each} for each in rows]
    both = in_order(held[0] & held[1])
    if not both:
        raise ValidationError(
            {"earlier": _("The words of both are not held in a common language.")}
        )
    after, before = (
        {row.provision: row.text for row in each if row.language == both[0]} for each in rows
    )
    return after, before


def pairs(after: dict[Provision, str], before: dict[Provision, str]) -> Iterator[Pair]:
    """Give each provision with the most alike of the other text, then those without one."""
    scored = [
        (likeness(old, new, least=LEAST_LIKENESS), later, earlier)
        for later, new in after.items()
        for earlier, old in before.items()
        if later.kind == earlier.kind
    ]
    scored.sort(key=lambda each: (-each[0], each[1].position, each[2].position))
    left, left_earlier = dict.fromkeys(after), dict.fromkeys(before)
    for score, later, earlier in scored:
        if score and later in left and earlier in left_earlier:
            del left[later], left_earlier[earlier]
            yield later, earlier, score
    yield from ((later, None, 0.0) for later in left)
    yield from ((None, earlier, 0.0) for earlier in left_earlier)


def propose(
    instrument: PolicyInstrument, earlier: PolicyInstrument, pair: Pair
) -> ProvisionRelation:
    """Keep one proposal; whether a norm became stronger or weaker is for the editor to say."""
    provision, earlier_provision, score = pair
    kind = ProvisionRelationKind.CARRIED_OVER
    if provision is None:
        kind = ProvisionRelationKind.DROPPED
    elif earlier_provision is None:
        kind = ProvisionRelationKind.NEW
    note = _("Proposed: no provision of the other text has like words.")
    if score:
        words = _("Proposed: %(percent)s %% of the words are alike.")
        note = words % {"percent": round(score * 100)}
    relation = ProvisionRelation(
        instrument=instrument,
        earlier_instrument=earlier,
        kind=kind,
        provision=provision,
        earlier_provision=earlier_provision,
        confidence=Confidence.LOW,
        internal_note=note,
    )
    relation.full_clean()
    relation.save()
    return relation
