"""The kit as Django knows it, and what the apps of this project say of themselves."""

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from django.apps import AppConfig
from django.apps import apps as global_apps
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

SECRETARIAT = "Secretariat"
EDITOR = "Editor"
ENCYCLOPEDIA_EDITOR = "Encyclopedia editor"
VIEWER = "Viewer"
MEMBER = "Member"
"""A focal point of a member or an observer, who reads what is meant for them."""
READING = ("view",)
KEEPING = (*READING, "add", "change")
EDITING = (*KEEPING, "delete")
PUBLISHING = (*EDITING, "publish")


class PortalAppConfig(AppConfig):
    """An app whose tables PostgreSQL watches and whose nouns the roles may keep."""

    default = False  # Django takes the one class of an `apps.py` that says nothing or True
    editors: tuple[str, ...] = (EDITOR,)
    """The roles that keep the nouns of this app, besides the secretariat."""
    kept_for_ever: tuple[str, ...] = ()
    """The nouns of this app of whose history nothing ever goes."""


def import_below(package: str, folders: Iterable[str]) -> list[ModuleType]:
    """Import the modules that stand in the folders of a package, so that none need be named."""
    return [import_module(f"{package}.{module.name}") for module in iter_modules(folders)]


class KitConfig(AppConfig):
    """Small tools that two apps use."""

    name = "untfsse.kit"
    label = "kit"
    verbose_name = _("Memory of changes")

    def ready(self) -> None:
        """After each migration, let PostgreSQL watch new tables and give roles new nouns.

        Django makes an app's permissions in a receiver of the same signal; this app stands before
        `django.contrib.auth`, so that its own receiver still sees which of them are new.
        """
        pre_migrate.connect(pause, dispatch_uid="untfsse.kit")
        post_migrate.connect(prepare, dispatch_uid="untfsse.kit")


def pause(sender: AppConfig, using: str, **_kwargs: Any) -> None:
    """Let the log of public changes wait while tables change."""
    from untfsse.kit.log.rules import forget_rules  # noqa: PLC0415

    if sender.label == "kit":
        forget_rules(using)


def prepare(sender: AppConfig, using: str, apps: Any = global_apps, **_kwargs: Any) -> None:
    """Prepare the tables and the permissions of one app.

    `apps` holds what is migrated so far: without accounts there are no permissions yet.
    """
    from untfsse.kit.history.triggers import watch_tables  # noqa: PLC0415
    from untfsse.kit.log.rules import write_rules  # noqa: PLC0415
    from untfsse.kit.records.roles import give_new_permissions  # noqa: PLC0415

    if sender.label == "kit":
        watch_tables(using)
        write_rules(using)
    if "auth" in apps.all_models and apps.all_models["auth"].get("permission"):
        give_new_permissions(sender, using)
