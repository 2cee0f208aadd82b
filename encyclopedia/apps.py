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
        """Tie in what the app adds to the thread, to pages and to citations."""
        from encyclopedia import citations, gathering, metadata, threads  # noqa: F401, PLC0415
