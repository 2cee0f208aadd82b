"""The verbs of the Encyclopedia: what an editor makes of a suggestion."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from taggit.models import Tag

from encyclopedia.choices import SuggestionKind
from encyclopedia.models import Authorship, Entry, EntryRelation, Suggestion
from taskforce.models import Person
from untfsse.kit.records.addresses import propose_slug
from untfsse.kit.records.evidence import Confidence
from untfsse.kit.records.publishing import publish
from untfsse.kit.records.roles import Actor, can_publish, require
from untfsse.kit.records.suggestions import accept, add_goal, read_number


def accept_suggestion(suggestion: Suggestion, *, by: Actor, on: dt.date) -> Suggestion:
    """Make a suggestion part of the entry: an author, a topic, a goal or a related entry.

    An accepted author counts as verified on that day. Raises ValidationError when it was decided
    before, or names nothing that there is.
    """

    def act(entry: Entry, locked: Suggestion) -> None:
        name = " ".join(locked.value.split())
        if locked.kind == SuggestionKind.AUTHOR:
            add_author(entry, name, by=by, on=on)
        elif locked.kind == SuggestionKind.TAG:
            add_topic(entry, name)
        elif locked.kind == SuggestionKind.SDG:
            add_goal(entry, locked)
        else:
            relate(entry, name)

    return accept(suggestion, act, by=by, on=on)


@transaction.atomic
def accept_all(entry: Entry, *, by: Actor, on: dt.date) -> list[Suggestion]:
    """Make all topics, goals and related entries that wait part of the entry, or none of them.

    Authors are left: each is checked against a source of its own.
    """
    return [accept_suggestion(each, by=by, on=on) for each in waiting(entry)]


def waiting(entry: Entry) -> Any:
    """Return what is suggested for an entry and may be accepted at once."""
    return entry.suggestions.proposed().exclude(kind=SuggestionKind.AUTHOR)


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
