"""Lists by page while rows come, go and move: no other row is lost, and none is shown twice."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import models
from django.test import Client
from taggit.models import Tag

from tests import make
from tests.asking import ROOT, VIEWSETS, get
from untfsse.kit.records.dates import PartialDateField
from untfsse.kit.records.noun import Door, is_open, list_address

pytestmark = pytest.mark.django_db

NOUNS = sorted(set(VIEWSETS) - {"sdgs"})
ONE_OF_EACH = {"meetings", "decisions", "organizations", "topics", "votes"}
"""A list by its own day, by that of another record, by words, by a slug; one without a page."""
CARRIED = {"meeting_on": "meeting__sort_on", "plan_on": "plan__sort_on"}
LOW, SAME, HIGH = range(3)
PLACES: tuple[tuple[Any, tuple[Any, Any, Any]], ...] = (
    (PartialDateField, ("1950", "2022-07-19", "2023")),
    (models.DateField, (dt.date(1950, 1, 1), dt.date(2022, 7, 19), dt.date(2023, 1, 1))),
    (models.IntegerField, (0, 10_000, 20_000)),
    (models.TextField, ("0", "m", "zz")),
    (models.CharField, ("0", "m", "zz")),
)


def addresses(noun: str) -> list[str]:
    """Return where a noun is listed: in the API, and for people."""
    model = VIEWSETS[noun].queryset.model
    found = [f"{ROOT}{noun}/?"]
    if is_open(model, Door.PAGES):
        # Without a question a short book is shown whole.
        found.append(list_address(model, q="entry") + "&" if noun == "entries" else f"/{noun}/?")
    return found


def first_field(noun: str) -> str:
    """Return the first field of the order of a list."""
    viewset = VIEWSETS[noun]
    if noun == "topics":
        return "slug"
    order = viewset.order or viewset.queryset.model.objects.for_list().query.order_by
    assert order, f"{noun} has no order: tests/test_doors.py says the line to write."
    name = str(order[0]).lstrip("-")
    return CARRIED.get(name, name)


def build(noun: str) -> Any:
    """Return a row of a list, at the place that it shares with others."""
    if noun == "topics":
        make.meeting().tags.add(name := f"Topic {next(make.numbers)}")
        return Tag.objects.get(name=name)
    row = make.build(VIEWSETS[noun].queryset.model)
    put(noun, row, SAME)
    return row


def put(noun: str, row: Any, place: int) -> None:
    """Move a row to a place in the order of a list."""
    *steps, name = first_field(noun).split("__")
    for step in steps:
        row = getattr(row, step)
    column: Any = row._meta.get_field(name)
    if column.generated:
        source: Any = next(each for each in column.expression.flatten() if type(each) is models.F)
        column = row._meta.get_field(source.name)
    value = next(values for kind, values in PLACES if isinstance(column, kind))[place]
    if column.unique:  # nothing shares its place
        value = f"{value}-{row.pk}" if isinstance(value, str) else value + row.pk
    type(row)._default_manager.filter(pk=row.pk).update(**{column.name: value})


def page_of(client: Client, path: str, step: str = "next") -> tuple[list[int], str]:
    """Return the keys of the rows of a page, and where a step from it leads; "" for nowhere."""
    answer: Any = client.get(path)
    assert answer.status_code == 200
    if ROOT in path:
        rows, told = answer.renderer_context["view"].paginator.found.rows, answer.json()
        assert len(told["results"]) == len(rows)
        return [row.pk for row in rows], told[step] or ""
    page = answer.context["page"]
    query = getattr(page, f"{step}_query")
    return [row.pk for row in page], query and f"{path.partition('?')[0]}?{query}"


def walk(
    client: Client, path: str, step: str, disturb: Callable[[], None] = lambda: None
) -> tuple[list[int], str]:
    """Return the keys of all rows from a page on, and the last page; disturb after the first."""
    seen: list[int] = []
    last = ""
    while path:
        last = path
        keys, path = page_of(client, path, step)
        assert 0 < len(keys) <= 2
        if not seen:
            disturb()
        seen += keys if step == "next" else keys[::-1]
    return seen, last


@pytest.mark.slow
@pytest.mark.parametrize(
    "noun",
    [pytest.param(noun, marks=() if noun in ONE_OF_EACH else pytest.mark.slow) for noun in NOUNS],
)
def test_rows_that_stay_are_shown_once_while_others_come_go_and_move(
    client: Client, noun: str
) -> None:
    for _number in range(6):
        build(noun)
    last = ""
    rows = VIEWSETS[noun].queryset.model._default_manager.in_bulk
    for path in addresses(noun):
        start = f"{path}page_size=2"
        for step in ["next", "previous"]:
            order, _end = page_of(client, f"{path}page_size=200")
            if step == "previous":
                order.reverse()
                start = last
            found = rows([order[0], order[1], order[-1]])

            def disturb(order: list[int] = order, found: Any = found) -> None:
                found[order[0]].delete()
                put(noun, found[order[1]], HIGH)
                put(noun, found[order[-1]], LOW)
                build(noun)

            seen, last = walk(client, start, step, disturb)

            stayed = order[2:-1]
            assert len(stayed) == 3
            assert [key for key in seen if key in stayed] == stayed, (path, step)


def test_a_provision_that_goes_takes_no_other_along(client: Client) -> None:
    instrument = make.instrument()
    first, *others = [make.provision(instrument=instrument) for _number in range(7)]
    page = get(client, f"{ROOT}provisions/?page_size=3")
    first.delete()
    seen = [row["number"] for row in page["results"]]
    while page["next"]:
        page = get(client, page["next"])
        seen += [row["number"] for row in page["results"]]
    assert seen == [row.number for row in (first, *others)]


def test_seats_are_shown_once_whose_beginning_is_not_known(client: Client) -> None:
    for since in ["2014", None, "2013-05", None, "../2015", None, None]:
        make.seat(organization=make.organization(name="Of one name"), from_on=since)
    path = f"{ROOT}seats/?page_size="
    order, _end = page_of(client, f"{path}200")
    seen, last = walk(client, f"{path}2", "next")
    back, _first = walk(client, last, "previous")
    assert len(set(order)) == 7
    assert (seen, back) == (order, order[::-1])


@pytest.mark.slow
def test_those_seated_on_a_day_are_shown_once_the_surest_first(client: Client) -> None:
    for name in ["B", "A"]:
        make.seat(organization=make.organization(name=name), from_on="2013", until_on="2030")
        make.seat(organization=make.organization(name=name), from_on="2013")
        make.seat(organization=make.organization(name=name), from_on="2022")
    path = "/organizations/?on=2022-07-19&page_size="
    order, _end = page_of(client, f"{path}200")
    seen, last = walk(client, f"{path}2", "next")
    back, _first = walk(client, last, "previous")
    assert len(set(order)) == 6
    assert (seen, back) == (order, order[::-1])
