"""Roles: who may do what, asked by the services and by every door."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import migrations, models
from django.utils.translation import gettext as _

type Actor = AbstractBaseUser | AnonymousUser | None
type Noun = models.Model | type[models.Model]

SECRETARIAT = "Secretariat"
EDITOR = "Editor"
ENCYCLOPEDIA_EDITOR = "Encyclopedia editor"
VIEWER = "Viewer"
READING = ("view",)
KEEPING = ("view", "add", "change")
EDITING = (*KEEPING, "delete")
PUBLISHING = (*EDITING, "publish")


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


type Grants = dict[str, dict[tuple[str, ...], Iterable[str]]]


def grant(app_label: str, grants: Grants) -> migrations.RunPython:
    """Return the operation that gives roles their permissions on the nouns of an app.

    `grants` says for each role which acts on which nouns. Rows that Django makes only after the
    last migration, the permissions and what they hang on, are made here when they are missing.
    """

    def forwards(apps: Any, _editor: Any) -> None:
        group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
        content_type = apps.get_model("contenttypes", "ContentType")
        for role, wishes in grants.items():
            holder, _made = group.objects.get_or_create(name=role)
            for acts, nouns in wishes.items():
                for noun in nouns:
                    kind, _made = content_type.objects.get_or_create(
                        app_label=app_label, model=noun
                    )
                    for act in acts:
                        given, _made = permission.objects.get_or_create(
                            content_type=kind,
                            codename=f"{act}_{noun}",
                            defaults={"name": f"Can {act} {noun}"},
                        )
                        holder.permissions.add(given)

    return migrations.RunPython(forwards, migrations.RunPython.noop)
