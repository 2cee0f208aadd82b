"""Acts: what is done to a record besides editing it, each on a page of its own."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext

from untfsse.kit.backoffice.kept_forms import ask_again, take_typed
from untfsse.kit.backoffice.verify_queue import QUEUE, queue_address
from untfsse.kit.forms.model_forms import refuse_invisible_in
from untfsse.kit.generics import DjangoModelAdmin
from untfsse.kit.records.refusals import refusal
from untfsse.kit.records.roles import can


@dataclass(frozen=True, slots=True)
class Act:
    """A verb of the services as a button on a record's page.

    `Act("verify", _("Verify"), do_verify)` in an admin's `acts` gives the button, its page at
    `…/do/verify/`, and the call of `do_verify`.
    """

    name: str
    """The end of its address; acts are told apart by it."""
    label: str | Promise
    run: Callable[[HttpRequest, Any, dict[str, Any]], str | HttpResponse]
    """Takes the request, the record (None for an act of the list) and the cleaned form; calls a
    service, and returns the sentence that says what happened, or an answer that leads elsewhere.
    A ValidationError or PermissionDenied of the service is shown at the form."""
    explain: str | Promise = ""
    """What follows, said before it is done."""
    form: Callable[..., forms.Form] = forms.Form
    """What it asks. A form with `for_record = True` is given the record."""
    is_offered: Callable[[Any], bool] = lambda _record: True
    """Whether the record is in a state for it; asked again when it is done."""
    permission: str = "change"
    """What the role must allow: "change", "publish", "add"."""
    show: Callable[[Any], str] | None = None
    """What the person should read before it is done: safe HTML of a record."""


_of_upper_storeys: dict[type[models.Model], list[Act]] = defaultdict(list)


def offer(noun: type[models.Model], act: Act) -> None:
    """Let an upper storey put a verb of its own on the pages of a noun below it."""
    _of_upper_storeys[noun].append(act)


def refuse(form: forms.Form, error: ValidationError | PermissionDenied) -> None:
    """Put what a service refused at its field, or above the form."""
    if isinstance(error, PermissionDenied):
        form.add_error(None, str(error))
    elif hasattr(error, "error_dict"):
        for field, sentences in error.message_dict.items():
            for sentence in sentences:
                form.add_error(field if field in form.fields else None, sentence)
    else:
        form.add_error(None, error)


class ActsMixin(DjangoModelAdmin):
    """The pages of a noun's acts."""

    acts: tuple[Act, ...] = ()
    """What may be done to a record: `acts = (CIRCULATE, APPROVE)`."""
    list_acts: tuple[Act, ...] = ()
    """What needs no record: offered above the list, and run without one."""
    common_list_acts: ClassVar[tuple[Act, ...]] = ()
    """What a base class offers above the list of every noun, such as the import."""

    def own_acts(self) -> list[Act]:
        """Return what may be done to records of this noun, by whomever and whenever."""
        return [*self.acts, *_of_upper_storeys[self.model]]

    def get_acts(self, request: HttpRequest, record: Any) -> list[Act]:
        """Return what may be done to this record, or without one, now and by this person."""
        noun = record or self.model
        offered = self.own_acts() if record else [*self.list_acts, *self.common_list_acts]
        return [
            act
            for act in offered
            if (record is None or act.is_offered(record))
            and can(request.user, act.permission, noun)
        ]

    def get_urls(self) -> list[Any]:
        opts = self.opts
        view = self.admin_site.admin_view(self.act_view)
        name = f"{opts.app_label}_{opts.model_name}"
        return [
            path("do/<slug:name>/", view, name=f"{name}_list_act"),
            path("<path:object_id>/do/<slug:name>/", view, name=f"{name}_act"),
            *super().get_urls(),
        ]

    def exports(self, _request: HttpRequest) -> list[tuple[str, str]]:
        """Return the ways to take the list along: (words, address)."""
        return []

    def act_address(self, record: Any, act: Act) -> str:
        """Return the page of an act."""
        opts = self.opts
        name = f"admin:{opts.app_label}_{opts.model_name}"
        if record is None:
            return reverse(f"{name}_list_act", args=[act.name])
        return reverse(f"{name}_act", args=[record.pk, act.name])

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Offer what needs no record above the list."""
        offered = self.get_acts(request, None)
        acts: list[Any] = [(act.label, self.act_address(None, act)) for act in offered]
        acts += self.exports(request)
        return super().changelist_view(request, {"acts": acts, **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Offer the acts above the form."""
        record = context.get("original")
        offered = self.get_acts(request, record) if record else []
        context["acts"] = [(act.label, self.act_address(record, act)) for act in offered]
        return super().render_change_form(request, context, *args, **kwargs)

    def act_view(
        self, request: HttpRequest, name: str, object_id: str | None = None
    ) -> HttpResponse:
        """Ask what the act needs, say the consequence, and do it."""
        record = None
        if object_id is not None:
            record = self.get_object(request, unquote(object_id))
            if record is None:
                raise Http404
        known = [*self.list_acts, *self.common_list_acts] if record is None else self.own_acts()
        act = next((act for act in known if act.name == name), None)
        if act is None:
            raise Http404
        if act not in self.get_acts(request, record):
            if not can(request.user, act.permission, record or self.model):
                raise PermissionDenied
            messages.warning(
                request, gettext("That is no longer possible: the record has changed.")
            )
            return HttpResponseRedirect(self.back_from(request, record))
        form = act_form(act, request, record)
        done = None
        if request.method == "POST" and form.is_valid():
            refuse_invisible_in(form)
        if request.method == "POST" and form.is_valid():
            done = self.do(request, record, act, form)
        return done or self.act_page(request, record, act, form)

    def back_from(self, request: HttpRequest, record: Any) -> str:
        """Return where to go after an act: to what follows in the queue, or to the record."""
        if QUEUE in request.GET and record is not None:
            return queue_address(record)
        opts = self.opts
        name = f"admin:{opts.app_label}_{opts.model_name}"
        if record is None:
            return reverse(f"{name}_changelist")
        return reverse(f"{name}_change", args=[record.pk])

    def do(
        self, request: HttpRequest, record: Any, act: Act, form: forms.Form
    ) -> HttpResponse | None:
        """Call the service; None when it refused, with the reason at the form."""
        try:
            with transaction.atomic():
                done = act.run(request, record, form.cleaned_data)
                if record is not None:
                    self.log_change(request, record, str(act.label))
        except (ValidationError, PermissionDenied) as error:
            refuse(form, error)
            return None
        except IntegrityError as error:
            form.add_error(None, refusal(error))
            return None
        if isinstance(done, HttpResponse):
            return done
        messages.success(request, done)
        return HttpResponseRedirect(self.back_from(request, record))

    def act_page(
        self, request: HttpRequest, record: Any, act: Act, form: forms.Form
    ) -> HttpResponse:
        """Return the page that asks."""
        context = {
            **self.admin_site.each_context(request),
            "title": act.label,
            "subtitle": str(record) if record else None,
            "opts": self.opts,
            "record": record,
            "act": act,
            "back": self.back_from(request, record),
            "shown": act.show(record) if act.show else "",
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/act.html", context)


def act_form(act: Act, request: HttpRequest, record: Any) -> forms.Form:
    """Return the act's form, filled from a request to do it, or as typed before a sign-in."""
    typed = take_typed(request) if request.method == "GET" else None
    sent = (request.POST, request.FILES) if request.method == "POST" else (typed, None)
    about = {"record": record} if getattr(act.form, "for_record", False) else {}
    form = act.form(*sent, **about)
    if typed is not None:
        form.full_clean()
        form.add_error(None, ask_again(typed))
    return form
