"""Countries in forms: typed by name or code, with the names offered."""

from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django_countries import countries
from django_countries.base import CountriesBase
from django_countries.data import COUNTRIES as ISO_NAMES

from untfsse.kit.country_names import ALSO_KNOWN

OFFERED = "countries"
"""The id of the list of names on a page with such boxes; see `names`."""
LONGEST_NAME = 80


def names() -> list[str]:
    """Return the names of all countries, to be offered."""
    return [str(name) for _code, name in countries]


def code_of(text: str) -> str:
    """Return the code of a country known by its code or its name; "" if there is none."""
    text = " ".join(text.split()).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")[:LONGEST_NAME]
    # The library takes "²" for a number, and fails to read it.
    code = countries.alpha2(text) if text.isascii() else ""
    if code or not text:
        return str(code)  # its names are looked through one by one, each translated
    named = countries.by_name(text, language=get_language() or "en") or countries.by_name(text)
    return str(named or other_names().get(text.lower(), ""))


@cache
def other_names() -> dict[str, str]:
    """Return the codes by the names of ISO 3166 and of everyday English, in small letters."""
    with override("en"):
        listed = [*ISO_NAMES.items(), *CountriesBase.COMMON_NAMES.items()]
        return {str(name).lower(): code for code, name in listed} | ALSO_KNOWN


def unknown(text: str) -> ValidationError:
    """Return what to say of a text that names no country."""
    words = _("No country is known by “%(text)s”: choose one of the names offered.")
    return ValidationError(words % {"text": text[:LONGEST_NAME]})


def codes_of(text: str) -> list[str]:
    """Return the codes of countries, one a line or between commas or semicolons.

    Raises ValidationError with the first that is none.
    """
    codes: dict[str, None] = {}
    for line in filter(None, (line.strip() for line in text.replace(";", "\n").splitlines())):
        whole = code_of(line)
        for name in [line] if whole else filter(None, map(str.strip, line.split(","))):
            code = whole or code_of(name)
            if not code:
                raise unknown(name)
            codes[code] = None
    return list(codes)


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
            raise unknown(text)
        return code

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the countries, not the way they are written."""
        try:
            return self.to_python(data) != str(initial or "")
        except ValidationError:
            return True


class CountriesBox(forms.CharField):
    """Several countries, one a line: a vote names more than a list of choices shows well."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> str:
        """Show the names; what was typed stays as it was."""
        if isinstance(value, str) or value is None:
            return value or ""
        return "\n".join(str(countries.name(str(each))) or str(each) for each in value)

    def to_python(self, value: Any) -> Any:
        """Return the codes. Raises ValidationError for what names no country."""
        return codes_of(super().to_python(value) or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the countries, not their order or the way they are written."""
        try:
            return sorted(self.to_python(data)) != sorted(str(each) for each in initial or [])
        except ValidationError:
            return True
