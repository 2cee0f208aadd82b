"""Mails, sent by a worker: what is asked for takes the same time whoever is meant."""

from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from untfsse.accounts.links import LIVES, Purpose, make_key
from untfsse.accounts.models import EventKind
from untfsse.kit.tasks.backend import task


def send(template: str, subject: str, to: str, **facts: object) -> None:
    """Send a mail; its text is a template of this name."""
    text = render_to_string(f"accounts/mails/{template}.txt", {"site": site_name(), **facts})
    EmailMessage(subject, text, to=[to]).send()


def site_name() -> str:
    """Return how the portal calls itself in a mail."""
    return gettext("UNTFSSE portal")


def link(site: str, purpose: Purpose, account: User, fact: str = "") -> str:
    """Return the address that a mail names."""
    path = reverse(f"accounts:{purpose}", args=[make_key(purpose, account, fact)])
    return urljoin(settings.SITE_URL or site, path)


def end_of(purpose: Purpose) -> str:
    """Return until when a link of now is good for something."""
    return date_format(localtime(now() + LIVES[purpose]), "j F Y, H:i")


@task(label=_("Send an invitation"))
def send_invitation(pk: int, site: str) -> None:
    """Invite somebody who has an account already and no password yet."""
    account = User.objects.get(pk=pk, is_active=True)
    send(
        "invitation",
        gettext("Your account on the UNTFSSE portal"),
        account.email,
        account=account,
        link=link(site, Purpose.INVITATION, account),
        until=end_of(Purpose.INVITATION),
    )


@task(label=_("Send the way to a new password"))
def send_reset(address: str, site: str) -> int:
    """Send it to every account of an address; return how many there are, which may be none."""
    accounts = User.objects.filter(email__iexact=address, is_active=True)
    for account in accounts:
        send(
            "reset",
            gettext("A new password for the UNTFSSE portal"),
            account.email,
            account=account,
            link=link(site, Purpose.RESET, account),
            until=end_of(Purpose.RESET),
        )
    return len(accounts)


@task(label=_("Send the way to confirm an address"))
def send_confirmation(pk: int, address: str, site: str) -> None:
    """Ask at the new address whether it is meant."""
    account = User.objects.get(pk=pk, is_active=True)
    send(
        "address",
        gettext("Confirm your address for the UNTFSSE portal"),
        address,
        account=account,
        link=link(site, Purpose.ADDRESS, account, address),
        until=end_of(Purpose.ADDRESS),
    )


@task(label=_("Tell somebody that their account changed"))
def send_notice(kind: str, pk: int, address: str = "") -> None:
    """Say what changed, where the account has an address; `address` is one that it had before."""
    account = User.objects.get(pk=pk)
    if to := address or account.email:
        what = EventKind(kind).label
        send("notice", gettext("Your account changed: %(what)s") % {"what": what}, to, what=what)
