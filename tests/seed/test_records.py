"""The real records: what loads, what is held back, and that a second load changes nothing."""

import datetime as dt
import re
from collections import Counter

import pytest
from django.apps import apps
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client

from actionplan.models import ActionPlan, Activity, SubGroup
from encyclopedia.models import Authorship, Entry, Suggestion, Work
from taskforce.models import (
    Decision,
    InstrumentParty,
    InstrumentRelation,
    Meeting,
    Organization,
    Person,
    PolicyInstrument,
    Seat,
    SuggestedGoal,
    Term,
    Update,
)
from taskforce.services.decisions import propose_number
from tests.leaks import EVIDENCED
from tests.proved import PROVED
from tests.search.measure import measure
from untfsse.kit.history.changes import Change
from untfsse.kit.loading import Report
from untfsse.kit.loading.facts import GENERAL_KNOWLEDGE
from untfsse.kit.pages.on_record import on_record_of
from untfsse.kit.records.characters import Legible
from untfsse.kit.records.publication import VISITOR, Status

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_numbers_of_decisions_follow_the_scheme_that_is_proposed(report: Report) -> None:
    for meeting in Meeting.objects.exclude(decisions=None):
        numbers = set(meeting.decisions.values_list("number", flat=True))
        meeting.decisions.update(number=Concat("slug", Value("-away")))
        proposed = propose_number(meeting)
        assert proposed in numbers, meeting.slug


# --- What is there -------------------------------------------------------------------------


def test_load_refuses_and_loses_nothing(report: Report) -> None:
    assert report.refused == []
    assert report.edits_kept == []
    assert {
        name: report.tallies[name].created
        for name in ("organizations", "meetings", "updates", "instruments", "entries")
    } == {"organizations": 81, "meetings": 54, "updates": 35, "instruments": 81, "entries": 57}
    for tally in report.tallies.values():
        assert tally.read == tally.created + tally.left_out.total(), tally.noun


def test_what_no_noun_can_hold_is_told_with_its_line(report: Report) -> None:
    assert {noun: tally.left_out.total() for noun, tally in report.tallies.items()} | {} == {
        noun: {"membership counts": 6, "leads": 9, "milestones": 1}.get(noun, 0)
        for noun in report.tallies
    }
    assert all(remark.line for remark in report.left_out)
    assert not any("no place for it yet" in remark.reason for remark in report.remarks)


def test_history_names_the_seed(report: Report) -> None:
    assert not Change.objects.exclude(origin="seed", made_by=None).exists()


# --- The special meeting of 19 July 2022, from end to end ------------------------------------


def test_special_meeting_is_linked_through(report: Report) -> None:
    meeting = Meeting.objects.get(slug="special-2022-07-19")
    items = {item.number: item for item in meeting.agenda_items.all()}
    decisions = {decision.number: decision for decision in meeting.decisions.all()}
    first, second, third = (decisions[f"UNTFSSE/2022/SM/D{number}"] for number in (1, 2, 3))
    assert (meeting.participants_wording, meeting.format, len(items)) == ("40", "virtual", 5)
    assert {one.slug for one in items[1].instruments.all()} == {
        "ilo-ilc110-resolution-sse",
        "oecd-legal-0472",
    }
    assert [one.symbol for one in items[2].instruments.all()] == ["A/RES/77/281"]
    assert [one.slug for one in items[3].presenters.all()] == ["ripess"]
    assert third.agenda_item == items[5]
    assert Seat.objects.get(admitted_by=first).organization.slug == "eclac"
    assert Term.objects.get(welcomed_by=second).office.slug == "deputy-chair"
    groups = SubGroup.objects.filter(established_by=third)
    assert {group.area.slug for group in groups if group.area} == {"ap22-1", "ap22-2", "ap22-3"}
    plan = ActionPlan.objects.get(slug="action-plan-2022-2024")
    assert {group.plan for group in groups} == {plan}
    assert set(plan.agenda_items.filter(meeting=meeting)) == {items[4], items[5]}
    assert Work.objects.get().agenda_items.filter(pk=items[1].pk).exists()
    assert meeting.documents.get().renditions.get().url.startswith("https://unsse.org/2022/08/02/")


def test_thread_goes_on_from_the_activity_to_the_provision(report: Report) -> None:
    activity = Activity.objects.get(slug="a24-sg")
    provision = activity.provisions.get()
    assert (provision.instrument.symbol, provision.kind, provision.number) == (
        "A/RES/77/281",
        "operative",
        "4",
    )
    evidence = activity.deliverables.get().evidence.get()
    assert evidence.meeting is not None
    assert evidence.meeting.slug == "sg-report-launch-2024"


