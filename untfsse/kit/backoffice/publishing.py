"""Verify, publish, plan, withdraw: the buttons; the services decide."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from untfsse.kit.backoffice.acts import Act
from untfsse.kit.generics import DjangoModelAdmin
from untfsse.kit.records.publication import WITHDRAWN
from untfsse.kit.records.publishing import (
    error_text,
    publish,
    publish_all,
    unschedule,
    withdraw_all,
    withdraw_from_public,
)
from untfsse.kit.records.roles import can_publish
from untfsse.kit.records.verification import hide, verify


class MomentForm(forms.Form):
    """When a record appears."""

    at = forms.SplitDateTimeField(
        label=_("When"),
        widget=AdminSplitDateTime,
        initial=timezone.now,
        help_text=_("A moment in the future plans the publication."),
    )


class ReasonForm(forms.Form):
    """Why something leaves the public."""

    withdrawal_reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Readers of the old address are told this."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


def report(request: HttpRequest, done: str, refused: Iterable[tuple[Any, str]]) -> None:
    """Say what was done and what was refused, each with the reason."""
    if done:
        messages.success(request, done)
    for record, reason in refused:
        sentence = reason if str(record) in reason else f"{record}: {reason}"
        messages.error(request, sentence)


def do_verify(request: HttpRequest, record: Any, _data: Any) -> str:
    """Verify one fact."""
    verify(record, by=request.user, on=timezone.localdate())
    return gettext("Verified: your name and today's date are kept with it.")


def do_hide(request: HttpRequest, record: Any, data: Any) -> str:
    """Hide one doubtful fact."""
    hide(record, reason=data.get("withdrawal_reason", ""), by=request.user)
    return gettext("Hidden from readers until somebody verifies it.")


def do_publish(request: HttpRequest, record: Any, data: Any) -> str:
    """Publish one record now or later."""
    publish(record, by=request.user, at=data["at"])
    if data["at"] > timezone.now():
        return gettext("Its publication is planned.")
    return gettext("Published: readers see it.")


def do_unschedule(request: HttpRequest, record: Any, _data: Any) -> str:
    """Take back one planned publication."""
    unschedule(record, by=request.user)
    return gettext("It is a draft again.")


def do_withdraw(request: HttpRequest, record: Any, data: Any) -> str:
    """Withdraw one record."""
    withdraw_from_public(record, reason=data["withdrawal_reason"], by=request.user)
    return gettext("Withdrawn: its address answers “gone” with your reason.")


VERIFY = Act(
    "verify",
    _("Verify"),
    do_verify,
    _("You have compared each fact with its source. Your name and today's date are kept."),
    is_offered=lambda record: not record.is_verified,
)
HIDE = Act(
    "hide",
    _("Hide"),
    do_hide,
    _("Readers no longer see this fact. It is set to low confidence until somebody verifies it."),
    is_offered=lambda record: record.is_verified or record.confidence != "low",
)
PUBLISH = Act(
    "publish",
    _("Publish"),
    do_publish,
    _("Readers, search engines and partners see the record from that moment on."),
    form=MomentForm,
    is_offered=lambda record: not record.is_published or record.is_planned,
    permission="publish",
)
UNSCHEDULE = Act(
    "unschedule",
    _("Do not publish after all"),
    do_unschedule,
    _("The record becomes a draft again."),
    is_offered=lambda record: record.is_planned,
    permission="publish",
)
WITHDRAW = Act(
    "withdraw",
    _("Withdraw"),
    do_withdraw,
    format_lazy(
        "{} {}", _("Readers no longer see the record; its address answers “gone”."), WITHDRAWN
    ),
    form=ReasonForm,
    is_offered=lambda record: record.is_published,
    permission="publish",
)


class VerifyingActionsMixin(DjangoModelAdmin):
    """Verification, of one or of many."""

    acts: tuple[Act, ...] = (VERIFY, HIDE)
    actions: Any = ("verify_selected",)

    @admin.action(
        description=_("Verify the selected %(verbose_name_plural)s"), permissions=["change"]
    )
    def verify_selected(self, request: HttpRequest, queryset: Any) -> None:
        """Verify each that waits."""
        done, refused = 0, []
        for record in queryset:
            try:
                verify(record, by=request.user, on=timezone.localdate())
                done += 1
            except (ValidationError, PermissionDenied) as error:
                refused.append((record, error_text(error)))
        sentence = ngettext("%(count)s verified.", "%(count)s verified.", done) % {"count": done}
        report(request, sentence if done else "", refused)


class PublishingActionsMixin(DjangoModelAdmin):
    """Publication, of one or of many."""

    acts: tuple[Act, ...] = (PUBLISH, UNSCHEDULE, WITHDRAW, VERIFY)
    actions: Any = ("verify_selected", "publish_selected", "withdraw_selected")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether the role lets somebody publish this noun."""
        return can_publish(request.user, self.model)

    @admin.action(
        description=_("Publish the selected %(verbose_name_plural)s"), permissions=["publish"]
    )
    def publish_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Ask when, then publish each that may be."""
        form = MomentForm(request.POST if "confirmed" in request.POST else None)
        if not form.is_valid():
            return self.ask(request, queryset, form, PUBLISH, "publish_selected")
        outcome = publish_all(queryset, by=request.user, at=form.cleaned_data["at"])
        count = len(outcome.done)
        sentence = ngettext("%(count)s published.", "%(count)s published.", count)
        report(request, sentence % {"count": count} if count else "", outcome.refused)
        return None

    @admin.action(
        description=_("Withdraw the selected %(verbose_name_plural)s"), permissions=["publish"]
    )
    def withdraw_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Ask why, then withdraw each that may be."""
        form = ReasonForm(request.POST if "confirmed" in request.POST else None)
        if not form.is_valid():
            return self.ask(request, queryset, form, WITHDRAW, "withdraw_selected")
        reason = form.cleaned_data["withdrawal_reason"]
        outcome = withdraw_all(queryset, reason=reason, by=request.user)
        count = len(outcome.done)
        sentence = ngettext("%(count)s withdrawn.", "%(count)s withdrawn.", count)
        report(request, sentence % {"count": count} if count else "", outcome.refused)
        return None

    def ask(
        self, request: HttpRequest, queryset: Any, form: forms.Form, act: Act, action: str
    ) -> HttpResponse:
        """Return the page that asks what a bulk act needs."""
        opts = self.opts
        context = {
            **self.admin_site.each_context(request),
            "title": act.label,
            "subtitle": str(opts.verbose_name_plural).capitalize(),
            "opts": opts,
            "act": act,
            "form": form,
            "records": queryset,
            "action": action,
            "checkbox": helpers.ACTION_CHECKBOX_NAME,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/act.html", context)
