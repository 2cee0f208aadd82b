"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActionplanConfig(AppConfig):
    """The actionplan app."""

    name = "actionplan"
    verbose_name = _("Action plan")
