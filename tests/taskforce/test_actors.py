"""Governments, alliances and bodies: they take part without a seat, and are shown with it all."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from taskforce import services
from taskforce.choices import WITHOUT_SEAT
from taskforce.models import Constituent, MeetingPartner, Seat
from tests import make
from tests.pages import titles_of, words_of
from tests.staff import sign_in
from untfsse.kit.records.roles import SECRETARIAT

pytestmark = pytest.mark.django_db
NO_SEAT = "Governments, alliances, conferences and committees hold no seat."


@pytest.mark.parametrize("kind", WITHOUT_SEAT)
def test_no_seat_is_given_to_who_never_holds_one(kind: str) -> None:
    actor = make.organization(kind=kind)
    with pytest.raises(ValidationError) as refused:
        services.admit(actor, category="member", from_on="2022-07-19", by=None)

    assert refused.value.message_dict == {"organization": [NO_SEAT]}
    assert not Seat.objects.exists()


def test_who_holds_a_seat_does_not_become_a_government() -> None:
    seat = make.seat()
    seat.organization.kind = "government"
    with pytest.raises(ValidationError) as refused:
        seat.organization.full_clean()

    words = "It holds or held a seat, which this kind of body never does."
    assert refused.value.message_dict == {"kind": [words]}


def test_the_list_leaves_them_apart_until_it_is_asked(client: Client) -> None:
    make.organization(name="An agency")
    make.organization(name="Government of Ruritania", kind="government")

    assert titles_of(client.get("/organizations/")) == ["An agency"]
    assert titles_of(client.get("/organizations/?kind=government")) == ["Government of Ruritania"]
    assert titles_of(client.get("/organizations/?q=ruritania")) == ["Government of Ruritania"]
    assert '<a href="?kind=government">' in client.get("/organizations/").content.decode()
    assert client.get("/api/v1/organizations/").json()["count"] == 2


@pytest.mark.slow
def test_a_government_stands_with_all_that_it_does(client: Client) -> None:
    france = make.organization(
        name="Government of France", slug="france", kind="government", country="FR"
    )
    mission = make.organization(kind="public_authority", country="FR", parent=france)
    pact = make.organization(name="The Pact", slug="pact", kind="alliance")
    resolution = make.instrument(short_title="The resolution", slug="text")
    make.instrument_party(instrument=resolution, country="FR", role="coordinator", under=pact)
    make.instrument_party(instrument=make.instrument(short_title="Of Spain"), country="ES")
    called = make.meeting(title="A side event", starts_on="2015-04-13")
    make.save(MeetingPartner(meeting=called, role="organizer", organization=mission))
    item = make.agenda_item(meeting=make.meeting(title="A sitting"), title="The way to it")
    item.presenters.add(france)

    words = words_of(client.get("/organizations/france/"))
    assert "It takes part without a seat in the Task Force." in words
    assert "No seat and no office is recorded." not in words
    text = "The resolution · 18 April 2023 · Coordinator"
    assert f"Texts in which it has a part {text} Meetings" in words
    event = "A side event · 13 April 2015 · Organizer"
    assert f"Meetings it called or was a partner in {event}" in words
    assert "Presented The way to it · 19 July 2022 · A sitting" in words
    for day, is_told in [("2015-04-12", False), ("2015-04-13", True), ("2022-07-18", True)]:
        then = words_of(client.get(f"/organizations/france/?on={day}"))
        assert ("A side event" in then, "The way to it" in then) == (is_told, False)
    assert text in words_of(client.get("/organizations/pact/"))
    assert "The resolution" not in words_of(client.get(mission.get_absolute_url()))
    assert "under The Pact" in words_of(client.get("/instruments/text/"))
    [party] = client.get("/api/v1/instrument-parties/?under=pact").json()["results"]
    assert (party["country"]["code"], party["under"]["slug"]) == ("FR", "pact")


def test_a_body_says_of_whom_it_is_made_up(client: Client) -> None:
    ilo = make.organization(slug="ilo")
    body = make.organization(slug="ilc", kind="body", parent=ilo)
    make.build(
        Constituent,
        body=body,
        label="Member States",
        number=187,
        wording="In delegations of three groups",
        from_on="../2022-06-10",
        last_documented_on="2022-06-10",
    )
    make.build(Constituent, body=body, label="Workers", number=None)
    text = make.instrument(short_title="Its resolution", issuing_organization=body)

    words = words_of(client.get("/organizations/ilc/"))
    assert (
        "Member States 187 In delegations of three groups · already by 10 June 2022 · "
        "presumed: last documented 10 June 2022, no end is known" in words
    )
    assert "Workers number not known" in words
    assert "without a seat" not in words
    parts = client.get("/api/v1/organizations/ilc/").json()["constituents"]
    assert [(part["label"], part["number"]) for part in parts] == [
        ("Member States", 187),
        ("Workers", None),
    ]
    page: Any = client.get("/organizations/ilo/")
    assert list(page.context["instruments"]) == [text]


def test_the_secretariat_writes_down_a_body_with_its_parts(client: Client) -> None:
    sign_in(client, SECRETARIAT)
    body = make.organization(kind="body")
    page: Any = client.get(reverse("admin:taskforce_organization_change", args=[body.pk]))
    inlines = {one.formset.prefix for one in page.context["inline_admin_formsets"]}

    assert "constituents" in inlines
    assert "Admit" not in [str(label) for label, _url in page.context["acts"]]
    added = reverse("admin:taskforce_constituent_add")
    sent = {"body": body.pk, "label": "Members", "number": "7", "confidence": "medium"}
    assert client.post(added, {**sent, "sources": "A report"}).status_code == 302
    assert [(row.label, row.number) for row in body.constituents.all()] == [("Members", 7)]
