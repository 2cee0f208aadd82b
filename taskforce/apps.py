"""The app as Django knows it."""

from django.utils.translation import gettext_lazy as _

from untfsse.kit.apps import PortalAppConfig


class TaskforceConfig(PortalAppConfig):
    """The taskforce app."""

    default = True
    name = "taskforce"
    verbose_name = _("Task Force")

    def ready(self) -> None:
        """Tie the app's strands to the thread, and its rules to what is on record."""
        from taskforce import on_record, threads  # noqa: F401, PLC0415
