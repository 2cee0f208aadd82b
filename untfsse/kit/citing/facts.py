"""Facts: what a record says, as a sentence that can be quoted, with its day, source and address."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from untfsse.kit.records.publication import Reader
from untfsse.kit.records.registry import Registry

PORTAL = "UN Inter-Agency Task Force on Social and Solidarity Economy (UNTFSSE)"
MOST_SOURCES = 2
"""As many are named; the record itself lists all."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; `url` is a path, and answers as of `on` where it has one."""

    statement: str
    url: str
    sources: list[dict[str, Any]] = field(default_factory=list)
    is_verified: bool = False
    on: dt.date | None = None
    anchor: str = "record"

    def sentence(self, address: str, *, read_on: dt.date) -> str:
        """Return it as a sentence; `address` is its url in full."""
        day = date_format(self.on or read_on, "j F Y")
        words = _("As on record for %(day)s") if self.on else _("Read on %(day)s")
        origin = self.origin
        doubt = "" if self.is_verified else _("Not yet verified by the secretariat.")
        where = f"{words % {'day': day}}: {address}"
        parts = (f"{self.statement.rstrip('.')}.", origin, doubt, f"{PORTAL}.", where)
        return " ".join(filter(None, parts))

    @property
    def origin(self) -> str:
        """Where it is known from: the sources that come first, those with an address before all."""
        listed = sorted(self.sources, key=lambda source: not source["url"])
        if not listed:
            return ""
        words = [", ".join(filter(None, (one["title"], one["url"]))) for one in listed]
        first, others = "; ".join(words[:MOST_SOURCES]), len(words) - MOST_SOURCES
        if others <= 0:
            return _("Source: %(sources)s.") % {"sources": first}
        more = ngettext("and %(count)s more", "and %(count)s more", others) % {"count": others}
        return _("Source: %(sources)s, %(more)s.") % {"sources": first, "more": more}


type Knowing = Callable[[Any, Reader, dt.date], list[Fact]]

knows = Registry[Knowing]()
"""Functions that return further facts on a record's page, as of a day.

They ask the database for nothing that `for_citation(user)` has not fetched.
"""


def facts_of(record: Any, user: Reader, *, on: dt.date) -> list[Fact]:
    """Return the fact that a record is, and those that stand on its page."""
    itself = Fact(record.statement, record.get_absolute_url(), record.sources, record.is_verified)
    told = (know(record, user, on) for know, _fact in knows.of(record))
    return [itself, *chain.from_iterable(told)]
