"""Limits: who may try a password now, so that guessers are stopped and nobody is locked out.

A device from which an account was let in before is counted by itself: what strangers try elsewhere
does not stop it. Others are counted by account and address together, by address, and slowly by
account. The way to a new password, by mail, ends all locks of an account.
"""

import datetime as dt
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponse

from untfsse.accounts.events import record
from untfsse.accounts.models import EventKind
from untfsse.kit.access.hashing import RETRY_SECONDS, TooBusyError, hashing
from untfsse.kit.access.throttle import Limit, count_try, forget, take_back
from untfsse.kit.access.visitors import address_of, network_of

QUARTER, HOUR = dt.timedelta(minutes=15), dt.timedelta(hours=1)
PAIR = Limit("account and address", 5, QUARTER)
NETWORK = Limit("address", 50, QUARTER)
STRANGERS = Limit("account from unknown devices", 100, HOUR)
DEVICE = Limit("account and known device", 10, QUARTER)
CODE = Limit("second factor", 5, QUARTER)
USED_CODE = Limit("used code", 1, dt.timedelta(minutes=2))
MAILS = Limit("mails to an address", 3, HOUR)
MAILS_ASKED = Limit("mails asked from an address", 20, HOUR)
KEPT_FORMS = Limit("forms kept before a sign-in", 10, HOUR)

COOKIE = "known_device"
COOKIE_SECONDS = 400 * 24 * 60 * 60
MOST_ACCOUNTS = 5


class TooManyTriesError(Exception):
    """A try that is not made; `seconds` until the next one may be."""

    def __init__(self, seconds: int, status: int = 429) -> None:
        super().__init__(seconds)
        self.seconds, self.status = seconds, status


def name_key(name: str) -> str:
    """Return a name as it is counted, which tells nothing of it."""
    return STRANGERS.key(name.strip().lower())


# --- Known devices ---------------------------------------------------------------------------


def known_device(request: HttpRequest) -> list[str]:
    """Return the number of a device and the accounts that were let in from it."""
    cookie = request.get_signed_cookie(COOKIE, default="", max_age=COOKIE_SECONDS)
    return str(cookie).split(".") if cookie else []


def remember_device(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """Let a browser bring proof that this account was let in from it."""
    number, *names = known_device(request) or [secrets.token_hex(8)]
    key = name_key(name)[:32]
    latest = [key, *(other for other in names if other != key)][:MOST_ACCOUNTS]
    response.set_signed_cookie(
        COOKIE,
        ".".join([number, *latest]),
        max_age=COOKIE_SECONDS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


# --- Trying a password -----------------------------------------------------------------------


def steps_of(request: HttpRequest, name: str) -> list[tuple[Limit, str]]:
    """Return by what a try is counted, in this order: who is stopped by one counts for no other."""
    number, *names = known_device(request) or [""]
    if name_key(name)[:32] in names:
        return [(DEVICE, DEVICE.key(number, name_key(name)))]
    network = network_of(address_of(request))
    return [
        (PAIR, PAIR.key(name_key(name), network)),
        (NETWORK, NETWORK.key(network)),
        (STRANGERS, name_key(name)),
    ]


@contextmanager
def admitted(request: HttpRequest, name: str) -> Iterator[None]:
    """Let a password be tried inside the block; raises TooManyTriesError before it is hashed."""
    steps = steps_of(request, name)
    for index, step in enumerate(steps):
        if refusal := count_try(*step):
            take_back(steps[:index])
            if refusal.is_first:
                record(EventKind.LOCKED, request, name=name)
            raise TooManyTriesError(refusal.seconds)
    try:
        with hashing(is_known=steps[0][0] is DEVICE):
            yield
    except TooBusyError as error:
        take_back(steps)
        raise TooManyTriesError(RETRY_SECONDS, status=503) from error


def let_in(request: HttpRequest, name: str) -> None:
    """Forget the tries of somebody who gave the right password."""
    first, *others = steps_of(request, name)
    forget([first])
    take_back(others)


def failed(request: HttpRequest, name: str) -> None:
    """Write down a wrong password."""
    record(EventKind.FAILED, request, name=name)


def lift_locks(name: str, *, request: HttpRequest | None = None) -> None:
    """End what stops unknown devices from an account, and this visitor in particular."""
    forget([(STRANGERS, name_key(name))])
    if request is not None:
        forget(steps_of(request, name)[:1])


def count_code(account_pk: int) -> None:
    """Count a code of the second factor; raises TooManyTriesError."""
    if refusal := count_try(CODE, CODE.key(account_pk)):
        raise TooManyTriesError(refusal.seconds)


def use_code(account_pk: int, code: str) -> bool:
    """Whether nobody has used this code before; then its account is counted anew."""
    if count_try(USED_CODE, USED_CODE.key(account_pk, code)):
        return False
    forget([(CODE, CODE.key(account_pk))])
    return True


def may_keep_form(request: HttpRequest) -> bool:
    """Whether a form may wait in the session of somebody who has not signed in yet."""
    return not count_try(KEPT_FORMS, KEPT_FORMS.key(network_of(address_of(request))))


def may_ask_for_mail(request: HttpRequest, address: str) -> bool:
    """Whether a mail may be asked for, by whoever asks and to whom it goes."""
    network = network_of(address_of(request))
    asked = count_try(MAILS_ASKED, MAILS_ASKED.key(network))
    return not asked and not count_try(MAILS, MAILS.key(address.strip().lower()))
