"""Rows of a list in a template: `{% list_item title=… url=… %}`.

Written here, for a page has many of them and an include takes ten times as long.
"""

import html
from typing import Any

from django import template
from django.utils.choices import flatten_choices
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from untfsse.kit.records.dates import period_html
from untfsse.kit.records.publication import Audience, Status

register = template.Library()
FIRST_PARTED = 1_000
NOT_FOR_ALL: dict[str, Any] = {
    Status.DRAFT: _("Draft"),
    Status.WITHDRAWN: _("Withdrawn"),
    Audience.MEMBERS: _("Members and observers only"),
    Audience.SECRETARIAT: _("Secretariat only"),
}


@register.simple_tag
def list_item(  # noqa: PLR0913 - as many as a row may show
    *,
    title: Any,
    url: str,
    record: Any = None,
    kind: Any = "",
    date: Any = None,
    until: Any = None,
    dated: bool = False,
    meta: Any = "",
    summary: Any = "",
    original: Any = "",
    original_language: str = "",
    state: str = "",
    state_label: Any = "",
) -> SafeString:
    """Return one record inside `<ul class="listing">`.

    `kind` is a word above all, `date` and `until` are partial dates (with `dated` an unknown one
    is said), `meta` is a short text (place, symbol, issuing body), `original` its title in another
    language; `state` and `state_label` make a badge, `record` those for drafts and for members.
    """
    when = f"<span>{date_html(date, until)}</span>" if date or dated else ""
    above = [when, *(f"<span>{escaped(one)}</span>" for one in (kind, meta) if one)]
    badges = [badge(state, state_label) if state_label else "", *badges_of(record)]
    link = f'<a href="{escaped(url)}">{escaped(title)}</a>'
    parts = [
        '<li class="item">',
        meta_html(above),
        f'<h3 class="item-title">{link}</h3>',
        original_html(original, original_language),
        f'<p class="item-summary">{escaped(summary)}</p>' if summary else "",
        meta_html(badges),
        "</li>",
    ]
    # By hand, for a page has many of them: each is escaped above.
    return mark_safe("\n".join(parts))  # noqa: S308


@register.simple_tag
def list_items(rows: Any) -> SafeString:
    """Return records as `list_item` does, each of which says in `as_item` what is shown."""
    return mark_safe("\n".join(list_item(**row.as_item) for row in rows))  # noqa: S308


def escaped(words: Any) -> str:
    """Return words as HTML, as Django's `conditional_escape` does in five times as long."""
    return str(words.__html__() if hasattr(words, "__html__") else html.escape(str(words)))


def meta_html(parts: list[str]) -> str:
    """Return some safe parts as a paragraph; nothing when all are empty."""
    words = " ".join(filter(None, parts))
    return f'<p class="meta">{words}</p>' if words else ""


def date_html(date: Any, until: Any) -> SafeString | str:
    """Return a date as far as it is known."""
    if date:
        return period_html(date, until)
    return format_html('<span class="unknown">{}</span>', gettext("date unknown"))


def original_html(title: Any, language: str) -> SafeString | str:
    """Return a title in another language; nothing without one."""
    if not title:
        return ""
    direction = mark_safe(' dir="rtl"') if language == "ar" else ""
    mark = format_html(' lang="{}"{}', language, direction) if language else ""
    return format_html('<p class="item-summary"{}>{}</p>', mark, title)


def badge(state: str, label: Any) -> SafeString:
    """Return a state in a word."""
    return mark_safe(f'<span class="badge is-{escaped(state)}">{escaped(label)}</span>')  # noqa: S308


def badges_of(record: Any) -> list[SafeString]:
    """Return what a reader must know of a record: draft, withdrawn, for whom."""
    states = [getattr(record, name, "") for name in ("status", "audience")]
    return [badge(state, NOT_FOR_ALL[state]) for state in states if state in NOT_FOR_ALL]


@register.simple_tag
def chips(choices: Any, *, lift: Any = "") -> SafeString:
    """Return choices with how many there are as chips inside `<ul class="chips">`.

    A choice has `label`, `count`, `query`, `is_chosen` and `is_capped`; what chooses it again
    lifts it where `lift` says so.
    """
    words = escaped(lift)
    return mark_safe("\n".join(chip(choice, words) for choice in choices))  # noqa: S308


def chip(choice: Any, lift: str) -> str:
    """Return one choice."""
    label, here = escaped(choice.label), ' aria-current="true"' if choice.is_chosen else ""
    words = f"<b>{label}</b>" if choice.is_chosen else label
    if lift and choice.is_chosen:
        mark = '<span aria-hidden="true">&times;</span>'
        said = f'{words} {mark}<span class="visually-hidden">{lift}</span>'
    else:
        # Below a thousand nothing parts the figures, which Django takes long to find.
        count = choice.count if choice.count < FIRST_PARTED else localize(choice.count)
        said = f"{words} {count}{'+' if choice.is_capped else ''}"
    return f'<li><a class="chip" href="?{escaped(choice.query)}"{here}>{said}</a></li>'


@register.simple_tag
def options(field: Any) -> SafeString:
    """Return what a bound field of a select offers; groups of choices are told as one list."""
    widget = field.field.widget
    chosen = widget.format_value(field.value())
    # A list from now on: whoever looks again asks the database for nothing.
    widget.choices = list(iter(widget.choices))
    flat: Any = flatten_choices(widget.choices)
    offered = (
        f'<option value="{escaped(value)}"{" selected" if str(value) in chosen else ""}>'
        f"{escaped(label)}</option>"
        for value, label in flat
    )
    return mark_safe("".join(offered))  # noqa: S308 - both are escaped
