"""Countries in rows: typed by name or code, with the names offered once a page."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_countries import countries

from tests import make
from tests.forms import filled
from untfsse.kit.forms.countries import CountryBox, code_of, names


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("France", "FR"),
        ("fr", "FR"),
        ("FRA", "FR"),
        (" côte d'ivoire ", "CI"),
        ("Côte d\N{RIGHT SINGLE QUOTATION MARK}Ivoire", "CI"),
        ("Republic of Korea", "KR"),
        ("South Korea", "KR"),
        ("Korea (the Republic of)", "KR"),
        ("State of Palestine", "PS"),
        ("Palestine", "PS"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("viet  nam", "VN"),
        ("Vietnam", "VN"),
        ("Russian Federation", "RU"),
        ("Russia", "RU"),
        ("", ""),
    ],
)
def test_a_country_is_known_by_name_or_code(typed: str, code: str) -> None:
    assert CountryBox(required=False).clean(typed) == code


@pytest.mark.parametrize("typed", ["Atlantis", "²", "X" * 200])
def test_what_names_no_country_is_refused_in_words(typed: str) -> None:
    assert code_of(typed) == ""
    with pytest.raises(ValidationError, match="No country is known by"):
        CountryBox().clean(typed)


def test_the_names_shown_are_those_of_the_united_nations() -> None:
    shown = {str(code): str(name) for code, name in countries}
    assert {code: shown[code] for code in ("KR", "PS", "TR", "GB", "VN", "FR")} == {
        "KR": "Republic of Korea",
        "PS": "State of Palestine",
        "TR": "Türkiye",
        "GB": "United Kingdom of Great Britain and Northern Ireland",
        "VN": "Viet Nam",
        "FR": "France",
    }
    assert len(shown) == len(names()) == 249


@pytest.mark.slow
@pytest.mark.django_db
def test_a_table_and_a_filter_know_a_country_by_either_name(client: Client, done: Any) -> None:
    make.organization(slug="a", status="published")
    client.force_login(make.user(is_staff=True, is_superuser=True))

    def told(noun: str, table: str) -> str:
        file = SimpleUploadedFile("t.csv", table.encode())
        page: Any = client.post(f"/admin/taskforce/{noun}/do/import/", {"file": file})
        text: str = done(page).content.decode()
        if 'name="keep"' in text:
            done(client.post(page.url, {"keep": "1"}))
        return text

    instrument = make.instrument(slug="i")
    told("organization", "slug,country\na,Republic of Korea\n")
    told("policyinstrument", 'slug,jurisdiction\ni,"Viet Nam; PS, Turkey"\n')
    refused = told("organization", "slug,country\na,Atlantis\n")
    both = told("organization", 'slug,country\na,"FR, DE"\n')

    assert "No country is known by “Atlantis”" in refused
    assert "Name one country." in both
    instrument.refresh_from_db()
    assert [country.code for country in instrument.jurisdiction] == ["PS", "TR", "VN"]
    for asked in ("KR", "South Korea", "republic of korea"):
        answer = Client().get("/api/v1/organizations/", {"country": asked}).json()
        assert [row["country"] for row in answer["results"]] == [
            {"code": "KR", "name": "Republic of Korea"}
        ]
    strange = Client().get("/api/v1/organizations/", {"country": "Atlantis"})
    assert strange.status_code == 400


@pytest.mark.parametrize(
    ("typed", "is_change"), [("France", False), ("fr", False), ("Chad", True), ("?", True)]
)
def test_another_way_to_write_a_country_is_no_change(typed: str, is_change: bool) -> None:
    assert CountryBox().has_changed("FR", typed) is is_change


@pytest.mark.slow
@pytest.mark.django_db
def test_many_parties_offer_the_names_once(client: Client) -> None:
    client.force_login(make.user(is_staff=True, is_superuser=True))
    instrument = make.instrument()
    for country in ("FR", "ES", "BR"):
        make.instrument_party(instrument=instrument, country=country, role="sponsor")
    address = f"/admin/taskforce/policyinstrument/{instrument.pk}/change/"
    page = client.get(address)
    text = page.content.decode()
    assert text.count('<option value="Chad">') == 1
    assert text.count('list="countries"') == 4

    wrong = client.post(address, filled(page, **{"parties-0-country": "Atlantis"}))
    kept = wrong.content.decode()
    assert "No country is known by “Atlantis”" in kept
    assert 'value="Atlantis"' in kept
    assert client.post(address, filled(page, **{"parties-0-country": "Chad"})).status_code == 302
    assert sorted(party.country.code for party in instrument.parties.all()) == ["ES", "FR", "TD"]
