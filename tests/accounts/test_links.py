"""Mails with links: an invitation, a new password, another address."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import make
from tests.forms import filled
from tests.serving import free_port
from tests.staff import in_role, sign_in, staff
from untfsse.accounts import links
from untfsse.accounts.limits import MAILS, PAIR
from untfsse.accounts.models import AccountEvent, FocalPoint
from untfsse.accounts.services import change_address
from untfsse.kit.access.sessions import FACTS, AccountSession
from untfsse.kit.history.changes import Change
from untfsse.kit.records.roles import EDITOR, MEMBER, SECRETARIAT
from untfsse.kit.request_log import JsonFormatter
from untfsse.kit.tasks.models import BackgroundTask
from untfsse.kit.tasks.worker import do_all_that_is_due

pytestmark = pytest.mark.django_db
PASSWORD = "a long pass phrase"
NEW = "quite another sentence"
LIST = "/admin/accounts/account/"


def invite(client: Client, role: str = MEMBER, **facts: Any) -> Any:
    sent = {"email": "Grace@Example.org", "role": Group.objects.get(name=role).pk, **facts}
    return client.post(f"{LIST}do/invite/", sent)


def link_in_mail(number: int = -1) -> str:
    do_all_that_is_due()
    found = re.search(r"https?://testserver(/\S+)", str(mail.outbox[number].body))
    assert found is not None, mail.outbox[number].body
    return found[1]


def test_an_invited_focal_point_chooses_a_password_and_is_in(client: Client) -> None:
    sign_in(client, SECRETARIAT)
    person, organization = make.person(name="Grace Brewster Hopper"), make.organization()
    answer = invite(client, organization=organization.pk, person=person.pk)
    assert (answer.status_code, answer.get("Location")) == (302, LIST)
    account = User.objects.get(email="grace@example.org")
    assert (account.get_full_name(), account.is_staff) == ("Grace Brewster Hopper", False)
    assert [role.name for role in account.groups.all()] == [MEMBER]
    assert AccountEvent.objects.get(account=account).kind == "invited"
    point = FocalPoint.objects.get(account=account)
    assert (point.organization, point.person) == (organization, person)

    link = link_in_mail()
    assert mail.outbox[-1].to == ["grace@example.org"]
    invited = Client()
    assert invited.get(link).status_code == 200
    weak = invited.post(link, {"password": "grace@example"})
    assert "too similar" in str(weak.context["form"].errors["password"])
    landed: Any = invited.post(link, {"password": NEW}, follow=True)
    assert (landed.status_code, landed.request["PATH_INFO"]) == (200, "/account/")
    assert str(organization) in landed.text
    assert Client().post(link, {"password": "an evil third sentence"}).status_code == 410
    typed = {"username": "Grace@Example.org", "password": NEW}
    assert Client().post("/sign-in/", typed).status_code == 302


def test_an_invitation_is_refused_where_it_makes_no_sense(client: Client) -> None:
    sign_in(client, SECRETARIAT)
    User.objects.create(username="other", email="GRACE@example.org")
    taken = invite(client, EDITOR)
    assert taken.context["form"].errors == {
        "email": ["There is an account with this address already."]
    }
    User.objects.filter(username="other").delete()
    lonely = invite(client)
    assert lonely.context["form"].errors == {
        "organization": ["A focal point speaks for an organization."]
    }


@pytest.mark.slow
def test_nobody_gives_a_role_that_may_do_more_than_theirs(client: Client) -> None:
    me = sign_in(client, SECRETARIAT)
    mighty = Group.objects.create(name="Mighty")
    mighty.permissions.add(*Group.objects.get(name=SECRETARIAT).permissions.all())
    mighty.permissions.add(Permission.objects.get(codename="change_user"))
    refused = invite(client, "Mighty")
    assert refused.context["form"].non_field_errors() == [
        "This role may do more than yours: you cannot give it."
    ]
    page = client.get(f"{LIST}{me.pk}/change/")
    assert b"Mighty" not in page.content
    client.post(f"{LIST}{me.pk}/change/", filled(page, groups=[str(mighty.pk)]))
    assert [role.name for role in me.groups.all()] == [SECRETARIAT]
    boss, other = make.user(is_staff=True, is_superuser=True), in_role("Mighty")
    assert client.get(f"{LIST}{boss.pk}/change/").status_code == 302
    assert client.post(f"{LIST}{other.pk}/do/remove-factors/").status_code == 302
    assert b"_save" not in client.get(f"{LIST}{other.pk}/change/").content


def test_a_suspended_account_that_may_do_more_is_left_alone(client: Client) -> None:
    sign_in(client, SECRETARIAT)
    mighty = make.user(is_staff=True, is_active=False)
    mighty.user_permissions.add(Permission.objects.get(codename="change_user"))
    page = client.get(f"{LIST}{mighty.pk}/change/")
    assert (page.status_code, b"_save" in page.content) == (200, False)
    assert client.post(f"{LIST}{mighty.pk}/change/", {"is_active": "on"}).status_code == 403
    mighty.refresh_from_db()
    assert not mighty.is_active


def test_no_list_tells_a_password_sign_by_sign(client: Client) -> None:
    sign_in(client, SECRETARIAT)
    account = make.user(username="ada", password=PASSWORD)
    for guess in (account.password[:30], "another"):
        answer = client.get(LIST, {"password__startswith": guess})
        assert (answer.status_code, answer.get("Location")) == (302, LIST)


@pytest.mark.parametrize("role", [EDITOR, MEMBER])
def test_others_neither_see_nor_invite(role: str, client: Client) -> None:
    client.force_login(in_role(role, is_staff=True))
    answers = [client.get(LIST), invite(client, EDITOR), client.get(f"{LIST}mails/")]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert not User.objects.filter(email="grace@example.org").exists()


@pytest.mark.slow
def test_a_role_that_is_taken_away_ends_sessions_and_closes_the_back_office(
    client: Client,
) -> None:
    secretary, editor = Client(), staff(EDITOR)
    sign_in(secretary, SECRETARIAT)
    editor.set_password(PASSWORD)
    editor.save()
    client.post("/sign-in/", {"username": editor.username, "password": PASSWORD})
    assert client.get("/admin/").status_code == 200
    page = secretary.get(f"{LIST}{editor.pk}/change/")
    roles = [str(Group.objects.get(name=MEMBER).pk)]
    saved = secretary.post(f"{LIST}{editor.pk}/change/", filled(page, groups=roles))
    assert saved.status_code == 302
    editor.refresh_from_db()
    assert (editor.is_staff, AccountSession.objects.filter(account=editor).count()) == (False, 0)
    assert client.get("/admin/").status_code == 302


def test_the_secretariat_lifts_a_lock(client: Client) -> None:
    sign_in(client, SECRETARIAT)
    account = make.user(username="ada", password=PASSWORD)
    stranger = Client()
    for _try in range(PAIR.most + 1):
        stranger.post("/sign-in/", {"username": "ada", "password": "wrong"})
    lift = f"{LIST}{account.pk}/do/unlock/"
    assert client.post(lift).get("Location") == f"{LIST}{account.pk}/change/"
    assert stranger.post("/sign-in/", {"username": "ada", "password": PASSWORD}).status_code == 302
    kinds = AccountEvent.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[-3:] == ["locked", "unlocked", "signed-in"]


# --- A new password --------------------------------------------------------------------------


@pytest.fixture
def ada() -> User:
    return make.user(username="ada", password=PASSWORD, email="ada@example.org")


def test_a_new_password_by_mail_ends_locks_and_sessions(ada: User, client: Client) -> None:
    old = Client()
    old.post("/sign-in/", {"username": "ada", "password": PASSWORD})
    stranger = Client()
    for _try in range(PAIR.most):
        stranger.post("/sign-in/", {"username": "ada", "password": "wrong"})
    client.post("/account/reset/", {"email": "ADA@example.org"})
    landed: Any = client.post(link := link_in_mail(), {"password": NEW}, follow=True)

    assert landed.request["PATH_INFO"] == "/account/"
    assert old.get("/account/").status_code == 302
    assert client.post(link, {"password": NEW}).status_code == 410
    assert stranger.post("/sign-in/", {"username": "ada", "password": NEW}).status_code == 302
    do_all_that_is_due()
    assert mail.outbox[-1].subject == "Your account changed: Password changed"


def test_nobody_is_told_whether_an_address_has_an_account(ada: User) -> None:
    answers, statements = [], []
    for address in ("ada@example.org", "eve@example.org"):
        client = Client()
        client.get("/account/reset/")
        with CaptureQueriesContext(connection) as captured:
            answer = client.post("/account/reset/", {"email": address})
        answers.append(answer.text.replace(address, ""))
        statements.append([query["sql"].split(" ")[:3] for query in captured])
    assert answers[0] == answers[1]
    assert statements[0] == statements[1]
    do_all_that_is_due()
    assert [message.to for message in mail.outbox] == [["ada@example.org"]]


def test_mails_are_not_sent_without_end(ada: User) -> None:
    for _number in range(MAILS.most + 2):
        assert Client().post("/account/reset/", {"email": ada.email}).status_code == 200
    do_all_that_is_due()
    assert len(mail.outbox) == MAILS.most


def test_a_mail_waits_for_a_server_that_is_away_and_its_task_tells_no_link(
    ada: User, client: Client, settings: Any
) -> None:
    usual, backend = settings.MAILERS, "django.core.mail.backends.smtp.EmailBackend"
    away = {"BACKEND": backend, "OPTIONS": {"host": "127.0.0.1", "port": free_port()}}
    settings.MAILERS = {"default": away}
    assert client.post("/account/reset/", {"email": ada.email}).status_code == 200
    assert (do_all_that_is_due(), mail.outbox) == (1, [])
    waiting = BackgroundTask.objects.get()
    assert (waiting.state, waiting.error) == (
        "READY",
        "ConnectionRefusedError: [Errno 111] Connection refused",
    )
    settings.MAILERS = usual
    BackgroundTask.objects.update(run_after=timezone.now())
    key = link_in_mail().rstrip("/").rpartition("/")[2]
    assert client.get(f"/account/reset/{key}/").status_code == 200
    row = BackgroundTask.objects.values().get()
    assert (row["state"], key.partition(":")[0] in str(row)) == ("SUCCESSFUL", False)


@pytest.mark.parametrize(("purpose", "path"), [("reset", "reset"), ("invitation", "invitation")])
def test_a_link_is_of_no_use_once_it_is_old_forged_or_for_something_else(
    purpose: str, path: str, ada: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = links.make_key(links.Purpose(purpose), ada)
    other = links.make_key(links.Purpose.ADDRESS, ada, "eve@example.org")
    assert client.get(f"/account/{path}/{key}/").status_code == 200
    for bad in (key[:-1], "x", other):
        assert client.post(f"/account/{path}/{bad}/", {"password": NEW}).status_code == 410
    long_ago = time.time() - links.LIVES[links.Purpose(purpose)].total_seconds() - 1
    with monkeypatch.context() as patch:
        patch.setattr("time.time", lambda: long_ago)
        old = links.make_key(links.Purpose(purpose), ada)
    assert client.get(f"/account/{path}/{old}/").status_code == 410
    User.objects.update(is_active=False)
    assert client.get(f"/account/{path}/{key}/").status_code == 410


@pytest.mark.parametrize("purpose", links.Purpose)
def test_the_log_tells_no_key_that_opens_an_account(
    purpose: links.Purpose, ada: User, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    settings.HASHING_AT_ONCE = -1  # so that Django itself logs an answer of 503
    caplog.handler.setFormatter(JsonFormatter())
    key = links.make_key(purpose, ada, "ada@example.com")
    with caplog.at_level("INFO", logger="untfsse.kit.request_log"):
        shown = Client().get(f"/account/{purpose}/{key}/")
        forged = Client(enforce_csrf_checks=True).post(f"/account/{purpose}/{key}/")
        Client().post(f"/account/{purpose}/{key}/", {"password": NEW})
    assert (shown.status_code, forged.status_code) == (200, 403)
    assert caplog.text.count(f'"/account/{purpose}/…/"') >= 3
    assert (key in caplog.text, key.split(":")[0] in caplog.text) == (False, False)


def test_a_mail_names_the_address_of_the_settings(ada: User, client: Client, settings: Any) -> None:
    settings.SITE_URL = "https://portal.example.org"
    client.post("/account/reset/", {"email": ada.email})
    do_all_that_is_due()
    assert "https://portal.example.org/account/reset/" in mail.outbox[-1].body


# --- A password and an address of one's own ---------------------------------------------------


def test_a_password_is_changed_by_whoever_knows_the_old_one(ada: User, client: Client) -> None:
    elsewhere = Client()
    for device in (client, elsewhere):
        device.post("/sign-in/", {"username": "ada", "password": PASSWORD})
    refused = client.post("/account/password/", {"old": "wrong", "password": NEW})
    assert refused.context["form"].errors == {"old": ["This is not your password."]}
    done = client.post("/account/password/", {"old": PASSWORD, "password": NEW})
    assert (done.status_code, done.get("Location")) == (302, "/account/")
    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    ada.refresh_from_db()
    assert ada.check_password(NEW)
    assert client.get("/admin/password_change/").status_code == 302


def test_an_address_is_changed_once_it_is_confirmed_there(client: Client) -> None:
    account = make.user(username="ada@example.org", email="ada@example.org", password=PASSWORD)
    taken = make.user(username="eve", email="eve@example.org")
    client.post("/sign-in/", {"username": "ada@example.org", "password": PASSWORD})
    client.post("/account/address/", {"email": taken.email})
    client.post("/account/address/", {"email": "Lovelace@Example.org"})
    link = link_in_mail()
    assert [message.to for message in mail.outbox] == [["lovelace@example.org"]]
    client.get(link)
    account.refresh_from_db()
    assert account.email == "ada@example.org"
    assert client.post(link).get("Location") == "/account/"
    account.refresh_from_db()
    assert (account.username, account.email) == ("lovelace@example.org",) * 2
    assert client.post(link).status_code == 410
    do_all_that_is_due()
    assert mail.outbox[-1].to == ["ada@example.org"]
    change: Any = Change.objects.of(account).first()
    assert (change.made_by_id, change.origin) == (account.pk, "account")
    assert AccountEvent.objects.filter(account=account, kind="address").count() == 1


def test_a_session_that_somebody_else_found_open_does_not_change_the_address(
    ada: User, client: Client
) -> None:
    client.post("/sign-in/", {"username": "ada", "password": PASSWORD})
    session = client.session
    session[FACTS] = {**session[FACTS], "began": session[FACTS]["began"] - 600}
    session.save()
    asked = client.post("/account/address/", {"email": "eve@example.org"})
    assert asked["Location"].startswith("/account/confirm/?")
    do_all_that_is_due()
    assert mail.outbox == []
    client.post(asked["Location"], {"password": PASSWORD})  # goes on where it was asked
    do_all_that_is_due()
    assert [message.to for message in mail.outbox] == [["eve@example.org"]]


def test_an_address_by_which_another_signs_in_is_not_taken_over(client: Client) -> None:
    account = make.user(username="ada@example.org", email="ada@example.org")
    make.user(username="eve@example.org")
    key = links.make_key(links.Purpose.ADDRESS, account, "eve@example.org")
    assert client.post(f"/account/address/{key}/").status_code == 410
    account.refresh_from_db()
    assert account.email == "ada@example.org"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_one_address_at_once_one_has_it() -> None:
    keys = [
        links.make_key(links.Purpose.ADDRESS, make.user(username=name), "eve@example.org")
        for name in ("ada", "grace")
    ]

    def confirm() -> int:
        try:
            return Client().post(f"/account/address/{keys[1]}/").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic(), connection.cursor() as cursor:
        change_address(keys[0], request=RequestFactory().post("/"))
        second = pool.submit(confirm)
        is_waiting = False
        while not (is_waiting or second.done()):
            cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
            (is_waiting,) = cursor.fetchone()
    assert second.result() == 410
    assert [user.username for user in User.objects.filter(email="eve@example.org")] == ["ada"]


def test_the_demo_shows_its_mails_to_the_secretariat(
    ada: User, client: Client, settings: Any, tmp_path: Any
) -> None:
    sign_in(client, SECRETARIAT)
    backend = "django.core.mail.backends.filebased.EmailBackend"
    settings.MAIL_ROOT = tmp_path
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"file_path": tmp_path}}}
    Client().post("/account/reset/", {"email": ada.email})
    do_all_that_is_due()
    page = client.get(f"{LIST}mails/")
    [shown] = page.context["mails"]
    assert (shown.to, shown.subject) == (ada.email, "A new password for the UNTFSSE portal")
    assert re.search(r'<a href="http://testserver/account/reset/[^"]+/"', page.text)
    settings.IS_DEMO = False
    assert client.get(f"{LIST}mails/").status_code == 403
