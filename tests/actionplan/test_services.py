"""The verbs of the action plan."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from actionplan.models import SubGroup
from actionplan.services import establish_sub_groups
from tests import make

pytestmark = pytest.mark.django_db


def test_a_decision_establishes_groups_from_the_day_of_its_meeting() -> None:
    plan = make.action_plan()
    decision = make.decision(meeting=make.meeting(starts_on="2022-07-19"))
    groups = establish_sub_groups(
        plan,
        names=["Statistics", " Legal frameworks ", ""],
        kind="sub_group",
        decision=decision,
        by=None,
    )
    assert [(group.name, str(group.from_on), group.status) for group in groups] == [
        ("Statistics", "2022-07-19", "draft"),
        ("Legal frameworks", "2022-07-19", "draft"),
    ]
    assert {group.established_by for group in groups} == {decision}
    assert {str(group.sources) for group in groups} == {str(decision.sources)}


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["", " "], "Name at least one group."),
        (["A", "a"], "“a” is there already."),
        (["New", "HELD"], "“HELD” is there already."),
    ],
)
def test_groups_that_cannot_be_are_refused_together(names: list[str], sentence: str) -> None:
    plan = make.action_plan()
    make.sub_group(plan=plan, name="Held")
    with pytest.raises(ValidationError) as caught:
        establish_sub_groups(plan, names=names, kind="sub_group", decision=make.decision(), by=None)
    assert caught.value.message_dict == {"names": [sentence]}
    assert SubGroup.objects.count() == 1


def test_who_may_not_add_groups_establishes_none() -> None:
    with pytest.raises(PermissionDenied):
        establish_sub_groups(
            make.action_plan(),
            names=["A"],
            kind="sub_group",
            decision=make.decision(),
            by=make.user(),
        )
