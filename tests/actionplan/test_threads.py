"""The thread of 19 July 2022 can be followed from any of its ends, by the links on the pages."""

import datetime as dt
import re
from collections import deque
from itertools import chain
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from actionplan.models import Activity, SubGroup
from actionplan.reporting import standing_of
from taskforce.models import Decision, Meeting, PolicyInstrument
from taskforce.threads import MOST, Place
from tests import make
from tests.staff import staff
from untfsse.kit.pages.thread import Strand, strands_of
from untfsse.kit.records.dates import PartialDate

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()
CARRIED = "Activities that its sub-groups carry, or that arise from it"
MEETING = "/meetings/special-2022-07-19/"
ITEM = f"{MEETING}#agenda-5"
DECISION = "/decisions/untfsse-2022-sm-d3/"
PLAN = "/action-plans/action-plan-2022-2024/"
GROUPS = [f"/sub-groups/sg22-{number}/" for number in (1, 2, 3)]
RESOLUTION, FOLLOW_UP = "/activities/a22-res/", "/activities/a22-follow/"
DELIVERABLE = f"{RESOLUTION}#deliverables"
UN, OECD = "/instruments/un-a-res-77-281/", "/instruments/oecd-legal-0472/"
PROVISION = f"{OECD}#building_block-4"
ENDS = [MEETING, DECISION, PLAN, *GROUPS, RESOLUTION, FOLLOW_UP, UN, OECD]


@pytest.fixture(scope="module")
def thread(module_db: None) -> SimpleNamespace:
    """Build the special meeting and what came of it, as the records tell it."""
    meeting = make.meeting(title="Special meeting", slug="special-2022-07-19")
    item = make.agenda_item(meeting=meeting, number=5, title="How to put the plan to work")
    decision = make.decision(
        meeting=meeting,
        agenda_item=item,
        number="UNTFSSE/2022/SM/D3",
        slug="untfsse-2022-sm-d3",
        kind="agrees",
        text="Agreed to form sub-groups",
    )
    plan = make.action_plan(title="Action Plan 2022-2024", slug="action-plan-2022-2024")
    areas = [
        make.priority_area(
            plan=plan, position=number, slug=f"ap22-{number}", title=f"Area {number}"
        )
        for number in (1, 2, 3)
    ]
    groups = [
        make.sub_group(
            plan=plan,
            area=area,
            name=f"Sub-group {area.position}",
            slug=f"sg22-{area.position}",
            established_by=decision,
        )
        for area in areas
    ]
    resolution = make.activity(
        plan=plan, area=areas[0], code="RES", title="UN resolution", slug="a22-res"
    )
    follow_up = make.activity(
        plan=plan, area=areas[0], code="FOLLOW", title="Follow-up", slug="a22-follow"
    )
    un = make.instrument(short_title="UN resolution", slug="un-a-res-77-281", symbol="A/RES/77/281")
    oecd = make.instrument(
        short_title="OECD Recommendation",
        slug="oecd-legal-0472",
        symbol="OECD/LEGAL/0472",
        adopted_on="2022-06-10",
    )
    provision = make.provision(instrument=oecd, position=4, number="4", label="Access to finance")
    resolution.instruments.add(un)
    follow_up.provisions.add(provision)
    delivered = make.deliverable(
        activity=resolution, title="Resolution 77/281", delivered_on="2023-04-18"
    )
    make.deliverable_evidence(deliverable=delivered, instrument=un)
    return SimpleNamespace(**locals())


def strands_on(client: Client, path: str) -> list[list[str]]:
    """Return the addresses on the thread of a page, a list for each strand."""
    page = client.get(path.partition("#")[0]).content.decode()
    drawn = re.search(r'<ol class="thread">(.*?)</ol>', page, re.DOTALL)
    assert drawn is not None, path
    strands = drawn[1].split('<li class="strand')[1:]
    return [re.findall(r'href="([^"]+)"', strand) for strand in strands]


def test_every_end_of_the_thread_leads_to_every_other(
    thread: SimpleNamespace, client: Client
) -> None:
    links = {end: set(chain.from_iterable(strands_on(client, end))) for end in ENDS}
    for start in ENDS:
        reached, waiting = {start}, deque([start])
        while waiting:
            for address in links[waiting.popleft().partition("#")[0]] - reached:
                if not address.startswith("/activities/?"):
                    reached.add(address)
                    waiting.append(address)
        pages = {address.partition("#")[0] for address in reached}
        assert pages == set(ENDS), start
        assert {ITEM, DELIVERABLE, PROVISION} <= reached, start


