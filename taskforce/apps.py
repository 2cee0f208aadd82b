"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaskforceConfig(AppConfig):
    """The taskforce app."""

    name = "taskforce"
    verbose_name = _("Task Force")

    def ready(self) -> None:
        """Tie the app's strands to the thread."""
        from taskforce import threads  # noqa: F401, PLC0415