@pytest.mark.parametrize(
    ("instrument", "country", "role", "under"),
    [
        ("oecd-legal-0472", "IT", "chair", None),
        ("oecd-legal-0472", "MX", "co_chair", None),
        ("un-a-res-77-281", "FR", "coordinator", "pact-for-impact"),
    ],
)
def test_facts_of_the_report_are_parties(
    report: Report, instrument: str, country: str, role: str, under: str | None
) -> None:
    party = InstrumentParty.objects.get(instrument__slug=instrument, country=country, role=role)
    assert party.sources[0]["title"] == "UNTFSSE: report on the special meeting of 19 July 2022"
    assert (party.under and party.under.slug) == under


def test_decisions_have_the_number_of_their_meeting(report: Report) -> None:
    numbers = Decision.objects.order_by("number").values_list("number", "meeting__slug")
    assert dict(numbers)["UNTFSSE/2019/RM/D1"] == "regular-2019-07"
    assert dict(numbers)["UNTFSSE/2024/R47/D2"] == "regular-47"


# --- Awkward cases -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "from_on", "last_documented_on", "first_certain_day"),
    [
        ("unctad", "../2016-11-03", "2024-09-06", "2016-11-03"),
        ("eclac", "2022-07-19", "2024-06-19", "2022-07-19"),
        ("escap", "../2021-12-06", "2024-06-19", "2021-12-06"),
        ("unhcr", "../2021-05-18", "2025-12-05", "2021-05-18"),
        ("ripess", "2013", "2025-12-05", "2013-12-31"),
        ("catalyst-2030", "2020-10", "2024-09-06", "2020-10-31"),
        ("ica", "../2014-02", "2025", "2014-02-28"),
        ("auc", "2025", "None", "None"),
    ],
)
def test_seats_begin_as_far_as_it_is_known(
    report: Report, slug: str, from_on: str, last_documented_on: str, first_certain_day: str
) -> None:
    seat = Seat.objects.get(organization__slug=slug)
    assert (str(seat.from_on), str(seat.last_documented_on), seat.until_on) == (
        from_on,
        last_documented_on,
        None,
    )
    assert str(seat.certain_days.lower) == first_certain_day


@pytest.mark.parametrize(("day", "is_member"), [(18, False), (19, True), (20, True)])
def test_eclac_is_a_member_from_the_day_it_was_welcomed(
    report: Report, day: int, is_member: bool
) -> None:
    seated = Organization.objects.visible_to(VISITOR).seated(
        on=dt.date(2022, 7, day), today=dt.date(2026, 11, 23)
    )
    assert seated.filter(slug="eclac").exists() is is_member


def test_term_that_is_over_has_an_end(report: Report) -> None:
    term = Term.objects.get(organization__slug="unrisd", office__slug="founding-convenor")
    assert (str(term.from_on), str(term.until_on)) == ("2013-09-30", "../2026-11-22")


@pytest.mark.parametrize(
    ("slug", "wording"),
    [
        ("symposium-1-2016", "7 agencies"),
        ("regular-31", "over 30"),
        ("regular-42", "about 30"),
        ("webinar-ffd4-2025", "over 250 registered"),
        ("regular-53", ""),
    ],
)
def test_participants_keep_their_wording(report: Report, slug: str, wording: str) -> None:
    assert Meeting.objects.get(slug=slug).participants_wording == wording


def test_relation_stated_at_both_ends_is_kept_once(report: Report) -> None:
    pair = {"source__slug": "un-a-res-79-213", "target__slug": "un-a-res-77-281"}
    assert InstrumentRelation.objects.get(**pair).kind == "follows_up"
    amendment = InstrumentRelation.objects.get(kind="amends")
    assert (amendment.source.slug, amendment.target and amendment.target.slug) == (
        "es-proyecto-ley-integral",
        "es-ley-5-2011",
    )
    assert amendment.confidence == "high"


def test_goals_that_the_compiler_proposes_are_no_facts(report: Report) -> None:
    assert not PolicyInstrument.objects.exclude(sdgs=[]).exists()
    instrument = PolicyInstrument.objects.get(slug="un-a-res-77-281")
    goals = [suggested.value for suggested in instrument.suggested_goals.all()]
    assert sorted(goals, key=int) == ["1", "5", "8", "10", "11", "17"]
    assert not SuggestedGoal.objects.visible_to(VISITOR).exists()
    waiting = SuggestedGoal.objects.proposed().count()
    assert report.tallies["suggested goals"].held_back == {"suggestion": waiting}


def test_high_confidence_cites_an_address(report: Report) -> None:
    for model in EVIDENCED:
        sure = model._default_manager.filter(confidence="high")
        assert not sure.filter(sources__jsonb_has_address=False).exists(), model


def test_general_knowledge_is_no_source_and_the_staff_is_told(report: Report) -> None:
    text = GENERAL_KNOWLEDGE
    for model in EVIDENCED:
        records = model._default_manager.all()
        assert not records.filter(sources__contains=[{"title": text}]).exists(), model
    assert Organization.objects.get(slug="ilo").internal_note == f"Sources: {text}."
    assert PolicyInstrument.objects.filter(internal_note__contains=text).count() > 20