def test_the_meeting_shows_the_whole_thread(thread: SimpleNamespace, client: Client) -> None:
    assert [
        decision.get_absolute_url() for decision in client.get(MEETING).context["decisions"]
    ] == [DECISION]
    assert strands_on(client, MEETING) == [
        GROUPS,
        [FOLLOW_UP, RESOLUTION],
        [DELIVERABLE],
        [PROVISION],
        [UN, OECD],
    ]


def test_the_decision_shows_where_it_was_taken_and_what_came(
    thread: SimpleNamespace, client: Client
) -> None:
    assert strands_on(client, DECISION) == [
        [ITEM],
        [],
        [PLAN],
        GROUPS,
        [FOLLOW_UP, RESOLUTION],
        [DELIVERABLE],
        [PROVISION],
        [UN, OECD],
    ]


def test_a_sub_group_shows_its_decision_and_its_activities(
    thread: SimpleNamespace, client: Client
) -> None:
    assert strands_on(client, GROUPS[0]) == [
        [ITEM],
        [DECISION],
        [PLAN],
        [],
        [FOLLOW_UP, RESOLUTION],
        [DELIVERABLE],
        [PROVISION],
        [UN, OECD],
    ]
    assert strands_on(client, GROUPS[1]) == [[ITEM], [DECISION], [PLAN], [], []]


def test_an_activity_shows_both_directions(thread: SimpleNamespace, client: Client) -> None:
    assert strands_on(client, FOLLOW_UP) == [
        [],
        [DECISION],
        [PLAN],
        [GROUPS[0]],
        [],
        [],
        [PROVISION],
        [OECD],
    ]


def test_a_plan_shows_its_groups_and_one_link_to_its_activities(
    thread: SimpleNamespace, client: Client
) -> None:
    assert strands_on(client, PLAN) == [
        [],
        [DECISION],
        [],
        GROUPS,
        ["/activities/?plan=action-plan-2022-2024"],
        [DELIVERABLE],
        [PROVISION],
        [UN, OECD],
    ]


def test_an_instrument_shows_what_serves_it_and_the_decision_behind(
    thread: SimpleNamespace, client: Client
) -> None:
    assert strands_on(client, OECD) == [
        [],
        [DECISION],
        [PLAN],
        [GROUPS[0]],
        [FOLLOW_UP],
        [],
        [PROVISION],
        [],
    ]
    assert strands_on(client, UN)[4:6] == [[RESOLUTION], [DELIVERABLE]]


def titles(strands: list[Strand]) -> list[str]:
    return [str(link.title) for strand in strands for link in strand.links if link.url]


@pytest.mark.parametrize(
    "hide",
    [
        ("decision", "Agreed to form sub-groups"),
        ("groups", "Sub-group 1"),
        ("resolution", "UN resolution"),
        ("oecd", "OECD Recommendation"),
        ("oecd", "Access to finance"),
        ("plan", "Action Plan 2022-2024"),
    ],
)
def test_a_draft_on_the_thread_is_shown_to_staff_alone(
    thread: SimpleNamespace, hide: tuple[str, str]
) -> None:
    name, title = hide
    record: Any = getattr(thread, name)
    record = record[0] if isinstance(record, list) else record
    if name == "resolution":
        PolicyInstrument.objects.filter(pk=thread.un.pk).update(short_title="Seventy-seven")
    type(record)._default_manager.filter(pk=record.pk).update(status="draft")
    secretary = staff("Secretariat")
    pages: list[Any] = [
        thread.meeting,
        Decision.objects.get(),
        SubGroup.objects.get(slug="sg22-1"),
        Activity.objects.get(slug="a22-follow"),
        PolicyInstrument.objects.get(slug="oecd-legal-0472"),
    ]
    others = [page for page in pages if page != record]
    assert any(title in titles(strands_of(page, secretary)) for page in others)
    assert not any(title in titles(strands_of(page, VISITOR)) for page in others)


def test_a_meeting_of_which_nothing_came_says_nothing_of_plans() -> None:
    places = [strand.place for strand in strands_of(make.meeting(), VISITOR)]
    assert places == [Place.AGENDA_ITEM, Place.DECISION]


def test_what_is_not_recorded_is_said_on_the_strand() -> None:
    strands = strands_of(make.activity(), VISITOR)
    assert [str(strand.missing) for strand in strands if not strand.links] == [
        "Which decision it goes back to is not recorded.",
        "No sub-group is recorded for it.",
        "No deliverable is recorded yet.",
        "Which provisions it serves is not recorded.",
    ]


