"""The app as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EncyclopediaConfig(AppConfig):
    """The encyclopedia app."""

    name = "encyclopedia"
    verbose_name = _("Encyclopedia")

    def ready(self) -> None:
        """Tie the app's strands to the thread."""
        from encyclopedia import threads  # noqa: F401, PLC0415
