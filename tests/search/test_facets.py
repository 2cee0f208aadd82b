"""Facets: what was found is counted by year, goal, topic and organization, and narrowed."""

import pytest
from django.test import Client

from tests import make
from tests.search import results

pytestmark = pytest.mark.django_db


@pytest.fixture
def quokkas() -> None:
    """Meetings, a text and news of some years, with goals, topics and organizations."""
    ours, hidden = make.organization(acronym="OURS", slug="ours"), make.organization(status="draft")
    for year in (2022, 2023):
        meeting = make.meeting(title=f"Quokka meeting {year}", starts_on=f"{year}-05-01")
        meeting.tags.add("Marsupials")
        make.attendance(meeting=meeting, organization=ours)
        make.attendance(meeting=meeting, organization=hidden)
    make.instrument(short_title="Quokka law", adopted_on="2022", sdgs=[8, 15])
    make.instrument(short_title="Quokka act", adopted_on="2020", sdgs=[8])
    make.update(title="Quokka news", happened_on="2022-05-02").organizations.add(ours)


def shown(client: Client, **asked: str) -> dict[str, dict[str, int]]:
    """Return the facets with how many results each of their values has."""
    found = results(client, q="quokka", **asked)
    return {
        str(facet.label): {str(choice.label): choice.count for choice in facet.choices}
        for facet in found.facets
    }


@pytest.mark.usefixtures("quokkas")
def test_results_are_counted_by_what_tells_them_apart(client: Client) -> None:
    make.meeting(title="Other quokka", starts_on="2022").tags.add("Mammals")
    counted = shown(client)
    assert counted["Year"] == {"2023": 1, "2022": 4, "2020": 1}
    assert counted["Goal"] == {"8 Decent work and economic growth": 2, "15 Life on land": 1}
    assert counted["Topic"] == {"Marsupials": 2, "Mammals": 1}
    assert "Organization" not in counted  # one alone tells nothing apart


@pytest.mark.usefixtures("quokkas")
@pytest.mark.parametrize(
    ("asked", "counts"),
    [
        ({"year": "2022"}, {"meeting": 1, "instrument": 1, "update": 1}),
        ({"goal": "15"}, {"instrument": 1}),
        ({"topic": "marsupials"}, {"meeting": 2}),
        ({"organization": "ours"}, {"meeting": 2, "update": 1}),
        ({"organization": "ours", "year": "2023"}, {"meeting": 1}),
        ({"year": "1999"}, {}),
        (
            {"year": "abc", "goal": "18", "organization": "\0"},
            {"meeting": 2, "instrument": 2, "update": 1},
        ),
    ],
)
def test_results_are_narrowed(
    client: Client, asked: dict[str, str], counts: dict[str, int]
) -> None:
    assert results(client, q="quokka", **asked).counts == counts


@pytest.mark.usefixtures("quokkas")
def test_what_is_chosen_is_lifted_by_its_own_link(client: Client) -> None:
    found = results(client, q="quokka", year="2022", kind="meeting")
    (choice,) = next(facet for facet in found.facets if facet.label == "Year").choices
    assert (choice.is_chosen, choice.query) == (True, "q=quokka&kind=meeting")
    assert [each.query for each in found.choices][:2] == [
        "q=quokka&year=2022",
        "q=quokka&kind=meeting&year=2022",
    ]


@pytest.mark.usefixtures("quokkas")
def test_hidden_organization_is_no_facet(client: Client) -> None:
    make.attendance(
        meeting=make.meeting(title="Quokka"), organization=make.organization(acronym="B")
    )
    assert shown(client)["Organization"] == {"OURS": 3, "B": 1}
