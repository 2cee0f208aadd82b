"""The form of evidence: what shows that something was done."""

from typing import Any

from django.contrib import admin

from taskforce.querysets import PUBLICATIONS
from untfsse.kit.forms.model_forms import KnownSelect, ModelForm
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
