"""The app as Django knows it."""

from django.utils.translation import gettext_lazy as _

from untfsse.kit.apps import PortalAppConfig


class ActionplanConfig(PortalAppConfig):
    """The actionplan app."""

    default = True
    name = "actionplan"
    verbose_name = _("Action plan")

    def ready(self) -> None:
        """Tie the app's strands to the thread, and its rules to what is on record."""
        from actionplan import on_record, threads  # noqa: F401, PLC0415
