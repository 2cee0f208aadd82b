"""Browsers in which somebody is signed in."""

from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def member(client: Client, db: None, django_user_model: Any) -> Client:
    """A browser in which a focal point is signed in."""
    client.force_login(django_user_model.objects.create_user("focal-point"))
    return client


@pytest.fixture
def staff(db: None, django_user_model: Any) -> Client:
    """A browser in which somebody of the secretariat is signed in."""
    browser = Client()
    browser.force_login(django_user_model.objects.create_user("secretary", is_staff=True))
    return browser


@pytest.fixture
def secretary(client: Client, db: None, django_user_model: Any) -> Client:
    """A browser in which somebody who may do everything is signed in."""
    facts = {"is_staff": True, "is_superuser": True}
    client.force_login(django_user_model.objects.create_user("ada", **facts))
    return client
