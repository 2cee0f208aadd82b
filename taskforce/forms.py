"""The form of evidence, and the box for the file of a document."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from taskforce.querysets import PUBLICATIONS
from untfsse.kit.forms.model_forms import KnownSelect, ModelForm
from untfsse.kit.forms.uploads import KINDS, inspect
from untfsse.kit.generics import DjangoModelChoiceField


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
            vars(file)["inspected"] = inspect(file)
        return file
