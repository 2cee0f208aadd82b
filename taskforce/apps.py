"""The app as Django knows it."""

from django.utils.translation import gettext_lazy as _

from untfsse.kit.apps import PortalAppConfig


class TaskforceConfig(PortalAppConfig):
    """The taskforce app."""

    default = True
    name = "taskforce"
    verbose_name = _("Task Force")
    kept_for_ever = (
        *("meeting", "agendaitem", "attendance", "decision", "decisionevidence"),
        *("minutes", "corrigendum", "document", "rendition", "seat", "term"),
    )

    def ready(self) -> None:
        """Tie in what the app adds to the thread, to pages and to citations."""
        from taskforce import (  # noqa: F401, PLC0415
            citations,
            gathering,
            metadata,
            on_record,
            threads,
        )
