"""Instruments: provisions come in as far as the licence of the text lets them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from taskforce.choices import Language
from taskforce.models import (
    InstrumentParty,
    PolicyInstrument,
    Provision,
    ProvisionText,
    SuggestedGoal,
    SuggestedTopic,
)
from taskforce.services.provisions import ProposedProvision
from untfsse.kit.forms.countries import code_of
from untfsse.kit.records.roles import Actor, require
from untfsse.kit.records.suggestions import accept, add_goal


def may_show_text(instrument: PolicyInstrument) -> bool:
    """Whether the licence of an instrument lets the portal show its words."""
    return instrument.may_show_text


@transaction.atomic
def add_provisions(
    instrument: PolicyInstrument,
    proposals: Sequence[ProposedProvision],
    *,
    language: str = Language.ENGLISH,
    by: Actor,
) -> list[Provision]:
    """Add provisions after those that are there, in the order given; their text in a language.

    A licence that forbids showing the text lets only labels in. Raises ValidationError, keyed by
    the place of the proposal from 1, and then adds nothing.
    """
    require(by, "add", Provision)
    locked = PolicyInstrument.objects.select_for_update(of=("self",)).get(pk=instrument.pk)
    refuse_texts(locked, proposals)
    position = locked.provisions.aggregate(last=Max("position"))["last"] or 0
    added: list[Provision] = []
    errors: dict[str, list[str]] = {}
    for place, proposal in enumerate(proposals, start=1):
        provision = Provision(
            instrument=locked,
            parent=find_parent(added, proposal, place),
            position=position + place,
            kind=proposal.kind,
            number=proposal.number.strip(),
            label=proposal.label.strip(),
        )
        try:
            provision.full_clean()
            provision.save()
            write_words(provision, language, proposal.text.strip(), by=by)
        except ValidationError as error:
            errors[str(place)] = error.messages
        added.append(provision)
    if errors:
        raise ValidationError(errors)
    return added


def write_words(
    provision: Provision, language: str, text: str, *, source: str = "", by: Actor
) -> ProvisionText | None:
    """Keep the words of a provision in a language, in place of those there; None for no words.

    Raises ValidationError when the licence does not let us show them.
    """
    if not text:
        return None
    words = provision.texts.filter(language=language).first()
    require(by, "change" if words else "add", ProvisionText)
    words = words or ProvisionText(provision=provision, language=language)
    words.text, words.source = text, source or words.source
    words.full_clean()
    words.save()
    return words


def refuse_texts(instrument: PolicyInstrument, proposals: Sequence[ProposedProvision]) -> None:
    """Raise ValidationError when a text would come in that the licence does not let us show."""
    if may_show_text(instrument) or not any(proposal.text.strip() for proposal in proposals):
        return
    raise ValidationError(
        _(
            "The licence of this text does not let us show it. Keep the labels, in our own "
            "words, without the text; readers follow the official link."
        ),
        code="licence",
    )


def read_countries(lines: Iterable[str]) -> list[str]:
    """Return the codes of countries that lines name, by name or by code, each once.

    Raises ValidationError with all lines that name no country.
    """
    codes: dict[str, None] = {}
    unknown = []
    for line in filter(None, (line.strip(" ,;.") for line in lines)):
        code = code_of(line)
        if code:
            codes[code] = None
        else:
            unknown.append(line)
    if unknown:
        words = _("No country is known by: %(names)s.") % {"names": ", ".join(unknown)}
        raise ValidationError({"countries": words})
    return list(codes)


@transaction.atomic
def add_parties(
    instrument: PolicyInstrument,
    *,
    role: str,
    countries: Iterable[str],
    detail: str = "",
    sources: Iterable[dict[str, Any]] = (),
    by: Actor,
) -> list[InstrumentParty]:
    """Add countries in a role, by name or code; those that are there in it stay as they are.

    Without sources of their own they get those of the instrument. Raises ValidationError at
    "countries" for names that are none, and then adds nothing.
    """
    require(by, "add", InstrumentParty)
    locked = PolicyInstrument.objects.select_for_update(of=("self",)).get(pk=instrument.pk)
    codes = read_countries(countries)
    if not codes:
        raise ValidationError({"countries": _("Name at least one country.")})
    held = set(locked.parties.filter(role=role).values_list("country", flat=True))
    added = []
    for code in codes:
        if code in held:
            continue
        party = InstrumentParty(
            instrument=locked,
            country=code,
            role=role,
            detail=detail,
            sources=list(sources) or locked.sources,
        )
        party.full_clean()
        party.save()
        added.append(party)
    return added


def find_parent(
    added: Sequence[Provision], proposal: ProposedProvision, place: int
) -> Provision | None:
    """Return the provision above a proposal, which must come before it and be saved."""
    if proposal.parent is None:
        return None
    if not 0 <= proposal.parent < place - 1:
        raise ValidationError({str(place): [_("It stands under one that comes later.")]})
    above = added[proposal.parent]
    return above if above.pk else None


def accept_goal(suggestion: SuggestedGoal, *, by: Actor, on: dt.date) -> SuggestedGoal:
    """Let an instrument serve the goal that was suggested, from now on for all readers.

    Raises ValidationError when it was decided before.
    """
    return accept(suggestion, add_goal, by=by, on=on)


def accept_topic(suggestion: SuggestedTopic, *, by: Actor, on: dt.date) -> SuggestedTopic:
    """File a provision under the topic that was suggested, from now on for all readers.

    Raises ValidationError when it was decided before.
    """
    return accept(suggestion, add_topic, by=by, on=on)


def add_topic(provision: Provision, suggestion: SuggestedTopic) -> None:
    """File a provision under a topic."""
    provision.tags.add(suggestion.value)
