"""Events: what happened to an account is written down as it happens."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest

from untfsse.accounts.models import LONGEST_NAME, AccountEvent, EventKind
from untfsse.accounts.tasks import send_notice
from untfsse.kit.access.visitors import address_of, device_of
from untfsse.kit.history.changes import Change

RECOVERY_CODES = "recovery_codes"
FACTOR_CHECKED = "second_factor"
"""The word in a session that says that its account has a second factor."""


def record(
    kind: EventKind, request: HttpRequest | None, account: Any = None, *, name: str = ""
) -> None:
    """Write down what happened; of a failure, the name that was tried."""
    AccountEvent.objects.create(
        kind=kind,
        account=account,
        name=name[:LONGEST_NAME],
        address=(address_of(request) or None) if request else None,
        device=device_of(request) if request else "",
    )


def forget_events(*, before: dt.datetime) -> int:
    """Forget what happened earlier, in the history too; return how many events that were."""
    count, _by_model = AccountEvent.objects.filter(happened_at__lt=before).delete()
    known = AccountEvent.objects.values("pk")
    table = AccountEvent._meta.db_table
    Change.objects.filter(table=table).exclude(row_id__in=known).delete()
    return count


def on_factor_added(request: HttpRequest, user: User, authenticator: Any, **_kwargs: Any) -> None:
    """Write it down, and tell the person by mail; recovery codes come along with the first."""
    if authenticator.type == RECOVERY_CODES:
        record(EventKind.CODES_MADE, request, user)
        return
    record(EventKind.FACTOR_ADDED, request, user)
    send_notice.enqueue(EventKind.FACTOR_ADDED, user.pk)


def on_factor_removed(request: HttpRequest, user: User, authenticator: Any, **_kwargs: Any) -> None:
    """Write it down, and tell the person by mail; recovery codes go with the last."""
    request.session.pop(FACTOR_CHECKED, None)
    if authenticator.type != RECOVERY_CODES:
        record(EventKind.FACTOR_REMOVED, request, user)
        send_notice.enqueue(EventKind.FACTOR_REMOVED, user.pk)


def on_codes_made(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Write it down."""
    record(EventKind.CODES_MADE, request, user)
