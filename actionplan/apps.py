"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActionplanConfig(AppConfig):
    """The actionplan app."""

    name = "actionplan"
    verbose_name = _("Action plan")

    def ready(self) -> None:
        """Tie the app's strands to the thread."""
        from actionplan import threads  # noqa: F401, PLC0415
