"""A resolution by its files: uploaded in one or all languages, looked at, then taken over."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from taskforce.akoma_ntoso import AlignedText
from taskforce.akoma_ntoso.parsing import MAX_BYTES
from taskforce.choices import Language
from taskforce.models import PolicyInstrument, ProvisionText
from taskforce.services.resolutions import (
    MAX_FILES,
    ResolutionOutcome,
    read_resolutions,
    take_over_resolution,
)
from untfsse.kit.backoffice import ModelAdmin
from untfsse.kit.forms.uploads import safe_name
from untfsse.kit.records.files import LONGEST_WAIT, WAITING, no_room, store
from untfsse.kit.records.roles import can

SALT = "taskforce.resolution"
type Content = tuple[str, bytes]


class FilesInput(forms.FileInput):
    """A box for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several small files, as (name, content)."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Read each; raises ValidationError for too many, and for one that is too large."""
        files = data or [None]
        if len(files) > MAX_FILES:
            raise ValidationError(gettext("Give one file, or one for each of the six languages."))
        return [self.read(super(FilesField, self).clean(file, initial)) for file in files]

    def read(self, file: Any) -> Content:
        """Return the name and the content of a file; one beyond the limit is not read."""
        name = safe_name(file.name)
        if file.size > MAX_BYTES:
            words = gettext("%(name)s: the file is larger than %(limit)s MB.")
            raise ValidationError(words % {"name": name, "limit": MAX_BYTES // 2**20})
        return name, file.read()


class ResolutionForm(forms.Form):
    """The files of a resolution."""

    texts = FilesField(
        label=_("Files"),
        widget=FilesInput(attrs={"accept": ".xml"}),
        help_text=_(
            "Akoma Ntoso, as the United Nations publishes its resolutions: one file, or one for "
            "each language of the same symbol. The next page shows what would be taken over: "
            "nothing is written before."
        ),
    )


def hold(files: list[Content], instrument: PolicyInstrument, user: Any) -> str:
    """Keep files until they are decided upon; return what names them for this person alone."""
    held = []
    for name, content in files:
        try:
            place = store(f"{WAITING}/{uuid.uuid4().hex}", ContentFile(content))
        except OSError:
            raise no_room() from None
        held.append((name, place))
    return signing.dumps([instrument.pk, user.pk, held], salt=SALT, compress=True)


def held_places(token: str, instrument: PolicyInstrument, user: Any) -> list[tuple[str, str]]:
    """Return the names and places of held files; none where the token is not of this person."""
    try:
        owner, person, held = signing.loads(token, salt=SALT, max_age=LONGEST_WAIT)
    except signing.BadSignature:
        return []
    return held if (owner, person) == (instrument.pk, user.pk) else []


def held_files(places: list[tuple[str, str]]) -> list[Content]:
    """Return held files as (name, content); none when they are gone."""
    files = []
    for name, place in places:
        if not default_storage.exists(place):
            return []
        with default_storage.open(place) as file:
            files.append((name, file.read()))
    return files


def table_of(outcome: ResolutionOutcome) -> dict[str, Any]:
    """Return the parts of a text as rows and languages as columns."""
    rows = [
        {
            "name": row.name,
            "is_new": row.is_new,
            "cells": [
                {
                    "language": code,
                    "words": row.texts.get(code, ""),
                    "is_written": code in row.written,
                }
                for code in outcome.languages
            ],
        }
        for row in outcome.rows
    ]
    return {"columns": [Language(code).label for code in outcome.languages], "rows": rows}


class ResolutionMixin(ModelAdmin):
    """The pages for the files of a resolution, on the admin of instruments."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.resolution_view)
        name = "taskforce_policyinstrument_resolution"
        return [path("<path:object_id>/resolution/", view, name=name), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Link to the page."""
        response = super().render_change_form(request, context, *args, **kwargs)
        instrument = context.get("original")
        if instrument is not None and may_take_over(request, instrument):
            address = reverse("admin:taskforce_policyinstrument_resolution", args=[instrument.pk])
            context["acts"].insert(0, (_("Take over a resolution"), address))
        return response

    def resolution_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for files, show what they would change, take them over."""
        instrument = self.get_object(request, unquote(object_id))
        if instrument is None:
            raise Http404
        if not may_take_over(request, instrument):
            raise PermissionDenied
        if request.method == "POST" and "token" in request.POST:
            return self.decide_on_files(request, instrument)
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = ResolutionForm(*sent)
        if form.is_bound and form.is_valid():
            try:
                text = read_resolutions(form.cleaned_data["texts"])
                outcome = take_over_resolution(instrument, text, by=request.user)
                token = hold(form.cleaned_data["texts"], instrument, request.user)
            except ValidationError as error:
                form.add_error("texts", error.messages)
            else:
                return self.resolution_page(request, instrument, outcome=outcome, token=token)
        return self.resolution_page(request, instrument, form=form)

    def decide_on_files(self, request: HttpRequest, instrument: PolicyInstrument) -> HttpResponse:
        """Take held files over as they were looked at, or forget them."""
        places = held_places(request.POST["token"], instrument, request.user)
        files = held_files(places)
        if not files:
            messages.warning(request, gettext("These files wait no longer: upload them anew."))
            return HttpResponseRedirect(request.path)
        if "leave" in request.POST:
            messages.info(request, gettext("Nothing was taken over."))
        else:
            try:
                text = read_resolutions(files)
                self.take_over_files(request, instrument, text)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
                return HttpResponseRedirect(request.path)
        for _name, place in places:
            default_storage.delete(place)
        address = reverse("admin:taskforce_policyinstrument_change", args=[instrument.pk])
        return HttpResponseRedirect(address)

    def take_over_files(
        self, request: HttpRequest, instrument: PolicyInstrument, text: AlignedText
    ) -> None:
        """Take a text over whole, and say how much it was."""
        expected = request.POST.get("expected", "")
        with transaction.atomic():
            outcome = take_over_resolution(instrument, text, expected=expected, by=request.user)
            self.log_change(request, instrument, gettext("Resolution taken over"))
        count = len(outcome.rows)
        words = ngettext(
            "%(count)s provision is taken over in %(languages)s.",
            "%(count)s provisions are taken over in %(languages)s.",
            count,
        )
        names = ", ".join(str(Language(code).label) for code in outcome.languages)
        messages.success(request, words % {"count": count, "languages": names})

    def resolution_page(
        self,
        request: HttpRequest,
        instrument: PolicyInstrument,
        *,
        form: ResolutionForm | None = None,
        outcome: ResolutionOutcome | None = None,
        token: str = "",
    ) -> HttpResponse:
        """Return the page: the box for the files, or what they would change."""
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Take over a resolution"),
            "subtitle": str(instrument),
            "opts": self.opts,
            "instrument": instrument,
            "form": form,
            "outcome": outcome,
            "table": outcome and table_of(outcome),
            "token": token,
        }
        return TemplateResponse(request, "admin/taskforce/resolution.html", context)


def may_take_over(request: HttpRequest, instrument: PolicyInstrument) -> bool:
    """Whether a person may change the instrument and add words."""
    return can(request.user, "change", instrument) and can(request.user, "add", ProvisionText)
