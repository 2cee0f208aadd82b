"""The thread: what the floors know of a record, in one order, each thing once."""

from typing import Any

import pytest

from taskforce.models import Identifier
from untfsse.kit.pages.thread import Link, Strand, Strands, contributes, strands_of
from untfsse.kit.records.publication import VISITOR


@pytest.fixture(autouse=True)
def own_contributions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test an empty register for the noun it uses."""
    register: Any = contributes
    monkeypatch.setitem(register, Identifier, [])


def contribute(*strands: Strand) -> None:
    """Register a floor that knows these strands."""

    @contributes(Identifier)
    def know(_record: Any, _user: Any) -> Strands:
        yield ()
        return list(strands)


def test_strands_stand_in_the_order_of_the_thread() -> None:
    contribute(Strand(6, "Activities"), Strand(1, "Agenda"))
    contribute(Strand(2, "Decisions"))

    labels = [strand.label for strand in strands_of(Identifier(), VISITOR)]

    assert labels == ["Agenda", "Decisions", "Activities"]


def test_two_floors_say_each_what_it_knows_under_its_own_words() -> None:
    first, second, both = (Link(name, f"/{name}/") for name in ("first", "second", "both"))
    contribute(Strand(2, "It decided", [first, both], missing="None."), Strand(3, "Seats"))
    contribute(Strand(2, "Behind it", [both, second], is_here=True))

    assert strands_of(Identifier(), VISITOR) == [
        Strand(2, "It decided", [first, both], missing="None."),
        Strand(2, "Behind it", [both, second], is_here=True),
        Strand(3, "Seats"),
    ]


def test_an_open_end_stays_on_the_thread() -> None:
    contribute(Strand(7, "Deliverables", missing="Nothing is recorded."))

    assert [strand.missing for strand in strands_of(Identifier(), VISITOR)] == [
        "Nothing is recorded."
    ]


def test_a_noun_nobody_knows_has_no_thread() -> None:
    assert strands_of(Identifier(), VISITOR) == []


def test_the_reader_is_told_to_every_floor() -> None:
    asked = []

    @contributes(Identifier)
    def know(record: Any, user: Any) -> Strands:
        asked.append((record, user))
        yield ()
        return []

    record = Identifier()
    strands_of(record, VISITOR)

    assert asked == [(record, VISITOR)]
