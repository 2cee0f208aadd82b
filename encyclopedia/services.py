"""The verbs of the Encyclopedia: what an editor makes of a suggestion."""

import datetime as dt
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from taggit.models import Tag

from encyclopedia.choices import SuggestionKind, SuggestionState
from encyclopedia.models import Authorship, Entry, EntryRelation, Suggestion
from taskforce.models import Person
from untfsse.kit.records.addresses import propose_slug
from untfsse.kit.records.evidence import Confidence
from untfsse.kit.records.publishing import publish
from untfsse.kit.records.roles import Actor, can_publish, require
from untfsse.kit.records.sdg import GOALS

LONGEST_NUMBER = 9


@transaction.atomic
def accept_suggestion(suggestion: Suggestion, *, by: Actor, on: dt.date) -> Suggestion:
    """Make a suggestion part of the entry: an author, a topic, a goal or a related entry.

    An accepted author counts as verified on that day. Raises ValidationError when it was decided
    before, or names nothing that there is.
    """
    locked, entry = lock(suggestion, by=by)
    acts: dict[str, Callable[[Entry, str], None]] = {
        SuggestionKind.AUTHOR: lambda entry, name: add_author(entry, name, by=by, on=on),
        SuggestionKind.TAG: add_topic,
        SuggestionKind.SDG: add_goal,
        SuggestionKind.RELATED: relate,
    }
    acts[locked.kind](entry, " ".join(locked.value.split()))
    return decide(locked, SuggestionState.ACCEPTED, by=by, on=on)


@transaction.atomic
def refuse_suggestion(suggestion: Suggestion, *, by: Actor, on: dt.date) -> Suggestion:
    """Put a suggestion aside; it stays in the list with who refused it.

    Raises ValidationError when it was decided before.
    """
    locked, _entry = lock(suggestion, by=by)
    return decide(locked, SuggestionState.REFUSED, by=by, on=on)


def lock(suggestion: Suggestion, *, by: Actor) -> tuple[Suggestion, Entry]:
    """Return the suggestion and its entry as they are now, held until the transaction ends."""
    require(by, "change", Suggestion)
    entry: Entry = Entry.objects.select_for_update(of=("self",)).get(pk=suggestion.entry_id)
    require(by, "change", entry)
    locked: Suggestion = Suggestion.objects.select_for_update(of=("self",)).get(pk=suggestion.pk)
    if locked.state != SuggestionState.PROPOSED:
        raise ValidationError(
            _("“%(suggestion)s” is decided already: %(state)s.")
            % {"suggestion": locked, "state": locked.get_state_display()}
        )
    return locked, entry


def decide(suggestion: Suggestion, state: SuggestionState, *, by: Actor, on: dt.date) -> Suggestion:
    """Note what became of a suggestion, and by whom."""
    suggestion.state = state
    suggestion.decided_on = on
    suggestion.decided_by_id = None if by is None else by.pk
    suggestion.full_clean()
    suggestion.save(update_fields=["state", "decided_on", "decided_by"])
    return suggestion


def add_author(entry: Entry, name: str, *, by: Actor, on: dt.date) -> None:
    """Add a verified author at the end, or verify the authorship that is there."""
    person = find_or_add_person(entry, name, by=by)
    authorship = entry.authorships.filter(person=person).first()
    if authorship is None:
        last = entry.authorships.aggregate(last=Max("position"))["last"] or 0
        authorship = Authorship(
            entry=entry,
            person=person,
            position=last + 1,
            sources=entry.sources,
            confidence=Confidence.MEDIUM,
        )
    authorship.verified_on = on
    authorship.verified_by_id = None if by is None else by.pk
    authorship.full_clean()
    authorship.save()


def find_or_add_person(entry: Entry, name: str, *, by: Actor) -> Person:
    """Return the person of this name; a new one is public at once if the actor may publish."""
    people: list[Person] = list(Person.objects.filter(name__iexact=name)[:2])
    if len(people) > 1:
        raise ValidationError(
            _("Several people are called %(name)s. Add the author on the entry's own page.")
            % {"name": name}
        )
    if people:
        return people[0]
    require(by, "add", Person)
    person = Person(
        name=name,
        slug=propose_slug(Person, name),
        sources=entry.sources,
        confidence=Confidence.MEDIUM,
    )
    person.full_clean()
    person.save()
    return publish(person, by=by, at=timezone.now()) if can_publish(by, person) else person


def add_topic(entry: Entry, name: str) -> None:
    """File the entry under a topic, whatever the case of its letters."""
    if len(name) > Tag._meta.get_field("name").max_length:
        raise ValidationError(_("A topic has at most 100 letters."))
    entry.tags.add(name)


def add_goal(entry: Entry, number: str) -> None:
    """Note that the entry serves a goal."""
    goal = read_number(number)
    if goal not in GOALS:
        raise ValidationError(_("The goals are numbers from 1 to 17."))
    entry.sdgs = sorted({*entry.sdgs, goal})
    entry.save(update_fields=["sdgs", "updated_at"])


def relate(entry: Entry, number: str) -> None:
    """Relate the entry to another of the same work, given by its number."""
    same_work = Entry.objects.filter(part__work=entry.part.work_id)
    other = same_work.filter(number=read_number(number)).exclude(pk=entry.pk).first()
    if other is None:
        raise ValidationError(
            _("No other entry of this work has the number %(number)s.") % {"number": number}
        )
    first, second = sorted([entry, other], key=lambda one: int(one.pk))
    EntryRelation.objects.get_or_create(first=first, second=second)


def read_number(text: str) -> int:
    """Return a number in plain digits; 0, which names nothing, for anything else."""
    is_plain = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if is_plain else 0
