"""The verbs of the action plan: establish the groups that carry it."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actionplan.models import ActionPlan, SubGroup
from taskforce.models import Decision
from untfsse.kit.records.addresses import propose_slug
from untfsse.kit.records.dates import PartialDate
from untfsse.kit.records.roles import Actor, require


@transaction.atomic
def establish_sub_groups(
    plan: ActionPlan,
    *,
    names: Iterable[str],
    kind: str,
    decision: Decision,
    from_on: PartialDate | None = None,
    by: Actor,
) -> list[SubGroup]:
    """Set up the groups that a decision established, as drafts with the decision's sources.

    Without `from_on` they exist from the day of the meeting that decided. Raises
    ValidationError at "names" when none is given, one is there twice, or the plan has it.
    """
    require(by, "add", SubGroup)
    ActionPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    wanted = [name.strip() for name in names if name.strip()]
    if not wanted:
        raise ValidationError({"names": _("Name at least one group.")})
    held = {name.casefold() for name in plan.sub_groups.values_list("name", flat=True)}
    for name in wanted:
        if name.casefold() in held:
            raise ValidationError({"names": _("“%(name)s” is there already.") % {"name": name}})
        held.add(name.casefold())
    return [
        add_group(plan, name, kind, decision, from_on or decision.meeting.starts_on)
        for name in wanted
    ]


def add_group(
    plan: ActionPlan, name: str, kind: str, decision: Decision, from_on: PartialDate | None
) -> SubGroup:
    """Save one group."""
    facts: Any = {"from_on": from_on}
    group = SubGroup(
        plan=plan,
        name=name,
        slug=propose_slug(SubGroup, name),
        kind=kind,
        established_by=decision,
        **facts,
        sources=decision.sources,
        confidence=decision.confidence,
    )
    group.full_clean()
    group.save()
    return group
