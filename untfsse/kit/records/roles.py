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
        wanted = [
            (role, act, noun)
            for role, wishes in grants.items()
            for acts, nouns in wishes.items()
            for noun in nouns
            for act in acts
        ]
        given = permissions_of(apps, app_label, {(act, noun) for _role, act, noun in wanted})
        group = apps.get_model("auth", "Group")
        add_missing(group, [{"name": role} for role in grants])
        holders = {holder.name: holder for holder in group.objects.all()}
        held = [
            {"group": holders[role], "permission": given[act, noun]} for role, act, noun in wanted
        ]
        add_missing(group.permissions.through, held)

    return migrations.RunPython(forwards, migrations.RunPython.noop)


def permissions_of(
    apps: Any, app_label: str, acts: set[tuple[str, str]]
) -> dict[tuple[str, str], Any]:
    """Return the permission for each act on a noun of an app, made where it is missing."""
    kind, permission = (
        apps.get_model(label) for label in ("contenttypes.ContentType", "auth.Permission")
    )
    nouns = {noun for _act, noun in acts}
    add_missing(kind, [{"app_label": app_label, "model": noun} for noun in nouns])
    kinds = {row.model: row for row in kind.objects.filter(app_label=app_label)}
    names = {f"{act}_{noun}": (act, noun) for act, noun in acts}
    rows = [
        {"content_type": kinds[noun], "codename": name, "name": f"Can {act} {noun}"}
        for name, (act, noun) in names.items()
    ]
    add_missing(permission, rows)
    found = permission.objects.filter(content_type__app_label=app_label, codename__in=names)
    return {names[row.codename]: row for row in found}


def add_missing(noun: Any, rows: list[dict[str, Any]]) -> None:
    """Make the rows that are not there yet."""
    noun.objects.bulk_create([noun(**row) for row in rows], ignore_conflicts=True)
