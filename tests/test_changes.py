"""The log as partners read it: `/api/v1/changes/`, `updated_at`, `updated_since`, gone records."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from taggit.models import Tag

from taskforce.models import AgendaItem, Meeting, Organization
from tests import make
from tests.asking import ROOT, get, problem
from tests.log import begin_new_day, lines_after, put_clock_forward, settle, taken_back
from untfsse.kit.history.restore import deleted_rows, restore
from untfsse.kit.loading import check_at_once
from untfsse.kit.log import current_number, forget_before
from untfsse.kit.log.models import GAP
from untfsse.kit.pages.on_record import QUIET_DAYS

pytestmark = pytest.mark.django_db

CHANGES = f"{ROOT}changes/"
HOST = "http://testserver"
LATER = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)


def told_since(client: Client, number: int) -> list[dict[str, Any]]:
    """Return the lines that a partner is told, once all is committed."""
    settle()
    results: list[dict[str, Any]] = get(client, f"{CHANGES}?since={number}")["results"]
    return results


def kinds_since(client: Client, number: int) -> dict[str, str]:
    """Return what happened to each row by its id."""
    return {line["id"]: line["kind"] for line in told_since(client, number)}


# --- The pages of the log ------------------------------------------------------------------


def test_line_says_what_happened_and_where_to_read_it(client: Client) -> None:
    settle()
    number = current_number()
    made = make.organization(slug="ilo")
    [line] = told_since(client, number)
    moment = line.pop("made_at")
    assert line == {
        "number": number + 1,
        "noun": "organizations",
        "id": str(made.public_id),
        "kind": "published",
        "is_own": True,
        "url": f"{HOST}{ROOT}organizations/ilo/",
        "reason": None,
    }
    assert get(client, line["url"])["updated_at"] == moment


def test_log_is_read_by_pages_of_500_in_order(client: Client) -> None:
    settle()
    number = current_number()
    facts = make.published(kind="ngo")
    Organization.objects.bulk_create(
        Organization(name=f"Body {n}", slug=f"body-{n}", **facts) for n in range(501)
    )
    settle()
    first = client.get(f"{CHANGES}?since={number}")
    page, following = first.json(), f"{HOST}{CHANGES}?since={number + 500}"
    assert [line["number"] for line in page["results"]] == [*range(number + 1, number + 501)]
    assert (page["latest"], page["next"]) == (number + 500, following)
    assert first["Link"] == f'<{following}>; rel="next"'
    last = client.get(following)
    assert [line["number"] for line in last.json()["results"]] == [number + 501]
    assert (last.json()["latest"], last.json()["next"]) == (number + 501, None)
    assert not last.has_header("Link")


@pytest.mark.parametrize("since", ["", "-1", "abc", "1.5", "²", "9" * 19, "1&since=2"])
def test_nonsense_is_refused_by_name(client: Client, since: str) -> None:
    told = problem(client.get(f"{CHANGES}?since={since}"), 400)
    assert [error["name"] for error in told["errors"]] == ["since"]


def test_number_that_the_log_does_not_reach_says_copy_anew(client: Client) -> None:
    make.organization()
    settle()
    kept = current_number()
    assert forget_before(LATER) > 0
    make.organization()
    settle()
    assert [line["number"] for line in get(client, f"{CHANGES}?since={kept}")["results"]] == [
        kept + 1
    ]
    bare = get(client, CHANGES)
    assert (bare["results"], bare["latest"], bare["next"]) == ([], kept + 1, None)
    assert get(client, f"{CHANGES}?since={kept}")["oldest"] == kept
    for since in (kept - 1, kept + 2):
        told = problem(client.get(f"{CHANGES}?since={since}"), 410)
        assert told["type"] == f"{HOST}/api/problems/copy-anew/"
        assert f"followed {kept}, up to {kept + 1}" in told["detail"]


def test_each_restore_of_one_backup_goes_on_with_numbers_of_its_own(client: Client) -> None:
    latest = []
    for _restore in range(2):
        with taken_back() as number:
            call_command("trim_log", "--copy-anew", stdout=StringIO())
            page = get(client, CHANGES)
            latest.append(page["latest"])
            assert page["oldest"] == page["latest"] > number + GAP
    assert latest[0] < latest[1]


# --- What goes -----------------------------------------------------------------------------


def test_withdrawn_record_leaves_its_reason(client: Client) -> None:
    made = make.organization()
    settle()
    number = current_number()
    Organization.objects.filter(pk=made.pk).update(
        status="withdrawn", withdrawal_reason="Listed twice."
    )
    [line] = told_since(client, number)
    assert (line["id"], line["kind"], line["url"], line["reason"]) == (
        str(made.public_id),
        "withdrawn",
        None,
        "Listed twice.",
    )


@pytest.mark.parametrize(
    "facts",
    [
        {"audience": "members"},
        {"audience": "members", "status": "withdrawn", "withdrawal_reason": "Hush."},
        {"status": "draft"},
        {"published_at": LATER},
    ],
)
def test_what_becomes_hidden_is_withdrawn_without_a_reason(
    client: Client, facts: dict[str, Any]
) -> None:
    made = make.document()
    settle()
    number = current_number()
    type(made).objects.filter(pk=made.pk).update(**facts)
    lines = {line["id"]: line for line in told_since(client, number)}
    mine = lines[str(made.public_id)]
    assert (mine["kind"], mine["url"], mine["reason"]) == ("withdrawn", None, None)
    number = current_number()
    type(made).objects.filter(pk=made.pk).update(title="Hush")
    made.delete()
    assert told_since(client, number) == []


@pytest.mark.parametrize("is_withdrawn_first", [False, True])
def test_deleted_record_answers_410_and_comes_back_as_itself(
    client: Client, is_withdrawn_first: bool
) -> None:
    made = make.organization(slug="ilo")
    page, address = "/organizations/ilo/", f"{ROOT}organizations/ilo/"
    settle()
    if is_withdrawn_first:
        Organization.objects.filter(pk=made.pk).update(
            status="withdrawn", withdrawal_reason="Twice."
        )
        settle()
    number = current_number()
    made.delete()
    [line] = told_since(client, number)
    assert (line["id"], line["kind"]) == (str(made.public_id), "deleted")
    assert (line["url"], line["reason"]) == (None, None)
    assert (client.get(page).status_code, client.get(address).status_code) == (410, 410)
    with pytest.raises(ValidationError, match="was published at this address"):
        make.organization(slug="ilo")
    [row] = deleted_rows(Organization)
    number = current_number()
    restore(row, by=None)
    [line] = told_since(client, number)
    if is_withdrawn_first:
        assert (line["id"], line["kind"]) == (str(made.public_id), "withdrawn")
        assert (line["reason"], client.get(page).status_code) == ("Twice.", 410)
    else:
        assert (line["id"], line["kind"]) == (str(made.public_id), "published")
        assert client.get(page).status_code == 200
        assert get(client, address)["id"] == str(made.public_id)


def test_reason_of_a_withdrawal_is_told_as_it_is_now(client: Client) -> None:
    made = make.document()
    rows = type(made).objects.filter(pk=made.pk)
    settle()
    number = current_number()
    steps: list[tuple[dict[str, Any], str | None]] = [
        ({"status": "withdrawn", "withdrawal_reason": "Listed twise."}, "Listed twise."),
        ({"withdrawal_reason": "Listed twice."}, "Listed twice."),
        ({"audience": "members"}, None),
    ]
    for count, (facts, reason) in enumerate(steps, start=1):
        rows.update(**facts)
        lines = told_since(client, number)
        told = [(line["kind"], line["reason"]) for line in lines if line["noun"] == "documents"]
        assert told == [("withdrawn", reason)] * count
    number = current_number()
    rows.update(withdrawal_reason="For members.", title="Hush")
    assert told_since(client, number) == []


# --- What the clock brings -----------------------------------------------------------------


def test_end_of_an_embargo_is_noticed_by_whoever_asks_first(client: Client) -> None:
    made = make.organization(published_at=LATER)
    settle()
    number = current_number()
    assert told_since(client, number) == []
    put_clock_forward(
        "UPDATE taskforce_organization SET published_at = now() - interval '1 second'"
        " WHERE id = %s",
        made.pk,
    )
    put_clock_forward("UPDATE kit_loghead SET due_at = now() - interval '1 second'")
    page = get(client, f"{CHANGES}?since={number}")
    assert [(line["id"], line["kind"]) for line in page["results"]] == [
        (str(made.public_id), "published")
    ]
    assert page["latest"] == number + 1


def test_planned_publication_is_when_the_log_looks_at_the_clock_again(client: Client) -> None:
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)
    put_clock_forward("UPDATE kit_loghead SET due_at = 'infinity'")
    make.organization(published_at=soon)
    settle()
    with connection.cursor() as cursor:
        cursor.execute("SELECT due_at FROM kit_loghead")
        assert cursor.fetchone() == (soon,)


def test_new_day_tells_whose_words_it_changes(client: Client) -> None:
    today = dt.datetime.now(dt.UTC).date()
    meeting = make.meeting()
    ends_today = make.seat(from_on="2014", until_on=(today - dt.timedelta(days=1)).isoformat())
    make.seat(from_on="2014", until_on="2015")
    settle()
    number = current_number()
    begin_new_day()
    told = get(client, f"{CHANGES}?since={number}")
    ids = {line["id"] for line in told["results"]}
    assert str(ends_today.public_id) in ids
    assert str(meeting.public_id) not in ids
    assert told["latest"] == current_number() == number + len(told["results"]) + 1


# --- What is shown with another -------------------------------------------------------------


def test_renamed_organization_changes_the_meeting_that_shows_it(client: Client) -> None:
    meeting, other = make.meeting(), make.meeting()
    attendance = make.attendance(meeting=meeting)
    settle()
    number = current_number()
    address = f"{ROOT}meetings/{meeting.slug}/"
    before = get(client, address)
    Organization.objects.filter(pk=attendance.organization_id).update(name="Renamed")
    lines = {line["id"]: line for line in told_since(client, number)}
    mine = lines[str(meeting.public_id)]
    assert (mine["kind"], mine["is_own"], mine["url"]) == ("changed", False, f"{HOST}{address}")
    assert str(other.public_id) not in lines
    after = get(client, address)
    assert after["updated_at"] == mine["made_at"] > before["updated_at"]
    since = mine["made_at"].replace("+", "%2B")
    found = get(client, f"{ROOT}meetings/?updated_since={since}")
    assert [row["id"] for row in found["results"]] == [str(meeting.public_id)]


def test_topics_are_noticed_added_renamed_and_removed(client: Client) -> None:
    made = make.meeting()
    settle()
    number = current_number()
    topic = Tag.objects.filter(name="cooperatives")
    acts: list[Callable[[], Any]] = [
        partial(made.tags.add, "cooperatives"),
        partial(topic.update, name="Cooperatives"),
        partial(made.tags.remove, "Cooperatives"),
    ]
    for act in acts:
        act()
        assert kinds_since(client, number) == {str(made.public_id): "changed"}
        number = current_number()


def test_topics_follow_from_the_records_that_bear_them(client: Client) -> None:
    topics, since = f"{ROOT}topics/", f"{ROOT}topics/?updated_since="
    first, second = make.meeting(), make.organization()
    first.tags.add("cooperatives")
    second.tags.add("tourism")
    settle()
    ids = {row["name"]: row["id"] for row in get(client, topics)["results"]}
    put_clock_forward("UPDATE kit_publicstate SET changed_at = '2024-02-29'")
    assert get(client, f"{since}2024-03-01")["results"] == []
    Tag.objects.filter(name="tourism").update(name="Tourism", slug="travel")
    settle()
    shown = get(client, f"{ROOT}organizations/{second.slug}/")["tags"]
    [row] = get(client, f"{since}2024-03-01")["results"]
    assert (row["id"], row["slug"], row["name"]) == (ids["tourism"], "travel", "Tourism")
    assert shown == [{"title": "Tourism", **{name: row[name] for name in ("slug", "url", "page")}}]
    Meeting.objects.update(status="draft")
    assert [row["id"] for row in get(client, topics)["results"]] == [ids["tourism"]]


# --- What a visitor may not know -------------------------------------------------------------


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "draft"},
        {"published_at": LATER},
        {"audience": "members"},
        {"audience": "secretariat"},
    ],
)
def test_hidden_record_leaves_no_line(facts: dict[str, Any]) -> None:
    made = make.document(**facts, meeting=make.meeting())
    settle()
    number = current_number()
    rows = type(made).objects.filter(pk=made.pk)
    rows.update(title="Another title", slug="another")
    assert lines_after(number) == []
    made.tags.add("hush")
    assert lines_after(number) == []
    make.rendition(document=made)
    assert lines_after(number) == []
    if "audience" in facts:
        rows.update(audience="secretariat" if facts["audience"] == "members" else "members")
        assert lines_after(number) == []
    made.delete()
    assert lines_after(number) == []
    assert current_number() == number


def test_note_for_the_staff_leaves_no_line() -> None:
    made = make.meeting()
    settle()
    number = current_number()
    Meeting.objects.filter(pk=made.pk).update(internal_note="From memory.")
    assert lines_after(number) == []


def test_text_that_minutes_are_made_of_leaves_no_line() -> None:
    item = make.agenda_item()
    settle()
    number = current_number()
    AgendaItem.objects.filter(pk=item.pk).update(minutes_text="<p>Not yet approved.</p>")
    assert lines_after(number) == []


def test_activity_of_which_nothing_was_heard_for_long_is_noticed(client: Client) -> None:
    today = dt.datetime.now(dt.UTC).date()
    quiet = make.progress_report(reported_on=today - dt.timedelta(days=QUIET_DAYS + 1))
    make.progress_report(reported_on=today - dt.timedelta(days=QUIET_DAYS))
    settle()
    number = current_number()
    begin_new_day()
    ids = {line["id"] for line in told_since(client, number) if line["noun"] == "activities"}
    assert ids == {str(quiet.activity.public_id)}


@pytest.mark.parametrize("is_at_once", [False, True])
def test_no_row_is_missed_where_rules_are_asked_at_once(is_at_once: bool) -> None:
    number = current_number()
    check_at_once()
    if is_at_once:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    made = [make.organization() for _row in range(3)]
    lines = {line.public_id for line in lines_after(number)}
    assert lines == {each.public_id for each in made}
