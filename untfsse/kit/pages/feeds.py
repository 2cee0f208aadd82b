"""Feeds: what changed last in a list or a search, as Atom, with what is gone.

RFC 4287 says the shape, RFC 6721 the tombstones, RFC 5005 the pages. All of it is a view of the
log of public changes: a feed stands in the order of the log, and so do its moments.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from operator import methodcaller
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django import forms
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from untfsse.kit.log import PublicState, notice_clock
from untfsse.kit.pages.filters import ListFilter
from untfsse.kit.pages.keyset import CursorError, KeysetPage, keyset_page
from untfsse.kit.records.characters import INVISIBLE
from untfsse.kit.records.noun import MOST_WORDS, address_name, label_of
from untfsse.kit.records.publication import VISITOR
from untfsse.kit.rest.problems import BadParameterError, parameter_error, rows_asked_for

PAGE_SIZE = 50
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
IDENTITIES = UUID("526734c6-346d-4975-ace8-628950a9d82b")
"""What the ids of feeds are made from, with the address and the question."""
BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""When a feed changed in which nothing ever stood: it must say some moment."""


# --- The shape -----------------------------------------------------------------------------


class AtomFeed(Atom1Feed):
    """Django's Atom with tombstones, links between pages, and a moment that the log says."""

    def root_attributes(self) -> dict[str, str]:
        """Name the words of RFC 6721."""
        return {**super().root_attributes(), "xmlns:at": TOMBSTONES}

    def add_root_elements(self, handler: Any) -> None:
        """Add the pages around this one, and what made it."""
        super().add_root_elements(handler)
        for rel, address in self.feed["pages"].items():
            handler.addQuickElement("link", "", {"rel": rel, "href": address})
        handler.addQuickElement("generator", "UNTFSSE Portal")

    def latest_post_date(self) -> dt.datetime:
        """Return when the whole feed changed last, what is gone included."""
        moment: dt.datetime = self.feed["updated"]
        return moment

    def write_items(self, handler: Any) -> None:
        """Write the entries, and after them the tombstones."""
        super().write_items(handler)
        for state in self.feed["gone"]:
            facts = {"ref": state.public_id.urn, "when": rfc3339_date(state.changed_at)}
            handler.startElement("at:deleted-entry", facts)
            if reason := gettext("This record was deleted.") if state.is_deleted else state.reason:
                handler.addQuickElement("at:comment", reason)
            handler.endElement("at:deleted-entry")


# --- The question --------------------------------------------------------------------------


def asked_of(form: forms.Form) -> dict[str, str]:
    """Return what is asked, by name, so that equal questions look alike."""
    asked = {name: str(form.data.get(name) or "").strip() for name in sorted(form.fields)}
    return {name: value for name, value in asked.items() if value}


def in_words(form: forms.Form) -> str:
    """Return what a valid form asks, as a reader of the list would say it."""
    said = []
    for name, value in asked_of(form).items():
        field: Any = form.fields[name]
        if hasattr(field, "queryset"):
            words = field.label_from_instance(form.cleaned_data[name])
        else:
            words = dict(getattr(field, "choices", ())).get(value, value)
        said.append(f"{field.label}: {words}")
    return "; ".join(said)


# --- The answer ----------------------------------------------------------------------------


def record_feed(model: Any, filters: type[ListFilter]) -> Callable[..., HttpResponse]:
    """Return the view of the feed of a list; whoever asks, only what is public.

    A feed is read by programs as the API is, so it answers as the API does.
    """

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        visible = model.objects.visible_to(VISITOR).defer("search")
        filtered = filters(request.GET, queryset=visible)
        rows = rows_asked_for(filtered)
        titles = [model.noun.feed_title or label_of(model), in_words(filtered.form)]
        page, asked = address_name(model, "list"), asked_of(filtered.form)
        return answer_feed(request, [rows], page, asked, titles)

    view.__name__ = f"{model.noun.name}_feed"
    return view


