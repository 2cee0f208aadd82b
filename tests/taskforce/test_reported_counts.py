"""How many members sources count, beside the seats; and meetings that an agenda speaks of."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from taskforce.models import ReportedCount
from tests import make
from tests.pages import words_of
from untfsse.kit.records.dates import PartialDate

pytestmark = pytest.mark.django_db
COUNTED = {"reported_on": "2023-11", "wording": "17 members and 13 observers"}


def counted(**values: object) -> Any:
    return make.build(ReportedCount, **{**COUNTED, "category": "member", "number": 17, **values})


def test_the_page_draws_the_seats_and_marks_what_sources_count(client: Client) -> None:
    make.seat(category="member", from_on="2013-09-30", until_on="2020-12-31")
    make.seat(category="observer", from_on="2014-02-04")
    for category, number in (("member", 17), ("observer", 13)):
        counted(category=category, number=number)

    page = client.get("/organizations/")

    words = words_of(page)
    assert words.count("November 2023: 17 members and 13 observers") == 1
    told = page.context["membership"]
    at_year_end = {row[0]["text"]: [cell["text"] for cell in row[1:]] for row in told.rows}
    assert at_year_end["31 December 2013"] == ["1", "0"]
    assert at_year_end["31 December 2020"] == ["1", "1"]
    assert at_year_end["31 December 2021"] == ["0", "1"]
    assert [len(line.marks) for line in told.lines] == [1, 1]
    assert all(line.path.startswith("M") for line in told.lines)


def test_the_page_says_nothing_of_time_where_nothing_is_on_record(client: Client) -> None:
    make.seat(from_on="2014", confidence="low")

    assert client.get("/organizations/").context["membership"] is None


def test_a_count_nobody_has_verified_is_not_told(client: Client) -> None:
    make.seat(from_on="2014-02-04")
    counted(confidence="low")

    assert client.get("/organizations/").context["membership"].reports == []
    assert client.get("/api/v1/reported-counts/").json()["count"] == 0


def test_the_api_gives_counts_with_their_words(client: Client) -> None:
    counted()
    counted(category="observer", number=13)

    found = client.get("/api/v1/reported-counts/?category=observer").json()["results"]

    assert [(row["number"], row["wording"]) for row in found] == [(13, COUNTED["wording"])]
    assert found[0]["reported_on"]["value"] == "2023-11"


def test_a_count_has_a_day_and_stands_once() -> None:
    row = counted()
    row.reported_on = None
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert "reported_on" in refused.value.message_dict
    with pytest.raises(IntegrityError, match="reportedcount_has_a_day"), transaction.atomic():
        ReportedCount.objects.update(reported_on=None)
    with pytest.raises(IntegrityError, match="reportedcount_is_listed_once"), transaction.atomic():
        counted()
    twin = ReportedCount(
        **{**COUNTED, "reported_on": PartialDate(2023, 11)}, category="member", number=1
    )
    with pytest.raises(ValidationError, match="already listed"):
        twin.full_clean()


@pytest.mark.slow
def test_an_agenda_item_names_the_meeting_it_is_about(client: Client) -> None:
    event = make.meeting(title="Side event of RIPESS", slug="side-event")
    item = make.agenda_item(meeting=make.meeting(slug="special"), title="Outcome of the side event")
    item.meetings.add(event, make.meeting(title="A plan", status="draft"))

    words = words_of(client.get("/meetings/special/"))
    found = client.get("/api/v1/agenda-items/").json()["results"]

    assert "About the meeting Side event of RIPESS" in words
    assert "A plan" not in words
    assert [row["slug"] for row in found[0]["meetings"]] == ["side-event"]
