"""The form of evidence, the box for the file of a document, and what a reader of a text chooses."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from taskforce.choices import Language, in_order
from taskforce.querysets import PUBLICATIONS
from untfsse.kit.forms.model_forms import KnownSelect, ModelForm
from untfsse.kit.forms.uploads import KINDS
from untfsse.kit.generics import DjangoModelChoiceField
from untfsse.kit.records.files import inspect_upload


class PublicationField(DjangoModelChoiceField):
    """A publication of an upper storey, chosen by typing; its slug is what is kept."""

    def __init__(self, **kwargs: Any) -> None:
        """Take what a ModelChoiceField takes; the noun gives the choices and the label."""
        noun, column = PUBLICATIONS.noun, PUBLICATIONS.chosen_by
        label = str(noun._meta.verbose_name).capitalize()
        widget = KnownSelect(column, admin.site)
        super().__init__(
            noun.objects.all(), **{"label": label, "widget": widget, "required": False, **kwargs}
        )

    def clean(self, value: Any) -> str | None:
        """Return the slug; None for none."""
        chosen: Any = super().clean(value)
        return str(chosen.slug) if chosen else None


class ProofForm(ModelForm):
    """A piece of evidence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let the publication be chosen by typing; what the row holds needs no query."""
        super().__init__(*args, **kwargs)
        if "publication_slug" not in self.fields or not PUBLICATIONS.noun:
            return
        field = self.fields["publication_slug"] = PublicationField()
        if (key := getattr(self.instance, "publication_key", None)) is not None:
            self.initial["publication_slug"] = key
            field.widget.known = {str(key): self.instance.publication_title}


class DocumentFileField(forms.FileField):
    """A file input that accepts a file by its content; `file.inspected` says what it is."""

    def __init__(self, **kwargs: Any) -> None:
        """Tell the accepted types and the limit, unless another help text is given."""
        kinds = ", ".join(kind.name for kind in KINDS)
        hint = _("%(kinds)s, at most %(limit)s MB.")
        kwargs.setdefault("help_text", hint % {"kinds": kinds, "limit": settings.UPLOAD_LIMIT_MB})
        kwargs["max_length"] = None
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the browser's dialog show the accepted types first."""
        suffixes = [suffix for kind in KINDS for suffix in kind.suffixes]
        return super().widget_attrs(widget) | {"accept": ",".join(suffixes)}

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Inspect a new file; one that is kept already is left alone."""
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile) and file is data:
            vars(file)["inspected"] = inspect_upload(file)
        return file


class LanguagesForm(forms.Form):
    """Languages in which a text is held; what is not chosen, or not there, is the usual one."""

    def __init__(self, languages: Iterable[str], data: Any = None) -> None:
        self.languages = in_order(languages)
        super().__init__(data)
        offered = [(code, Language(code).label) for code in self.languages]
        usual = dict(zip(self.fields, self.languages, strict=False))
        for name, field in self.fields.items():
            field.choices = offered  # type: ignore[attr-defined]
            field.initial = usual.get(name)

    def language(self, name: str) -> str:
        """Return what is chosen in a field; "" where there is no language at all."""
        known = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return str(known.get(name) or self.fields[name].initial or "")


class TwoLanguagesForm(LanguagesForm):
    """Two languages of a text, side by side."""

    left = forms.ChoiceField(label=_("Language"), required=False)
    right = forms.ChoiceField(label=_("Beside it"), required=False)

    def chosen(self) -> list[str]:
        """Return the languages, each once."""
        both = dict.fromkeys([self.language("left"), self.language("right")])
        return [code for code in both if code]


class OneLanguageForm(LanguagesForm):
    """One language of a text."""

    text = forms.ChoiceField(label=_("Language"), required=False)

    def chosen(self) -> str:
        """Return the language; "" where there is none."""
        return self.language("text")
