"""The second factor is required: until it is there, staff see the pages to set it up, no others."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from untfsse.accounts.events import FACTOR_CHECKED

OPEN = {"account_login", "account_reauthenticate", "sign_in", "sign_out"}
WANTED = "wanted_page"
"""The word in a session for the page to which its account was on the way."""
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondFactorMiddleware:
    """Leads staff without a second factor to where they make one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Look at whoever has signed in."""
        has_cookie = settings.SESSION_COOKIE_NAME in request.COOKIES
        if not (settings.SECOND_FACTOR_REQUIRED and has_cookie and SESSION_KEY in request.session):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in OPEN or name.startswith("mfa_") or not lacks_factor(request):
            return None
        is_page = request.headers.get("Sec-Fetch-Dest", "document") == "document"
        if request.method == "GET" and is_page:
            request.session[WANTED] = request.get_full_path()
        return HttpResponseRedirect(reverse("mfa_index"))


def lacks_factor(request: HttpRequest) -> bool:
    """Whether somebody must have a second factor and has none; asked once a session."""
    if request.session.get(FACTOR_CHECKED):
        return False
    user: Any = request.user
    if not (user.is_staff or user.is_superuser):
        return False
    if not is_mfa_enabled(user, FACTORS):
        return True
    request.session[FACTOR_CHECKED] = True
    request.session.pop(WANTED, None)
    return False
