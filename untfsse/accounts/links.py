"""Links in mails: signed, of limited life, and of no use once what they change has changed."""

import datetime as dt
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import User
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac


class Purpose(StrEnum):
    """What a link lets somebody do."""

    INVITATION = "invitation"
    RESET = "reset"
    ADDRESS = "address"


LIVES = {
    Purpose.INVITATION: dt.timedelta(days=7),
    Purpose.RESET: dt.timedelta(hours=1),
    Purpose.ADDRESS: dt.timedelta(days=1),
}


class LinkError(Exception):
    """A link that is too old, used already, or not ours."""


def state_of(account: User) -> str:
    """Return what changes as soon as the account does."""
    state = repr((account.password, account.email, account.is_active))
    return salted_hmac("accounts.links", state, algorithm="sha256").hexdigest()[:32]


def make_key(purpose: Purpose, account: User, fact: str = "") -> str:
    """Return what identifies the account in a link, with a fact that it carries."""
    return signing.dumps([account.pk, state_of(account), fact], salt=f"accounts.{purpose}")


def read_key(purpose: Purpose, key: str, *, lock: bool = False) -> tuple[User, str]:
    """Return the account and the fact of a link; raises LinkError.

    With `lock` nobody else uses the same link until the transaction ends.
    """
    accounts: Any = User.objects.select_for_update() if lock else User.objects
    try:
        pk, state, fact = signing.loads(key, salt=f"accounts.{purpose}", max_age=LIVES[purpose])
        account: User = accounts.get(pk=pk, is_active=True)
    except (signing.BadSignature, User.DoesNotExist) as error:
        raise LinkError from error
    if not constant_time_compare(state, state_of(account)):
        raise LinkError
    return account, fact
