"""The second factor: required of staff, asked after the password, good once, and lost."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils.html import escape
from django.utils.http import urlencode

from tests import make
from tests.staff import in_role, sign_in
from untfsse.accounts.limits import CODE
from untfsse.accounts.models import AccountEvent
from untfsse.kit.access.sessions import FACTS
from untfsse.kit.records.roles import EDITOR, SECRETARIAT
from untfsse.kit.tasks.worker import do_all_that_is_due

pytestmark = pytest.mark.django_db
PASSWORD = "a long pass phrase"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = "/account/second-factor/authenticate/"


def code_of(secret: str = SECRET) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def wrong_code() -> str:
    return f"{(int(code_of()) + 1) % 1_000_000:06}"


@pytest.fixture
def ada() -> User:
    """An editor without a second factor."""
    user = in_role(EDITOR, is_staff=True)
    user.username, user.email = "ada", "ada@example.org"
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def with_app(ada: User) -> User:
    """An editor whose app shows codes."""
    TOTP.activate(ada, SECRET)
    return ada


def give_password(client: Client) -> Any:
    return client.post("/sign-in/", {"username": "ada", "password": PASSWORD})


@pytest.mark.slow
def test_staff_without_a_second_factor_get_nowhere_until_they_have_one(
    ada: User, client: Client, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    give_password(client)
    for page in ("/admin/", "/", "/account/", "/account/password/"):
        assert client.get(page).get("Location") == "/account/second-factor/", page
    form = client.get("/account/second-factor/totp/activate/")
    secret = form.context["form"].secret
    assert f"<code>{secret}</code>" in form.text
    wrong = client.post("/account/second-factor/totp/activate/", {"code": "000000x"})
    assert wrong.context["form"].errors == {"code": ["Incorrect code."]}
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/account/second-factor/totp/activate/", {"code": code_of(secret)})

    assert done.get("Location") == "/account/second-factor/recovery-codes/"
    assert len(client.get(done["Location"]).context["unused_codes"]) == 10
    assert client.get("/admin/").status_code == 200
    kept = Authenticator.objects.get(user=ada, type="totp").data["secret"]
    assert kept != secret
    assert TOTP(Authenticator.objects.get(user=ada, type="totp")).validate_code(code_of(secret))
    do_all_that_is_due()
    assert mail.outbox[-1].subject == "Your account changed: Second factor added"
    assert AccountEvent.objects.filter(account=ada, kind="factor-added").count() == 1


def test_who_had_to_set_a_factor_up_goes_on_to_where_they_wanted(
    ada: User, client: Client, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    wanted = "/admin/taskforce/meeting/?q=special&o=1"
    client.post(
        f"/sign-in/?{urlencode({'next': wanted})}", {"username": "ada", "password": PASSWORD}
    )
    assert client.get(wanted).get("Location") == "/account/second-factor/"
    client.get("/search/suggestions/?q=a", HTTP_SEC_FETCH_DEST="empty")
    client.post("/my-organization/", {"organization": "ilo"})
    secret = client.get("/account/second-factor/totp/activate/").context["form"].secret
    codes = client.post("/account/second-factor/totp/activate/", {"code": code_of(secret)})
    for page in (codes["Location"], "/account/second-factor/"):
        assert f'class="button" href="{escape(wanted)}"' in client.get(page).text
    assert client.get(wanted).status_code == 200
    assert 'class="button" href="/admin/"' in client.get("/account/second-factor/").text


def test_others_need_none(client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    make.user(username="ada", password=PASSWORD)
    give_password(client)
    assert client.get("/account/").status_code == 200


def test_the_password_alone_opens_nothing_and_each_code_opens_once(
    with_app: User, client: Client
) -> None:
    assert give_password(client).get("Location") == STEP
    assert client.get("/admin/").status_code == 302
    refused = client.post(STEP, {"code": wrong_code()})
    assert refused.context["form"].errors == {"code": ["Incorrect code."]}
    code = code_of()
    assert client.post(STEP, {"code": code}).get("Location") == "/admin/"
    assert client.get("/admin/").status_code == 200

    thief = Client()
    give_password(thief)
    assert thief.post(STEP, {"code": code}).status_code == 200
    assert thief.get("/admin/").status_code == 302


def test_codes_are_not_guessed(with_app: User, client: Client) -> None:
    give_password(client)
    for _number in range(CODE.most):
        client.post(STEP, {"code": wrong_code()})
    refused = client.post(STEP, {"code": code_of()})
    [sentence] = refused.context["form"].errors["code"]
    assert sentence.startswith("Too many tries: wait 15 minutes")
    assert AccountEvent.objects.filter(kind="code-failed", account=with_app).count() == CODE.most


@pytest.mark.slow
def test_a_recovery_code_opens_once(with_app: User, client: Client) -> None:
    code = RecoveryCodes.activate(with_app).get_unused_codes()[0]
    for device, opens in [(client, True), (Client(), False)]:
        give_password(device)
        device.post(STEP, {"code": code})
        assert (device.get("/admin/").status_code == 200) == opens


def test_what_matters_asks_again_who_it_is_some_time_after_the_sign_in(
    ada: User, client: Client
) -> None:
    give_password(client)
    assert client.get("/account/second-factor/totp/activate/").status_code == 200
    session = client.session
    facts = session[FACTS]
    facts["began"] -= 600
    session[FACTS] = facts
    session.save()
    asked: Any = client.get("/account/second-factor/totp/activate/", follow=True)
    assert asked.request["PATH_INFO"] == "/account/confirm/"
    back = asked.request["QUERY_STRING"]
    refused = client.post(f"/account/confirm/?{back}", {"password": "wrong"})
    assert refused.context["form"].errors == {"password": ["Incorrect password."]}
    given = client.post(f"/account/confirm/?{back}", {"password": PASSWORD})
    assert given.get("Location") == "/account/second-factor/totp/activate/"
    assert client.get(given["Location"]).status_code == 200


def test_the_secretariat_takes_a_lost_factor_away(with_app: User, client: Client) -> None:
    RecoveryCodes.activate(with_app)
    sign_in(client, SECRETARIAT)
    page = f"/admin/accounts/account/{with_app.pk}/do/remove-factors/"
    assert client.get(page).status_code == 200
    assert client.post(page).status_code == 302
    assert not Authenticator.objects.filter(user=with_app).exists()
    other = Client()
    assert give_password(other).get("Location") == "/admin/"
    do_all_that_is_due()
    assert mail.outbox[-1].to == ["ada@example.org"]
    history = client.get(f"/admin/accounts/account/{with_app.pk}/history/")
    assert "Second factor removed" in history.text
