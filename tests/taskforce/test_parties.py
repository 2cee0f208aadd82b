"""The parties of an instrument come in as a list of countries."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from taskforce import services
from taskforce.models import InstrumentParty
from tests import make

pytestmark = pytest.mark.django_db


def test_countries_are_named_or_coded_and_come_once() -> None:
    instrument = make.instrument()
    make.instrument_party(instrument=instrument, country="FR", role="sponsor")
    names = ["France", "KE", "  Senegal, ", "Kenya", ""]
    added = services.add_parties(instrument, role="sponsor", countries=names, by=None)
    assert [party.country.code for party in added] == ["KE", "SN"]
    assert added[0].sources == instrument.sources
    codes = InstrumentParty.objects.order_by("country").values_list("country", flat=True)
    assert list(codes) == ["FR", "KE", "SN"]


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["Kenya", "Atlantis", "Zz"], "No country is known by: Atlantis, Zz."),
        ([" "], "Name at least one country."),
    ],
)
def test_a_name_that_is_no_country_is_told_and_nothing_is_added(
    names: list[str], sentence: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        services.add_parties(make.instrument(), role="sponsor", countries=names, by=None)
    assert caught.value.message_dict == {"countries": [sentence]}
    assert not InstrumentParty.objects.exists()


def test_who_may_not_add_parties_adds_none() -> None:
    with pytest.raises(PermissionDenied):
        services.add_parties(make.instrument(), role="sponsor", countries=["KE"], by=make.user())


def test_they_are_added_from_the_instrument(client: Client) -> None:
    client.force_login(make.user(is_staff=True, is_superuser=True))
    instrument = make.instrument()
    page = f"/admin/taskforce/policyinstrument/{instrument.pk}/do/parties/"
    refused: Any = client.post(page, {"role": "adherent", "countries": "Atlantis"})
    assert refused.context["form"].errors["countries"] == ["No country is known by: Atlantis."]
    sent = {"role": "adherent", "countries": "Kenya\r\nSN", "sources": "A list | https://a.org/b"}
    assert client.post(page, sent).status_code == 302
    parties = InstrumentParty.objects.order_by("country")
    assert [(party.country.code, party.sources[0]["title"]) for party in parties] == [
        ("KE", "A list"),
        ("SN", "A list"),
    ]
