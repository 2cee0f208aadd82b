"""Forms of accounts: sign-in, a new password, a new address, a code, an invitation."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import password_validation
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from untfsse.accounts.events import record
from untfsse.accounts.limits import (
    TooManyTriesError,
    admitted,
    count_code,
    failed,
    let_in,
    use_code,
)
from untfsse.accounts.models import LONGEST_NAME, EventKind

THROTTLED = "throttled"
LONGEST_PASSWORD = 4096


class ThrottledError(ValidationError):
    """What a form says to somebody who has tried too often."""

    def __init__(self, refused: TooManyTriesError) -> None:
        minutes = -(-refused.seconds // 60)
        words = ngettext(
            "Too many tries: wait %(minutes)s minute, or ask for a new password by mail.",
            "Too many tries: wait %(minutes)s minutes, or ask for a new password by mail.",
            minutes,
        )
        if refused.status != 429:
            words = gettext("Many people sign in just now. Try again in a few seconds.")
        super().__init__(words, code=THROTTLED, params={"minutes": minutes})
        self.refused = refused


def answer_refusal(form: Any, response: HttpResponse) -> HttpResponse:
    """Say to machines as well that somebody has to wait."""
    errors: ErrorDict = form.errors
    for error in (error for listed in errors.as_data().values() for error in listed):
        if isinstance(error, ThrottledError):
            response.status_code = error.refused.status
            response.headers["Retry-After"] = str(error.refused.seconds)
    return response


class SignInForm(AuthenticationForm):
    """Name and password; both are looked at only if the throttle lets them."""

    username = UsernameField(
        label=_("Mail address or username"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _("Please enter a correct %(username)s and password."),
    }

    def clean(self) -> dict[str, Any]:
        """Look at the password, unless too many were tried."""
        name = self.cleaned_data.get("username")
        if not (name and self.cleaned_data.get("password") and self.request):
            return super().clean()
        if "@" in name:  # mail addresses are kept in small letters
            name = self.cleaned_data["username"] = name.lower()
        try:
            with admitted(self.request, name):
                cleaned = super().clean()
        except TooManyTriesError as refused:
            raise ThrottledError(refused) from None
        except ValidationError:
            failed(self.request, name)
            raise
        let_in(self.request, name)
        return cleaned


class StaffSignInForm(SignInForm, AdminAuthenticationForm):
    """The same at the door of the back office, which opens to staff alone."""

    error_messages = AdminAuthenticationForm.error_messages


class CodeMixin(forms.Form):
    """A code of the second factor: few tries, and each code once, in all processes."""

    user: User
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> str:
        """Look at a code, unless too many were tried."""
        try:
            count_code(self.user.get_username())
        except TooManyTriesError as refused:
            raise ThrottledError(refused) from None
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError:
            record(EventKind.CODE_FAILED, context.request, self.user)
            raise
        if not use_code(self.user.get_username(), code):
            raise ValidationError(_("This code was used already: wait for the next."))
        return code


class CodeForm(CodeMixin, AuthenticateForm):  # type: ignore[misc]
    """The code after the password."""


class ConfirmCodeForm(CodeMixin, ReauthenticateForm):  # type: ignore[misc]
    """The code before something that matters."""


class AskResetForm(forms.Form):
    """Where the way to a new password is sent."""

    email = forms.EmailField(
        label=_("Mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class NewPasswordForm(forms.Form):
    """A new password, once: who mistypes it asks for a mail again."""

    password = forms.CharField(
        label=_("New password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        help_text=_("At least 12 letters or signs; a sentence is good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, account: User, *args: Any, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """Refuse what is too easy."""
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.account)
        return password


class ChangePasswordForm(NewPasswordForm):
    """A new password for somebody who gives the old one."""

    old = forms.CharField(
        label=_("Password of now"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old", "password")


class ChangeAddressForm(forms.Form):
    """Where mails go from now on, once that is confirmed."""

    email = forms.EmailField(
        label=_("New mail address"),
        max_length=150,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        """Keep it in small letters."""
        return str(self.cleaned_data["email"]).lower()
