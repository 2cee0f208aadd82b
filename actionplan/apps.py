"""The app as Django knows it."""

from django.utils.translation import gettext_lazy as _

from untfsse.kit.apps import PortalAppConfig


class ActionplanConfig(PortalAppConfig):
    """The actionplan app."""

    default = True
    name = "actionplan"
    verbose_name = _("Action plan")

    def ready(self) -> None:
        """Tie in the app's strands, what is on record, and what organizations have there."""
        from actionplan import commitments, gathering, on_record, threads  # noqa: F401, PLC0415
