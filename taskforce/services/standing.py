"""What an organization is in the Task Force on a day or over some days, by its seats."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from taskforce.models import Seat, Term
from untfsse.kit.records.dates import period
from untfsse.kit.records.publication import Reader
from untfsse.kit.records.tenure import Certainty, Tenure


@dataclass(frozen=True, slots=True)
class Standing:
    """The seats that an organization held the most surely, and how surely.

    Of several seats known in part each may be the one; the latest stands last.
    """

    seats: list[Seat]
    certainty: Certainty | None

    @property
    def is_open(self) -> bool:
        """Whether it is open that a seat was held at all."""
        return self.certainty == Certainty.POSSIBLE

    @property
    def in_words(self) -> str:
        """The category, or what it may have been; nothing without a seat."""
        words = _(" or ").join(seat.get_category_display() for seat in self.seats)
        return _("Perhaps: %(what)s") % {"what": words} if self.is_open else words

    @property
    def state(self) -> str:
        """The category, `possible` while it is open, nothing without a seat."""
        return "possible" if self.is_open else self.seats[-1].category if self.seats else ""


NO_SEAT = Standing([], None)


def standing(seats: Iterable[Seat], first: dt.date, last: dt.date, *, today: dt.date) -> Standing:
    """Return what some seats of one organization make it between two days (both inclusive)."""
    judged: dict[Certainty, list[Seat]] = {}
    for seat in sorted(seats, key=lambda seat: seat.pk):
        if word := seat.judge(first, last, today=today):
            judged.setdefault(word, []).append(seat)
    return next((Standing(judged[word], word) for word in Certainty if word in judged), NO_SEAT)


def tenure_note(tenure: Tenure, certainty: Certainty | None, *, today: dt.date) -> str:
    """Return since when something is held, and how surely where it is not certain."""
    days = period(tenure.from_on, tenure.until_on, is_open=True)
    note = certainty_note(tenure, certainty, today=today)
    return " · ".join(filter(None, (days, note))) or _("dates unknown")


def certainty_note(tenure: Tenure, certainty: Certainty | None, *, today: dt.date) -> str:
    """Return how surely something is held, in words; nothing where it is certain."""
    if certainty == Certainty.POSSIBLE:
        dates = (tenure.from_on, tenure.until_on, tenure.last_documented_on)
        in_part = _("possible: a date is known only in part")
        return in_part if any(dates) else _("possible: no date is known")
    if certainty != Certainty.PRESUMED:
        return ""
    if tenure.until_on is not None:
        return _("presumed: that day is still to come")
    since = tenure.presumed_since(today=today)
    return _("presumed: last documented %(day)s, no end is known") % {"day": since and since.text}


def terms_held(user: Reader, *, on: dt.date, today: dt.date) -> list[Term]:
    """Return who holds an office on a day, or perhaps, in the order of the offices.

    Each carries `standing_note`: how surely, where it is not certain.
    """
    terms = Term.objects.visible_to(user).held_or_perhaps(on=on, today=today)
    ordered = terms.order_by("office__position", "organization__name_key", "id")
    found = list(ordered.select_related("office", "organization").with_visible(user, "person"))
    for term in found:
        term.standing_note = certainty_note(term, term.certainty, today=today)
    return found
