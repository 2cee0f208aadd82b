"""Somebody of the staff, in a role."""

from django.contrib.auth.models import Group, User
from django.test import Client

from tests import make


def staff(role: str) -> User:
    """Return a new member of the staff."""
    user = make.user(is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def sign_in(client: Client, role: str) -> User:
    """Sign a new member of the staff in, and return them."""
    user = staff(role)
    client.force_login(user)
    return user
