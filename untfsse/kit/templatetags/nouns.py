"""The nouns in a template: the sections of the navigation."""

from functools import cache, lru_cache
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from untfsse.kit.pages.feeds import asked_of
from untfsse.kit.records.noun import Door, list_address, nouns

register = template.Library()


@cache
def sections() -> list[dict[str, Any]]:
    """Return the sections, each with its address and those of the nouns within.

    Kept for as long as the process lives: every page shows them twice.
    """
    listed = nouns(Door.NAVIGATION)
    within: dict[str, list[str]] = {}
    for model in listed:
        owner = model.noun.within or model.noun.name
        within.setdefault(owner, []).append(list_address(model))
    return [
        {
            "label": model.noun.section,
            "url": list_address(model),
            "paths": tuple(within[model.noun.name]),
        }
        for model in listed
        if model.noun.section
    ]


@register.simple_tag(takes_context=True)
def feed_of_page(context: Any) -> str:
    """Return the address of the feed of what a page lists, asked alike; "" where there is none.

    A page that is no list of a noun says it itself, as `feed`.
    """
    request, filters = context.get("request"), context.get("filters")
    match = getattr(request, "resolver_match", None)
    if match is None or filters is None or not filters.is_valid():
        return str(context.get("feed", ""))
    name = f"{match.view_name.rpartition('_')[0]}_feed"
    try:
        return reverse(name, query=asked_of(filters.form) or None)
    except NoReverseMatch:
        return ""


@register.simple_tag
def section_links(path: str | None = "") -> SafeString:
    """Return the sections as list items, the one marked under which an address lies."""
    address = str(path or "")
    marks = (
        "page"
        if address == section["url"]
        else "true"
        if address.startswith(section["paths"])
        else ""
        for section in sections()
    )
    return marked_links(tuple(marks), get_language())


@lru_cache(maxsize=100)
def marked_links(marks: tuple[str, ...], _language: str | None) -> SafeString:
    """Return the sections as list items, each with its mark."""
    current = (format_html(' aria-current="{}"', mark) if mark else "" for mark in marks)
    return format_html_join(
        "\n",
        '<li><a href="{}"{}>{}</a></li>',
        (
            (section["url"], mark, section["label"])
            for section, mark in zip(sections(), current, strict=True)
        ),
    )