def answer_feed(
    request: HttpRequest,
    parts: Sequence[QuerySet[Any]],
    page: str,
    asked: dict[str, str],
    titles: Sequence[str | Promise],
    address_of: Callable[[Any], str] = methodcaller("get_absolute_url"),
) -> HttpResponse:
    """Return the feed of some rows that a visitor sees, of one noun or of several.

    `page` names the address of the page for people, `asked` is what both are asked.
    """
    notice_clock(request)
    states = covered(parts)
    cursor = request.GET.get("cursor", "")
    found = page_asked_for(states, cursor)
    latest = states.first() if cursor else next(iter(found.rows), None)
    full = request.build_absolute_uri
    around = {"first": "", "next": found.next, "previous": found.previous}
    feed = AtomFeed(
        INVISIBLE.sub(" ", " · ".join(str(title) for title in titles if title)),
        full(reverse(page, query=asked or None)),
        description=None,
        language=get_language(),
        author_name=gettext("UN Inter-Agency Task Force on Social and Solidarity Economy"),
        author_link=full("/"),
        feed_url=full(at_page(request, asked, cursor)),
        feed_guid=uuid5(IDENTITIES, at_page(request, asked)).urn,
        pages={
            rel: full(at_page(request, asked, to)) for rel, to in around.items() if to is not None
        },
        updated=latest.changed_at if latest else BEGINNING,
        gone=[state for state in found.rows if not state.is_public],
    )
    for record, state in records_of(parts, found.rows):
        noun = record.noun
        said = first_of(record, (*noun.texts, noun.original, noun.symbol))
        summary: Any = escape(said) or None
        feed.add_item(
            Truncator(getattr(record, noun.title)).words(MOST_WORDS),
            full(address_of(record)),
            summary,
            unique_id=state.public_id.urn,
            pubdate=record.published_at,
            updateddate=state.changed_at,
            categories=[noun.name],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def covered(parts: Sequence[QuerySet[Any]]) -> QuerySet[Any]:
    """Return what the log knows of some rows, and of all that is gone of their nouns.

    What is gone cannot be asked whether it fits the question: whoever never had it loses nothing.
    Each state asks for its own row; to know of them all which exist, PostgreSQL would gather them.
    """
    rule = Q()
    for rows in parts:
        its_row = rows.order_by().filter(public_id=OuterRef("public_id")).values("pk")
        is_shown = IsNull(Subquery(its_row[:1]), False)
        rule |= Q(Q(is_public=False) | Q(is_shown), table=rows.model._meta.db_table)
    return PublicState.objects.filter(rule).order_by("-number")


def page_asked_for(states: QuerySet[Any], cursor: str) -> KeysetPage:
    """Return the page behind a cursor; raise BadParameterError."""
    try:
        return keyset_page(states, size=PAGE_SIZE, cursor=cursor)
    except CursorError:
        message = gettext("This is no cursor of this feed. Follow its links.")
        raise BadParameterError([parameter_error("cursor", message)]) from None


def at_page(request: HttpRequest, asked: dict[str, str], cursor: str = "") -> str:
    """Return the address of a page of the feed that is asked for, without the host."""
    query = urlencode({**asked, "cursor": cursor} if cursor else asked)
    return f"{request.path}?{query}" if query else request.path


def records_of(
    parts: Sequence[QuerySet[Any]], states: list[PublicState]
) -> list[tuple[Any, PublicState]]:
    """Return the records of some states in their order, by one query a noun."""
    records: dict[UUID, Any] = {}
    for rows in parts:
        table = rows.model._meta.db_table
        ids = [each.public_id for each in states if each.is_public and each.table == table]
        if ids:
            records |= {record.public_id: record for record in rows.filter(public_id__in=ids)}
    return [(records[each.public_id], each) for each in states if each.public_id in records]


def first_of(record: Any, names: tuple[str, ...]) -> str:
    """Return the first of the columns that says something."""
    return next((str(text) for name in names if name and (text := getattr(record, name))), "")
