"""The noun: what a record says of itself, once, beside its model; every list of nouns reads it.

A door is where a noun meets somebody: its list, its page, its feed, search, the API and so on.
Each is open, or closed with a reason: `tests/test_doors.py` shows the table of all of them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from taggit.managers import TaggableManager

SLUG_FORM = re.compile(r"[-a-zA-Z0-9_]+")
STANDING_SLUG = "slug-that-stands-here"


class Door(StrEnum):
    """Where a noun meets a reader, a machine or a newcomer."""

    PAGES = "pages"
    FEED = "feed"
    SITEMAP = "sitemap"
    SEARCH = "search"
    API = "api"
    NAVIGATION = "navigation"
    HOME = "home"
    TOPICS = "topics"
    GOALS = "goals"
    SEED = "seed"


MOST_WORDS = 40
"""So many of a title stand in a list, where a sentence is the title."""

PAGELESS = (Door.PAGES, Door.FEED, Door.SITEMAP, Door.NAVIGATION, Door.HOME)
"""What a noun without pages of its own has none of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """What a record says of itself. Columns are named by their fields; "" means there is none.

        class Pledge(Record):
            noun = Noun(name="pledge", path="pledges", date="made_on", section=_("Pledges"))

    `name` is the noun in names of addresses (`pledge_list`), `path` in the addresses themselves
    (`/pledges/`). `title`, `symbol` and `texts` are what lists, feeds and search show, `key` the
    column without accents in which search looks for names written nearly so, `date` and `until`
    columns of dates known in part, `day` the column to sort by. A whole `symbol` leads straight
    to its record where no other has it. `original` is an official title in `language`.
    """

    name: str
    path: str
    plural: str = ""
    """The noun in the addresses of the API, where it is not the path of its pages."""
    place: int = 100
    """Nouns are listed in this order, and equals found in it."""
    title: str = "title"
    key: str = ""
    symbol: str = ""
    is_symbol_unique: bool = False
    date: str = ""
    until: str = ""
    day: str = ""
    texts: tuple[str, ...] = ("summary",)
    original: str = ""
    language: str = ""
    section: str | Promise = ""
    """What the navigation calls it."""
    within: str = ""
    """The noun under whose section the navigation counts it."""
    counted: Any = ""
    """What the home page counts: `ngettext_lazy` of one and of many."""
    feed_title: str | Promise = ""
    closed: Mapping[Door, str] = field(default_factory=dict)
    """The doors it has not, each with the reason."""

    @property
    def api_path(self) -> str:
        """The plural in the addresses of the API."""
        return self.plural or self.path

    @property
    def name_key(self) -> str:
        """The column in which names written nearly so are looked for."""
        return self.key or f"{self.title}_key"

    @property
    def sort_day(self) -> str:
        """The column with the day to sort by; nothing without a date."""
        return self.day or ("sort_on" if self.date else "")


def pageless(reason: str) -> dict[Door, str]:
    """Return the doors that a noun without pages of its own has not, with one reason."""
    return dict.fromkeys(PAGELESS, reason)


def is_open(model: type[models.Model], door: Door) -> bool:
    """Whether a noun has a door; topics and goals follow from its columns."""
    noun = getattr(model, "noun", None)
    if not isinstance(noun, Noun) or door in noun.closed:
        return False
    opts = model._meta
    if door == Door.TOPICS:
        return any(isinstance(each, TaggableManager) for each in opts.many_to_many)
    if door == Door.GOALS:
        return any(each.name == "sdgs" for each in opts.fields)
    return True


@cache
def nouns(door: Door | None = None) -> tuple[Any, ...]:
    """Return the records that have a door, or all that say something of themselves.

    Kept for as long as the process lives: every page asks for its navigation.
    """
    found: list[Any] = [
        model for model in apps.get_models() if isinstance(getattr(model, "noun", None), Noun)
    ]
    if door is not None:
        found = [model for model in found if is_open(model, door)]
    return tuple(sorted(found, key=lambda model: (model.noun.place, model._meta.label_lower)))


def has_column(model: type[models.Model], name: str) -> bool:
    """Whether a table has a column of this name."""
    return any(each.name == name for each in model._meta.concrete_fields)


def address_name(model: Any, kind: str) -> str:
    """Return the name of an address: of the `list`, the `detail` or the `feed`."""
    return f"{model._meta.app_label}:{model.noun.name}_{kind}"


def slug_address(name: str, slug: str) -> str:
    """Return the address of a record by the name of the address and its slug, as `reverse` does.

    A page has dozens of them; what stands around the slug is found once.
    """
    if not (slug and SLUG_FORM.fullmatch(slug)):
        return reverse(name, args=[slug])
    before, after = around_slug(name, get_script_prefix())
    return f"{before}{slug}{after}"


@cache
def around_slug(name: str, _prefix: str) -> tuple[str, str]:
    """Return what stands before and after the slug in an address."""
    before, _slug, after = reverse(name, args=[STANDING_SLUG]).rpartition(STANDING_SLUG)
    return before, after


def list_address(model: Any, **query: Any) -> str:
    """Return the address of a noun's list, asked a question."""
    return reverse(address_name(model, "list"), query=query or None)


def label_of(model: Any) -> str:
    """Return a noun in the plural, as headings name it."""
    return capfirst(str(model._meta.verbose_name_plural))
