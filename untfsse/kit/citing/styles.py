"""Styles: a reference as text, laid out by citeproc and the styles of the Citation Style Language.

The library takes a title for HTML, and writes one twice that stands in an author's place. So
what could be a tag is hidden from it, and a text without an author has no style.
"""

from functools import cache
from pathlib import Path
from threading import Lock

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from untfsse.kit.citing.references import Reference

STYLES = {
    "APA": str(Path(__file__).parent / "csl" / "apa.csl"),
    "Harvard": "harvard-cite-them-right",  # comes with the library
}
LOCALE = "en-GB"
HIDDEN = str.maketrans({"&": "\ue000", "<": "\ue001", ">": "\ue002", "{": "\ue003", "}": "\ue004"})
SHOWN = str.maketrans(
    {"\ue000": "&amp;", "\ue001": "&lt;", "\ue002": "&gt;", "\ue003": "{", "\ue004": "}"}
)
_alone = Lock()
"""A style remembers what it is asked to write."""


@cache
def load(path: str) -> CitationStylesStyle:
    """Return a style, read once."""
    return CitationStylesStyle(path, validate=False, locale=LOCALE)


def styled(reference: Reference) -> dict[str, SafeString]:
    """Return the reference in each style as safe HTML; nothing without an author."""
    if not reference.authors:
        return {}
    item = {name: hide(value) for name, value in reference.csl().items()}
    with _alone:
        return {label: lay_out(item, path) for label, path in STYLES.items()}


def lay_out(item: dict[str, object], path: str) -> SafeString:
    """Return one item in one style."""
    source = CiteProcJSON([item])
    bibliography = CitationStylesBibliography(load(path), source, formatter.html)
    bibliography.register(Citation([CitationItem(item["id"])]))
    text = str(bibliography.bibliography()[0])
    kept: str = escape(text.replace("&amp;", "&"))
    for tag in ("i", "/i"):
        kept = kept.replace(f"&lt;{tag}&gt;", f"<{tag}>")
    return mark_safe(kept.translate(SHOWN))  # noqa: S308 - all but <i> is escaped


def hide(value: object) -> object:
    """Return a value of an item in which nothing looks like a tag or a command."""
    if isinstance(value, str):
        return value.translate(HIDDEN)
    if isinstance(value, list):
        return [hide(part) for part in value]
    if isinstance(value, dict):
        return {name: hide(part) for name, part in value.items()}
    return value
