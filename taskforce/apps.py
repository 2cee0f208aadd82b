"""The app as Django knows it."""

from django.utils.translation import gettext_lazy as _

from untfsse.kit.apps import PortalAppConfig


class TaskforceConfig(PortalAppConfig):
    """The taskforce app."""

    default = True
    name = "taskforce"
    verbose_name = _("Task Force")

    def ready(self) -> None:
        """Tie in the app's strands, what is on record, and what organizations have there."""
        from taskforce import gathering, on_record, threads  # noqa: F401, PLC0415
