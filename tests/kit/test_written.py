"""Written questions: once for all with the same rights, and yet what each of them asks today."""

import datetime as dt
from collections.abc import Sequence
from itertools import product
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.db.models import Value
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

import actionplan.threads
import encyclopedia.threads
import taskforce.threads
from taskforce.models import Document, Meeting, Organization, Seat
from tests import make
from tests.staff import member, staff
from untfsse.api import router
from untfsse.kit.pages import thread
from untfsse.kit.pages.thread import strands_of
from untfsse.kit.records.dates import PartialDate, may_follow
from untfsse.kit.records.noun import Door, list_address, nouns
from untfsse.kit.records.publication import VISITOR, Reader
from untfsse.kit.records.roles import SECRETARIAT
from untfsse.kit.records.together import fetch_together
from untfsse.kit.records.written import Written, written
from untfsse.kit.rest.viewsets import ListViewSet
from untfsse.synthetic import create_synthetic

pytestmark = pytest.mark.django_db


def rows_of(asked: Sequence[Any]) -> list[list[Any]]:
    return [list(rows) for rows in fetch_together(*asked)]


def test_a_written_question_takes_other_values_and_is_written_once() -> None:
    asked: list[Any] = []

    @written
    def about(user: Any, organization: int, city: str, since: PartialDate | None) -> Sequence[Any]:
        asked.append(organization)
        seats = Seat.objects.visible_to(user).filter(
            may_follow(since, "from_on"), organization=organization
        )
        return seats, Organization.objects.visible_to(user).filter(city=city)

    first, second = make.organization(city="Geneva"), make.organization(city="Nairobi")
    early = make.seat(organization=first, from_on="2013")
    late = make.seat(organization=second, from_on="2020")
    since = PartialDate(2019)
    assert rows_of(about(VISITOR, first.pk, "Nairobi", None)) == [[early], [second]]
    assert rows_of(about(VISITOR, second.pk, "Geneva", None)) == [[late], [first]]
    assert rows_of(about(VISITOR, first.pk, "Geneva", since)) == [[], [first]]
    assert rows_of(about(VISITOR, second.pk, "", since)) == [[late], []]
    # Twice for each of three shapes: without a day, with one, and without a city.
    assert len(asked) == 6


def test_a_written_question_follows_role_and_language(settings: Any) -> None:
    @written
    def about(user: Any) -> Sequence[Any]:
        said = Value(gettext("Monday"))
        return (Document.objects.visible_to(user).annotate(said=said).order_by("pk"),)

    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    public = make.document(audience="public")
    internal = make.document(audience="members")
    both = [public, internal]
    for reader, seen in ((VISITOR, [public]), (member(), both), (VISITOR, [public])):
        assert rows_of(about(reader)) == [seen]
    with translation.override("fr"):
        assert {row.said for row in rows_of(about(VISITOR))[0]} == {"lundi"}


def test_a_written_question_follows_the_clock() -> None:
    @written
    def seated(user: Any, day: dt.date) -> Sequence[Any]:
        return (Seat.objects.visible_to(user).held(on=day),)

    seat = make.seat(from_on="2020-01-01", until_on="2022-12-31")
    assert rows_of(seated(VISITOR, dt.date(2022, 12, 31))) == [[seat]]
    assert rows_of(seated(VISITOR, dt.date(2023, 1, 1))) == [[]]


def test_a_written_question_is_planned_once_where_connections_may_keep_plans(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @written
    def about(user: Any, organization: int) -> Sequence[Any]:
        seats = Seat.objects.visible_to(user).filter(organization=organization)
        return seats, Organization.objects.visible_to(user).filter(pk=organization)

    seats = [make.seat() for _time in range(8)]
    connection.ensure_connection()
    monkeypatch.setattr(connection.connection, "prepare_threshold", 0)
    for seat in seats:
        assert rows_of(about(VISITOR, seat.organization_id)) == [[seat], [seat.organization]]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(generic_plans + custom_plans) FROM pg_prepared_statements"
            " WHERE statement LIKE '%%FULL JOIN%%taskforce_organization%%'"
        )
        assert cursor.fetchone() == (8,)


@pytest.mark.parametrize("turn", [lambda number: number + 1, lambda number: f"{number}%"])
def test_a_value_that_does_not_go_to_the_database_as_it_is_is_refused(turn: Any) -> None:
    @written
    def about(user: Any, number: int) -> Sequence[Any]:
        return (Meeting.objects.visible_to(user).filter(title=turn(number)),)

    with pytest.raises(ValueError, match=r"^A value does not go to the database as it is"):
        about(VISITOR, 1)


@pytest.mark.slow
def test_a_thread_is_what_each_question_finds_alone(
    monkeypatch: pytest.MonkeyPatch, module_db: None
) -> None:
    create_synthetic(3)
    make.decision(status="draft", meeting=Meeting.objects.visible_to(VISITOR).first())
    records = [record for noun in nouns(Door.PAGES) for record in noun.objects.all()]
    readers: list[Reader] = [VISITOR, member(), staff(SECRETARIAT)]
    once = [[strands_of(record, reader) for record in records] for reader in readers]
    kept = [
        (module, name, ask.__wrapped__)
        for module in (taskforce.threads, encyclopedia.threads, actionplan.threads)
        for name, ask in vars(module).items()
        if hasattr(ask, "__wrapped__")
    ]
    for module, name, ask in kept:
        monkeypatch.setattr(module, name, ask)
    alone = [[strands_of(record, reader) for record in records] for reader in readers]
    assert len(kept) > 10
    assert once == alone
    assert once[0] != once[2]


@pytest.mark.slow
def test_all_that_visitors_ask_of_a_thread_is_written(module_db: None) -> None:
    create_synthetic(1)
    asked = {
        know.__name__: [
            type(question) for question in next(know(noun._default_manager.first(), VISITOR))
        ]
        for noun, contributions in thread.contributes.items()
        for know, _places in contributions
    }
    assert {name for name, kinds in asked.items() if {*kinds} != {Written}} == set()


@pytest.mark.slow
def test_lists_of_which_nothing_is_asked_are_the_same_as_narrowed_by_nothing(
    module_db: None, client: Client
) -> None:
    create_synthetic(3)
    listing = [name for name, viewset, _noun in router.registry if issubclass(viewset, ListViewSet)]
    differing, lengths = [], set()
    for name, size in product(listing, ("1", "2", "200")):
        told = []
        for asked in ({}, {"cursor": ""}):
            page = client.get(f"/api/v1/{name}/", {"page_size": size, **asked}).json()
            further = parse_qs(urlsplit(page["next"] or "").query)
            told.append((page["count"], page["previous"], page["results"], further))
        lengths.add(len(told[0][2]))
        if told[0] != told[1]:
            differing.append((name, size))
    assert (len(listing) > 20, lengths >= {1, 2, 3}, differing) == (True, True, [])


@pytest.mark.slow
def test_pages_of_lists_of_which_nothing_is_asked_show_the_same_rows(
    module_db: None, client: Client
) -> None:
    create_synthetic(3)
    for model in nouns(Door.PAGES):
        address = list_address(model)
        bare, asked = (client.get(address, query).context for query in ({}, {"q": ""}))
        if "page" in bare and bare["page"] is not None:
            shown = [[(row.pk, str(row)) for row in each["page"]] for each in (bare, asked)]
            counts = [each["page"].count for each in (bare, asked)]
            assert (shown[0], counts[0]) == (shown[1], counts[1]), address
