"""Reports of errors: from any page, without an account, into the secretariat's queue."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tests import make
from tests.pages import words_of
from tests.staff import sign_in, staff
from untfsse.kit.error_reports import services
from untfsse.kit.error_reports.models import ErrorReport, ErrorReportContact
from untfsse.kit.error_reports.services import close_report, forget_senders, receive_report
from untfsse.kit.history.changes import Change
from untfsse.kit.log import current_number
from untfsse.kit.records.roles import EDITOR, SECRETARIAT

pytestmark = pytest.mark.django_db
MAIL = "reader@example.org"
TYPED = {
    "page": "/decisions/d1/",
    "text": "The day is the 20th.",
    "evidence_url": "https://example.org/minutes",
    "email": MAIL,
    "website": "",
}


def queue() -> list[tuple[str, str, str]]:
    return list(ErrorReport.objects.order_by("id").values_list("path", "subject", "text"))


@pytest.mark.slow
def test_a_reader_reports_an_error_from_its_page_and_the_secretariat_closes_it() -> None:
    make.decision(number="UNTFSSE/2022/SM/D1", slug="d1")
    reader = Client(enforce_csrf_checks=True)
    before = current_number()
    link = re.search(r'<a href="([^"]+)"[^>]*>Report an error', reader.get("/decisions/d1/").text)
    assert link is not None
    form = reader.get(link[1])
    assert "About the page /decisions/d1/" in words_of(form)
    assert form.headers.get("ETag") is None
    assert reader.post(link[1], TYPED).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form.text)
    assert token is not None
    sent = reader.post(link[1], {**TYPED, "csrfmiddlewaretoken": token[1]}, follow=True)
    assert "Your report lies with the secretariat." in words_of(sent)
    assert queue() == [("/decisions/d1/", "UNTFSSE/2022/SM/D1", "The day is the 20th.")]
    assert "20th" not in reader.get("/decisions/d1/").text
    assert current_number() == before

    desk, report = Client(), ErrorReport.objects.get()
    account = sign_in(desk, SECRETARIAT)
    assert "Errors that readers reported" in desk.get("/admin/").text
    page = f"/admin/kit/errorreport/{report.pk}/"
    shown = desk.get(f"{page}change/").text
    assert f">{MAIL}<" in shown
    assert re.search(r'href="/admin/taskforce/decision/\d+/change/">UNTFSSE/2022/SM/D1<', shown)
    desk.post(f"{page}do/mended/", {"note": "It was."})
    report.refresh_from_db()
    assert (report.state, report.note, report.closed_by) == ("mended", "It was.", account)
    assert not ErrorReportContact.objects.exists()
    assert MAIL not in str(list(Change.objects.values_list("before", "after")))
    again = desk.post(f"{page}do/declined/", {"note": "No."}, follow=True)
    assert "That is no longer possible" in again.text


def test_an_editor_sees_a_report_without_the_mail_address(client: Client) -> None:
    report = receive_report(path="/", text="Wrong.", sender="a", email=MAIL)
    sign_in(client, EDITOR)
    shown = client.get(f"/admin/kit/errorreport/{report.pk}/change/")
    assert shown.status_code == 200
    assert ("Wrong." in shown.text, MAIL in shown.text) == (True, False)
    assert client.get("/admin/kit/errorreportcontact/").status_code == 403
    with pytest.raises(PermissionDenied):
        close_report(report, state="mended", note="", by=make.user())
    close_report(report, state="declined", note="It is right.", by=staff(EDITOR))
    assert not ErrorReportContact.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "This field is required."),
        ({"text": "x" * 2001}, "at most 2000 characters"),
        ({"text": "a\x07b"}, "An invisible character (U+0007)"),
        ({"evidence_url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"email": "nobody"}, "Enter a valid email address."),
    ],
)
def test_what_is_no_report_is_refused_at_its_field(
    typed: dict[str, str], sentence: str, client: Client
) -> None:
    answer = client.post("/report/", {**TYPED, **typed})
    assert sentence in words_of(answer)
    assert queue() == []


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("/meetings/?year=2022", "/meetings/?year=2022"),
        ("https://example.org/", "/"),
        ("//example.org/", "/"),
        ("/\\example.org", "/"),
        ("javascript:alert(1)", "/"),
        ("/" + "x" * 400, "/"),
    ],
)
def test_a_report_names_a_page_of_ours(page: str, kept: str, client: Client) -> None:
    assert client.post("/report/", {**TYPED, "page": page}).status_code == 302
    assert queue() == [(kept, "", "The day is the 20th.")]


def test_what_fills_in_the_trap_is_thanked_and_dropped(client: Client) -> None:
    answer = client.post("/report/", {**TYPED, "website": "https://spam.example"})
    assert (answer.status_code, answer["Location"]) == (302, "/report/sent/")
    assert queue() == []


def test_a_connection_reports_five_times_a_day_and_is_then_forgotten(
    client: Client, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = 1

    def send(claimed: str) -> int:
        headers = {"x-forwarded-for": claimed}
        return client.post("/report/", TYPED, headers=headers).status_code

    assert [send(f"10.0.0.{n}, 192.0.2.7") for n in range(6)] == [302] * 5 + [429]
    assert [send(f"2001:db8::{n}") for n in range(6)] == [302] * 5 + [429]
    assert send("192.0.2.8") == 302
    assert "192.0.2" not in str(list(ErrorReport.objects.values()))

    yesterday = timezone.now() - dt.timedelta(days=1)
    ErrorReport.objects.update(reported_at=yesterday)
    assert forget_senders(before=timezone.localdate()) == 11
    assert send("192.0.2.7") == 302


def test_a_full_queue_says_so_and_nothing_typed_is_lost(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_OPEN", 1)
    receive_report(path="/", text="First.", sender="a")
    answer = client.post("/report/", TYPED)
    assert answer.status_code == 429
    assert "So many reports wait that no more are taken now." in answer.text
    assert "The day is the 20th.</textarea>" in answer.text
    close_report(ErrorReport.objects.get(), state="mended", note="", by=None)
    assert client.post("/report/", TYPED).status_code == 302


def test_a_flood_from_one_network_closes_the_form_for_nobody_else(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_OPEN", 12)

    def send(address: str) -> Any:
        return client.post("/report/", TYPED, REMOTE_ADDR=address)

    *_flood, last = [send(f"2001:db8:7:{n:x}::1") for n in range(13)]
    assert ErrorReport.objects.count() == 10
    assert "Enough reports came from your connection today." in last.text
    assert [send(address).status_code for address in ("2001:db8:8::1", "192.0.2.7")] == [302] * 2


@pytest.mark.parametrize(
    "facts", [{"state": "lost"}, {"state": "mended"}, {"closed_at": timezone.now()}]
)
def test_postgresql_refuses_a_state_that_is_none(facts: dict[str, Any]) -> None:
    receive_report(path="/", text="Wrong.", sender="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        ErrorReport.objects.update(**facts)
