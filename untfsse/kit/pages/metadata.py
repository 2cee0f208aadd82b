"""Metadata: what a record's page says to machines, in JSON-LD, Open Graph and citation tags."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from untfsse.kit.citing.references import Reference, one_line, reference_of
from untfsse.kit.records.dates import PartialDate

SITE = "UNTFSSE"
MOST_WORDS = 40
ESCAPES = str.maketrans({sign: f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"})
"""So that no text ends the element in which it stands."""

ADDRESSES = {"@id", "url", "contentUrl"}
"""What is said as a path, and becomes a whole address."""

type Facts = dict[str, Any]
type Describing = Callable[[Any], Facts]

_describing: dict[type[models.Model], Describing] = {}


def describes(noun: type[models.Model]) -> Callable[[Describing], Describing]:
    """Register the function that says a record in words of schema.org.

    It asks the database for nothing that `for_detail(user)` has not fetched; what is not known may
    be empty.
    """

    def register(describe: Describing) -> Describing:
        _describing[noun] = describe
        return describe

    return register


def day(date: PartialDate | None) -> str:
    """Return a date as schema.org reads it; nothing for "by" a day."""
    return date.iso if date and not date.is_by else ""


def described(record: Any, whole: Callable[[str], str]) -> Facts:
    """Return a record as JSON-LD; `whole` completes an address."""
    item = record.list_item()
    url = record.get_absolute_url()
    usual = {"@type": "CreativeWork", "name": item.title, "description": item.summary}
    describe = _describing.get(type(record))
    facts = usual | (describe(record) if describe else {})
    found = known({"@context": "https://schema.org", "@id": url, "url": url, **facts}, whole)
    return dict(found)


def known(value: Any, whole: Callable[[str], str]) -> Any:
    """Return a value without what is not known, and with whole addresses."""
    if isinstance(value, dict):
        parts = {
            name: whole(part) if part and name in ADDRESSES else known(part, whole)
            for name, part in value.items()
        }
        left = {name: part for name, part in parts.items() if part not in ("", None, [], {})}
        return left if set(left) - {"@type"} else {}
    if isinstance(value, (list, tuple)):
        return [part for one in value if (part := known(one, whole))]
    return value


def json_ld(facts: Facts) -> SafeString:
    """Return facts as a block of data, which no policy for scripts concerns."""
    text = json.dumps(facts, cls=DjangoJSONEncoder, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


def open_graph(record: Any, whole: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Give what a link to the page shows elsewhere."""
    item = record.list_item()
    yield "og:site_name", SITE
    yield "og:type", "article"
    yield "og:title", one_line(item.title)
    yield "og:url", whole(record.get_absolute_url())
    if item.summary:
        yield "og:description", Truncator(one_line(item.summary)).words(MOST_WORDS)


def citation_tags(reference: Reference) -> Iterator[tuple[str, str]]:
    """Give the tags by which libraries of references read a page."""
    first, _dash, last = reference.pages.replace("\N{EN DASH}", "-").partition("-")
    yield "citation_title", one_line(reference.title)
    yield from (("citation_author", one_line(name)) for name in reference.authors)
    found = {
        "citation_publication_date": day(reference.issued).replace("-", "/"),
        "citation_inbook_title": reference.container,
        "citation_publisher": reference.publisher,
        "citation_technical_report_number": reference.number,
        "citation_firstpage": first,
        "citation_lastpage": last,
        "citation_doi": reference.doi,
        "citation_isbn": reference.isbn,
        "citation_language": reference.language,
    }
    yield from ((name, one_line(value)) for name, value in found.items() if value)


def metadata_of(record: Any, whole: Callable[[str], str]) -> SafeString:
    """Return the tags of a record's page, for its head."""
    reference = reference_of(record)
    named = citation_tags(reference) if reference else ()
    return format_html(
        "{}{}{}",
        format_html_join("\n", '<meta property="{}" content="{}">', open_graph(record, whole)),
        format_html_join("\n", '<meta name="{}" content="{}">', named),
        json_ld(described(record, whole)),
    )
