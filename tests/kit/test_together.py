"""Together: many questions by one statement are answered as each would be alone."""

from typing import Any

import pytest
from django.db import connection, models
from django.db.models import Count, Value

from taskforce.models import Meeting, Organization, Seat
from tests import make
from untfsse.kit.records import together
from untfsse.kit.records.noun import Door, nouns
from untfsse.kit.records.parts import first_with_parts, in_any
from untfsse.kit.records.publication import VISITOR
from untfsse.kit.records.together import fetch_together
from untfsse.synthetic import create_synthetic

pytestmark = pytest.mark.django_db


def told(record: Any, above: tuple[Any, ...] = ()) -> Any:
    """Return all that a record holds, and what hangs on it."""
    if not isinstance(record, models.Model) or record in above:
        return str(record)
    kept = "_state", "_prefetched_objects_cache"
    facts = {name: value for name, value in vars(record).items() if name not in kept}
    below = getattr(record, "_prefetched_objects_cache", {}).items()
    many = {name: [told(each, (*above, record)) for each in rows] for name, rows in below}
    cached = record._state.fields_cache.items()
    return type(record), facts, many, {n: told(each, (*above, record)) for n, each in cached}


@pytest.mark.slow
@pytest.mark.parametrize("threshold", [None, 0], ids=["planned anew", "prepared"])
def test_what_hangs_on_a_record_is_what_django_fetches(
    threshold: int | None, module_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_synthetic(3)
    monkeypatch.setattr(connection.connection, "prepare_threshold", threshold)
    for noun in nouns(Door.PAGES):
        records = noun.objects.for_detail
        for row in records(VISITOR).visible_to(VISITOR):
            assert told(first_with_parts(records, VISITOR, row.slug)) == told(row), row.slug


def test_each_question_keeps_its_rows_their_order_and_their_kind(
    django_assert_num_queries: Any,
) -> None:
    for name in ("Beta", "Alpha", "Gamma"):
        make.seat(organization=make.organization(name=name))
    named = Organization.objects.order_by("name")[:2]
    seats = Seat.objects.select_related("organization").order_by("-organization__name")
    counted = Seat.objects.order_by().values("category").annotate(number=Count("pk"))
    numbers = counted.values_list("number", flat=True)
    both = named.values_list("name").annotate(kind=Value("%s"))
    none, nobody = Organization.objects.none(), Meeting.objects.filter(slug="nobody")
    with django_assert_num_queries(1):
        fetch_together(none, named, seats, numbers, nobody, both)
        assert [organization.name for organization in named] == ["Alpha", "Beta"]
        assert [seat.organization.name for seat in seats] == ["Gamma", "Beta", "Alpha"]
        assert list(numbers) == [3]
        assert list(both) == [("Alpha", "%s"), ("Beta", "%s")]
        assert [*none, *nobody] == []
    assert seats.filter(organization__name="Beta").count() == 1


def test_more_columns_than_postgresql_gives_take_another_statement(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    make.organization(name="Alpha")
    columns = len(Organization._meta.concrete_fields)
    monkeypatch.setattr(together, "MOST_COLUMNS", 2 * columns + 2)
    questions = [Organization.objects.filter(name=name) for name in ("Alpha", "Beta") * 3]
    with django_assert_num_queries(3):
        fetch_together(*questions)
        assert [len(rows) for rows in questions] == [1, 0] * 3


def test_a_question_written_for_one_key_takes_any_number() -> None:
    one = "a IN (%s) AND (b IN ((%s)) OR c LIKE '%%s' OR (d = %s AND e IN (%s)))"
    many = "a = ANY(%s) AND (b = ANY(%s) OR c LIKE '%%s' OR (d = %s AND e IN (%s)))"
    assert in_any(one, [True, True, False, False]) == many
    with pytest.raises(ValueError, match=r"^A key stands elsewhere than in a list: a = %s$"):
        in_any("a = %s", [True])
