"""Countries in forms: typed by name or code, with the names offered."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_countries import countries

OFFERED = "countries"
"""The id of the list of names on a page with such boxes; see `names`."""


def names() -> list[str]:
    """Return the names of all countries, to be offered."""
    return [str(name) for _code, name in countries]


def code_of(text: str) -> str:
    """Return the code of a country known by its code or its name; "" if there is none."""
    text = text.strip()
    # The library takes "²" for a number, and fails to read it.
    code = countries.alpha2(text) if text.isascii() else ""
    named = countries.by_name(text, language=get_language() or "en") or countries.by_name(text)
    return str(code or named)


class CountryBox(forms.CharField):
    """A country in a row of many: a choice of all countries in each would weigh too much."""

    widget = forms.TextInput(attrs={"list": OFFERED, "autocomplete": "off"})

    def prepare_value(self, value: Any) -> str:
        """Show the name; what names no country stays as it was typed."""
        text = str(value or "")
        return str(countries.name(text)) or text

    def to_python(self, value: Any) -> str:
        """Return the code. Raises ValidationError for what names no country."""
        text = super().to_python(value) or ""
        code = code_of(text) if text else ""
        if text and not code:
            words = _("No country is known by “%(text)s”: choose one of the names offered.")
            raise ValidationError(words % {"text": text[:80]})
        return code

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the countries, not the way they are written."""
        try:
            return self.to_python(data) != str(initial or "")
        except ValidationError:
            return True
