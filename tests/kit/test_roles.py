"""The matrix: which role may do what with which noun, and what the services make of it."""

from typing import Any

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from tests import make
from tests.staff import staff
from untfsse.kit.apps import prepare
from untfsse.kit.records.record import Record
from untfsse.kit.records.roles import can, can_publish, require

pytestmark = pytest.mark.django_db
APPS = ("taskforce", "encyclopedia", "actionplan")
ACTS = ("view", "add", "change", "delete", "publish")
SEE, KEEP, EDIT, ALL = ACTS[:1], ACTS[:3], ACTS[:4], ACTS
NOTHING: tuple[str, ...] = ()


def nouns() -> list[Any]:
    return [model for label in APPS for model in apps.get_app_config(label).get_models()]


def expected(role: str, model: Any) -> tuple[str, ...]:
    """The matrix in words: what a role may do with a noun."""
    name, label = model.__name__, model._meta.app_label
    is_record = issubclass(model, Record)
    own = KEEP if is_record else EDIT
    if role == "Secretariat":
        return ALL if is_record else EDIT
    if name == "PersonContact":
        return NOTHING
    if role == "Editor":
        return own
    if role == "Encyclopedia editor":
        return own if label == "encyclopedia" else SEE if name == "Person" else NOTHING
    return SEE


@pytest.mark.parametrize("role", ["Secretariat", "Editor", "Encyclopedia editor", "Viewer"])
def test_the_matrix_of_a_role(role: str) -> None:
    user = staff(role)
    allowed = {
        model.__name__: tuple(act for act in ACTS if can(user, act, model)) for model in nouns()
    }
    assert allowed == {model.__name__: expected(role, model) for model in nouns()}


@pytest.mark.parametrize("role", ["Secretariat", "Editor", "Encyclopedia editor", "Viewer"])
def test_require_says_no_where_the_matrix_does(role: str) -> None:
    user = staff(role)
    for model in nouns():
        for act in ACTS:
            if act in expected(role, model):
                require(user, act, model)
            else:
                with pytest.raises(PermissionDenied, match="Your role does not let you"):
                    require(user, act, model)


def test_every_record_has_a_permission_to_publish_and_no_part_has() -> None:
    having = Permission.objects.filter(codename__startswith="publish_")
    assert {(row.content_type.app_label, row.content_type.model) for row in having} == {
        (model._meta.app_label, model._meta.model_name)
        for model in nouns()
        if issubclass(model, Record)
    }


def test_only_the_secretariat_sees_the_history_with_its_contacts() -> None:
    roles = Group.objects.filter(permissions__codename="view_change")
    assert [role.name for role in roles] == ["Secretariat"]


@pytest.mark.parametrize("user", [AnonymousUser(), User(is_active=True)])
def test_a_visitor_and_a_member_may_do_nothing(user: Any) -> None:
    if isinstance(user, User):
        user = make.user()
    assert not any(can(user, act, model) for act in ACTS for model in nouns())


def test_an_inactive_account_may_do_nothing() -> None:
    user = make.user(is_staff=True, is_superuser=True, is_active=False)
    assert not can_publish(user, make.meeting())


def test_a_superuser_and_a_command_may_do_everything() -> None:
    superuser = make.user(is_superuser=True)
    assert all(
        can(who, act, model) for who in (superuser, None) for act in ACTS for model in nouns()
    )


@pytest.mark.slow
def test_a_permission_that_is_new_goes_to_the_roles_and_what_people_set_stays() -> None:
    editor = Group.objects.get(name="Editor")
    editor.permissions.remove(Permission.objects.get(codename="change_seat"))
    Permission.objects.get(codename="view_meeting").delete()

    call_command("migrate", verbosity=0)

    codes = set(editor.permissions.values_list("codename", flat=True))
    assert "view_meeting" in codes
    assert "change_seat" not in codes


def test_without_accounts_there_are_no_permissions_to_give() -> None:
    before = Permission.objects.count()
    Permission.objects.filter(codename="view_meeting").delete()
    prepare(apps.get_app_config("taskforce"), "default", apps=Apps())
    assert Permission.objects.count() == before - 1
