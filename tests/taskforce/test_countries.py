"""Countries in rows: typed by name or code, with the names offered once a page."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from taskforce.countries import CountryBox, code_of
from tests import make
from tests.forms import filled


@pytest.mark.parametrize(
    ("typed", "code"),
    [("France", "FR"), ("fr", "FR"), ("FRA", "FR"), (" côte d'ivoire ", "CI"), ("", "")],
)
def test_a_country_is_known_by_name_or_code(typed: str, code: str) -> None:
    assert CountryBox(required=False).clean(typed) == code


@pytest.mark.parametrize("typed", ["Atlantis", "²", "X" * 200])
def test_what_names_no_country_is_refused_in_words(typed: str) -> None:
    assert code_of(typed) == ""
    with pytest.raises(ValidationError, match="No country is known by"):
        CountryBox().clean(typed)


@pytest.mark.parametrize(
    ("typed", "is_change"), [("France", False), ("fr", False), ("Chad", True), ("?", True)]
)
def test_another_way_to_write_a_country_is_no_change(typed: str, is_change: bool) -> None:
    assert CountryBox().has_changed("FR", typed) is is_change


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
