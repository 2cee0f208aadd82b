"""Seats change by one form: who, the deciding meeting or decision, and the day."""

from typing import Any

import pytest
from django.test import Client

from taskforce.models import Organization, Seat, Update
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unwritten_menu")]


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(make.user(is_staff=True, is_superuser=True))
    return client


def act(client: Client, organization: Organization, name: str, **data: Any) -> Any:
    page = f"/admin/taskforce/organization/{organization.pk}/do/{name}/"
    sent = {key: getattr(value, "pk", value) for key, value in data.items()}
    return client.post(page, sent)


def errors_of(answer: Any) -> dict[str, list[str]]:
    return dict(answer.context["form"].errors)


def test_the_day_is_that_of_the_deciding_meeting(staff: Client) -> None:
    organization, meeting = make.organization(), make.meeting(starts_on="2022-07-19")
    assert act(staff, organization, "admit", category="member", meeting=meeting).status_code == 302
    seat, update = Seat.objects.get(), Update.objects.get()
    assert (str(seat.from_on), seat.admitted_by, seat.basis) == ("2022-07-19", None, str(meeting))
    assert (str(update.happened_on), list(update.meetings.all())) == ("2022-07-19", [meeting])


def test_a_decision_tells_its_meeting_and_its_day(staff: Client) -> None:
    organization = make.organization()
    decision = make.decision(meeting=make.meeting(starts_on="2022-07"))
    act(staff, organization, "admit", category="member", decision=decision)
    seat = Seat.objects.get()
    assert (str(seat.from_on), seat.admitted_by, seat.basis) == ("2022-07", decision, "")
    assert list(Update.objects.get().meetings.all()) == [decision.meeting]


def test_another_day_may_be_given(staff: Client) -> None:
    organization, meeting = make.organization(), make.meeting(starts_on="2022-07-19")
    act(staff, organization, "admit", category="member", meeting=meeting, from_on="2022-09")
    assert str(Seat.objects.get().from_on) == "2022-09"


def test_a_decision_of_another_meeting_is_refused(staff: Client) -> None:
    sent = {"meeting": make.meeting(), "decision": make.decision()}
    answer = act(staff, make.organization(), "admit", category="member", **sent)
    assert errors_of(answer) == {"decision": ["This decision was taken at another meeting."]}
    assert not Seat.objects.exists()


@pytest.mark.parametrize(
    ("name", "field"), [("admit", "from_on"), ("change-category", "on"), ("leave", "on")]
)
@pytest.mark.parametrize("starts_on", [None, "2022-07"])
def test_without_a_known_day_one_is_asked_for(
    name: str, field: str, starts_on: str | None, staff: Client
) -> None:
    organization = make.organization()
    if name != "admit":
        make.seat(organization=organization, from_on="2019-01-01")
    sent = {"category": "observer"}
    if starts_on and name != "admit":
        sent["meeting"] = str(make.meeting(starts_on=starts_on).pk)
    answer = act(staff, organization, name, **sent)
    words = "Say on which day, or at which meeting whose day is known."
    assert errors_of(answer) == {field: [words]}


def test_a_category_changes_and_a_seat_ends_with_the_meeting(staff: Client) -> None:
    organization = make.organization()
    make.seat(organization=organization, from_on="2019-01-01", category="observer")
    first, second = (make.meeting(starts_on=day) for day in ("2022-07-19", "2023-01-10"))
    act(staff, organization, "change-category", category="member", meeting=first)
    act(staff, organization, "leave", meeting=second)
    seats = Seat.objects.order_by("id")
    assert [(seat.category, str(seat.from_on), str(seat.until_on)) for seat in seats] == [
        ("observer", "2019-01-01", "2022-07-18"),
        ("member", "2022-07-19", "2023-01-10"),
    ]


@pytest.mark.slow
def test_a_decision_admits_from_its_own_page(staff: Client) -> None:
    organization = make.organization()
    decision = make.decision(meeting=make.meeting(starts_on="2022-07-19"))
    page = f"/admin/taskforce/decision/{decision.pk}/"
    assert f'href="{page}do/admit/"' in staff.get(f"{page}change/").content.decode()
    asked = staff.get(f"{page}do/admit/").context["form"]
    assert list(asked.fields) == ["organization", "category", "from_on"]

    sent = {"organization": str(organization.pk), "category": "member"}
    answer = staff.post(f"{page}do/admit/", sent, follow=True)

    seat, update = Seat.objects.get(), Update.objects.get()
    assert (str(seat.from_on), seat.admitted_by) == ("2022-07-19", decision)
    assert list(update.meetings.all()) == [decision.meeting]
    assert answer.redirect_chain == [(f"{page}change/", 302)]
    news = f'<a href="/admin/taskforce/update/{update.pk}/change/">{update.title}</a>'
    assert f"Admitted. A draft update waits: {news}." in answer.content.decode()


def test_a_decision_of_an_unknown_day_asks_for_it(staff: Client) -> None:
    decision = make.decision(meeting=make.meeting(starts_on=None))
    sent = {"organization": str(make.organization().pk), "category": "member"}
    answer = staff.post(f"/admin/taskforce/decision/{decision.pk}/do/admit/", sent)
    assert list(errors_of(answer)) == ["from_on"]
    assert not Seat.objects.exists()


def test_markup_in_a_name_stays_text_in_what_is_said(staff: Client) -> None:
    organization = make.organization(name="<b>Body</b>")
    meeting = make.meeting(starts_on="2022-07-19")
    page = f"/admin/taskforce/organization/{organization.pk}/do/admit/"
    sent = {"category": "member", "meeting": str(meeting.pk)}
    answer = staff.post(page, sent, follow=True).content.decode()
    assert "&lt;b&gt;Body&lt;/b&gt; joins the Task Force" in answer
    assert "<b>Body</b>" not in answer
