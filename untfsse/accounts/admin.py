"""Accounts in the back office: invitations, roles, locks, and what happened at the doors."""

from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from untfsse.accounts import services
from untfsse.accounts.mailbox import is_folder, mails
from untfsse.accounts.models import Account, AccountEvent, FocalPoint
from untfsse.accounts.roles import may_look_after, roles_to_give
from untfsse.kit.backoffice import StackedInline
from untfsse.kit.backoffice.acts import Act, ActsMixin
from untfsse.kit.backoffice.base import FormFieldsMixin, ReadOnlyAdmin
from untfsse.kit.backoffice.history import HistoryMixin
from untfsse.kit.backoffice.lists import ChangeListMixin
from untfsse.kit.forms.model_forms import choose
from untfsse.kit.generics import DjangoModelAdmin

# They hold secrets, or are what one's own pages are for.
admin.site.unregister([Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken])


class InvitationForm(forms.Form):
    """Whom to invite, for whom they speak, and what they may do."""

    email = forms.EmailField(label=_("Mail address"), max_length=150)
    role = forms.ModelChoiceField(
        Group.objects.order_by("name"),
        label=_("Role"),
        help_text=_("A focal point is a “Member”; every other role works in the back office."),
    )
    organization = choose(FocalPoint, "organization", label=_("Organization"), required=False)
    person = choose(FocalPoint, "person", label=_("Person"), required=False)


def do_invite(request: HttpRequest, _record: Any, facts: dict[str, Any]) -> str:
    """Make an account, and send the invitation."""
    if facts["role"].pk not in roles_to_give(request.user):
        raise PermissionDenied(gettext("This role may do more than yours: you cannot give it."))
    account = services.invite(**facts, by=request.user, site=request.build_absolute_uri("/"))
    return gettext("An invitation is on its way to %(address)s.") % {"address": account.email}


def do_invite_again(request: HttpRequest, account: Any, _facts: Any) -> str:
    """Send the invitation once more."""
    services.invite_again(account, by=request.user, site=request.build_absolute_uri("/"))
    return gettext("An invitation is on its way to %(address)s.") % {"address": account.email}


def do_unlock(request: HttpRequest, account: Any, _facts: Any) -> str:
    """Lift the lock."""
    services.unlock(account, by=request.user, request=request)
    return gettext("It may be tried again, from everywhere.")


def do_remove_factors(request: HttpRequest, account: Any, _facts: Any) -> str:
    """Take the second factor away."""
    services.remove_factors(account, by=request.user, request=request)
    return gettext("The second factor is gone: the next sign-in asks for a new one.")


def do_end_sessions(request: HttpRequest, account: Any, _facts: Any) -> str:
    """End all sessions."""
    services.sign_out_everywhere(account, request=request)
    return gettext("All sessions have ended.")


INVITE = Act(
    "invite",
    _("Invite somebody"),
    do_invite,
    _("An account is made, and a mail goes out with a link to choose a password."),
    form=InvitationForm,
    permission="add",
)
ACTS = (
    Act(
        "invite-again",
        _("Invite again"),
        do_invite_again,
        _("Another mail with a link goes out; earlier links stay good until they are too old."),
        is_offered=lambda account: account.is_active and not account.has_usable_password(),
    ),
    Act(
        "unlock",
        _("Lift the lock"),
        do_unlock,
        _("After too many wrong passwords, devices that are not known are stopped for a while."),
    ),
    Act(
        "remove-factors",
        _("Remove the second factor"),
        do_remove_factors,
        _("For somebody who lost it. Make sure who asks: then the password alone opens it."),
        is_offered=lambda account: Authenticator.objects.filter(user_id=account.pk).exists(),
    ),
    Act(
        "end-sessions",
        _("End all sessions"),
        do_end_sessions,
        _("The person is signed out everywhere, and may sign in again."),
    ),
)


class FocalPointInline(StackedInline):
    """For whom an account speaks."""

    model = FocalPoint
    fk_name = "account"
    extra = 1
    can_delete = True