# --- Only what the records say, and nothing before its cause -----------------------------


def labelled(record: Any) -> dict[str, list[str]]:
    """Return the titles on each strand of a record by the strand's label."""
    strands = strands_of(record, VISITOR)
    return {str(strand.label): [str(link.title) for link in strand.links] for strand in strands}


@pytest.mark.parametrize(
    ("delivered_on", "may_follow"),
    [
        ("2022-07-18", False),
        ("2022-07-19", True),
        ("2022-06", False),
        ("2022-07", True),
        ("2021", False),
        ("2022", True),
        ("../2022-07-05", False),
        ("../2022-12", True),
        (None, True),
    ],
)
def test_nothing_delivered_before_the_decision_came_of_it(
    thread: SimpleNamespace, delivered_on: str | None, may_follow: bool
) -> None:
    make.deliverable(activity=thread.follow_up, title="Side event", delivered_on=delivered_on)
    group = SubGroup.objects.get(slug="sg22-1")
    for record in (thread.meeting, thread.decision, group):
        assert ("Side event" in labelled(record)["Deliverables"]) is may_follow, record


@pytest.mark.parametrize(("from_on", "may_follow"), [("2022-07", True), ("2022-06", False)])
def test_what_was_there_before_the_meeting_did_not_come_of_it(
    thread: SimpleNamespace, from_on: str, may_follow: bool
) -> None:
    SubGroup.objects.filter(slug="sg22-1").update(from_on=from_on)
    make.seat(
        organization=make.organization(name="ECLAC"), from_on=from_on, admitted_by=thread.decision
    )
    Activity.objects.filter(slug="a22-res").update(documented_state="done", documented_on=from_on)
    for record in (thread.meeting, thread.decision):
        told = labelled(record)
        assert ("Sub-group 1" in told["Sub-groups it formed"]) is may_follow
        assert ("ECLAC" in told.get("Seats it gave and offices it welcomed", [])) is may_follow
        assert ("UN resolution" in told.get(CARRIED, [])) is may_follow


def test_what_a_meeting_spoke_of_did_not_come_of_it(thread: SimpleNamespace) -> None:
    later = make.meeting(starts_on="2022-10-05")
    item = make.agenda_item(meeting=later)
    thread.plan.agenda_items.add(item)
    thread.resolution.agenda_items.add(item)
    assert labelled(later) == {
        "On the agenda": [item.title],
        "It decided": [],
        "Plan it spoke of": ["Action Plan 2022-2024"],
        "Activities it spoke of": ["UN resolution"],
    }


def test_what_came_of_a_meeting_is_not_spoken_of_however_much_it_is(
    thread: SimpleNamespace,
) -> None:
    arose = [
        make.activity(plan=thread.plan, title=f"Arose {n:02}", arises_from=thread.decision)
        for n in range(MOST + 2)
    ]
    for activity in [*arose, make.activity(plan=thread.plan, title="Spoken of alone")]:
        activity.agenda_items.add(thread.item)
    assert labelled(thread.meeting)["Activities it spoke of"] == ["Spoken of alone"]


def test_instruments_spoken_of_and_instruments_served_stand_apart(
    thread: SimpleNamespace,
) -> None:
    spoken = make.instrument(short_title="ILO resolution")
    thread.item.instruments.add(spoken)
    told = labelled(thread.meeting)
    assert told["Instruments it spoke of"] == ["ILO resolution"]
    assert told["Instruments served"] == ["UN resolution", "OECD Recommendation"]


def test_a_decision_stands_behind_what_it_names_alone(thread: SimpleNamespace) -> None:
    [text] = labelled(thread.meeting)["It decided"]
    activity, plan = labelled(thread.follow_up), labelled(thread.plan)
    assert activity["The decision behind it"] == plan["The decision behind it"] == []
    assert activity["Decisions that formed the sub-groups of its area"] == [text]
    assert plan["Decisions that formed its sub-groups"] == [text]
    behind = labelled(thread.oecd)["Decisions behind the activities and their sub-groups"]
    assert behind == [text]
    thread.follow_up.arises_from = thread.decision
    thread.follow_up.save()
    assert labelled(thread.follow_up)["The decision behind it"] == [text]


def test_a_plan_listed_as_instrument_says_its_state_in_one_place(
    thread: SimpleNamespace, client: Client
) -> None:
    listed = make.instrument(short_title="Task Force action plan", slug="listed")
    thread.plan.instrument = listed
    thread.plan.state = "past"
    thread.plan.save()
    [strand] = [
        strand
        for strand in strands_of(listed, VISITOR)
        if strand.label == "The plan that is listed here"
    ]
    assert [(link.title, link.state_label) for link in strand.links] == [
        ("Action Plan 2022-2024", "Past")
    ]


