"""The app as Django knows it."""

from django.utils.translation import gettext_lazy as _

from untfsse.kit.apps import EDITOR, ENCYCLOPEDIA_EDITOR, PortalAppConfig


class EncyclopediaConfig(PortalAppConfig):
    """The encyclopedia app."""

    default = True
    name = "encyclopedia"
    verbose_name = _("Encyclopedia")
    editors = (EDITOR, ENCYCLOPEDIA_EDITOR)

    def ready(self) -> None:
        """Tie the app's strands to the thread, and say what organizations have there."""
        from encyclopedia import gathering, threads  # noqa: F401, PLC0415
