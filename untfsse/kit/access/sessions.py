"""Sessions: rows that know their account and device, and end after a while, or idle.

The settings name this module as `SESSION_ENGINE`.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from untfsse.kit.access.visitors import LONGEST_DEVICE, address_of, device_of

FACTS = "signed_in"
SHORTEST_KEY = 8
LOOKED_AT_EVERY = dt.timedelta(minutes=1)
"""So seldom a session writes down that it was seen."""


class AccountSession(AbstractBaseSession):
    """A session, and of whom it is once somebody has signed in."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("account"),
    )
    number = models.UUIDField(_("number"), null=True, db_index=True)
    """By what a page names it, since the key opens it; a row with a new key bears it as well."""
    device = models.CharField(_("device"), max_length=LONGEST_DEVICE, blank=True)
    address = models.GenericIPAddressField(_("address"), null=True)
    began_at = models.DateTimeField(_("since"), null=True)
    seen_at = models.DateTimeField(_("last seen"), null=True)

    class Meta(AbstractBaseSession.Meta):
        default_permissions = ()

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        """Return the store that keeps these rows."""
        return SessionStore


class SessionStore(DatabaseStore):
    """Django's sessions in the database, in our table."""

    cache_key_prefix = "untfsse"

    @classmethod
    def get_model_class(cls) -> Any:
        """Return our table."""
        return AccountSession

    def _validate_session_key(self, key: str | None) -> bool:
        """Ask the database for no key that cannot be one."""
        return bool(key and len(key) >= SHORTEST_KEY and key.isascii() and key.isalnum())

    def create_model_instance(self, data: Any) -> Any:
        """Write beside the data whose it is."""
        row: Any = super().create_model_instance(data)
        facts = data.get(FACTS) or {}
        row.account_id = data.get(SESSION_KEY)
        row.number = facts.get("number")
        row.device = facts.get("device", "")
        row.address = facts.get("address") or None
        row.began_at, row.seen_at = moment(facts.get("began")), moment(facts.get("seen"))
        return row


def moment(seconds: float | None) -> dt.datetime | None:
    """Return a moment from its seconds."""
    return None if seconds is None else dt.datetime.fromtimestamp(seconds, dt.UTC)


def begin_session(request: HttpRequest, account: Any) -> None:
    """Write down whose session begins, and when it will end."""
    lasts, idle = settings.SESSION_LIMITS["staff" if account.is_staff else "others"]
    now = timezone.now()
    request.session[FACTS] = {
        "number": str(uuid4()),
        "device": device_of(request),
        "address": address_of(request),
        "began": now.timestamp(),
        "seen": now.timestamp(),
        "idle": idle.total_seconds(),
    }
    request.session.set_expiry(now + lasts)


def sessions_of(account: Any) -> models.QuerySet[AccountSession]:
    """Return the sessions of an account that have not ended, the one seen last first."""
    now = timezone.now()
    rows = AccountSession.objects.filter(account=account, expire_date__gt=now)
    return rows.order_by("-seen_at", "pk")


def end_sessions(account: Any, *, but: str | None = None) -> int:
    """End all sessions of an account, but one if its key is given; return how many."""
    rows = AccountSession.objects.filter(account=account)
    return rows.exclude(pk=but).delete()[0] if but else rows.delete()[0]


class SessionLimitsMiddleware:
    """Ends a session in which nothing happened for too long; a longest time ends by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the session of whoever has signed in."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            self.look_at(request)
        return self.get_response(request)

    def look_at(self, request: HttpRequest) -> None:
        """End it, or write down from time to time that it was seen."""
        facts = request.session.get(FACTS)
        if facts is None:
            if request.user.is_authenticated:
                begin_session(request, request.user)
            return
        silent = timezone.now().timestamp() - facts["seen"]
        if silent > facts["idle"]:
            logout(request)
        elif silent > LOOKED_AT_EVERY.total_seconds():
            request.session[FACTS] = {**facts, "seen": timezone.now().timestamp()}
