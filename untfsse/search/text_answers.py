"""Answers about texts that are named by their symbols: how the vote went, what changed."""

import datetime as dt
import re

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from taskforce.choices import PartyRole
from taskforce.models import InstrumentParty, PolicyInstrument, ProvisionRelation, Vote
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.search import SearchTerms
from untfsse.search.answer import Answer
from untfsse.search.reading import Reading

VOTES = re.compile(r"vot(?:e|es|ed|ing|os?|aron|er)|abstain(?:ed)?|abstentions?|favou?r|against")
SPONSORS = re.compile(r"(?:co-?)?sponsor(?:s|ed)?|patrocin\w+|parrain\w+")
CHANGES = re.compile(
    r"chang\w*|compar\w+|differ\w*|redline|between|evolution|diff|versus|vs|cambi\w+"
)
SYMBOL = re.compile(r"(?=[^ ]*[0-9])[^ ]+/[^ ]+")
MOST_TEXTS = 2
SPONSORING = (PartyRole.MAIN_SPONSOR, PartyRole.SPONSOR, PartyRole.CO_SPONSOR)


def named_texts(reading: Reading, user: Reader) -> list[PolicyInstrument]:
    """Return the texts whose symbols are typed whole or by their end, the earliest first."""
    rule = Q()
    for symbol in SYMBOL.findall(reading.text)[:MOST_TEXTS]:
        told = symbol.strip("?!.,;:()")
        is_its = Q(symbol__iexact=told) | Q(symbol__iendswith=f"/{told}")
        rule |= Q(search=SearchTerms(f'"{told}"')) & is_its
    texts = PolicyInstrument.objects.visible_to(user).filter(rule).defer("search")
    return list(texts.order_by("sort_on", "id")[: MOST_TEXTS + 1]) if rule else []


def votes(reading: Reading, _said: object, user: Reader, _today: dt.date) -> list[Answer]:
    """How the votes on a text went."""
    if not reading.asks(VOTES):
        return []
    texts = named_texts(reading, user)
    found = Vote.objects.visible_to(user).filter(instrument__in=texts)
    found = found.select_related("instrument").defer("instrument__search")
    return [
        Answer(
            vote.get_stage_display() or _("Vote"),
            vote.in_words,
            vote.instrument.get_absolute_url(),
            vote.instrument.short_title,
        )
        for vote in (found if texts else ())
    ]


def sponsors(reading: Reading, _said: object, user: Reader, _today: dt.date) -> list[Answer]:
    """Who proposed a text."""
    if not reading.asks(SPONSORS):
        return []
    texts = named_texts(reading, user)
    parties = InstrumentParty.objects.visible_to(user).filter(
        instrument__in=texts, role__in=SPONSORING
    )
    by_text: dict[int, list[str]] = {}
    for party in parties.select_related("organization") if texts else ():
        name = party.organization or party.country.name
        by_text.setdefault(party.instrument_id, []).append(str(name))
    return [
        Answer(_("Sponsors"), ", ".join(names), text.get_absolute_url(), text.short_title)
        for text in texts
        if (names := by_text.get(text.pk))
    ]


def changes(reading: Reading, _said: object, user: Reader, _today: dt.date) -> list[Answer]:
    """What changed from one text to another that somebody compared with it."""
    if not reading.asks(CHANGES) or len(texts := named_texts(reading, user)) != MOST_TEXTS:
        return []
    pairs = ProvisionRelation.objects.visible_to(user).filter(
        instrument__in=texts, earlier_instrument__in=texts
    )
    by_key = {text.pk: text for text in texts}
    return [
        Answer(
            _("What changed"),
            _("From %(earlier)s to %(later)s") % {"earlier": earlier.symbol, "later": later.symbol},
            reverse("taskforce:instrument_changes", args=[later.slug, earlier.slug]),
            later.short_title,
        )
        for later, earlier in (
            (by_key[one], by_key[other])
            for one, other in pairs.order_by()
            .values_list("instrument", "earlier_instrument")
            .distinct()
        )
    ]
