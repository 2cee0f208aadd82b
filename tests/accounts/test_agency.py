"""Sign-in by the account of an agency: against a provider of OpenID Connect that runs here."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.test import Client

from tests import make
from tests.accounts.test_factors import SECRET, STEP, code_of
from tests.staff import in_role
from untfsse.accounts.models import AccountEvent
from untfsse.kit.records.roles import EDITOR

pytestmark = pytest.mark.django_db
PEOPLE = {
    "grace": {"email": "Grace@example.org", "email_verified": True},
    "mallory": {"email": "grace@example.org", "email_verified": False},
    "eve": {"email": "eve@example.org", "email_verified": True},
}


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of the provider, who knows three people."""
    # Read here alone: every worker reads this file.
    from oidc_provider_mock import User as Person
    from oidc_provider_mock import run_server_in_thread

    people = [Person(sub=name, claims=claims) for name, claims in PEOPLE.items()]
    with run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def grace(provider: str, settings: Any) -> User:
    """An editor; the portal knows the provider."""
    settings.OIDC_NAME = "ILO"
    app = {
        "provider_id": "agency",
        "name": "ILO",
        "client_id": "portal",
        "secret": "secret",
        "settings": {"server_url": provider},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}
    }
    user = in_role(EDITOR, is_staff=True)
    User.objects.filter(pk=user.pk).update(email="grace@example.org")
    return user


def come_back(client: Client, sent: dict[str, str]) -> Any:
    """Go to the provider by the link on the sign-in, answer there, and come back."""
    page = client.get("/sign-in/?next=/meetings/")
    assert 'href="/sign-in/agency/?next=/meetings/"' in page.text
    return follow(client, "/sign-in/agency/?next=/meetings/", sent)


def follow(client: Client, way: str, sent: dict[str, str]) -> Any:
    """Go to the provider, answer there, and come back."""
    away = client.get(way)["Location"]
    assert parse_qs(urlsplit(away).query)["code_challenge_method"] == ["S256"]
    back = requests.post(away, data=sent, allow_redirects=False, timeout=10).headers["Location"]
    return client.get(urlsplit(back)._replace(scheme="", netloc="").geturl())


@pytest.mark.slow
def test_an_account_of_an_agency_opens_the_one_of_its_address(grace: User, client: Client) -> None:
    landed = come_back(client, {"sub": "grace"})
    assert (landed.status_code, landed.get("Location")) == (302, "/meetings/")
    assert client.get("/account/").context["account"] == grace
    assert AccountEvent.objects.get(kind="signed-in").account == grace
    User.objects.filter(pk=grace.pk).update(email="moved@example.org")
    assert come_back(Client(), {"sub": "grace"}).get("Location") == "/meetings/"


@pytest.mark.parametrize("name", ["mallory", "eve"])
def test_an_address_that_is_not_verified_or_not_known_opens_nothing(
    name: str, grace: User, client: Client
) -> None:
    refused = come_back(client, {"sub": name})
    assert (refused.status_code, "No account here" in refused.text) == (403, True)
    assert client.get("/account/").status_code == 302
    assert User.objects.count() == 1


def test_the_second_factor_is_asked_after_the_agency_as_well(grace: User, client: Client) -> None:
    TOTP.activate(grace, SECRET)
    assert come_back(client, {"sub": "grace"}).get("Location") == STEP
    assert client.get("/account/").status_code == 302
    assert client.post(STEP, {"code": code_of()}).get("Location") == "/meetings/"


@pytest.mark.slow
def test_what_was_typed_waits_behind_the_agency(grace: User, client: Client) -> None:
    record = make.meeting(city="Geneva")
    form = f"/admin/taskforce/meeting/{record.pk}/change/"
    asked = client.post(form, {"city": "Bern"})
    assert asked.context["kept_form"] == "city=Bern"
    kept = {name: asked.context[name] for name in ("kept_form", "kept_path")}
    between = client.post("/admin/login/", {**kept, "agency": "1"})
    landed: Any = follow(client, between.context["way"], {"sub": "grace"})
    assert landed.get("Location") == form
    assert 'value="Bern"' in client.get(form).text


def test_an_account_that_ended_stays_closed(grace: User, client: Client) -> None:
    User.objects.update(is_active=False)
    assert come_back(client, {"sub": "grace"}).status_code == 403
    assert client.get("/account/").status_code == 302


def test_who_gives_up_or_forges_an_answer_is_told_so(grace: User, client: Client) -> None:
    given_up: Any = come_back(client, {"action": "deny"})
    shown = client.get(given_up["Location"]) if given_up.status_code == 302 else given_up
    assert "The agency did not let you in" in shown.text
    forged = client.get("/sign-in/agency/back/?code=x&state=y")
    assert "The agency did not let you in" in forged.text
    assert client.get("/account/").status_code == 302


def test_without_an_agency_there_is_no_such_way(client: Client) -> None:
    make.user()
    assert "agency" not in client.get("/sign-in/").text
    assert client.get("/sign-in/agency/").status_code == 404