@admin.register(Account)
class AccountAdmin(HistoryMixin, ActsMixin, FormFieldsMixin, ChangeListMixin, DjangoModelAdmin):
    """Accounts as the Secretariat looks after them; nobody here gives more than they have."""

    acts = ACTS
    list_acts = (INVITE,)
    history_parts = (AccountEvent,)
    may_bring_back = False
    inlines = (FocalPointInline,)
    list_display = ("username", "name", "roles", "has_factor", "is_active", "last_login")
    list_filter = ("groups", "is_active", "is_staff")
    search_fields = ("username", "first_name", "last_name", "email")
    readonly_fields = ("username", "email", "last_login", "date_joined")
    fields: ClassVar[Any] = (
        *("username", "email", "first_name", "last_name"),
        *("groups", "is_active", "last_login", "date_joined"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Account]:
        """Fetch with the roles what the list says of second factors."""
        factors = Authenticator.objects.filter(user=OuterRef("pk"))
        rows = super().get_queryset(request).prefetch_related("groups")
        found: QuerySet[Account] = rows.annotate(with_factor=Exists(factors))
        return found

    @admin.display(description=_("name"), ordering="last_name")
    def name(self, account: Account) -> str:
        """Return the name of the person."""
        return account.get_full_name()

    @admin.display(description=_("roles"))
    def roles(self, account: Account) -> str:
        """Return the roles in words."""
        return ", ".join(role.name for role in account.groups.all())

    @admin.display(description=_("second factor"), boolean=True)
    def has_factor(self, account: Any) -> bool:
        """Whether the sign-in asks for more than the password."""
        return bool(account.with_factor)

    def exports(self, _request: HttpRequest) -> list[tuple[str, str]]:
        """Lead to the mails, where these lie in a folder."""
        words = gettext("Mails that would have been sent")
        return [(words, reverse("admin:accounts_account_mails"))] if is_folder() else []

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Let nobody ask of what a hash of a password is made."""
        is_hidden = lookup.startswith("password")
        return not is_hidden and super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Nobody adds one by hand: people are invited."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Nobody deletes one: it is made inactive, and its history stays."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody change an account that may do more than their own."""
        return super().has_change_permission(request, obj) and (
            obj is None or may_look_after(request.user, obj)
        )

    def get_acts(self, request: HttpRequest, record: Any) -> list[Act]:
        """Offer nothing for an account that may do more than one's own."""
        if record is not None and not may_look_after(request.user, record):
            return []
        return super().get_acts(request, record)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the roles that somebody may give, each with a box to tick."""
        kwargs["queryset"] = Group.objects.filter(pk__in=roles_to_give(request.user))
        kwargs["widget"] = forms.CheckboxSelectMultiple
        field: Any = super().formfield_for_manytomany(db_field, request, **kwargs)
        field.label, field.help_text = _("Roles"), ""
        return field

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Let a new role or an end take effect at once: sessions of before end."""
        super().save_related(request, form, formsets, change)
        if {"groups", "is_active"} & set(form.changed_data):
            services.settle_roles(form.instance, request=request)

    def get_urls(self) -> list[Any]:
        """Add the mails that lie in a folder."""
        view = self.admin_site.admin_view(self.mails_view)
        return [path("mails/", view, name="accounts_account_mails"), *super().get_urls()]

    def mails_view(self, request: HttpRequest) -> HttpResponse:
        """Show the mails of the demo to whoever may invite."""
        if not (is_folder() and request.user.has_perm("accounts.add_account")):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Mails that would have been sent"),
            "opts": self.opts,
            "folder": settings.MAIL_ROOT,
            "mails": mails(),
        }
        return TemplateResponse(request, "admin/mails.html", context)


@admin.register(AccountEvent)
class AccountEventAdmin(ReadOnlyAdmin):
    """What happened to accounts and at the doors, the latest first."""

    list_display = ("happened_at", "kind", "account", "name", "address", "device")
    list_filter = ("kind",)
    list_select_related = ("account",)
    search_fields = ("account__username", "name", "=address")
    date_hierarchy = "happened_at"
    ordering = ("-id",)
