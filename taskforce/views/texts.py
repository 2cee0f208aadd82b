"""The words of instruments: two languages side by side, and what changed since an earlier text."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from taskforce.choices import RIGHT_TO_LEFT, Language
from taskforce.forms import OneLanguageForm, TwoLanguagesForm
from taskforce.lineage import line_of_all
from taskforce.models import PolicyInstrument, Provision, ProvisionRelation, ProvisionText
from taskforce.redline import compare
from untfsse.kit.records.addresses import get_record_or_404


def language_of(code: str) -> dict[str, str]:
    """Return a language as pages name and mark it."""
    direction = "rtl" if code in RIGHT_TO_LEFT else "ltr"
    return {"code": code, "name": str(Language(code).label), "direction": direction}


@require_safe
def instrument_text(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the words of a text in two of its languages, paragraph by paragraph."""
    user = request.user
    instrument = get_record_or_404(PolicyInstrument.objects.with_texts, user, slug)
    form = TwoLanguagesForm(instrument.text_languages, request.GET or None)
    chosen = form.chosen()
    texts = ProvisionText.objects.visible_to(user).filter(language__in=chosen)
    provisions = (
        Provision.objects.visible_to(user)
        .filter(instrument=instrument)
        .prefetch_related(Prefetch("texts", texts))
    )
    context = {
        "instrument": instrument,
        "form": form,
        "languages": [language_of(code) for code in chosen],
        "rows": [row_of(provision, chosen) for provision in provisions],
        "sources": sources_of(provisions, chosen),
    }
    return render(request, "taskforce/instrument_text.html", context)


def row_of(provision: Provision, chosen: list[str]) -> dict[str, Any]:
    """Return a provision with its words in each of the languages."""
    held = {text.language: text.text for text in provision.texts.all()}
    cells = [{**language_of(code), "words": held.get(code, "")} for code in chosen]
    return {"provision": provision, "cells": cells, "has_words": bool(held)}


def sources_of(provisions: Iterable[Provision], chosen: list[str]) -> list[dict[str, str]]:
    """Return where the words were taken from, once for each language and address."""
    found = dict.fromkeys(
        (text.language, text.source)
        for provision in provisions
        for text in provision.texts.all()
        if text.source
    )
    rows = sorted(found, key=lambda each: chosen.index(each[0]))
    return [{**language_of(code), "url": url} for code, url in rows]


@require_safe
def instrument_changes(request: HttpRequest, slug: str, earlier: str) -> HttpResponse:
    """Show what became of the provisions of an earlier text in a later one, word by word."""
    user = request.user
    records = PolicyInstrument.objects.with_texts
    later, before = (get_record_or_404(records, user, each) for each in (slug, earlier))
    relations = list(
        ProvisionRelation.objects.visible_to(user)
        .filter(instrument=later, earlier_instrument=before)
        .with_ends()
    )
    if not relations:
        raise Http404
    both = [code for code in later.text_languages if code in before.text_languages]
    form = OneLanguageForm(both, request.GET or None)
    language = form.chosen()
    context = {
        "instrument": later,
        "earlier": before,
        "form": form,
        "shown_in": language_of(language) if language else None,
        "rows": changes_of(relations, words_of(later, before, language, user)),
    }
    return render(request, "taskforce/instrument_changes.html", context)


def words_of(
    later: PolicyInstrument, earlier: PolicyInstrument, language: str, user: Any
) -> dict[int | None, str]:
    """Return the words of the provisions of two texts in a language, by provision."""
    texts = ProvisionText.objects.visible_to(user).filter(
        provision__instrument__in=[later, earlier], language=language
    )
    return dict(texts.values_list("provision", "text"))


def changes_of(
    relations: list[ProvisionRelation], words: dict[int | None, str]
) -> list[dict[str, Any]]:
    """Return each relation with its provisions, and its words where both texts have them."""
    rows = []
    for relation in relations:
        sides = (relation.earlier_provision_id, relation.provision_id)
        is_known = all(side is None or side in words for side in sides)
        before, after = (words.get(side, "") for side in sides)
        rows.append(
            {
                "relation": relation,
                "provision": relation.provision or relation.earlier_provision,
                "pieces": compare(before, after) if is_known else [],
            }
        )
    return rows


@require_safe
def instrument_timeline(request: HttpRequest) -> HttpResponse:
    """Show all texts on one line, with what they do to each other."""
    lineage = line_of_all(request.user)
    return render(request, "taskforce/instrument_timeline.html", {"lineage": lineage})


@require_safe
def instrument_concordance(request: HttpRequest) -> HttpResponse:
    """Show where the texts of several bodies speak of the same topic, provision by provision."""
    provisions = Provision.objects.visible_to(request.user).with_topics()
    return render(
        request, "taskforce/instrument_concordance.html", {"topics": concordance_of(provisions)}
    )


def concordance_of(provisions: Iterable[Provision]) -> list[dict[str, Any]]:
    """Return the topics on which more than one body speaks, each with their provisions by body."""
    topics: dict[Any, dict[str, list[Provision]]] = {}
    for provision in provisions:
        issuer = provision.instrument.issuing_acronym or provision.instrument.issuing_body
        for topic in provision.tags.all():
            topics.setdefault(topic, {}).setdefault(issuer, []).append(provision)
    shared = [(topic, bodies) for topic, bodies in topics.items() if len(bodies) > 1]
    shared.sort(key=lambda each: each[0].name)
    return [
        {
            "topic": topic,
            "bodies": [{"name": name, "provisions": bodies[name]} for name in sorted(bodies)],
        }
        for topic, bodies in shared
    ]
