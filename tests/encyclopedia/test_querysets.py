"""Who sees what of the Encyclopedia, and in which order."""

import pytest
from django.contrib.auth.models import AnonymousUser, User

from encyclopedia.models import (
    Authorship,
    Editorship,
    Entry,
    EntryRelation,
    Part,
    Suggestion,
    Work,
)
from tests import make
from tests.staff import in_role
from untfsse.kit.records.publication import VisibleQuerySet
from untfsse.kit.records.roles import MEMBER, SECRETARIAT

VISITOR = AnonymousUser()


@pytest.fixture
def staff(db: None) -> User:
    return in_role(SECRETARIAT, is_staff=True)


def seen(rows: VisibleQuerySet, user: User | AnonymousUser = VISITOR) -> list[str]:
    return [str(row) for row in rows.visible_to(user)]


def test_a_draft_entry_of_a_published_work_is_hidden(staff: User) -> None:
    shown = make.entry(number=1, title="Commons")
    make.entry(part=shown.part, number=2, title="Hidden", status="draft")
    assert seen(Entry.objects.all()) == ["Commons"]
    assert seen(Entry.objects.all(), staff) == ["Commons", "Hidden"]


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "draft"},
        {"status": "withdrawn", "withdrawal_reason": "Wrong"},
        {"published_at": "2999-01-01T00:00Z"},
    ],
)
def test_a_hidden_work_hides_all_that_belongs_to_it(staff: User, facts: dict[str, str]) -> None:
    work = make.work(**facts)
    entry = make.entry(part=make.part(work=work))
    other = make.entry(part=entry.part)
    make.authorship(entry=entry)
    make.editorship(work=work)
    make.entry_relation(entry, other)
    nouns = (Work, Part, Entry, Authorship, Editorship, EntryRelation)
    assert [seen(noun.objects.all()) for noun in nouns] == [[], [], [], [], [], []]
    assert [len(seen(noun.objects.all(), staff)) for noun in nouns] == [1, 1, 2, 1, 1, 1]


def test_an_author_of_low_confidence_is_hidden_until_verified(staff: User) -> None:
    entry = make.entry()
    make.authorship(entry=entry, person=make.person(name="Sure"), confidence="medium")
    guess = make.authorship(entry=entry, person=make.person(name="Guess"), confidence="low")
    assert seen(Authorship.objects.all()) == ["Sure"]
    assert seen(Authorship.objects.all(), staff) == ["Sure", "Guess"]
    Authorship.objects.filter(pk=guess.pk).update(verified_on="2022-08-02")
    assert seen(Authorship.objects.all()) == ["Sure", "Guess"]


def test_an_author_is_hidden_while_the_person_is(db: None) -> None:
    make.authorship(person=make.person(name="Draft", status="draft"))
    assert seen(Authorship.objects.all()) == []


def test_an_editor_of_low_confidence_is_hidden(db: None) -> None:
    make.editorship(confidence="low")
    assert seen(Editorship.objects.all()) == []


def test_a_relation_is_hidden_while_one_end_is(db: None) -> None:
    entry = make.entry()
    make.entry_relation(entry, make.entry(part=entry.part, status="draft"))
    assert seen(EntryRelation.objects.all()) == []


def test_suggestions_are_for_staff_alone(staff: User) -> None:
    suggestion = make.suggestion()
    assert seen(Suggestion.objects.all()) == []
    assert seen(Suggestion.objects.all(), in_role(MEMBER)) == []
    assert seen(Suggestion.objects.all(), staff) == [str(suggestion)]
    assert list(Suggestion.objects.proposed()) == [suggestion]


def test_entries_stand_in_the_order_of_the_book(db: None) -> None:
    part = make.part()
    for number in (12, 2, 1):
        make.entry(part=part, number=number, title=f"Entry {number}")
    assert [str(entry) for entry in Entry.objects.for_list()] == ["Entry 1", "Entry 2", "Entry 12"]


def test_only_unverified_drafts_of_low_confidence_are_held_back(db: None) -> None:
    part = make.part()
    held = make.entry(part=part, status="draft", confidence="low")
    make.entry(part=part, status="draft", confidence="low", verified_on="2022-08-02")
    make.entry(part=part, status="draft", confidence="medium")
    make.entry(part=part)
    assert list(Entry.objects.held_back()) == [held]


def test_related_entries_are_found_from_both_ends(db: None) -> None:
    part = make.part()
    one, two, three = (make.entry(part=part) for _ in range(3))
    make.entry_relation(one, two)
    make.entry_relation(two, three)
    assert list(Entry.objects.related_to(two).for_list()) == [one, three]
    assert list(Entry.objects.related_to(one)) == [two]


def test_neighbours_are_of_the_same_work_and_across_its_parts(db: None) -> None:
    first, second = make.part(), make.part(work=make.work())
    next_part = make.part(work=first.work)
    one = make.entry(part=first, number=1)
    two = make.entry(part=first, number=2)
    three = make.entry(part=next_part, number=3)
    make.entry(part=second, number=1)
    assert list(Entry.objects.before(3, first.work_id)) == [two, one]
    assert list(Entry.objects.after(1, first.work_id)) == [two, three]


def test_the_authors_fetched_with_an_entry_are_the_visible_ones_in_order(db: None) -> None:
    entry = make.entry()
    for position, name, confidence in ((3, "C", "high"), (1, "A", "medium"), (2, "B", "low")):
        make.authorship(
            entry=entry, person=make.person(name=name), position=position, confidence=confidence
        )
    fetched = Entry.objects.with_authors(VISITOR).get()
    assert [str(author) for author in fetched.authorships.all()] == ["A", "C"]
