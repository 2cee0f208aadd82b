"""The app as Django knows it."""

from django.utils.translation import gettext_lazy as _

from untfsse.kit.apps import PortalAppConfig


class TaskforceConfig(PortalAppConfig):
    """The taskforce app."""

    default = True
    name = "taskforce"
    verbose_name = _("Task Force")

    def ready(self) -> None:
        """Tie the app's strands to the thread, and say what organizations have there."""
        from taskforce import gathering, threads  # noqa: F401, PLC0415
