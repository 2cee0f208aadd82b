"""Browsers in which somebody is signed in."""

from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def member(client: Client, db: None, django_user_model: Any) -> Client:
    """A browser in which a focal point is signed in."""
    client.force_login(in_role(django_user_model, "Member", username="focal-point"))
    return client


@pytest.fixture
def staff(db: None, django_user_model: Any) -> Client:
    """A browser in which somebody of the secretariat is signed in."""
    browser = Client()
    facts = {"username": "secretary", "is_staff": True}
    browser.force_login(in_role(django_user_model, "Secretariat", **facts))
    return browser


def in_role(users: Any, role: str, **facts: Any) -> Any:
    """Return a new account in a role; without models, which this file is read before."""
    user = users.objects.create_user(**facts)
    user.groups.add(user.groups.model.objects.get(name=role))
    return user


@pytest.fixture
def secretary(client: Client, db: None, django_user_model: Any) -> Client:
    """A browser in which somebody who may do everything is signed in."""
    facts = {"is_staff": True, "is_superuser": True}
    client.force_login(django_user_model.objects.create_user("ada", **facts))
    return client
