"""Aligning: the languages of one resolution side by side, by kind and place."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from taskforce.akoma_ntoso.reading import Key, Resolution
from taskforce.choices import UN_LANGUAGES, Language, ProvisionKind


@dataclass(slots=True)
class Row:
    """A part of the text in all languages that have it."""

    key: Key
    kind: str
    number: str
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its kind and number in words."""
        return f"{ProvisionKind(self.kind).label} {self.number}".strip()


@dataclass(slots=True)
class AlignedText:
    """A resolution in all the languages that were given; the first speaks for its procedure."""

    first: Resolution
    languages: list[str]
    rows: list[Row]
    defects: list[str]


def align(resolutions: Sequence[Resolution]) -> AlignedText:
    """Lay the languages of one resolution side by side; the first gives the numbers.

    Raises ValidationError when they are not of one resolution, or a language comes twice.
    """
    found = sorted(resolutions, key=lambda each: UN_LANGUAGES.index(Language(each.language)))
    languages = [each.language for each in found]
    if len(set(languages)) < len(languages):
        raise ValidationError(_("Two files are in the same language."))
    symbols = {each.symbol for each in found}
    if len(symbols) > 1:
        words = _("The files are of several resolutions: %(symbols)s.")
        raise ValidationError(words % {"symbols": ", ".join(sorted(symbols))})
    rows = rows_of(found)
    return AlignedText(found[0], languages, rows, [*defects_of(found), *gaps_of(rows, languages)])


def rows_of(resolutions: Sequence[Resolution]) -> list[Row]:
    """Return each part once; what only a later language has comes at the end."""
    rows: dict[Key, Row] = {}
    for resolution in resolutions:
        for part in resolution.paragraphs:
            row = rows.setdefault(part.key, Row(part.key, part.kind, part.number))
            if resolution.language in row.texts:
                words = _("%(language)s has %(name)s twice.")
                facts = {"language": Language(resolution.language).label, "name": row.name}
                raise ValidationError(words % facts)
            row.texts[resolution.language] = part.text
    return list(rows.values())


def defects_of(resolutions: Sequence[Resolution]) -> list[str]:
    """Return what is wrong with the files, each once: the languages share their head."""
    return list(dict.fromkeys(defect for each in resolutions for defect in each.defects))


def gaps_of(rows: Sequence[Row], languages: Sequence[str]) -> list[str]:
    """Say which part is missing in which language."""
    return [
        _("%(language)s has no %(name)s.") % {"language": Language(code).label, "name": row.name}
        for row in rows
        for code in languages
        if code not in row.texts
    ]
