"""Goals suggested for instruments: proposals until an editor accepts them, then facts."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from taskforce.models import SuggestedGoal
from taskforce.services.instruments import accept_goal
from tests import make
from tests.staff import sign_in
from untfsse.kit.records.roles import EDITOR
from untfsse.kit.records.suggestions import refuse_suggestion

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 24)


def doors(client: Client) -> dict[str, bool]:
    """Say of each public door whether it names the goal of the only instrument."""
    api = client.get("/api/v1/instruments/?sdg=13").json()
    goals = client.get("/sdgs/13/").context["groups"]
    return {
        "page": "Climate action" in client.get("/instruments/the-text/").text,
        "goal": any(group.rows for group in goals),
        "filter": client.get("/instruments/", {"sdg": 13}).context["page"].count > 0,
        "api": api["count"] > 0,
        "record": client.get("/api/v1/instruments/the-text/").json()["sdgs"] != [],
    }


def test_a_suggested_goal_stands_in_no_door_until_it_is_accepted(client: Client) -> None:
    suggested = make.suggested_goal(instrument=make.instrument(slug="the-text"), value="13")
    assert set(doors(client).values()) == {False}

    accepted = accept_goal(suggested, by=None, on=DAY)

    assert (accepted.state, accepted.decided_on) == ("accepted", DAY)
    assert set(doors(client).values()) == {True}


def test_a_refused_goal_stays_away_and_is_not_decided_again(client: Client) -> None:
    suggested = make.suggested_goal(instrument=make.instrument(slug="the-text"), value="13")
    refuse_suggestion(suggested, by=None, on=DAY)
    with pytest.raises(ValidationError) as refused:
        accept_goal(suggested, by=None, on=DAY)

    assert refused.value.messages == [f"“{suggested}” is decided already: Refused."]
    assert set(doors(client).values()) == {False}


def test_an_accepted_goal_joins_those_that_a_source_states() -> None:
    instrument = make.instrument(sdgs=[8, 17])
    for value in ("8", "13"):
        accept_goal(make.suggested_goal(instrument=instrument, value=value), by=None, on=DAY)
    instrument.refresh_from_db()

    assert instrument.sdgs == [8, 13, 17]


def test_who_may_not_change_instruments_accepts_nothing() -> None:
    suggested = make.suggested_goal()
    with pytest.raises(PermissionDenied):
        accept_goal(suggested, by=make.user(), on=DAY)

    suggested.refresh_from_db()
    assert suggested.state == "proposed"


@pytest.mark.slow
def test_suggested_goals_wait_in_the_queue_and_are_accepted_there(client: Client) -> None:
    sign_in(client, EDITOR)
    suggested = make.suggested_goal(value="13")
    queue = client.get(f"{reverse('admin:verify')}?noun=taskforce.suggestedgoal")
    [fact] = queue.context["facts"]
    accept = next(address for act, address in fact.acts if act.name == "accept")
    client.post(accept)

    suggested.refresh_from_db()
    suggested.instrument.refresh_from_db()
    assert (suggested.state, suggested.instrument.sdgs) == ("accepted", [13])


def test_several_are_accepted_in_the_list(client: Client) -> None:
    sign_in(client, EDITOR)
    waiting = [make.suggested_goal(value=value) for value in ("5", "8")]
    chosen: dict[str, Any] = {
        "action": "accept_selected",
        "_selected_action": [one.pk for one in waiting],
    }
    client.post(reverse("admin:taskforce_suggestedgoal_changelist"), chosen)

    assert set(SuggestedGoal.objects.values_list("state", flat=True)) == {"accepted"}
    assert [one.instrument.sdgs for one in SuggestedGoal.objects.order_by("pk")] == [[5], [8]]
