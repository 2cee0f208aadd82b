"""Accounts as Django knows them."""

from types import MappingProxyType
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from untfsse.kit.apps import KEEPING, READING, SECRETARIAT


class AccountsConfig(AppConfig):
    """Who may sign in, and how; stands last, so that all roles have their rights before it."""

    name = "untfsse.accounts"
    verbose_name = _("Accounts")
    roles_of_others = MappingProxyType(
        {
            "account": {SECRETARIAT: KEEPING},
            "focalpoint": {SECRETARIAT: KEEPING},
            "accountevent": {SECRETARIAT: READING},
        }
    )

    def ready(self) -> None:
        """Let the history keep accounts, and hear what the library of second factors does."""
        from allauth.mfa import signals  # noqa: PLC0415

        from untfsse.accounts import events  # noqa: PLC0415

        post_migrate.connect(watch, sender=self, dispatch_uid="untfsse.accounts")
        signals.authenticator_added.connect(events.on_factor_added)
        signals.authenticator_removed.connect(events.on_factor_removed)
        signals.authenticator_reset.connect(events.on_codes_made)


def watch(using: str, **_kwargs: Any) -> None:
    """Attach the triggers that are missing."""
    from untfsse.accounts.history import watch_accounts  # noqa: PLC0415

    watch_accounts(using)
