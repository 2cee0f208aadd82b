"""Votes: several of an instrument, and who voted how, written as people name countries."""

from typing import Any

import pytest
from django.test import Client

from taskforce.models import Vote
from tests import make
from tests.staff import sign_in
from untfsse.kit.records.roles import SECRETARIAT

pytestmark = pytest.mark.django_db


def post(client: Client, **facts: Any) -> Any:
    sign_in(client, SECRETARIAT)
    data = {
        "instrument": make.instrument().pk,
        "stage": "committee",
        "body": "Second Committee",
        "mode": "recorded_vote",
        "sources": "Summary record | https://example.org/record",
        "confidence": "high",
        **facts,
    }
    return client.post("/admin/taskforce/vote/add/", data)


def test_who_voted_how_is_typed_by_name(client: Client) -> None:
    answer = post(
        client, in_favour="2", countries_in_favour="France\nCôte d'Ivoire", abstentions="0"
    )

    assert answer.status_code == 302
    vote = Vote.objects.get()
    assert [country.code for country in vote.countries_in_favour] == ["CI", "FR"]
    assert (vote.in_favour, vote.against, vote.abstentions) == (2, None, 0)
    page: Any = client.get(f"/admin/taskforce/vote/{vote.pk}/change/")
    box = page.context["adminform"].form["countries_in_favour"]
    assert box.value() == "Côte d'Ivoire\nFrance"
    form = page.context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    assert "countries_in_favour" not in type(form)(data, instance=vote).changed_data


def test_a_name_that_is_no_country_is_told_at_its_box(client: Client) -> None:
    page = post(client, countries_against="France\nAtlantis")

    assert page.context["adminform"].form.errors == {
        "countries_against": ["No country is known by “Atlantis”: choose one of the names offered."]
    }
    assert page.context["adminform"].form["countries_against"].value() == "France\nAtlantis"
