"""What the library of accounts asks of us: sign-in, second factors, accounts of agencies."""

from base64 import urlsafe_b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from untfsse.accounts.events import record
from untfsse.accounts.forms import ThrottledError
from untfsse.accounts.limits import TooManyTriesError, admitted, failed, let_in, remember_device
from untfsse.accounts.models import EventKind
from untfsse.accounts.tasks import site_name
from untfsse.kit.access.sessions import FACTS, begin_session
from untfsse.kit.access.visitors import address_of

FRESH_SECONDS = 300
"""So long a sign-in counts as proof of who somebody is."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Every sign-in ends here, whichever way it came."""

    def login(self, request: HttpRequest, user: Any) -> None:
        """Begin a session of limited life, and write it down."""
        super().login(request, user)
        begin_session(request, user)
        record(EventKind.SIGNED_IN, request, user)

    def post_login(self, request: HttpRequest, user: Any, **facts: Any) -> HttpResponse:
        """Let the browser prove from now on that it was let in."""
        response: HttpResponse = super().post_login(request, user, **facts)
        remember_device(request, response, user.get_username())
        return response

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Look at a password once more, within the same limits."""
        name = user.get_username()
        try:
            with admitted(self.request, name):
                is_right = user.check_password(password)
        except TooManyTriesError as refused:
            raise ThrottledError(refused) from None
        if is_right:
            let_in(self.request, name)
        else:
            failed(self.request, name)
        return bool(is_right)

    def is_reauthentication_required(self, *, app: str, **_facts: Any) -> bool:
        """Ask nothing of somebody who has just signed in."""
        began = self.request.session.get(FACTS, {}).get("began", 0)
        return bool(timezone.now().timestamp() - began > FRESH_SECONDS)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Let nobody make an account: the Secretariat invites."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address as all of the portal knows it."""
        return address_of(request)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: our own mails say what changed."""


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their secrets lie encrypted, so that a backup opens no account."""

    def _get_site_name(self) -> str:
        return site_name()

    def encrypt(self, text: str) -> str:
        """Encrypt a secret with a key that follows from `SECRET_KEY`."""
        return box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return it; an earlier `SECRET_KEY` is known by `SECRET_KEY_FALLBACKS`."""
        return box().decrypt(encrypted_text.encode()).decode()


def box() -> MultiFernet:
    """Return what encrypts and decrypts."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    hashes = [salted_hmac("accounts.factors", "", key, algorithm="sha256").digest() for key in keys]
    return MultiFernet([Fernet(urlsafe_b64encode(each)) for each in hashes])


class AgencyAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Accounts of agencies: they open accounts that the Secretariat made, and make none."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join it with the one account of the address that the agency has verified."""
        if sociallogin.is_existing:
            return
        verified = [each.email for each in sociallogin.email_addresses if each.verified]
        accounts = list(User.objects.filter(email__in=[mail.lower() for mail in verified]))
        if len(accounts) != 1 or not accounts[0].is_active:
            record(EventKind.FAILED, request, name=" ".join(verified))
            raise ImmediateHttpResponse(render(request, "accounts/unknown.html", status=403))
        sociallogin.connect(request, accounts[0])

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Let nobody make an account."""
        return False
