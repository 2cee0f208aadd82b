"""The pages of accounts: sign-in, one's own account, and where links of mails lead."""

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import perform_login
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, LogoutView
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from untfsse.accounts import forms, services
from untfsse.accounts.events import record
from untfsse.accounts.limits import TooManyTriesError, admitted, failed, let_in, may_ask_for_mail
from untfsse.accounts.links import LinkError, Purpose, read_key
from untfsse.accounts.models import EventKind, FocalPoint
from untfsse.accounts.tasks import send_reset
from untfsse.kit.access.hashing import hashing
from untfsse.kit.access.sessions import sessions_of
from untfsse.kit.history.changes import acting

read_or_send = require_http_methods(["GET", "HEAD", "POST"])


def site_of(request: HttpRequest) -> str:
    """Return the address under which the portal was asked, for links in mails."""
    return request.build_absolute_uri("/")


def sign_in(request: HttpRequest, account: User, address: str) -> HttpResponse:
    """Let somebody in who gave the right password, after the second factor if there is one."""
    if request.user.is_authenticated:
        logout(request)
    response: HttpResponse = perform_login(
        request, account, email_verification="none", redirect_url=address
    )
    return response


class SignIn(LoginView):
    """Sign-in; without a page that was asked for, staff go to their desk and others home."""

    authentication_form = forms.SignInForm

    def form_valid(self, form: Any) -> HttpResponse:
        """Let them in, by way of the second factor."""
        account = form.get_user()
        home = reverse("admin:index" if account.is_staff else "home")
        return sign_in(self.request, account, self.get_redirect_url() or home)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say it again, and for how long somebody has to wait."""
        return forms.answer_refusal(form, super().form_invalid(form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether there is a way in by an agency."""
        return super().get_context_data(agency=settings.OIDC_NAME, **kwargs)


class SignOut(LogoutView):
    """Sign-out, written down."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session."""
        if request.user.is_authenticated:
            record(EventKind.SIGNED_OUT, request, request.user)
        return super().post(request, *args, **kwargs)


@require_http_methods(["GET", "HEAD"])
def given_up(request: HttpRequest) -> HttpResponse:
    """Say that somebody gave up at their agency."""
    return render(request, "socialaccount/login_cancelled.html")


# --- One's own account -----------------------------------------------------------------------


@never_cache
@login_required
@require_http_methods(["GET", "HEAD"])
def overview(request: HttpRequest) -> HttpResponse:
    """Show an account to its person: sessions, password, address, second factor."""
    account: Any = request.user
    focal_point = FocalPoint.objects.filter(account=account).select_related("organization").first()
    context = {
        "account": account,
        "focal_point": focal_point,
        "sessions": sessions_of(account),
        "current": request.session.session_key,
        "factors": Authenticator.objects.filter(user=account).order_by("pk"),
    }
    return render(request, "accounts/overview.html", context)


@login_required
@require_POST
def end_session(request: HttpRequest, number: UUID) -> HttpResponse:
    """End one other session of the same account."""
    rows = sessions_of(request.user).exclude(pk=request.session.session_key)
    get_object_or_404(rows, number=number).delete()
    record(EventKind.SESSIONS_ENDED, request, request.user)
    messages.success(request, gettext("That session has ended."))
    return redirect("accounts:overview")


@login_required
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all sessions but this one."""
    services.sign_out_everywhere(request.user, request=request, but=request.session.session_key)
    messages.success(request, gettext("You are signed in here alone."))
    return redirect("accounts:overview")


@never_cache
@sensitive_post_parameters()
@login_required
@read_or_send
def change_password(request: HttpRequest) -> HttpResponse:
    """Change a password for whoever gives the old one."""
    account: Any = request.user
    form = forms.ChangePasswordForm(account, request.POST or None)
    if form.is_valid() and is_own_password(request, form):
        with hashing(is_known=True):
            services.change_password(account, form.cleaned_data["password"], request=request)
        update_session_auth_hash(request, account)
        messages.success(request, gettext("Your password is changed. Other sessions have ended."))
        return redirect("accounts:overview")
    page = {"form": form, "title": gettext("Change your password")}
    response = render(request, "accounts/form.html", page)
    return forms.answer_refusal(form, response)


def is_own_password(request: HttpRequest, form: Any) -> bool:
    """Whether the old password is the right one; says so at its box if not."""
    account: Any = request.user
    name = account.get_username()
    try:
        with admitted(request, name):
            is_right = bool(account.check_password(form.cleaned_data["old"]))
    except TooManyTriesError as refused:
        form.add_error("old", forms.ThrottledError(refused))
        return False
    if is_right:
        let_in(request, name)
    else:
        failed(request, name)
        form.add_error("old", ValidationError(gettext("This is not your password.")))
    return is_right


@never_cache
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
@read_or_send
def change_address(request: HttpRequest) -> HttpResponse:
    """Ask for another address; it is taken over once it was confirmed there."""
    account: Any = request.user
    form = forms.ChangeAddressForm(request.POST or None)
    if form.is_valid():
        address = form.cleaned_data["email"]
        if may_ask_for_mail(request, address):
            services.ask_to_confirm(account, address, site=site_of(request))
        page = {"title": gettext("Look into your mails"), "address": address}
        return render(request, "accounts/sent.html", page)
    page = {"form": form, "title": gettext("Change your mail address")}
    return render(request, "accounts/form.html", page)


# --- Where mails lead ------------------------------------------------------------------------


@never_cache
@read_or_send
def ask_reset(request: HttpRequest) -> HttpResponse:
    """Send the way to a new password; whether there is such an account is told nobody."""
    form = forms.AskResetForm(request.POST or None)
    if form.is_valid():
        address = form.cleaned_data["email"]
        if may_ask_for_mail(request, address):
            record(EventKind.RESET_ASKED, request, name=address)
            send_reset.enqueue(address, site_of(request))
        page = {"title": gettext("Look into your mails"), "address": address}
        return render(request, "accounts/sent.html", page)
    page = {"form": form, "title": gettext("A new password")}
    return render(request, "accounts/form.html", page)


@never_cache
@sensitive_post_parameters()
@read_or_send
def choose_password(request: HttpRequest, purpose: str, key: str) -> HttpResponse:
    """Let whoever holds a link choose a password, and let them in."""
    try:
        account, _fact = read_key(Purpose(purpose), key)
        form = forms.NewPasswordForm(account, request.POST or None)
        if form.is_valid():
            with hashing(is_known=True):
                password = form.cleaned_data["password"]
                account = services.set_password(Purpose(purpose), key, password, request=request)
            messages.success(request, gettext("Your password is kept."))
            home = reverse("admin:index" if account.is_staff else "accounts:overview")
            return sign_in(request, account, home)
    except LinkError:
        return render(request, "accounts/outdated.html", status=410)
    page = {"form": form, "account": account, "title": gettext("Choose a password")}
    return render(request, "accounts/form.html", page)


@never_cache
@read_or_send
def confirm_address(request: HttpRequest, key: str) -> HttpResponse:
    """Take over an address once its owner says so; a mere look changes nothing."""
    try:
        account, address = read_key(Purpose.ADDRESS, key)
        if request.method == "POST":
            with acting(actor_id=account.pk, origin="account"):
                services.change_address(key, request=request)
            messages.success(request, gettext("Your mail address is changed."))
            return redirect("accounts:overview" if request.user.is_authenticated else "sign_in")
    except LinkError:
        return render(request, "accounts/outdated.html", status=410)
    page = {"address": address, "title": gettext("Confirm your mail address")}
    return render(request, "accounts/confirm.html", page)