@pytest.mark.slow
def test_the_decision_says_what_is_on_record_of_it(thread: SimpleNamespace, client: Client) -> None:
    def silence() -> str:
        return str(client.get(DECISION).context["silence"])

    names = ("ILO", "OECD", "RIPESS", "UNRISD")

    def on_record() -> str:
        return str(client.get(DECISION).context["decision"].on_record.in_words)

    groups, text = "three sub-groups (without members)", "one instrument adopted (18 April 2023)"
    found = f"{groups}, {text}, one delivery (18 April 2023)"
    assert silence() == "Nobody has told what became of it."
    assert on_record() == found
    for name in names[:2]:
        thread.decision.addressees.add(make.organization(name=name))
    assert silence() == "No word from ILO and OECD."
    for name in names[2:]:
        thread.decision.addressees.add(make.organization(name=name))
    assert silence() == "No word from those it is addressed to."
    make.action_plan(title="Next plan", adopted_by=thread.decision)
    assert labelled(thread.decision)["Plan it adopted"] == ["Next plan"]
    assert labelled(thread.decision)["Action plan"] == ["Action Plan 2022-2024"]
    make.activity(plan=thread.plan, arises_from=thread.decision)
    make.deliverable(activity=thread.resolution, title="Promised")
    assert on_record() == f"one action plan, {found}, one activity"
    for number in range(25):
        make.deliverable(
            activity=thread.resolution, title=f"Side event {number}", delivered_on="2023"
        )
    assert "at least 20 deliveries (last 2023), one activity" in on_record()


def test_the_thread_asks_the_same_questions_however_much_there_is(
    thread: SimpleNamespace, django_assert_num_queries: Any
) -> None:
    meeting = Meeting.objects.get()
    with django_assert_num_queries(QUERIES):
        strands_of(meeting, VISITOR)
    for number in range(3):
        decision = make.decision(meeting=meeting)
        area = make.priority_area(plan=thread.plan)
        make.sub_group(plan=thread.plan, area=area, established_by=decision)
        activity = make.activity(plan=thread.plan, area=area, arises_from=decision)
        make.deliverable(activity=activity, title=f"Deliverable {number}")
        activity.provisions.add(make.provision(instrument=thread.oecd))
    with django_assert_num_queries(QUERIES):
        strands_of(meeting, VISITOR)


QUERIES = 1


# --- What is known of progress -------------------------------------------------------------

DAY = dt.date(2024, 9, 11)


def told(state: str, on: dt.date | None, **facts: Any) -> Any:
    sources = {"documented_state": "unknown", "documented_on": None, **facts}
    return SimpleNamespace(reported_state=state, reported_on=on, **sources)


def test_no_report_is_a_state_of_its_own() -> None:
    standing = standing_of(told("no_report", None), on=DAY)
    assert (standing.state, str(standing.in_words)) == ("no_report", "No report to the Task Force")


@pytest.mark.parametrize(
    ("state", "reported_on", "words"),
    [
        ("on_track", dt.date(2024, 3, 15), "On track"),
        ("on_track", dt.date(2024, 3, 14), "On track, not reported since March 2024"),
        ("not_started", dt.date(2023, 1, 1), "Not started, not reported since January 2023"),
        ("done", dt.date(2020, 1, 1), "Done"),
        ("dropped", dt.date(2020, 1, 1), "Dropped"),
    ],
)
def test_an_old_report_says_since_when_nothing_was_reported(
    state: str, reported_on: dt.date, words: str
) -> None:
    assert str(standing_of(told(state, reported_on), on=DAY).in_words) == words


@pytest.mark.parametrize(
    ("reported", "facts", "words"),
    [
        ("no_report", {}, "No report to the Task Force."),
        (
            "no_report",
            {"documented_state": "done", "documented_on": PartialDate.parse("2023")},
            "No report to the Task Force. Public sources: done, 2023.",
        ),
        (
            "on_track",
            {"documented_state": "ongoing", "documented_on": PartialDate.parse("2025-12")},
            "On track. Public sources: under way, December 2025.",
        ),
        ("delayed", {"documented_state": "done"}, "Delayed. Public sources: done."),
    ],
)
def test_public_sources_stand_beside_what_was_reported(
    reported: str, facts: dict[str, Any], words: str
) -> None:
    assert standing_of(told(reported, DAY, **facts), on=DAY).told == words
