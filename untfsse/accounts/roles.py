"""Roles of accounts: nobody gives more than they have, or changes somebody who may do more."""

from typing import Any

from django.contrib.auth.models import Group


def names_of(rights: Any) -> set[str]:
    """Return rights by the names that Django asks for."""
    return {f"{right.content_type.app_label}.{right.codename}" for right in rights}


def rights_of(role: Group) -> set[str]:
    """Return what a role may do."""
    return names_of(role.permissions.all())


def rights_given(account: Any) -> set[str]:
    """Return what an account may do, or might if it were not suspended."""
    roles = account.groups.prefetch_related("permissions__content_type")
    own = names_of(account.user_permissions.select_related("content_type"))
    return own.union(*map(rights_of, roles))


def roles_to_give(user: Any) -> list[int]:
    """Return the keys of the roles that may do no more than somebody themselves."""
    mine = user.get_all_permissions()
    roles = Group.objects.prefetch_related("permissions__content_type")
    return [role.pk for role in roles if user.is_superuser or rights_of(role) <= mine]


def may_look_after(user: Any, account: Any) -> bool:
    """Whether an account may do no more than somebody themselves."""
    if user.is_superuser:
        return True
    return not account.is_superuser and rights_given(account) <= user.get_all_permissions()
