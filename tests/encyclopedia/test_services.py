"""Suggestions become facts by a person's decision, once."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from encyclopedia.models import Authorship, Entry, EntryRelation, Suggestion
from encyclopedia.services import accept_suggestion
from taskforce.models import Person
from tests import make
from untfsse.kit.records.suggestions import refuse_suggestion

DAY = dt.date(2022, 8, 2)


def accept(**facts: Any) -> Suggestion:
    return accept_suggestion(make.suggestion(**facts), by=None, on=DAY)


def test_an_accepted_topic_is_on_the_entry(db: None) -> None:
    editor = make.user(is_superuser=True)
    suggestion = make.suggestion(kind="tag", value="Commons")
    accepted = accept_suggestion(suggestion, by=editor, on=DAY)
    assert (accepted.state, accepted.decided_on, accepted.decided_by) == ("accepted", DAY, editor)
    assert [tag.slug for tag in accepted.entry.tags.all()] == ["commons"]


def test_a_topic_that_is_there_in_other_letters_is_used_again(db: None) -> None:
    make.entry().tags.add("Commons")
    accepted = accept(kind="tag", value="commons")
    assert [tag.name for tag in accepted.entry.tags.all()] == ["Commons"]


def test_an_accepted_goal_joins_the_others_in_order(db: None) -> None:
    entry = make.entry(sdgs=[3, 16])
    accept(entry=entry, kind="sdg", value="8")
    entry.refresh_from_db()
    assert entry.sdgs == [3, 8, 16]


def test_a_goal_that_is_there_stays_once(db: None) -> None:
    entry = make.entry(sdgs=[8])
    accept(entry=entry, kind="sdg", value="8")
    entry.refresh_from_db()
    assert entry.sdgs == [8]


def test_a_related_entry_is_kept_with_the_lower_id_first(db: None) -> None:
    older = make.entry(number=1)
    newer = make.entry(part=older.part, number=2)
    accept(entry=newer, kind="related", value="1")
    accept(entry=older, kind="related", value="2")
    assert [(pair.first, pair.second) for pair in EntryRelation.objects.all()] == [(older, newer)]


def test_an_accepted_author_is_verified_and_comes_last(db: None) -> None:
    entry = make.entry()
    make.authorship(entry=entry, position=1)
    editor = make.user(is_superuser=True)
    suggestion = make.suggestion(entry=entry, kind="author", value="Ana Inés Heras")
    accept_suggestion(suggestion, by=editor, on=DAY)
    added = Authorship.objects.get(person__name="Ana Inés Heras")
    assert (added.position, added.verified_on, added.verified_by) == (2, DAY, editor)
    assert (added.sources, added.confidence) == (make.SOURCES, "medium")
    assert (added.person.slug, added.person.status) == ("ana-ines-heras", "published")


def test_an_author_who_is_known_is_not_made_twice(db: None) -> None:
    person = make.person(name="Peter North")
    accept(kind="author", value="Peter  north")
    assert list(Person.objects.all()) == [person]
    assert Authorship.objects.get().person == person


def test_an_unsure_authorship_that_is_there_becomes_verified(db: None) -> None:
    unsure = make.authorship(person=make.person(name="Jean"), confidence="low", position=4)
    accept(entry=unsure.entry, kind="author", value="Jean")
    unsure.refresh_from_db()
    assert (unsure.verified_on, unsure.position) == (DAY, 4)
    assert Authorship.objects.count() == 1


def test_two_people_of_one_name_are_for_an_editor_to_tell_apart(db: None) -> None:
    make.person(name="Jean")
    make.person(name="Jean")
    with pytest.raises(ValidationError) as refused:
        accept(kind="author", value="Jean")
    assert refused.value.messages == [
        "Several people are called Jean. Add the author on the entry's own page."
    ]


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        ("sdg", "18", "The goals are numbers from 1 to 17."),
        ("sdg", "²", "The goals are numbers from 1 to 17."),
        ("sdg", "9" * 100, "The goals are numbers from 1 to 17."),
        ("related", "99", "No other entry of this work has the number 99."),
        ("related", "7", "No other entry of this work has the number 7."),
        ("related", "²", "No other entry of this work has the number ²."),
        ("tag", "a" * 101, "A topic has at most 100 letters."),
    ],
)
def test_a_suggestion_of_nothing_is_refused_and_stays_proposed(
    db: None, kind: str, value: str, sentence: str
) -> None:
    entry = make.entry(number=7)
    make.entry(number=99)
    suggestion = make.suggestion(entry=entry, kind=kind, value=value)
    with pytest.raises(ValidationError) as refused:
        accept_suggestion(suggestion, by=None, on=DAY)
    assert refused.value.messages == [sentence]
    suggestion.refresh_from_db()
    assert suggestion.state == "proposed"


def test_a_refused_suggestion_changes_nothing_but_itself(db: None) -> None:
    suggestion = make.suggestion(kind="sdg", value="8")
    refused = refuse_suggestion(suggestion, by=None, on=DAY)
    assert (refused.state, refused.decided_on) == ("refused", DAY)
    assert Entry.objects.get().sdgs == []


@pytest.mark.parametrize("act", [accept_suggestion, refuse_suggestion])
def test_a_decided_suggestion_is_not_decided_again(db: None, act: Any) -> None:
    suggestion = make.suggestion(kind="tag", value="Commons", state="refused", decided_on=DAY)
    with pytest.raises(ValidationError) as refused:
        act(suggestion, by=None, on=DAY)
    assert refused.value.messages == [f"“{suggestion}” is decided already: Refused."]


def test_somebody_without_the_role_decides_nothing(db: None) -> None:
    suggestion = make.suggestion()
    with pytest.raises(PermissionDenied):
        accept_suggestion(suggestion, by=make.user(), on=DAY)
    assert Suggestion.objects.get().state == "proposed"


def test_an_editor_who_may_not_publish_adds_the_person_as_a_draft(db: None) -> None:
    editor: User = make.user()
    names = ("change_suggestion", "change_entry", "add_person")
    editor.user_permissions.set(Permission.objects.filter(codename__in=names))
    suggestion = make.suggestion(kind="author", value="Ana")
    accept_suggestion(suggestion, by=editor, on=DAY)
    assert Person.objects.get().status == "draft"


def test_two_editors_at_once_decide_once(transactional_db: None) -> None:
    suggestion = make.suggestion(kind="tag", value="Commons")
    start, answers = threading.Barrier(2), []

    def decide() -> None:
        start.wait()
        try:
            answers.append(accept_suggestion(suggestion, by=None, on=DAY).state)
        except ValidationError:
            answers.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["accepted", "refused"]
