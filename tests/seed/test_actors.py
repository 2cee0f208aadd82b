"""The real records: who takes part without a seat, topics that wait, names, and an older demo."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from taskforce.choices import WITHOUT_SEAT, UnLanguage
from taskforce.models import (
    Document,
    Meeting,
    Organization,
    OrganizationName,
    Provision,
    Seat,
    SuggestedTopic,
)
from tests.pages import words_of
from tests.staff import sign_in
from untfsse.kit.loading import LoadedRow
from untfsse.kit.records.roles import EDITOR
from untfsse.seeding import seed

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.usefixtures("loaded"),
]


def test_governments_alliances_and_bodies_stand_with_what_they_do(client: Client) -> None:
    france = words_of(client.get("/organizations/government-france/"))
    assert "It takes part without a seat in the Task Force." in france
    assert "First Pact for Impact Summit" in france
    assert "First UN resolution on the SSE · 18 April 2023 · Coordinator" in france
    assert "Sixteen States back the project of a UN resolution · 13 December 2022 · A co" in france
    luxembourg = words_of(client.get("/organizations/government-luxembourg/"))
    assert "Encyclopedia of the Social and Solidarity Economy · Funding" in luxembourg
    assert "Encyclopedia of the Social and Solidarity Economy" in luxembourg
    conference = words_of(client.get("/organizations/ilc/"))
    assert "Member States 187 The States whose delegations" in conference
    assert "Governments number not known In the tripartite delegations" in conference
    committee = words_of(client.get("/organizations/sse-encyclopedia-committee/"))
    assert "Members 7 Seven members took part in its first meeting" in committee
    resolution = words_of(client.get("/instruments/un-a-res-77-281/"))
    assert "Coordinated the road to the resolution in 2022 under Pact for Impact" in resolution
    assert "More governments commit to the process towards a UN resolution" in resolution
    assert "Government of France" in words_of(client.get("/meetings/multistakeholder-2022-12-13/"))
    organized = Meeting.objects.get(slug="multistakeholder-2022-12-13").partners
    assert [one.name for one in organized.exclude(name="")] == ["UNTFSSE"]


def test_the_task_force_is_found_by_its_names_in_six_languages(client: Client) -> None:
    names = OrganizationName.objects.filter(organization__slug="untfsse")
    assert set(names.values_list("language", flat=True)) == {*UnLanguage.values}
    assert all(name.source.startswith("A/RES/77/281 in ") for name in names)
    for name in names:
        found: Any = client.get("/search/", {"q": name.name})
        assert found.context["results"].hits[0].url == "/organizations/untfsse/", name.name


def test_what_a_resolution_names_is_a_document_without_an_address(client: Client) -> None:
    words = words_of(client.get("/documents/sg-report-a-79-351/"))
    assert "A/79/351" in words
    assert not Document.objects.get(symbol="A/79/351").renditions.exists()


def test_no_actor_is_counted_among_members_or_observers() -> None:
    assert not Seat.objects.filter(organization__kind__in=WITHOUT_SEAT).exists()
    assert Organization.objects.filter(kind__in=WITHOUT_SEAT).count() == 41


def test_an_editor_takes_over_all_topics_at_once_and_the_concordance_fills(client: Client) -> None:
    before: Any = client.get("/instruments/concordance/")
    assert before.context["topics"] == []
    sign_in(client, EDITOR)
    waiting = reverse("admin:taskforce_suggestedtopic_changelist")
    chosen: dict[str, Any] = {
        "action": "accept_selected",
        "select_across": "1",
        "_selected_action": [SuggestedTopic.objects.values_list("pk", flat=True)[0]],
    }
    client.post(waiting, chosen)

    assert not SuggestedTopic.objects.proposed().exists()
    page: Any = Client().get("/instruments/concordance/")
    assert {
        row["topic"].name: [body["name"] for body in row["bodies"]]
        for row in page.context["topics"]
    } == {
        "capacity building": ["OECD", "UNGA"],
        "finance": ["OECD", "UNGA"],
        "law": ["OECD", "UNGA"],
        "statistics": ["ILO", "OECD", "UNGA"],
    }
    rows = Client().get("/api/v1/provisions/?instrument=oecd-legal-0472").json()["results"]
    assert next(row["tags"] for row in rows if row["number"] == "4")[0]["slug"] == "finance"


def test_who_asks_who_committed_is_told_and_governments_are_found(client: Client) -> None:
    page: Any = client.get("/search/", {"q": "who committed"})
    assert [(one.label, one.title) for one in page.context["answers"]] == [
        ("A coalition of sixteen States", "Sixteen States back the project of a UN resolution"),
        ("Many Member States", "Member States support a proposal at the 77th session"),
        (
            "A growing number of governments",
            "More governments commit to the process towards a UN resolution",
        ),
    ]
    found: Any = client.get("/search/", {"q": "France"})
    assert found.context["results"].hits[0].url == "/organizations/government-france/"


def test_provisions_find_their_place_where_an_older_demo_has_others() -> None:
    """Themes of an earlier file stand where paragraphs of today's come."""
    text = Provision.objects.filter(instrument__slug="un-a-res-77-281")
    table, count = Provision._meta.db_table, text.count()
    for provision in text.filter(kind="preambular", position__lte=4):
        key = f"un-a-res-77-281/preambular/{provision.number}"
        LoadedRow.objects.filter(table=table, key=key).update(
            key=f"un-a-res-77-281/operative_theme/{provision.number}"
        )
        text.filter(pk=provision.pk).update(kind="operative_theme")

    again, once_more = seed(), seed()

    assert (again.refused, again.edits_kept, once_more.edits_kept) == ([], [], [])
    assert again.tallies["provisions"].created == 4
    assert [(one.kind, one.number) for one in text.filter(position__lte=5)] == [
        ("preambular", str(number)) for number in range(1, 6)
    ]
    left = text.filter(kind="operative_theme").values_list("position", flat=True)
    assert list(left) == [count + 1, count + 2, count + 3, count + 4]
