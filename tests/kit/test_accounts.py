"""Accounts: who may sign in, and in which roles, with boxes that everybody can use."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from tests import make
from tests.forms import filled
from untfsse.kit.records.roles import EDITOR, SECRETARIAT, VIEWER

pytestmark = pytest.mark.django_db
LIST = "/admin/auth/user/"


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(make.user(is_staff=True, is_superuser=True))
    return client


def test_roles_are_ticked(boss: Client) -> None:
    colleague = make.user(is_staff=True)
    roles = [str(Group.objects.get(name=name).pk) for name in (EDITOR, VIEWER)]
    page = boss.get(f"{LIST}{colleague.pk}/change/")
    assert page.content.decode().count('type="checkbox" name="groups"') == Group.objects.count()
    assert boss.post(f"{LIST}{colleague.pk}/change/", filled(page, groups=roles)).status_code == 302
    assert {group.name for group in colleague.groups.all()} == {EDITOR, VIEWER}


def test_what_a_role_may_do_is_kept_as_it_was_shown(boss: Client) -> None:
    role = Group.objects.get(name=SECRETARIAT)
    before = set(role.permissions.values_list("pk", flat=True))
    address = f"/admin/auth/group/{role.pk}/change/"
    page = boss.get(address)
    assert b"selectfilter" not in page.content
    assert boss.post(address, filled(page)).status_code == 302
    assert set(role.permissions.values_list("pk", flat=True)) == before
    assert len(before) > 100


@pytest.mark.parametrize("question", ["date_joined__year=999999999999", "q=%00", "p=%C2%B2"])
def test_a_strange_question_to_accounts_is_answered(question: str, boss: Client) -> None:
    answer: Any = boss.get(f"{LIST}?{question}")
    assert (answer.status_code, answer.get("Location", LIST)) in {(302, LIST), (200, LIST)}


def test_a_secretary_does_not_change_accounts(client: Client) -> None:
    user = make.user(is_staff=True)
    user.groups.add(Group.objects.get(name=SECRETARIAT))
    client.force_login(user)
    assert client.get(LIST).status_code == 403


@pytest.mark.parametrize(
    ("facts", "door", "home"),
    [
        ({"is_staff": True}, "/sign-in/", "/admin/"),
        ({"is_staff": True}, "/admin/login/", "/admin/"),
        ({}, "/sign-in/", "/"),
    ],
)
def test_after_sign_in_a_person_is_where_they_expect(
    facts: dict[str, bool], door: str, home: str, client: Client
) -> None:
    user = make.user(password="long enough", **facts)
    typed = {"username": user.username, "password": "long enough"}

    landed = client.post(door, typed, follow=True)
    asked = Client().post(door, {**typed, "next": "/meetings/"}, follow=True)

    assert (landed.status_code, landed.request["PATH_INFO"]) == (200, home)
    assert asked.request["PATH_INFO"] == "/meetings/"
