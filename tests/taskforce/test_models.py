"""The nouns of the Task Force: their addresses, their texts, and what they say of themselves."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client

from taskforce.models import (
    JoinLink,
    Meeting,
    Organization,
    PersonContact,
    Provision,
)
from tests import make
from tests.taskforce.cases import (
    FORMER,
    RECORDS,
    refused_by_postgresql,
)

pytestmark = pytest.mark.django_db

# --- What triggers keep --------------------------------------------------------------------

records = pytest.mark.parametrize("noun", RECORDS, ids=lambda noun: noun.__name__.lower())


@records
def test_an_address_once_published_is_given_to_no_other_record(noun: Any) -> None:
    moved = RECORDS[noun](slug="old")
    noun.objects.filter(pk=moved.pk).update(slug="new")
    other = RECORDS[noun](slug="other")

    rows = noun.objects.filter(pk=other.pk)
    assert refused_by_postgresql(rows, {"slug": "old"}) == "formeraddress_leads_to_one_record"
    other.slug = "old"
    with pytest.raises(ValidationError) as refused:
        other.full_clean()
    assert refused.value.messages == [FORMER]


@records
def test_a_record_may_return_to_its_own_former_address(noun: Any) -> None:
    record = RECORDS[noun](slug="old")
    noun.objects.filter(pk=record.pk).update(slug="new")

    record.slug = "old"
    record.full_clean()
    record.save()

    assert noun.objects.get(slug="old") == record


@records
def test_the_address_of_a_draft_is_free_again(noun: Any) -> None:
    draft = RECORDS[noun](slug="old", status="draft")
    noun.objects.filter(pk=draft.pk).update(slug="new")

    assert RECORDS[noun](slug="old").slug == "old"


def test_a_former_address_is_refused_in_bulk_too() -> None:
    moved = make.organization(slug="old")
    Organization.objects.filter(pk=moved.pk).update(slug="new")
    row = Organization(**make.published(name="Another", slug="old", kind="ngo"))

    with (
        pytest.raises(IntegrityError, match="another record was published at this address"),
        transaction.atomic(),
    ):
        Organization.objects.bulk_create([row])


TEXTS = [
    (make.organization, "name"),
    (make.person, "name"),
    (make.office, "title"),
    (make.seat, "note"),
    (make.term, "note"),
    (make.meeting, "summary"),
    (make.agenda_item, "minutes_text"),
    (make.decision, "text"),
    (make.minutes, "text"),
    (make.document, "title"),
    (make.instrument, "title"),
    (make.provision, "label"),
    (make.instrument_event, "detail"),
    (make.instrument_party, "detail"),
    (make.instrument_relation, "target_label"),
    (make.update, "text"),
]


@pytest.mark.parametrize(("build", "column"), TEXTS)
def test_control_characters_are_refused(build: Callable[..., Any], column: str) -> None:
    record = build()
    rows = type(record)._default_manager.filter(pk=record.pk)

    rules = {
        refused_by_postgresql(rows, {column: f"a{character}b"})
        for character in ("\x01", "\x0b", "\x1f", "\x7f", "\uffff")
    }

    assert rules == {"text_has_no_control_characters"}


def test_line_breaks_tabs_and_all_scripts_are_text() -> None:
    words = "Économie\tsociale\r\nاقتصاد\n社会连带经济 🧵"  # noqa: RUF001

    assert make.meeting(summary=words).summary == words


# --- What models say of themselves ---------------------------------------------------------


def test_a_record_is_called_by_its_name() -> None:
    ilo = make.organization(name="International Labour Organization", acronym="ILO")
    meeting = make.meeting(title="Special meeting")
    item = make.agenda_item(meeting=meeting, number=3, title="The plan")
    chair = make.office(title="Chair")

    assert [
        str(ilo),
        ilo.full_name,
        str(make.seat(organization=ilo)),
        str(make.term(organization=ilo, office=chair)),
        str(item),
        str(make.attendance(organization=ilo)),
        str(make.minutes(meeting=meeting)),
        str(make.provision(kind="article", number="4", label="Funds")),
        str(make.instrument_party(country="SN", role="chair")),
    ] == [
        "ILO",
        "International Labour Organization (ILO)",
        "ILO: Member",
        "Chair: ILO",
        "3. The plan",
        "ILO: Present",
        "Special meeting: Draft",
        "Article 4: Funds",
        "Senegal: Chair",
    ]


def test_a_contact_and_a_join_link_never_print_themselves() -> None:
    contact = PersonContact(person=make.person(name="Ana"), email="ana@example.org")
    link = JoinLink(meeting=make.meeting(title="Meeting"), url="https://example.org/join")

    assert [str(contact), str(link)] == ["Ana", "Meeting"]


def test_parts_have_their_place_on_the_page_of_the_whole() -> None:
    meeting = make.meeting(slug="m")
    item = make.agenda_item(meeting=meeting, number=2)
    below = make.agenda_item(meeting=meeting, parent=item, number=1)
    provision = make.provision(
        instrument=make.instrument(slug="i"), kind="article", number="5 bis(a)"
    )

    assert [part.get_absolute_url() for part in (item, below, provision)] == [
        "/meetings/m/#agenda-2",
        "/meetings/m/#agenda-2-1",
        "/instruments/i/#article-5-bis-a",
    ]


def test_numbers_that_differ_by_a_sign_have_places_of_their_own(client: Client) -> None:
    instrument, numbers = make.instrument(slug="i"), ["1.2", "1-2", "1/2", "1-2.3", "1.2-3"]
    for number in numbers:
        make.provision(instrument=instrument, kind="article", number=number)
    page = client.get("/instruments/i/").text
    assert re.findall(r'<li id="(article[^"]*)"', page) == [
        "article-1-2",
        "article-1-.2d-2",
        "article-1-.2f-2",
        "article-1-.2d-2-3",
        "article-1-2-.2d-3",
    ]


def test_the_founding_meeting_is_the_first_of_the_regular_ones() -> None:
    make.meeting(kind="regular", ordinal=1)
    assert make.meeting(kind="founding").series == "regular"
    record = Meeting(**make.published(title="F", slug="f", kind="founding", ordinal=1))

    with pytest.raises(ValidationError, match="Another regular meeting has this number"):
        record.full_clean()


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Europe/Zürich", "../etc", "\0", "CEST "])
def test_a_time_zone_has_a_known_name(zone: str) -> None:
    meeting = make.meeting()
    meeting.time_zone = zone

    with pytest.raises(ValidationError, match="Write a time zone such as"):
        meeting.full_clean()


@pytest.mark.parametrize("orcid", ["0000-0002-1825-0098", "0000", "²"])
def test_an_orcid_has_a_right_check_digit(orcid: str) -> None:
    person = make.person()
    person.orcid = orcid

    with pytest.raises(ValidationError, match="This is not an ORCID iD"):
        person.full_clean()


def test_provisions_may_swap_positions_in_one_transaction() -> None:
    text = make.instrument()
    first = make.provision(instrument=text, position=1)
    second = make.provision(instrument=text, position=2)

    with transaction.atomic():
        Provision.objects.filter(pk=first.pk).update(position=2)
        Provision.objects.filter(pk=second.pk).update(position=1)
        connection.check_constraints()

    assert list(text.provisions.all()) == [second, first]
