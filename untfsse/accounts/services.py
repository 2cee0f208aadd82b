"""What is done with accounts: invite, let in, change a password or an address, end sessions."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from taskforce.models import Organization, Person
from untfsse.accounts.events import record
from untfsse.accounts.limits import lift_locks
from untfsse.accounts.links import LinkError, Purpose, read_key
from untfsse.accounts.models import Account, EventKind, FocalPoint
from untfsse.accounts.tasks import send_confirmation, send_invitation, send_notice
from untfsse.kit.access.sessions import end_sessions
from untfsse.kit.records.roles import MEMBER, Actor, require


@transaction.atomic
def invite(
    *,
    email: str,
    role: Group,
    organization: Organization | None,
    person: Person | None,
    by: Actor,
    site: str,
) -> Account:
    """Make an account without a password, and send its person the way to one."""
    require(by, "add", Account)
    address = email.lower()
    if is_taken(address):
        raise ValidationError({"email": _("There is an account with this address already.")})
    if role.name == MEMBER and organization is None:
        raise ValidationError({"organization": _("A focal point speaks for an organization.")})
    given, _space, family = person.name.rpartition(" ") if person else ("", "", "")
    account = Account(
        username=address,
        email=address,
        first_name=given[:150],
        last_name=family[:150],
        is_staff=role.name != MEMBER,
    )
    account.set_unusable_password()
    account.save()
    account.groups.add(role)
    if organization is not None:
        FocalPoint.objects.create(account=account, organization=organization, person=person)
    record(EventKind.INVITED, None, account)
    send_invitation.enqueue(account.pk, site)
    return account


def is_taken(address: str, *, but: int = 0) -> bool:
    """Whether an account has this address, or somebody signs in by it.

    Until the transaction ends nobody else is told that it is free.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('accounts.address'))")
    known = Q(email__iexact=address) | Q(username__iexact=address)
    return User.objects.filter(known).exclude(pk=but).exists()


@transaction.atomic
def set_password(
    purpose: Purpose, key: str, password: str, *, request: HttpRequest | None = None
) -> User:
    """Give an account the password that its person chose by a link of ours.

    Whoever can read the mail is let in: locks end, and so do all sessions. Raises LinkError.
    """
    account, _fact = read_key(purpose, key, lock=True)
    account.set_password(password)
    account.save(update_fields=["password"])
    end_sessions(account)
    lift_locks(account.username)
    is_new = purpose == Purpose.INVITATION
    record(EventKind.JOINED if is_new else EventKind.PASSWORD, request, account)
    if not is_new:
        send_notice.enqueue(EventKind.PASSWORD, account.pk)
    return account


@transaction.atomic
def change_password(account: Any, password: str, *, request: HttpRequest) -> None:
    """Give an account another password; its other sessions end."""
    account.set_password(password)
    account.save(update_fields=["password"])
    end_sessions(account, but=request.session.session_key)
    record(EventKind.PASSWORD, request, account)
    send_notice.enqueue(EventKind.PASSWORD, account.pk)


def ask_to_confirm(account: Any, address: str, *, site: str) -> None:
    """Send the new address the way to become the one; an address of another is told by nothing."""
    if not is_taken(address):
        send_confirmation.enqueue(account.pk, address, site)


@transaction.atomic
def change_address(key: str, *, request: HttpRequest) -> User:
    """Take over an address that somebody confirmed; raises LinkError.

    Whoever signs in by their address does so by the new one.
    """
    account, address = read_key(Purpose.ADDRESS, key, lock=True)
    if is_taken(address, but=account.pk):
        raise LinkError
    before = account.email
    if account.username == before.lower():
        account.username = address
    account.email = address
    account.save(update_fields=["username", "email"])
    record(EventKind.ADDRESS, request, account)
    if before:
        send_notice.enqueue(EventKind.ADDRESS, account.pk, before)
    return account


# --- What the Secretariat does ----------------------------------------------------------------


def invite_again(account: Account, *, by: Actor, site: str) -> None:
    """Send the way to a password once more."""
    require(by, "change", Account)
    record(EventKind.INVITED, None, account)
    send_invitation.enqueue(account.pk, site)


def unlock(account: Account, *, by: Actor, request: HttpRequest) -> None:
    """Let unknown devices try again."""
    require(by, "change", Account)
    lift_locks(account.username)
    record(EventKind.UNLOCKED, request, account)


@transaction.atomic
def remove_factors(account: Account, *, by: Actor, request: HttpRequest) -> None:
    """Take the second factor from somebody who lost it; they sign in and make a new one."""
    require(by, "change", Account)
    Authenticator.objects.filter(user_id=account.pk).delete()
    end_sessions(account)
    record(EventKind.FACTOR_REMOVED, request, account)
    send_notice.enqueue(EventKind.FACTOR_REMOVED, account.pk)


def settle_roles(account: Any, *, request: HttpRequest) -> None:
    """Let the back office open to those in a role that works there, and sessions begin anew."""
    is_staff = account.groups.exclude(name=MEMBER).exists()
    if account.is_staff != is_staff:
        account.is_staff = is_staff
        account.save(update_fields=["is_staff"])
    sign_out_everywhere(account, request=request)


def sign_out_everywhere(account: Any, *, request: HttpRequest, but: str | None = None) -> int:
    """End all sessions of an account, but one if its key is given; return how many."""
    ended = end_sessions(account, but=but)
    record(EventKind.SESSIONS_ENDED, request, account)
    return ended
