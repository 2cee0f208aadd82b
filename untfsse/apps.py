"""The roof as Django knows it."""

from types import MappingProxyType

from django.apps import AppConfig
from django.contrib.admin import apps
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _
from taggit import apps as tags

from untfsse.kit.apps import EDITING, EDITOR, KEEPING, READING, SECRETARIAT, VIEWER


class PortalConfig(AppConfig):
    """What no single app is: addresses, the home page, the API, the demo."""

    name = "untfsse"

    def ready(self) -> None:
        """Let `migrate` refuse what it cannot migrate."""
        from untfsse.carrying_over import check_age  # noqa: PLC0415

        register(check_age, Tags.database)


class PortalAdminConfig(apps.AdminConfig):
    """Django's admin with our own front page."""

    default = False
    default_site = "untfsse.admin.PortalAdminSite"


class TopicsConfig(tags.TaggitAppConfig):
    """The shared vocabulary, under the name by which editors know it."""

    default = False
    verbose_name = _("Topics")
    roles_of_others = MappingProxyType(
        {"tag": {SECRETARIAT: EDITING, EDITOR: KEEPING, VIEWER: READING}, "taggeditem": {}}
    )
