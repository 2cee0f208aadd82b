"""Organizations are admitted, change their category, and leave; the news is drafted."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from taskforce import services
from taskforce.models import Seat, Update
from tests import make

pytestmark = pytest.mark.django_db
JULY = dt.date(2022, 7, 19)
OCTOBER = dt.date(2022, 10, 5)


def spans(organization: Any) -> list[tuple[str, str, str]]:
    rows = organization.seats.order_by("id")
    return [(row.category, str(row.from_on), str(row.until_on)) for row in rows]


def test_admitting_gives_a_seat_and_drafts_the_news() -> None:
    eclac, decision = make.organization(name="ECLAC"), make.decision()
    change = services.admit(eclac, category="member", from_on=JULY, decision=decision, by=None)
    assert spans(eclac) == [("member", "2022-07-19", "None")]
    assert (change.seat and change.seat.admitted_by, change.ended) == (decision, None)
    update = change.update
    assert (update.title, update.kind, update.status, str(update.happened_on)) == (
        "ECLAC joins the Task Force as a member",
        "membership",
        "draft",
        "2022-07-19",
    )
    assert [*update.organizations.all(), *update.meetings.all()] == [eclac, decision.meeting]


@pytest.mark.parametrize("from_on", ["2022-07", "2022", "by 2022-07-19"])
def test_a_beginning_may_be_known_in_part(from_on: str) -> None:
    change = services.admit(make.organization(), category="observer", from_on=from_on, by=None)
    assert change.seat is not None
    assert change.seat.from_on is not None


def test_nobody_is_admitted_without_a_day() -> None:
    with pytest.raises(ValidationError) as refusal:
        services.admit(make.organization(), category="member", from_on=None, by=None)
    assert list(refusal.value.message_dict) == ["from_on"]


def test_who_holds_a_seat_is_not_admitted_again() -> None:
    organization = make.seat(
        organization=make.organization(name="ILO"), from_on="2013", category="observer"
    ).organization
    with pytest.raises(ValidationError, match="ILO holds a seat already, as observer"):
        services.admit(organization, category="member", from_on=JULY, by=None)
    assert Update.objects.count() == 0


def test_a_seat_does_not_begin_within_an_older_one() -> None:
    organization = make.seat(from_on="2013", until_on="2022-07-19").organization
    with pytest.raises(ValidationError, match="already holds a seat in that time"):
        services.admit(organization, category="member", from_on=JULY, by=None)
    services.admit(organization, category="member", from_on=dt.date(2022, 7, 20), by=None)
    assert len(spans(organization)) == 2


def test_a_change_of_category_ends_the_old_seat_the_day_before() -> None:
    organization = make.organization(name="RIPESS")
    make.seat(organization=organization, from_on="2013", category="observer")
    decision = make.decision()
    change = services.change_category(
        organization, category="member", on=JULY, decision=decision, by=None
    )
    assert spans(organization) == [
        ("observer", "2013", "2022-07-18"),
        ("member", "2022-07-19", "None"),
    ]
    assert change.ended is not None
    assert (change.ended.ended_by, change.update.title) == (
        decision,
        "RIPESS becomes a member of the Task Force",
    )


def test_a_change_to_the_same_category_is_refused() -> None:
    organization = make.seat(from_on="2013", category="member").organization
    with pytest.raises(ValidationError, match="is member already"):
        services.change_category(organization, category="member", on=JULY, by=None)


def test_a_change_before_the_seat_began_is_refused_and_undone() -> None:
    organization = make.seat(from_on="2022-07-19", category="observer").organization
    with pytest.raises(ValidationError, match="began on 19 July 2022"):
        services.change_category(organization, category="member", on=JULY, by=None)
    assert spans(organization) == [("observer", "2022-07-19", "None")]


def test_a_change_before_the_seat_was_last_documented_is_refused() -> None:
    organization = make.seat(
        from_on="2013", category="observer", last_documented_on="2022-07-19"
    ).organization
    with pytest.raises(ValidationError, match="documented outside its dates"):
        services.change_category(organization, category="member", on=JULY, by=None)


def test_who_leaves_has_a_last_day_and_news() -> None:
    organization = make.seat(
        organization=make.organization(name="ESCWA"), from_on="2013"
    ).organization
    change = services.end_membership(organization, on=OCTOBER, by=None)
    assert spans(organization) == [("member", "2013", "2022-10-05")]
    assert (change.seat, change.update.title) == (None, "ESCWA leaves the Task Force")
    assert list(Seat.objects.held(on=OCTOBER)) == [change.ended]
    assert (
        list(Seat.objects.held_or_perhaps(on=OCTOBER + dt.timedelta(days=1), today=OCTOBER)) == []
    )


def test_who_holds_no_seat_does_not_leave() -> None:
    with pytest.raises(ValidationError, match="holds no seat"):
        services.end_membership(make.organization(), on=OCTOBER, by=None)


def test_who_left_may_come_back() -> None:
    organization = make.seat(from_on="2013", until_on="2019").organization
    services.admit(organization, category="observer", from_on=JULY, by=None)
    assert spans(organization)[1] == ("observer", "2022-07-19", "None")


def test_two_admissions_on_one_day_have_two_addresses() -> None:
    slugs = {
        services.admit(
            make.organization(name="Same Name"), category="member", from_on=JULY, by=None
        ).update.slug
        for _number in range(2)
    }
    assert len(slugs) == 2


def test_who_may_not_add_seats_admits_nobody() -> None:
    with pytest.raises(PermissionDenied):
        services.admit(
            make.organization(), category="member", from_on=JULY, by=make.user(is_staff=True)
        )
