"""The kit as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    """Small tools that two apps use."""

    name = "untfsse.kit"
    label = "kit"
    verbose_name = _("Memory of changes")
