"""The pages of policy instruments: what a text says, who stands behind it, what it leads to."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taskforce.choices import RELATION_INVERSES, Language, PartyRole, RelationKind
from taskforce.filters import InstrumentFilter
from taskforce.models import (
    InstrumentEvent,
    InstrumentParty,
    InstrumentRelation,
    PolicyInstrument,
    Provision,
    ProvisionRelation,
    Vote,
)
from untfsse.kit.pages.paging import list_page
from untfsse.kit.pages.thread import strands_of
from untfsse.kit.records.addresses import get_record_or_404
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.sdg import goals
from untfsse.kit.records.together import fetch_together
from untfsse.kit.records.written import written


@dataclass(slots=True)
class Branch:
    """A provision with those within it."""

    provision: Provision
    children: list["Branch"] = field(default_factory=list)
    changes: list[tuple[str, str]] = field(default_factory=list)


def tree_of(
    provisions: Iterable[Provision], changes: dict[int, list[tuple[str, str]]]
) -> list[Branch]:
    """Return provisions as a tree, in the order of the text, with what became of them."""
    branches = {row.pk: Branch(row, changes=changes.get(row.pk, [])) for row in provisions}
    top: list[Branch] = []
    for branch in branches.values():
        above = branches.get(branch.provision.parent_id or 0)
        (above.children if above else top).append(branch)
    return top


def changes_in(
    instrument: PolicyInstrument, relations: Iterable[ProvisionRelation]
) -> dict[int, list[tuple[str, str]]]:
    """Return what became of provisions since earlier texts and in later ones, each in words.

    With the address where both stand side by side; by the number of the provision.
    """
    found: dict[int, list[tuple[str, str]]] = {}
    for row in relations:
        is_later = row.instrument_id == instrument.pk
        own = row.provision_id if is_later else row.earlier_provision_id
        if own is None:
            continue
        other = row.earlier_instrument if is_later else row.instrument
        words = _("%(change)s since %(text)s") if is_later else _("%(change)s in %(text)s")
        pair = [row.instrument.slug, row.earlier_instrument.slug]
        url = f"{reverse('taskforce:instrument_changes', args=pair)}#{row.anchor}"
        told = {"change": row.get_kind_display(), "text": other.symbol or other.short_title}
        found.setdefault(own, []).append((words % told, url))
    return found


def titles_of(instrument: PolicyInstrument) -> list[dict[str, str]]:
    """Return its official titles in other languages than the one that is shown first."""
    return [
        {
            "label": _("Title in %(language)s") % {"language": title.get_language_display()},
            "name": title.name,
            "language": title.language,
        }
        for title in instrument.titles.all()
        if title.name != instrument.title
    ]


def steps_of(events: Iterable[InstrumentEvent]) -> list[dict[str, Any]]:
    """Return the steps as the timeline shows them."""
    return [
        {
            "title": event.wording,
            "date": event.happened_on,
            "note": event.detail,
        }
        for event in events
    ]


def parties_of(rows: Iterable[InstrumentParty]) -> list[dict[str, Any]]:
    """Return the parties by role, in the order of the roles, each by name."""
    by_role: dict[str, list[dict[str, Any]]] = {role: [] for role in PartyRole.values}
    for row in rows:
        by_role[row.role].append(
            {
                "name": row.organization.full_name if row.organization else row.country.name,
                "url": row.organization.get_absolute_url() if row.organization else "",
                "under": row.under,
                "detail": row.detail,
            }
        )
    return [
        {"role": PartyRole(role).label, "parties": sorted(named, key=itemgetter("name"))}
        for role, named in by_role.items()
        if named
    ]


def line_of_texts(
    instrument: PolicyInstrument, relations: Iterable[InstrumentRelation]
) -> list[dict[str, Any]]:
    """Return this text and those related to it, by day, each with what they are to each other.

    Nothing without relations; a text that is not in the list has no day and stands at the end.
    """
    words: dict[PolicyInstrument | str, list[str]] = {}
    for row in relations:
        is_ours = row.source_id == instrument.pk
        kind = RelationKind(row.kind)
        word = kind.label if is_ours else RELATION_INVERSES[kind]
        other = (row.target or row.target_label) if is_ours else row.source
        words.setdefault(other, []).append(str(word))
    steps = [text_step(text, found) for text, found in words.items()]
    if steps:
        steps.append({"title": instrument.short_title, "note": _("This text")} | day_of(instrument))
    return sorted(steps, key=itemgetter("order", "title"))


def text_step(text: PolicyInstrument | str, words: list[str]) -> dict[str, Any]:
    """Return a related text as the timeline shows it."""
    note = ", ".join(sorted(words))
    if isinstance(text, str):
        return {"title": text, "note": note, "order": dt.date.max}
    note = " · ".join(filter(None, [note, text.symbol]))
    step = {"title": text.short_title, "url": text.get_absolute_url(), "note": note}
    return step | day_of(text)


def day_of(text: PolicyInstrument) -> dict[str, Any]:
    """Return the day of a text, and its place among others; the unknown comes last."""
    return {
        "date": text.adopted_on,
        "order": text.sort_on if text.adopted_on else dt.date.max,
    }


def votes_of(votes: Iterable[Vote]) -> list[dict[str, Any]]:
    """Return each vote in words: where and how, and who voted so as far as it is known."""
    return [
        {
            "label": vote.get_stage_display() or _("Vote"),
            "value": vote.in_words,
            "who": [
                {"label": label, "names": sorted(str(country.name) for country in countries)}
                for label, countries in [
                    (_("In favour"), vote.countries_in_favour),
                    (_("Against"), vote.countries_against),
                    (_("Abstaining"), vote.countries_abstaining),
                ]
                if countries
            ],
            "note": vote.note,
        }
        for vote in votes
    ]


@require_safe
def instrument_list(request: HttpRequest) -> HttpResponse:
    """List instruments, narrowed by the query string."""
    filters, page = list_page(request, InstrumentFilter, PolicyInstrument.objects.for_page)
    return render(request, "taskforce/instrument_list.html", {"filters": filters, "page": page})


@written
def told_by(user: Reader, instrument: int, language: str) -> Iterator[Any]:
    """Ask for the provisions of a text, its relations, and what became of provisions."""
    yield (
        Provision.objects.visible_to(user).filter(instrument=instrument).with_words(user, language)
    )
    yield InstrumentRelation.objects.visible_to(user).around(instrument).with_ends()
    yield ProvisionRelation.objects.visible_to(user).around(instrument).with_ends()


@require_safe
def instrument_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one instrument: official data, provisions, steps, parties, relations."""
    user = request.user
    instrument = get_record_or_404(PolicyInstrument.objects.for_detail, user, slug)
    asked = told_by(user, instrument.pk, get_language() or "en")
    provisions, relations, changes = fetch_together(*asked)
    context = {
        "instrument": instrument,
        "titles": titles_of(instrument),
        "provisions": tree_of(provisions, changes_in(instrument, changes)),
        "steps": steps_of(instrument.events.all()),
        "parties": parties_of(instrument.parties.all()),
        "texts": line_of_texts(instrument, relations),
        "votes": votes_of(instrument.votes.all()),
        "languages": ", ".join(str(Language(code).label) for code in instrument.languages),
        "countries": ", ".join(sorted(str(country.name) for country in instrument.jurisdiction)),
        "goals": goals(instrument.sdgs),
        "strands": strands_of(instrument, user),
    }
    return render(request, "taskforce/instrument_detail.html", context)
