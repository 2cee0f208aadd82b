"""The 17 goals: official numbers, names and identifiers."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from untfsse.kit.records.sdg import GOALS, goals, validate_goals


def test_there_are_seventeen_goals_with_their_official_names() -> None:
    assert list(GOALS) == list(range(1, 18))
    named = {number: str(GOALS[number].name) for number in (1, 8, 16, 17)}
    assert named == {
        1: "No poverty",
        8: "Decent work and economic growth",
        16: "Peace, justice and strong institutions",
        17: "Partnerships for the goals",
    }


def test_a_goal_has_the_identifier_of_the_united_nations() -> None:
    assert GOALS[7].iri == "http://metadata.un.org/sdg/7"


def test_goals_stand_in_official_order() -> None:
    assert [goal.number for goal in goals([17, 1, 8])] == [1, 8, 17]


@pytest.mark.parametrize("numbers", [[], [1], [17, 1], list(range(1, 18))])
def test_the_goals_pass(numbers: list[int]) -> None:
    validate_goals(numbers)


@pytest.mark.parametrize("numbers", [[0], [18], [-1], [8, 8], [1, 18]])
def test_what_is_no_goal_or_twice_is_refused(numbers: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_goals(numbers)

    assert refused.value.messages == ["The goals are numbers from 1 to 17, each once."]
