"""Somebody who signs in: of the staff, in a role, or a member's focal point."""

from django.contrib.auth.models import Group, User
from django.test import Client

from tests import make
from untfsse.kit.records.roles import MEMBER


def staff(role: str) -> User:
    """Return a new member of the staff."""
    return in_role(role, is_staff=True)


def member() -> User:
    """Return a new focal point of a member."""
    return in_role(MEMBER)


def in_role(role: str, **facts: bool) -> User:
    """Return a new account in a role."""
    user = make.user(**facts)
    user.groups.add(Group.objects.get(name=role))
    return user


def sign_in(client: Client, role: str) -> User:
    """Sign a new member of the staff in, and return them."""
    user = staff(role)
    client.force_login(user)
    return user
