"""References: a text as a reader cites it, in the shape of CSL-JSON."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from untfsse.kit.records.dates import PartialDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What is known of a text. Names stay whole: which part is the family name is not known."""

    key: str
    kind: str
    """A type of CSL: `chapter`, `report`, `document`."""
    title: str
    url: str
    """Absolute, or a path of this portal."""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    container: str = ""
    issued: PartialDate | None = None
    publisher: str = ""
    place: str = ""
    pages: str = ""
    doi: str = ""
    isbn: str = ""
    number: str = ""
    genre: str = ""
    language: str = ""

    def csl(self) -> dict[str, Any]:
        """Return it as an item of CSL-JSON, without what is not known."""
        day = self.issued
        parts = [part for part in (day.year, day.month, day.day) if part] if day else []
        facts: dict[str, Any] = {
            "id": self.key,
            "type": self.kind,
            "title": one_line(self.title),
            "author": [{"literal": one_line(name)} for name in self.authors],
            "editor": [{"literal": one_line(name)} for name in self.editors],
            "container-title": one_line(self.container),
            "issued": {"date-parts": [parts]} if parts else None,
            "publisher": one_line(self.publisher),
            "publisher-place": one_line(self.place),
            "page": one_line(self.pages),
            "DOI": self.doi,
            "ISBN": self.isbn,
            "number": one_line(self.number),
            "genre": one_line(self.genre),
            "language": self.language,
            "URL": self.url,
        }
        return {name: value for name, value in facts.items() if value}


def one_line(text: str) -> str:
    """Return a text in single spaces: a line break would begin another field."""
    return " ".join(str(text).split())


type Referring = Callable[[Any], Reference]

_referring: dict[type[models.Model], Referring] = {}


def refers(noun: type[models.Model]) -> Callable[[Referring], Referring]:
    """Register the function that returns the reference of a record of this noun, unasked."""

    def register(refer: Referring) -> Referring:
        _referring[noun] = refer
        return refer

    return register


def reference_of(record: models.Model) -> Reference | None:
    """Return the reference of a record; None where its noun is no text."""
    refer = _referring.get(type(record))
    return refer(record) if refer else None


def is_referred(model: type[models.Model]) -> bool:
    """Whether records of a noun are cited as texts."""
    return model in _referring
