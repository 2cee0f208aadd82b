"""Roles: who may do what, asked by the services and by every door."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.apps import AppConfig
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _

from untfsse.kit.apps import (
    EDITING,
    EDITOR,
    ENCYCLOPEDIA_EDITOR,
    KEEPING,
    MEMBER,
    PUBLISHING,
    READING,
    SECRETARIAT,
    VIEWER,
    PortalAppConfig,
)

type Actor = AbstractBaseUser | AnonymousUser | None
type Noun = models.Model | type[models.Model]
type Acts = tuple[str, ...]

__all__ = [
    "EDITING",
    "EDITOR",
    "ENCYCLOPEDIA_EDITOR",
    "KEEPING",
    "MEMBER",
    "PUBLISHING",
    "READING",
    "SECRETARIAT",
    "VIEWER",
    "Actor",
    "Noun",
    "Readership",
    "can",
    "can_publish",
    "give_new_permissions",
    "require",
    "require_all",
]


class Readership(models.Model):
    """The permissions to read what is not meant for everybody; there is no table of it."""

    roles: ClassVar[dict[str, Acts]] = {
        SECRETARIAT: ("members", "secretariat"),
        **dict.fromkeys((EDITOR, VIEWER, MEMBER), ("members",)),
    }

    class Meta:
        managed = False
        default_permissions = ()
        permissions: ClassVar = [
            ("members_readership", "Can read what is for members and observers"),
            ("secretariat_readership", "Can read what is for the secretariat"),
        ]


def can(user: Actor, act: str, noun: Noun) -> bool:
    """Whether somebody may view, add, change, delete or publish records of a noun.

    None is the project itself: a command run on the machine, which may do everything.
    """
    if user is None:
        return True
    model = noun._meta
    ask: Any = getattr(user, "has_perm", None)
    return bool(user.is_active and ask and ask(f"{model.app_label}.{act}_{model.model_name}"))


def can_publish(user: Actor, noun: Noun) -> bool:
    """Whether somebody may publish, plan and withdraw records of a noun."""
    return can(user, "publish", noun)


def require(user: Actor, act: str, noun: Noun) -> None:
    """Raise PermissionDenied with a sentence when somebody may not."""
    if can(user, act, noun):
        return
    words = {
        "view": _("Your role does not let you see: %(noun)s."),
        "add": _("Your role does not let you add: %(noun)s."),
        "change": _("Your role does not let you change: %(noun)s."),
        "delete": _("Your role does not let you delete: %(noun)s."),
        "publish": _("Your role does not let you publish or withdraw: %(noun)s."),
    }
    raise PermissionDenied(words[act] % {"noun": noun._meta.verbose_name_plural})


def require_all(user: Actor, *wishes: tuple[str, Noun]) -> None:
    """Ask for several permissions at once; raises PermissionDenied for the first missing one."""
    for act, noun in wishes:
        require(user, act, noun)


# --- What each role may do -------------------------------------------------------------------


def acts_of_roles(model: type[models.Model], editors: Iterable[str]) -> Mapping[str, Acts]:
    """Return what each role may do with a noun.

    A noun that differs says so itself in `roles`. Else an editor adds and changes, and removes
    what is a part of a record; only the secretariat publishes, and deletes a record.
    """
    declared: Mapping[str, Acts] | None = getattr(model, "roles", None)
    if declared is not None:
        return declared
    is_record = "publish" in model._meta.default_permissions
    return {
        SECRETARIAT: PUBLISHING if is_record else EDITING,
        **dict.fromkeys(editors, KEEPING if is_record else EDITING),
        VIEWER: READING,
    }


def give_new_permissions(config: AppConfig, using: str) -> None:
    """Make the permissions of an app that are missing, and give these to the roles.

    What is there already is left as people have set it since.
    """
    roles: Mapping[str, Mapping[str, Acts]] = getattr(config, "roles_of_others", {})
    is_ours = isinstance(config, PortalAppConfig) or config.label == "kit"
    if not (is_ours or roles):
        return
    held = Permission.objects.using(using).filter(content_type__app_label=config.label)
    before = set(held.values_list("codename", flat=True))
    create_permissions(config, verbosity=0, using=using)
    new = {row.codename: row for row in held.all() if row.codename not in before}
    given: dict[str, list[Permission]] = defaultdict(list)
    for model in config.get_models():
        name = model._meta.model_name or ""
        own = acts_of_roles(model, getattr(config, "editors", ()))
        wishes = roles.get(name, own)
        for role, acts in wishes.items():
            given[role] += [new[code] for act in acts if (code := f"{act}_{name}") in new]
    for role, permissions in given.items():
        if permissions:
            Group.objects.using(using).get_or_create(name=role)[0].permissions.add(*permissions)
