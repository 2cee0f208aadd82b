"""Publication: who may see a record, by its status, its moment, its audience and its guards."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from taskforce.models import (
    AgendaItem,
    Attendance,
    Corrigendum,
    Decision,
    Document,
    InstrumentParty,
    InstrumentRelation,
    JoinLink,
    Meeting,
    MeetingPartner,
    Minutes,
    Organization,
    PolicyInstrument,
    Provision,
    Rendition,
    Seat,
    Term,
)
from tests import make
from tests.staff import in_role
from untfsse.kit.records.publication import ANY_MEMBER, VISITOR, Reader, any_like
from untfsse.kit.records.roles import MEMBER, SECRETARIAT, VIEWER, can

pytestmark = pytest.mark.django_db

NOW = timezone.now()
HOUR = dt.timedelta(hours=1)
PUBLISHED = {"status": "published", "published_at": NOW - HOUR}
FUTURE = {"status": "published", "published_at": NOW + HOUR}
DRAFT = {"status": "draft"}
WITHDRAWN = {"status": "withdrawn", "published_at": NOW - HOUR, "withdrawal_reason": "A double."}
HIDDEN = [DRAFT, FUTURE, WITHDRAWN]


def reader(name: str) -> Reader:
    """Return one of the readers; without a role or with a closed account one is a visitor."""
    if name == "visitor":
        return AnonymousUser()
    if name == "no role":
        return make.user(is_staff=True)
    role = MEMBER if name == "member" else SECRETARIAT
    return in_role(role, is_staff=name != "member", is_active=name != "closed")


def seen_by(noun: Any, name: str) -> bool:
    """Return whether a reader sees the only row of a noun."""
    return bool(noun.objects.visible_to(reader(name)).exists())


READERS = ["visitor", "no role", "member", "staff", "closed"]


@pytest.mark.parametrize(
    ("facts", "readers"),
    [
        (PUBLISHED, set(READERS)),
        (FUTURE, {"staff"}),
        (DRAFT, {"staff"}),
        ({**DRAFT, "published_at": NOW - HOUR}, {"staff"}),
        (WITHDRAWN, {"staff"}),
    ],
)
def test_a_record_is_seen_once_it_is_published(facts: dict[str, Any], readers: set[str]) -> None:
    make.organization(**facts)

    assert {name for name in READERS if seen_by(Organization, name)} == readers


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("public", set(READERS)),
        ("members", {"member", "staff"}),
        ("secretariat", {"staff"}),
    ],
)
def test_a_published_document_is_for_its_audience(audience: str, readers: set[str]) -> None:
    make.rendition(document=make.document(audience=audience))

    assert {name for name in READERS if seen_by(Document, name)} == readers
    assert {name for name in READERS if seen_by(Rendition, name)} == readers


@pytest.mark.parametrize("facts", HIDDEN)
@pytest.mark.parametrize("audience", ["public", "members", "secretariat"])
def test_the_audience_opens_nothing_that_is_not_published(
    facts: dict[str, Any], audience: str
) -> None:
    make.rendition(document=make.document(audience=audience, **facts))

    assert {name for name in READERS if seen_by(Document, name)} == {"staff"}
    assert {name for name in READERS if seen_by(Rendition, name)} == {"staff"}


def test_the_moment_of_publication_is_when_it_appears() -> None:
    past = make.organization(published_at=timezone.now() - dt.timedelta(seconds=1))
    make.organization(published_at=timezone.now() + dt.timedelta(seconds=60))

    assert list(Organization.objects.visible_to(VISITOR)) == [past]


# --- What is seen with something else ------------------------------------------------------


@pytest.mark.parametrize("facts", HIDDEN)
def test_parts_of_a_hidden_meeting_are_hidden(facts: dict[str, Any]) -> None:
    meeting = make.meeting(**facts)
    make.agenda_item(meeting=meeting)
    make.attendance(meeting=meeting)
    make.decision(meeting=meeting)
    make.document(meeting=meeting)
    make.rendition(document=Document.objects.get())
    make.save(MeetingPartner(meeting=meeting, role="partner", name="Spain"))
    minutes = make.minutes(
        meeting=meeting, state="circulated", circulated_on="2022-08-02", audience="public"
    )
    make.save(Corrigendum(minutes=minutes, number=1, made_on="2022-09-01", text="A word"))

    parts = [AgendaItem, Attendance, Decision, Document, Rendition, MeetingPartner, Minutes]
    for noun in [*parts, Corrigendum]:
        assert {name for name in READERS if seen_by(noun, name)} == {"staff"}, noun


@pytest.mark.parametrize("facts", HIDDEN)
def test_parts_that_name_a_hidden_organization_are_hidden(facts: dict[str, Any]) -> None:
    body = make.organization(**facts)
    make.seat(organization=body)
    make.term(organization=body)
    make.attendance(organization=body)
    make.save(MeetingPartner(meeting=make.meeting(), role="partner", organization=body))
    make.instrument_party(organization=body)

    for noun in [Seat, Term, Attendance, MeetingPartner, InstrumentParty]:
        assert {name for name in READERS if seen_by(noun, name)} == {"staff"}, noun


@pytest.mark.parametrize("facts", HIDDEN)
def test_parts_of_a_hidden_instrument_and_relations_with_it_are_hidden(
    facts: dict[str, Any],
) -> None:
    text = make.instrument(**facts)
    make.provision(instrument=text)
    make.instrument_relation(source=text)
    make.instrument_relation(target=text)
    make.document(instrument=text)

    for noun in [Provision, InstrumentRelation, Document]:
        assert {name for name in READERS if seen_by(noun, name)} == {"staff"}, noun


def test_a_part_without_the_optional_record_is_seen() -> None:
    make.save(MeetingPartner(meeting=make.meeting(), role="partner", name="Spain"))
    make.instrument_party(country="FR")
    make.instrument_relation(target_label="A text outside")
    make.document()

    for noun in [MeetingPartner, InstrumentParty, InstrumentRelation, Document]:
        assert seen_by(noun, "visitor"), noun


@pytest.mark.parametrize(
    ("facts", "is_seen"),
    [
        ({"confidence": "high"}, True),
        ({"confidence": "medium"}, True),
        ({"confidence": "low"}, False),
        ({"confidence": "low", "verified_on": "2026-01-01"}, True),
    ],
)
def test_an_unsure_fact_is_hidden_until_it_is_verified(
    facts: dict[str, Any], is_seen: bool
) -> None:
    make.seat(**facts)
    make.term(**facts)
    make.instrument_party(**facts)
    make.instrument_relation(**facts)

    for noun in [Seat, Term, InstrumentParty, InstrumentRelation]:
        assert seen_by(noun, "visitor") is is_seen, noun
        assert seen_by(noun, "staff"), noun


@pytest.mark.parametrize(
    ("audience", "readers"), [("members", {"member", "staff"}), ("secretariat", {"staff"})]
)
def test_a_join_link_is_for_its_audience(audience: str, readers: set[str]) -> None:
    make.save(JoinLink(meeting=make.meeting(), url="https://example.org/", audience=audience))

    assert {name for name in READERS if seen_by(JoinLink, name)} == readers


@pytest.mark.parametrize("audience", ["public", "members", "secretariat"])
def test_draft_minutes_and_their_corrections_are_the_secretariats(audience: str) -> None:
    minutes = make.minutes(audience=audience)
    make.save(Corrigendum(minutes=minutes, number=1, made_on="2022-09-01", text="A word"))

    assert {name for name in READERS if seen_by(Minutes, name)} == {"staff"}
    assert {name for name in READERS if seen_by(Corrigendum, name)} == {"staff"}


# --- What is fetched along with rows -------------------------------------------------------


def test_what_hangs_on_a_row_is_fetched_as_a_reader_may_see_it() -> None:
    meeting = make.meeting()
    item = make.agenda_item(meeting=meeting)
    item.instruments.add(make.instrument(), make.instrument(**DRAFT))
    shown = make.decision(meeting=meeting, agenda_item=item)
    make.decision(meeting=meeting, agenda_item=item, **DRAFT)

    row = Meeting.objects.with_visible(
        VISITOR, "agenda_items__instruments", "agenda_items__decisions"
    ).get()

    [fetched] = row.agenda_items.all()
    assert list(fetched.decisions.all()) == [shown]
    assert len(fetched.instruments.all()) == 1


def test_a_hidden_single_record_reads_as_none() -> None:
    make.organization(parent=make.organization(**DRAFT))
    make.decision(superseded_by=make.decision(**DRAFT), follow_up="superseded")

    organization = Organization.objects.visible_to(VISITOR).with_visible(VISITOR, "parent").get()
    decisions = Decision.objects.visible_to(VISITOR).with_visible(VISITOR, "superseded_by")

    assert organization.parent is None
    assert decisions.get().superseded_by is None


@pytest.mark.parametrize("rows", [1, 3])
def test_each_hop_is_one_question(rows: int, django_assert_num_queries: Any) -> None:
    for _ in range(rows):
        item = make.agenda_item()
        item.instruments.add(make.instrument())

    with django_assert_num_queries(3):
        list(Meeting.objects.with_visible(VISITOR, "agenda_items__instruments"))


def test_the_status_is_asked_in_words() -> None:
    draft = make.instrument(**DRAFT)
    gone = make.instrument(**WITHDRAWN)
    out = make.instrument(**FUTURE)

    assert list(PolicyInstrument.objects.drafts()) == [draft]
    assert list(PolicyInstrument.objects.withdrawn()) == [gone]
    assert [out.is_published, gone.is_published, draft.is_published] == [True, False, False]


def test_one_without_a_name_stands_for_all_with_the_same_rights() -> None:
    viewer = any_like(in_role(VIEWER))
    assert viewer == any_like(in_role(VIEWER))
    assert viewer not in {VISITOR, any_like(in_role(MEMBER)), any_like(in_role(SECRETARIAT))}
    assert (viewer.pk, viewer.get_username()) == (None, "")
    assert can(viewer, "view", Meeting)
    assert not can(viewer, "change", Meeting)
    assert any_like(in_role(MEMBER)) == ANY_MEMBER


def test_whoever_has_all_rights_or_lost_them_is_like_nobody_else() -> None:
    everything = any_like(make.user(is_superuser=True))
    gone = any_like(make.user(is_superuser=True, is_active=False))
    assert can(everything, "delete", Meeting)
    assert not can(gone, "view", Meeting)
    assert any_like(VISITOR) == VISITOR
    assert any_like(gone) is gone
