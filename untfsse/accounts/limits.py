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
from django.utils.crypto import salted_hmac

from untfsse.accounts.events import record
from untfsse.accounts.models import EventKind
from untfsse.kit.access.hashing import RETRY_SECONDS, TooBusyError, hashing
from untfsse.kit.access.throttle import Limit, count_try, forget, forget_about, take_back
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
    name = name.strip().lower()
    return salted_hmac("accounts.limits", name, algorithm="sha256").hexdigest()


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
    """Return by what a try is counted, in this order: who is stopped by one counts for none."""
    number, *names = known_device(request) or [""]
    if name_key(name)[:32] in names:
        return [(DEVICE, DEVICE.key(number, name_key(name)))]
    network = network_of(address_of(request))
    return [
        (NETWORK, NETWORK.key(network)),
        (PAIR, PAIR.key(name_key(name), network)),
        (STRANGERS, STRANGERS.key(name_key(name))),
    ]


@contextmanager
def admitted(request: HttpRequest, name: str) -> Iterator[None]:
    """Let a password be tried inside the block; raises TooManyTriesError before it is hashed."""
    steps = steps_of(request, name)
    for index, step in enumerate(steps):
        about = "" if step[0] is NETWORK else name_key(name)
        if refusal := count_try(*step, about=about):
            take_back(steps[:index])
            if refusal.is_first:
                record(EventKind.LOCKED, request, name=name)
            raise TooManyTriesError(refusal.seconds)
    try:
        with hashing(is_known=steps[0][0] is DEVICE):
            yield
    except TooBusyError as error:
        # An address that floods is stopped by its own tries; no account is.
        take_back([step for step in steps if step[0] is not NETWORK])
        raise TooManyTriesError(RETRY_SECONDS, status=503) from error


def let_in(request: HttpRequest, name: str) -> None:
    """Forget the tries of somebody who gave the right password."""
    steps = steps_of(request, name)
    forget([step for step in steps if step[0] in {PAIR, DEVICE}])
    take_back([step for step in steps if step[0] in {NETWORK, STRANGERS}])


def failed(request: HttpRequest, name: str) -> None:
    """Write down a wrong password."""
    record(EventKind.FAILED, request, name=name)


def lift_locks(name: str) -> None:
    """End all that stops anybody from an account, but for an address that tries many."""
    forget_about(name_key(name))


def count_code(name: str) -> None:
    """Count a code of the second factor; raises TooManyTriesError."""
    if refusal := count_try(CODE, CODE.key(name_key(name)), about=name_key(name)):
        raise TooManyTriesError(refusal.seconds)


def use_code(name: str, code: str) -> bool:
    """Whether nobody has used this code before; then its account is counted anew."""
    if count_try(USED_CODE, USED_CODE.key(name_key(name), code)):
        return False
    forget([(CODE, CODE.key(name_key(name)))])
    return True


def may_keep_form(request: HttpRequest) -> bool:
    """Whether a form may wait in the session of somebody who has not signed in yet."""
    return not count_try(KEPT_FORMS, KEPT_FORMS.key(network_of(address_of(request))))


def may_ask_for_mail(request: HttpRequest, address: str) -> bool:
    """Whether a mail may be asked for, by whoever asks and to whom it goes."""
    network = network_of(address_of(request))
    asked = count_try(MAILS_ASKED, MAILS_ASKED.key(network))
    return not asked and not count_try(MAILS, MAILS.key(address.strip().lower()))
