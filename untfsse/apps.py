"""The roof as Django knows it."""

from django.contrib.admin import apps
from django.utils.translation import gettext_lazy as _
from taggit import apps as tags


class PortalAdminConfig(apps.AdminConfig):
    """Django's admin with our own front page."""

    default = False
    default_site = "untfsse.admin.PortalAdminSite"


class TopicsConfig(tags.TaggitAppConfig):  # type: ignore[misc]
    """The shared vocabulary, under the name by which editors know it."""

    default = False
    verbose_name = _("Topics")
