"""Tasks: done once, tried again with a pause, told in the back office, outliving their worker."""

import datetime as dt
import logging

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from django.tasks import TaskResultStatus
from django.test import Client
from django.utils import timezone

from taskforce.models import Organization
from tests import make
from tests.kit import chores
from tests.staff import sign_in, staff
from untfsse.kit.access.sessions import AccountSession
from untfsse.kit.history.changes import Change, acting
from untfsse.kit.records.roles import EDITOR, SECRETARIAT
from untfsse.kit.tasks.models import BackgroundTask
from untfsse.kit.tasks.worker import CLAIMS, Worker, do_all_that_is_due, keep_schedule

LIST = "/admin/kit/backgroundtask/"


@pytest.fixture
def record(db: None) -> Organization:
    return make.organization(city="")


def traces(record: Organization) -> str:
    record.refresh_from_db()
    return record.city


def let_pause_pass() -> dt.timedelta:
    """End the pause of the only task; return how long it had to be from its last end on."""
    row = BackgroundTask.objects.get()
    assert row.finished_at
    pause = row.run_after - row.finished_at
    BackgroundTask.objects.update(run_after=timezone.now())
    return dt.timedelta(seconds=round(pause.total_seconds()))


# --- Done, or not --------------------------------------------------------------------------


def test_a_task_is_done_once_in_the_name_of_who_asked(record: Organization) -> None:
    user = make.user()
    with acting(actor_id=user.pk, origin="admin"):
        asked = chores.leave_trace.enqueue(record.pk)
    assert (asked.status, traces(record)) == (TaskResultStatus.READY, "")
    assert (do_all_that_is_due(), do_all_that_is_due()) == (1, 0)
    asked.refresh()
    assert (asked.status, asked.return_value, asked.attempts) == ("SUCCESSFUL", "left", 1)
    change = Change.objects.of(record)[0]
    assert (traces(record), change.made_by, change.origin) == ("x", user, "worker")


def test_what_one_worker_does_no_other_takes(record: Organization) -> None:
    pk = int(chores.leave_trace.enqueue(record.pk).id)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [CLAIMS, pk])
        BackgroundTask.objects.get().begin("other:1")
        assert do_all_that_is_due() == 0
        assert BackgroundTask.objects.get().workers == ["other:1"]
        assert BackgroundTask.objects.get().state == TaskResultStatus.RUNNING
    finally:
        other.close()


def test_what_the_database_says_stays_in_the_log(record: Organization) -> None:
    chores.ask_nonsense.enqueue()
    do_all_that_is_due()
    row = BackgroundTask.objects.get()
    assert (row.state, row.error) == ("READY", "The database stopped it.")


