"""A pasted text becomes provisions: split, corrected row by row, then saved together."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from taskforce.choices import Language, ProvisionKind
from taskforce.models import PolicyInstrument, Provision
from taskforce.services.instruments import add_provisions, may_show_text
from taskforce.services.provisions import MAX_CHARACTERS, ProposedProvision, split_provisions
from untfsse.kit.backoffice import ModelAdmin
from untfsse.kit.backoffice.kept_forms import take_typed
from untfsse.kit.forms.fields import LongTextFormField, PlainTextarea
from untfsse.kit.forms.model_forms import refuse_invisible_in
from untfsse.kit.generics import DjangoFormSet
from untfsse.kit.records.roles import can

MOST_ROWS = 1_000
DIVISIONS = {
    ProvisionKind.PART,
    ProvisionKind.TITLE,
    ProvisionKind.CHAPTER,
    ProvisionKind.ARTICLE,
}


class PasteForm(forms.Form):
    """The text to split."""

    text = LongTextFormField(
        label=_("Text"),
        max_length=MAX_CHARACTERS,
        widget=PlainTextarea(attrs={"rows": 20}),
        help_text=_("The next page shows the provisions found: nothing is saved before."),
    )
    kind = forms.ChoiceField(
        label=_("Numbered paragraphs are"),
        choices=ProvisionKind,
        initial=ProvisionKind.OPERATIVE,
    )
    language = forms.ChoiceField(
        label=_("Language of the text"), choices=Language, initial=Language.ENGLISH
    )


class LanguageForm(forms.Form):
    """The language of the rows, said when the text was pasted."""

    language = forms.ChoiceField(
        choices=Language, initial=Language.ENGLISH, widget=forms.HiddenInput
    )


class ProvisionRowForm(forms.Form):
    """One provision, as the editor wants it."""

    is_kept = forms.BooleanField(label=_("Keep"), required=False, initial=True)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=ProvisionKind, initial=ProvisionKind.OPERATIVE
    )
    number = forms.CharField(label=_("Number"), required=False, max_length=20)
    within = forms.IntegerField(label=_("Within row"), required=False, min_value=1)
    label = forms.CharField(label=_("Label"), max_length=300, required=False)
    text = LongTextFormField(
        label=_("Text"), required=False, widget=PlainTextarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a label where the row is kept."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_kept") and not cleaned.get("label") and "label" not in self.errors:
            self.add_error("label", _("Say in a few words what it is about."))
        return cleaned


class ProvisionRowSet(DjangoFormSet):
    """All provisions of a text; a row stands within one above it that is kept too."""

    may_show_text = True

    def add_fields(self, form: Any, index: int | None) -> None:
        """Name every box with its row; ask for no text that may not be shown."""
        super().add_fields(form, index)
        if not self.may_show_text:
            del form.fields["text"]
        for field in form.fields.values():
            place = f"{field.label}, {gettext('row')} {(index or 0) + 1}"
            field.widget.attrs["aria-label"] = place

    def clean(self) -> None:
        """Refuse a row within one that does not come before it, or is left out."""
        for place, form in enumerate(self.forms, start=1):
            refuse_invisible_in(form)
            above = form.cleaned_data.get("within")
            if above is None or not form.cleaned_data.get("is_kept"):
                continue
            if above >= place:
                form.add_error("within", _("That row does not come before this one."))
            elif not self.forms[above - 1].cleaned_data.get("is_kept"):
                form.add_error("within", _("That row is not kept."))

    def proposals(self) -> list[tuple[int, ProposedProvision]]:
        """Return what is kept, each with the place of its row from 0."""
        kept = [at for at, form in enumerate(self.forms) if form.cleaned_data["is_kept"]]
        places = {at: place for place, at in enumerate(kept)}
        found = []
        for at in kept:
            data = self.forms[at].cleaned_data
            above = data["within"]
            parent = None if above is None else places[above - 1]
            text = data.get("text", "")
            found.append(
                (at, ProposedProvision(data["kind"], data["number"], data["label"], text, parent))
            )
        return found


Rows = forms.formset_factory(
    ProvisionRowForm,
    formset=ProvisionRowSet,
    extra=0,
    max_num=MOST_ROWS,
    absolute_max=MOST_ROWS + 1,
)


def few(found: list[ProposedProvision]) -> list[ProposedProvision]:
    """Return the proposals; raises ValidationError for more than a page holds."""
    if len(found) > MOST_ROWS:
        words = gettext("These are %(count)s provisions; a page holds %(most)s: paste in parts.")
        raise ValidationError(words % {"count": len(found), "most": MOST_ROWS})
    return found


def without_words(proposal: ProposedProvision) -> ProposedProvision:
    """Return a proposal without the words of the text; a division keeps its heading."""
    is_quoted = proposal.text.startswith(proposal.label.rstrip("…"))
    if proposal.kind in DIVISIONS and not is_quoted:
        return replace(proposal, text="")
    name = f"{ProvisionKind(proposal.kind).label} {proposal.number}".strip()
    return replace(proposal, label=name, text="")


def initial_of(proposal: ProposedProvision) -> dict[str, Any]:
    """Return a proposal as the values of a row."""
    return {
        "is_kept": True,
        "kind": proposal.kind,
        "number": proposal.number,
        "label": proposal.label,
        "text": proposal.text,
        "within": None if proposal.parent is None else proposal.parent + 1,
    }


class ProvisionsMixin(ModelAdmin):
    """The page for a pasted text, on the admin of instruments."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.provisions_view)
        name = "taskforce_policyinstrument_provisions"
        return [
            path("<path:object_id>/provisions/", view, name=name),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Link to the page."""
        response = super().render_change_form(request, context, *args, **kwargs)
        instrument = context.get("original")
        if instrument is not None and can(request.user, "add", Provision):
            address = reverse("admin:taskforce_policyinstrument_provisions", args=[instrument.pk])
            context["acts"].insert(0, (_("Paste provisions"), address))
        return response

    def provisions_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take a text, show its provisions, save what the editor made of them."""
        instrument = self.get_object(request, unquote(object_id))
        if instrument is None:
            raise Http404
        if not can(request.user, "add", Provision):
            raise PermissionDenied
        typed = take_typed(request) if request.method == "GET" else request.POST
        if not typed:
            return self.provisions_page(request, instrument, paste=PasteForm())
        if "rows-TOTAL_FORMS" not in typed:
            return self.split(request, instrument, typed)
        if "add_row" in typed:
            return self.provisions_page(request, instrument, rows=longer(instrument, typed))
        rows, said = row_set(instrument, typed), LanguageForm(typed)
        is_right = rows.is_valid() and said.is_valid()
        if request.method == "POST" and is_right and self.keep(request, instrument, rows, said):
            address = reverse("admin:taskforce_policyinstrument_change", args=[instrument.pk])
            return HttpResponseRedirect(address)
        return self.provisions_page(request, instrument, rows=rows)

    def split(self, request: HttpRequest, instrument: PolicyInstrument, typed: Any) -> HttpResponse:
        """Show what a text is made of."""
        paste = PasteForm(typed)
        if paste.is_valid():
            try:
                asked = paste.cleaned_data
                found = few(split_provisions(asked["text"], kind=asked["kind"]))
            except ValidationError as error:
                paste.add_error("text", error)
            else:
                shown = found if may_show_text(instrument) else map(without_words, found)
                rows = row_set(instrument, initial=[initial_of(each) for each in shown])
                return self.provisions_page(request, instrument, rows=rows)
        return self.provisions_page(request, instrument, paste=paste)

    def keep(
        self, request: HttpRequest, instrument: PolicyInstrument, rows: Any, said: Any
    ) -> bool:
        """Save what is kept; False when a rule refused it, with the reason at its row."""
        chosen = rows.proposals()
        try:
            added = add_provisions(
                instrument,
                [proposal for _at, proposal in chosen],
                language=said.cleaned_data["language"],
                by=request.user,
            )
        except ValidationError as error:
            place_errors(rows, [at for at, _proposal in chosen], error)
            return False
        count = len(added)
        words = ngettext("%(count)s provision is added.", "%(count)s provisions are added.", count)
        messages.success(request, words % {"count": count})
        return True

    def provisions_page(
        self,
        request: HttpRequest,
        instrument: PolicyInstrument,
        paste: Any = None,
        rows: Any = None,
    ) -> HttpResponse:
        """Return the page: the box for the text, or the rows."""
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Paste provisions"),
            "subtitle": str(instrument),
            "opts": self.opts,
            "instrument": instrument,
            "is_link_only": not may_show_text(instrument),
            "held": instrument.provisions.count(),
            "paste": paste,
            "rows": rows,
            "said": LanguageForm({"language": request.POST.get("language") or Language.ENGLISH}),
        }
        return TemplateResponse(request, "admin/taskforce/provisions.html", context)


def row_set(instrument: PolicyInstrument, data: Any = None, **kwargs: Any) -> Any:
    """Return the rows of a text for an instrument."""
    rows: Any = Rows(data, prefix="rows", **kwargs)
    rows.may_show_text = may_show_text(instrument)
    return rows


def longer(instrument: PolicyInstrument, typed: Any) -> Any:
    """Return the rows as they were typed, and one more."""
    count = typed.get("rows-TOTAL_FORMS", "")
    count = min(int(count), MOST_ROWS - 1) if count.isascii() and count.isdigit() else 0
    values = [
        {name: typed.get(f"rows-{at}-{name}") for name in ProvisionRowForm.base_fields}
        for at in range(count)
    ]
    return row_set(instrument, initial=[*values, {"is_kept": True}])


def place_errors(rows: Any, places: list[int], error: ValidationError) -> None:
    """Put what the service refused at its rows, or above them."""
    if not hasattr(error, "error_dict"):
        rows.non_form_errors().extend(error.messages)
        return
    for key, sentences in error.message_dict.items():
        for sentence in sentences:
            rows.forms[places[int(key) - 1]].add_error(None, sentence)