COMPILERS_WORDS = (
    r"recalled|stored (cop|page)|from memory|not found|unverified|general knowledge|to be checked"
    r"|( [A-Z]{2}){4}|organis"
)


def test_readers_see_no_word_of_the_compiler(report: Report) -> None:
    fields = {"note", "basis", "detail", "parties_note", "vote_note", "licence_note", "summary"}
    told = [
        f"{model._meta.label} {record.pk} {name}: {text}"
        for model in apps.get_models()
        if issubclass(model, Legible)
        for record in model._default_manager.all()
        for name in fields & {field.name for field in model._meta.fields}
        if re.search(COMPILERS_WORDS, text := getattr(record, name))
    ]
    assert told == []
    assert Organization.objects.get(slug="wfp").internal_note.startswith("Recalled from older")


def test_foreign_titles_say_their_language(report: Report) -> None:
    languages = PolicyInstrument.objects.exclude(title_language="").values_list("title_language")
    assert Counter(language for (language,) in languages) == {
        "es": 8,
        "fr": 8,
        "pt": 3,
        "it": 1,
        "pl": 1,
        "ro": 1,
        "sk": 1,
    }


# --- What is held back ---------------------------------------------------------------------


def test_low_confidence_waits_as_a_draft(report: Report) -> None:
    drafts = Organization.objects.filter(status=Status.DRAFT)
    assert report.tallies["organizations"].held_back == {"low confidence": drafts.count()}
    assert set(drafts.values_list("confidence")) == {("low",)}
    assert not Organization.objects.visible_to(VISITOR).filter(slug="unece").exists()
    assert Meeting.objects.get(slug="regular-33").state == "planned"
    assert not Meeting.objects.visible_to(VISITOR).filter(slug="regular-33").exists()


def test_unconfirmed_authors_are_hidden(report: Report) -> None:
    entry = Entry.objects.get(slug="associations-and-associationalism")
    assert [str(author) for author in entry.authorships.all()] == ["Bruno Frère", "Laurent Gardin"]
    assert [str(author) for author in entry.authorships.visible_to(VISITOR)] == ["Bruno Frère"]
    assert Person.objects.get(name="Laurent Gardin").status == Status.DRAFT
    assert Person.objects.get(name="Jean-Louis Laville").status == Status.PUBLISHED
    hidden = Authorship.objects.filter(confidence="low").count()
    assert report.tallies["authorships"].held_back == {"unconfirmed author": hidden}


def test_suggestions_are_no_facts(report: Report) -> None:
    assert Suggestion.objects.filter(state="proposed").count() == Suggestion.objects.count() == 532
    assert not Suggestion.objects.visible_to(VISITOR).exists()
    assert not Entry.objects.exclude(sdgs=[]).exists()
    assert not any(entry.tags.exists() for entry in Entry.objects.all())


def test_milestones_are_told_once(report: Report) -> None:
    assert Update.objects.filter(kind="milestone").count() == 3
    assert Work.objects.get().updates.count() == 4


# --- What is on record ---------------------------------------------------------------------


def test_decisions_are_proved_by_what_the_records_hold(report: Report) -> None:
    decisions = Decision.objects.visible_to(VISITOR).for_list()
    found = on_record_of(decisions, VISITOR, on=dt.date(2026, 1, 15))
    told = {row.number.removeprefix("UNTFSSE/"): found[row.pk] for row in decisions}
    assert {number: row.in_words for number, row in told.items() if row.facts} == PROVED
    rows = {
        number: [(fact.title, fact.url) for fact in row.facts[:2]] for number, row in told.items()
    }
    assert rows["2022/SM/D1"] == [("ECLAC", "/organizations/eclac/#tenures")]
    assert rows["2022/SM/D2"] == [("Deputy Chair", "/organizations/unctad/#tenures")]
    assert rows["2022/SM/D3"][0] == ("Sub-group on priority area 1", "/sub-groups/sg22-1/")
    assert rows["2016/TS1/D2"] == [("Knowledge hub", "/activities/a16-hub/")]
    assert rows["2023/R43/D1"][0][1] == "/meetings/symposium-4-2023/"
    assert [name for name, _url in rows["2024/R47/D1"]] == ["WHO", "WFTO"]
    missing = {number: told[number].missing for number in ("2022/SM/D1", "2022/SM/D3")}
    assert missing == {"2022/SM/D1": "", "2022/SM/D3": "Nobody has reported since 19 July 2022."}


# --- How well search answers what visitors type --------------------------------------------

LEAST_MARK = 0.85


def test_visitors_find_what_they_ask_for(report: Report, client: Client) -> None:
    marks = measure(client)
    assert len(marks) >= 60
    assert sum(marks) / len(marks) >= LEAST_MARK