def test_an_error_that_is_no_text_stops_no_worker(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(
        logging.CRITICAL, logger="untfsse.kit.tasks.worker"
    )  # what is captured must be a text
    chores.fail_oddly.enqueue()
    assert (do_all_that_is_due(), do_all_that_is_due()) == (1, 0)
    assert BackgroundTask.objects.get().error == "OSError: No such file: \\udcff"


def test_a_task_for_later_waits(record: Organization) -> None:
    later = timezone.now() + dt.timedelta(hours=1)
    chores.leave_trace.using(run_after=later).enqueue(record.pk)
    assert do_all_that_is_due() == 0
    BackgroundTask.objects.update(run_after=timezone.now())
    assert (do_all_that_is_due(), traces(record)) == (1, "x")


def test_what_was_not_asked_in_the_end_is_not_done(record: Organization) -> None:
    with transaction.atomic():
        chores.leave_trace.enqueue(record.pk)
        transaction.set_rollback(True)
    assert (do_all_that_is_due(), traces(record)) == (0, "")


@pytest.mark.slow
def test_what_fails_is_tried_again_with_longer_pauses_then_told(
    record: Organization, settings: LazySettings, client: Client
) -> None:
    settings.TASK_PAUSE_SECONDS = 10
    chores.fail.enqueue(record.pk)
    pauses = []
    for _try in range(3):
        assert (do_all_that_is_due(), do_all_that_is_due()) == (1, 0)
        assert BackgroundTask.objects.get().state == TaskResultStatus.READY
        pauses.append(let_pause_pass().total_seconds())
    assert (do_all_that_is_due(), pauses) == (1, [10, 60, 360])
    let_pause_pass()
    assert (do_all_that_is_due(), traces(record)) == (0, "")

    sign_in(client, SECRETARIAT)
    page = client.get(f"{LIST}?todo=failed").content.decode()
    assert "LookupError: It is not there." in page
    assert '<td class="field-state">Failed</td><td class="field-tried">4</td>' in page
    assert f'href="{LIST}?todo=failed"' in client.get("/admin/").content.decode()


def test_a_refusal_is_told_at_once(record: Organization) -> None:
    chores.refuse.enqueue(record.pk)
    do_all_that_is_due()
    row = BackgroundTask.objects.get()
    assert (row.state, row.tries, row.error) == ("FAILED", 1, "The rules say no.")
    assert traces(record) == ""


def test_a_worker_told_to_stop_leaves_its_task_as_it_was(record: Organization) -> None:
    chores.be_stopped.enqueue(record.pk)
    with pytest.raises(KeyboardInterrupt):
        do_all_that_is_due()
    row = BackgroundTask.objects.get()
    assert (row.state, row.tries, traces(record)) == ("READY", 0, "")


def test_what_a_dead_worker_left_waits_and_is_told_when_it_kills_each(
    record: Organization,
) -> None:
    chores.leave_trace.enqueue(record.pk)
    for tries in (1, 2, 3, 4):
        row = BackgroundTask.objects.get()
        row.begin(f"gone:{tries}")
        assert do_all_that_is_due() == 0
        let_pause_pass()
    row.refresh_from_db()
    assert (row.state, row.error) == ("FAILED", "Its worker was stopped in the middle.")
    assert (do_all_that_is_due(), traces(record)) == (0, "")


# --- Again and again -----------------------------------------------------------------------


def test_the_schedule_is_kept(db: None, settings: LazySettings) -> None:
    day = dt.timedelta(days=1)
    settings.TASK_SCHEDULE = {"untfsse.tasks.clear_sessions": day}
    keep_schedule()
    keep_schedule()
    AccountSession.objects.create(session_key="a", expire_date=timezone.now() - day)
    assert (do_all_that_is_due(), do_all_that_is_due()) == (1, 0)
    row = BackgroundTask.objects.get()
    assert (row.state, let_pause_pass(), AccountSession.objects.count()) == ("READY", day, 0)
    assert do_all_that_is_due() == 1
    settings.TASK_SCHEDULE = {}
    keep_schedule()
    assert not BackgroundTask.objects.exists()


def test_a_clock_that_was_wrong_stops_no_schedule(db: None, settings: LazySettings) -> None:
    day = dt.timedelta(days=1)
    settings.TASK_SCHEDULE = {"untfsse.tasks.clear_sessions": day}
    keep_schedule()
    in_years = timezone.now() + 1000 * day
    BackgroundTask.objects.update(run_after=in_years)
    assert do_all_that_is_due() == 0
    keep_schedule()
    assert do_all_that_is_due() == 1
    soon = timezone.now() + day / 2
    BackgroundTask.objects.update(run_after=soon)
    keep_schedule()
    assert BackgroundTask.objects.get().run_after == soon


def test_a_scheduled_task_that_failed_is_done_the_next_time(
    record: Organization, settings: LazySettings
) -> None:
    chores.refuse.enqueue(record.pk)
    BackgroundTask.objects.update(every=dt.timedelta(days=1))
    do_all_that_is_due()
    assert BackgroundTask.objects.get().state == TaskResultStatus.FAILED
    assert let_pause_pass() == dt.timedelta(days=1)
    assert do_all_that_is_due() == 1


def test_every_task_of_the_schedule_is_there(db: None, settings: LazySettings) -> None:
    keep_schedule()
    assert do_all_that_is_due() == len(settings.TASK_SCHEDULE)
    rows = BackgroundTask.objects.all()
    assert {(row.state, row.error) for row in rows} == {("READY", "")}
    assert [row.path for row in rows if row.label == row.path] == []


# --- Told ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_secretariat_alone_reads_the_tasks(record: Organization, client: Client) -> None:
    chores.leave_trace.enqueue(record.pk)
    sign_in(client, EDITOR)
    assert client.get(LIST).status_code == 403
    assert "No worker is running" not in client.get("/admin/").content.decode()
    client.force_login(staff(SECRETARIAT))
    row = BackgroundTask.objects.get()
    assert "Leave a trace" in client.get(f"{LIST}{row.pk}/change/").content.decode()
    assert client.post(f"{LIST}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert "No worker is running" in client.get("/admin/").content.decode()
    Worker().arrive()
    try:
        assert "No worker is running" not in client.get("/admin/").content.decode()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")
