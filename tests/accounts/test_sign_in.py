"""Sign-in: who is let in, who has to wait, how long a session lasts, and what is remembered."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests import make
from tests.staff import in_role, member
from untfsse.accounts.limits import NETWORK, PAIR, STRANGERS, name_key
from untfsse.accounts.links import Purpose, make_key
from untfsse.accounts.models import AccountEvent
from untfsse.kit.access.hashing import PLACES
from untfsse.kit.access.sessions import FACTS, AccountSession
from untfsse.kit.access.throttle import TryCount, count_try
from untfsse.kit.history.changes import Change
from untfsse.kit.records.roles import EDITOR
from untfsse.tasks import KEPT_DAYS, forget_account_events, forget_tries

pytestmark = pytest.mark.django_db
PASSWORD = "a long pass phrase"
WRONG = "no pass phrase of anybody"
REFUSED = "Please enter a correct username and password."


@pytest.fixture
def ada() -> User:
    return make.user(username="ada", password=PASSWORD, email="ada@example.org")


def attempt(client: Client, password: str = WRONG, name: str = "ada", **headers: Any) -> Any:
    return client.post("/sign-in/", {"username": name, "password": password}, **headers)


def from_address(number: int) -> dict[str, str]:
    return {"REMOTE_ADDR": f"192.0.2.{number}"}


def let_time_pass(seconds: dt.timedelta) -> None:
    """Let what was counted be so much older."""
    for row in TryCount.objects.all():
        TryCount.objects.filter(pk=row.pk).update(until=row.until - seconds)


def kinds() -> list[str]:
    return list(AccountEvent.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("name", ["ada", "nobody"])
def test_who_guesses_waits_and_is_let_in_when_the_time_is_over(name: str, ada: User) -> None:
    tries = [attempt(Client(), name=name) for _number in range(PAIR.most)]
    locked = attempt(Client(), PASSWORD, name=name)

    assert [answer.context["form"].non_field_errors() for answer in tries] == [
        [REFUSED]
    ] * PAIR.most
    assert (locked.status_code, 840 < int(locked["Retry-After"]) <= 900) == (429, True)
    assert locked.context["form"].non_field_errors() == [
        "Too many tries: wait 15 minutes, or ask for a new password by mail."
    ]
    assert kinds() == ["failed"] * PAIR.most + ["locked"]
    let_time_pass(PAIR.window)
    assert attempt(Client(), PASSWORD, name=name).status_code == (302 if name == "ada" else 200)


def test_strangers_lock_out_neither_a_known_device_nor_its_account(ada: User) -> None:
    known = Client()
    assert attempt(known, PASSWORD).status_code == 302
    known.post("/sign-out/")
    for _number in range(STRANGERS.most):
        count_try(STRANGERS, STRANGERS.key(name_key("ada")))

    assert attempt(Client(), PASSWORD, **from_address(200)).status_code == 429
    assert attempt(known, PASSWORD, **from_address(1)).status_code == 302


def test_one_stranger_alone_does_not_lock_an_account(ada: User) -> None:
    for _try in range(PAIR.most + 3):
        attempt(Client(), **from_address(1))
    assert (
        TryCount.objects.get(key=STRANGERS.key(name_key("ada"))).count == PAIR.most < STRANGERS.most
    )
    assert attempt(Client(), PASSWORD, **from_address(1)).status_code == 429
    assert attempt(Client(), PASSWORD, **from_address(2)).status_code == 302


def test_an_address_that_tries_many_accounts_waits_whichever_it_claims_to_be(
    ada: User, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = 1
    for _number in range(NETWORK.most - 2):
        count_try(NETWORK, NETWORK.key("2001:db8::/64"))
    for number in range(2):
        claimed = f"10.0.0.{number}, 2001:db8::{number:x}"
        attempt(Client(), name=f"name-{number}", HTTP_X_FORWARDED_FOR=claimed)

    same = attempt(Client(), PASSWORD, HTTP_X_FORWARDED_FOR="2001:db8::ffff")
    other = attempt(Client(), PASSWORD, HTTP_X_FORWARDED_FOR="2001:db8:0:1::1")
    assert (same.status_code, other.status_code) == (429, 302)


def test_visitors_of_ipv4_are_told_apart_behind_a_socket_of_ipv6(ada: User) -> None:
    for _number in range(NETWORK.most):
        count_try(NETWORK, NETWORK.key("192.0.2.1"))
    same = attempt(Client(), PASSWORD, REMOTE_ADDR="::ffff:192.0.2.1")
    other = attempt(Client(), PASSWORD, REMOTE_ADDR="::ffff:192.0.2.2")
    near = attempt(Client(), PASSWORD, REMOTE_ADDR="fe80::1%eth0")
    assert (same.status_code, other.status_code, near.status_code) == (429, 302, 302)


def test_a_cookie_that_is_none_is_nobodys(ada: User) -> None:
    for name in ("sessionid", "known_device", "csrftoken", "organization"):
        client = Client()
        client.cookies.load(f'{name}="\\000{"a" * 31}"')
        assert client.get("/account/").status_code == 302, name
        assert attempt(client, PASSWORD).status_code == 302, name


def test_a_forged_cookie_of_a_known_device_opens_nothing(ada: User) -> None:
    forger = Client()
    attempt(forger, PASSWORD)
    value = forger.cookies["known_device"].value
    for _try in range(PAIR.most):
        attempt(Client())
    client = Client()
    client.cookies["known_device"] = value[:-3] + "abc"
    assert attempt(client, PASSWORD).status_code == 429


@pytest.mark.parametrize("door", ["/sign-in/", "/admin/login/"])
def test_guesses_count_the_same_at_both_doors(door: str, ada: User) -> None:
    User.objects.update(is_staff=True)
    for _try in range(PAIR.most):
        attempt(Client())
    answer: Any = Client().post(door, {"username": "ada", "password": PASSWORD})
    assert (answer.status_code, answer.has_header("Retry-After")) == (429, True)


def test_old_tries_are_forgotten(ada: User) -> None:
    attempt(Client())
    assert forget_tries.call() == 0
    let_time_pass(dt.timedelta(hours=2))
    assert forget_tries.call() == 3


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_hashing_is_refused_when_its_places_are_taken_but_for_known_devices() -> None:
    make.user(username="ada", password=PASSWORD)
    known = Client()
    assert attempt(known, PASSWORD).status_code == 302
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, 0)", [PLACES])
        refused, let_in = attempt(Client(), PASSWORD), attempt(known, PASSWORD)
        cursor.execute("SELECT pg_advisory_lock(%s, 1)", [PLACES])
        link = f"/account/reset/{make_key(Purpose.RESET, User.objects.get())}/"
        chosen = Client().post(link, {"password": PASSWORD})
        cursor.execute("SELECT pg_advisory_unlock_all()")
        later = attempt(Client(), PASSWORD)
    other.close()

    assert (refused.status_code, refused["Retry-After"]) == (503, "5")
    assert (let_in.status_code, later.status_code) == (302, 302)
    assert (chosen.status_code, chosen["Retry-After"]) == (503, "5")
    assert ("Many people sign in just now" in chosen.text, "database" in chosen.text) == (
        True,
        False,
    )
    assert "failed" not in kinds()
    counted = {row.key: row.count for row in TryCount.objects.all()}
    assert counted[NETWORK.key("127.0.0.1")] == 1
    assert counted[STRANGERS.key(name_key("ada"))] == 0


# --- Sessions --------------------------------------------------------------------------------


def age_session(client: Client, **earlier: dt.timedelta) -> None:
    """Let a session have begun, or have been seen, so much earlier."""
    session = client.session
    facts = session[FACTS]
    for name, span in earlier.items():
        facts[name] -= span.total_seconds()
    session[FACTS] = facts
    session.save()


def is_in(client: Client) -> bool:
    return bool(client.get("/account/").status_code == 200)


@pytest.mark.parametrize(
    ("is_staff", "lasts", "idle"),
    [
        (True, dt.timedelta(hours=12), dt.timedelta(hours=2)),
        (False, dt.timedelta(days=30), dt.timedelta(days=30)),
    ],
)
def test_a_session_ends_after_its_time_and_when_idle(
    is_staff: bool, lasts: dt.timedelta, idle: dt.timedelta, ada: User, client: Client
) -> None:
    User.objects.update(is_staff=is_staff)
    attempt(client, PASSWORD)
    row = AccountSession.objects.get(account=ada)
    assert row.began_at is not None
    assert abs(row.expire_date - row.began_at - lasts) < dt.timedelta(seconds=2)

    age_session(client, seen=idle - dt.timedelta(minutes=1))
    assert is_in(client)
    age_session(client, seen=idle + dt.timedelta(minutes=1))
    assert not is_in(client)
    assert not AccountSession.objects.filter(account=ada).exists()


def test_a_busy_session_of_staff_is_not_longer_for_it(ada: User, client: Client) -> None:
    User.objects.update(is_staff=True)
    attempt(client, PASSWORD)
    end = AccountSession.objects.get(account=ada).expire_date
    age_session(client, seen=dt.timedelta(minutes=90))
    assert is_in(client)
    assert AccountSession.objects.get(account=ada).expire_date == end


def test_my_sessions_are_listed_and_ended_one_by_one_or_all(ada: User) -> None:
    devices = [Client(HTTP_USER_AGENT=f"Browser {number}") for number in range(3)]
    for device in devices:
        attempt(device, PASSWORD)
    here, there, elsewhere = devices
    page = here.get("/account/")
    assert sorted(row.device for row in page.context["sessions"]) == [
        *("Browser 0", "Browser 1", "Browser 2")
    ]

    number = AccountSession.objects.get(device="Browser 1").number
    here.post(f"/account/sessions/{number}/end/")
    assert [is_in(device) for device in devices] == [True, False, True]
    here.post("/account/sessions/end/")
    assert [is_in(device) for device in devices] == [True, False, False]
    assert elsewhere.get("/account/")["Location"] == "/sign-in/?next=/account/"
    assert there.session.session_key is None or not is_in(there)


def test_nobody_ends_the_session_of_another(ada: User, client: Client) -> None:
    attempt(client, PASSWORD)
    number = AccountSession.objects.get(account=ada).number
    other = Client()
    other.force_login(member())
    assert other.post(f"/account/sessions/{number}/end/").status_code == 404
    assert is_in(client)


# --- History ---------------------------------------------------------------------------------


def test_sign_ins_failures_and_changes_of_accounts_are_rows_of_the_history(
    ada: User, client: Client
) -> None:
    attempt(client, "wrong" * 9, name="x" * 150)
    attempt(client, PASSWORD, HTTP_USER_AGENT="Browser")
    client.post("/sign-out/")
    editor = in_role(EDITOR)
    editor.set_password("another pass phrase")
    editor.save()
    User.objects.filter(pk=ada.pk).update(is_superuser=True)

    events = Change.objects.filter(table="accounts_accountevent").order_by("id")
    told = [
        [(change.after or {})[name] for name in ("kind", "account_id", "name", "device")]
        for change in events
    ]
    assert told == [
        ["failed", None, "x" * 150, ""],
        ["signed-in", ada.pk, "", "Browser"],
        ["signed-out", ada.pk, "", ""],
    ]
    change: Any = Change.objects.of(ada).first()
    assert change.changed_fields == [("is_superuser", False, True)]
    roles = Change.objects.filter(table="auth_user_groups", after__user_id=editor.pk)
    assert roles.count() == 1
    kept = repr(list(Change.objects.values_list("before", "after")))
    assert "md5$" not in kept
    assert "pass phrase" not in kept


def test_rights_of_a_role_are_rows_of_the_history() -> None:
    user = in_role(EDITOR)
    role = user.groups.get()
    right = role.permissions.all()[0]
    role.permissions.remove(right)
    change = Change.objects.filter(table="auth_group_permissions").first()
    assert change is not None
    assert (change.before["group_id"], change.before["permission_id"]) == (role.pk, right.pk)


def test_what_happened_at_the_doors_is_forgotten_after_a_year(ada: User) -> None:
    attempt(Client())
    AccountEvent.objects.update(happened_at=timezone.now() - dt.timedelta(days=KEPT_DAYS + 1))
    attempt(Client())
    _old, young = AccountEvent.objects.order_by("pk").values_list("pk", flat=True)
    assert (forget_account_events.call(), forget_account_events.call()) == (1, 0)
    assert list(AccountEvent.objects.values_list("pk", flat=True)) == [young]
    rows = Change.objects.filter(table="accounts_accountevent").values_list("row_id", flat=True)
    assert set(rows) == {young}
