"""The back office in a real browser: the strict content security policy, and two people."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import make
from tests.browser.barriers import faults_of
from tests.browser.keyboard import press_until, skip_to_content
from tests.nouns import meeting as full_meeting

pytestmark = pytest.mark.django_db(transaction=True)

WITH_MENU = {"", "taskforce/decision/"}
"""Pages whose menu is looked at too: one of no noun, and one that marks its noun in the menu."""


def sign_in(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/admin/login/?next=/admin/")
    page.fill("#id_username", name)
    page.fill("#id_password", "a long pass phrase")
    with page.expect_navigation():
        page.click("[type=submit]")


@pytest.fixture
def staff() -> list[Any]:
    facts = {"password": "a long pass phrase", "is_staff": True, "is_superuser": True}
    return [make.user(username="ada", **facts), make.user(username="bob", **facts)]


PAGES = [
    "",
    "taskforce/decision/",
    "taskforce/meeting/{meeting}/change/",
    "verify/",
    "taskforce/meeting/{meeting}/agenda/",
    "taskforce/meeting/{meeting}/record/",
    "taskforce/meeting/{meeting}/history/",
    "taskforce/meeting/{meeting}/preview/",
    "taskforce/meeting/{meeting}/do/withdraw/",
    "taskforce/meeting/{meeting}/do/publish-rest/",
    "taskforce/meeting/{meeting}/delete/",
    "taskforce/decision/{decision}/do/follow-up/",
    "taskforce/policyinstrument/{instrument}/resolution/",
    "taskforce/organization/add/?_popup=1",
    "auth/user/{colleague}/change/",
    "accounts/account/{account}/change/",
    "accounts/account/do/invite/",
]


def test_no_page_of_the_back_office_is_too_wide_or_breaks_the_policy_or_the_guidelines(
    live_server: Any, page: Page, staff: list[Any], complaints: list[str]
) -> None:
    record = full_meeting(rows=1)
    decision = record.decisions.first()
    decision.addressees.add(make.organization(), make.organization())
    make.seat(confidence="low")
    for build in (make.decision, make.document):
        build(meeting=record, status="draft")
    rows = {
        "meeting": record,
        "decision": decision,
        "instrument": make.instrument(),
        "colleague": staff[1],
        "account": make.user(),
    }
    keys = {name: row.pk for name, row in rows.items()}
    sign_in(page, live_server.url, "ada")
    found = {}
    for path in PAGES:
        address, is_whole = f"{live_server.url}/admin/{path.format(**keys)}", path in WITH_MENU
        found[path] = faults_of(page, address, complaints, is_whole=is_whole)
    assert {path: faults for path, faults in found.items() if faults} == {}

    page.goto(f"{live_server.url}/admin/taskforce/seat/add/")
    page.locator(".select2-selection").first.click()
    page.locator(".select2-results__option[role=option]").first.wait_for()
    assert complaints == []


def test_two_people_save_one_meeting_and_both_texts_survive(
    live_server: Any, browser: Browser, staff: list[Any]
) -> None:
    record = make.meeting(summary="As it was")
    address = f"{live_server.url}/admin/taskforce/meeting/{record.pk}/change/"
    first, second = browser.new_context().new_page(), browser.new_context().new_page()
    for page, name in [(first, "ada"), (second, "bob")]:
        sign_in(page, live_server.url, name)
        page.goto(address)

    first.fill("#id_summary", "What Ada wrote")
    first.fill("#id_city", "Geneva")
    first.click("[name=_continue] >> nth=0")
    expect(first.locator(".messagelist .success")).to_be_visible()
    second.fill("#id_summary", "What <b>Bob</b> wrote")
    second.fill("#id_venue", "Palais")
    second.click("[name=_continue] >> nth=0")

    texts = second.locator(".conflicts tbody tr .text")
    expect(texts).to_have_text(["What Ada wrote", "What <b>Bob</b> wrote"])
    assert second.input_value("#id_summary") == "What <b>Bob</b> wrote"
    second.check("input[value=mine]")
    second.click("[name=_continue] >> nth=0")
    expect(second.locator(".messagelist .success")).to_be_visible()
    record.refresh_from_db()
    assert (record.summary, record.city, record.venue) == (
        "What <b>Bob</b> wrote",
        "Geneva",
        "Palais",
    )


def test_a_decision_on_a_fact_moves_the_focus_to_the_next(
    live_server: Any, page: Page, staff: list[Any]
) -> None:
    _first, second = [make.seat(confidence="low") for _number in range(2)]
    sign_in(page, live_server.url, "ada")
    page.goto(f"{live_server.url}/admin/verify/")

    page.locator(".fact").first.get_by_role("button", name="Verify").press("Enter")
    page.wait_for_url("**#fact-*")

    expect(page.locator(":focus")).to_have_id(f"fact-{second.pk}")


def test_a_record_is_found_changed_and_its_history_read_by_keyboard(
    live_server: Any, page: Page, staff: list[Any]
) -> None:
    record = make.meeting(title="Fortieth meeting")
    page.goto(f"{live_server.url}/admin/")
    page.keyboard.type("ada")
    page.keyboard.press("Tab")
    page.keyboard.type("a long pass phrase")
    page.keyboard.press("Enter")
    expect(page.locator("#user-tools")).to_contain_text("ada")
    press_until(page, "^Meetings$")
    page.keyboard.press("Enter")
    page.wait_for_url("**/taskforce/meeting/")
    skip_to_content(page)
    press_until(page, "^Fortieth meeting$")
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/")
    skip_to_content(page)
    press_until(page, "city")
    page.keyboard.type("Geneva")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()
    press_until(page, "^Fortieth meeting$")
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/")
    skip_to_content(page)
    press_until(page, "^History$")
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_contain_text("Geneva")
    record.refresh_from_db()
    assert record.city == "Geneva"
