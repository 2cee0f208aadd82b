"""Former pages: addresses of the Task Force's earlier sites, each with the record that holds it.

Nobody keeps a list: a record that names such a page as its source holds it.
"""

import datetime as dt
import re
from typing import Any

from django.db.models import DateField, F, Q, Value
from django.db.models.functions import Cast
from django.urls import reverse

from untfsse.kit.records.noun import Door, address_name, nouns
from untfsse.kit.records.publication import Reader

SITES = ("unsse.org", "www.unsse.org", "knowledgehub.unsse.org")
FIRST = ("meeting", "update")
"""Of records that name a page alike, those of these nouns tell most of it."""
LISTS = {
    "about/": ("taskforce:organization_list", {}),
    "about/observers/": ("taskforce:organization_list", {"category": "observer"}),
    "es/noticias/": ("taskforce:update_list", {}),
    "updates/page/2/": ("taskforce:update_list", {}),
}
POST = re.compile(r"([0-9]{4})/([0-9]{2})/([0-9]{2})/")
SHAPES = (
    r"[0-9]{4}/(?:[0-9]{2}/){0,2}(?:[\w-]+/)?"
    r"|about/(?:[\w-]+/)*"
    r"|es/noticias/|updates/page/2/"
    r"|(?:[a-z]{2}/)?knowledge-hub/[\w-]+/"
    r"|\w+(?:-\w+)+/"
)
"""The paths that the earlier sites had: no page of ours has one."""
MOST = 200


def former_page(path: str, language: str, user: Reader) -> str:
    """Return where a path of an earlier site leads to now; "" if nobody names it."""
    if path in LISTS:
        name, asked = LISTS[path]
        return reverse(name, query=asked or None)
    addresses = addresses_of(path, language)
    models = sorted(nouns(Door.PAGES), key=rank)
    first, *others = (naming(model, place, addresses, user) for place, model in enumerate(models))
    found = [
        (position, row["place"], distance(path, row["day"]), row["slug"])
        for row in first.union(*others, all=True).order_by("place", "slug")[:MOST]
        for position, source in enumerate(row["sources"])
        if source["url"] in addresses
    ]
    if not found:
        return ""
    _position, place, _days, slug = min(found)
    return reverse(address_name(models[place], "detail"), args=[slug])


def rank(model: Any) -> tuple[bool, int]:
    """Return by what nouns are ordered."""
    return model.noun.name not in FIRST, model.noun.place


def addresses_of(path: str, language: str) -> set[str]:
    """Return the ways in which a page of the earlier sites may be written down."""
    queries = {"", f"?lang={language}"} if re.fullmatch("[a-z]{2}", language) else {""}
    return {
        f"{scheme}://{site}/{ending}{query}"
        for scheme in ("https", "http")
        for site in SITES
        for ending in (path, path.removesuffix("/"))
        for query in queries
    }


def naming(model: Any, place: int, addresses: set[str], user: Reader) -> Any:
    """Return the records of a noun, as far as a reader may see them, that name an address."""
    rule = Q()
    for address in sorted(addresses):
        rule |= Q(sources__contains=[{"url": address}])
    noun = model.noun
    day = F(noun.sort_day) if noun.sort_day else Cast(Value(None), DateField())
    rows = model.objects.visible_to(user).filter(rule).order_by()
    return rows.values("slug", "sources", place=Value(place), day=day)


def distance(path: str, day: dt.date | None) -> int:
    """Return how many days lie between a post and a record; none counts as very many."""
    post = POST.match(path)
    if post is None or day is None:
        return dt.date.max.toordinal()
    year, month, of_month = (int(part) for part in post.groups())
    try:
        return abs((dt.date(year, month, of_month) - day).days)
    except ValueError:
        return dt.date.max.toordinal()
