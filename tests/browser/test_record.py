"""The record of a meeting in a real browser: by keyboard alone, and without a barrier."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from taskforce import services
from tests import make
from tests.browser.test_admin import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_meeting_is_prepared_and_recorded_by_keyboard(live_server: Any, page: Page) -> None:
    make.user(username="ada", password="a long pass phrase", is_staff=True, is_superuser=True)
    meeting = services.prepare_meeting(kind="special", starts_on="2022-07-19", by=None)
    item = services.add_item(meeting, title="Sub-groups", by=None)
    row = make.attendance(meeting=meeting, state="invited")
    sign_in(page, live_server.url, "ada")
    change = f"{live_server.url}/admin/taskforce/meeting/{meeting.pk}"

    page.goto(f"{change}/agenda/")
    page.get_by_role("button", name="Up: Sub-groups").focus()
    page.keyboard.press("Alt+ArrowUp")
    page.get_by_text("Moved: “1. Sub-groups”.").wait_for()
    expect(page.get_by_role("button", name="Down: Sub-groups")).to_be_focused()

    page.goto(f"{change}/record/")
    page.locator(".richtext-area").first.wait_for()
    page.locator(f"[name=o{row.organization_id}-state]:checked").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("textbox", name="Minutes: Sub-groups").focus()
    page.keyboard.type("Said and agreed.")
    page.locator(f"#id_d{item.pk}-kind").locator("xpath=ancestor::details/summary").focus()
    page.keyboard.press("Enter")
    page.locator(f"#id_d{item.pk}-kind").focus()
    page.keyboard.type("Agrees")
    page.keyboard.press("Tab")
    page.keyboard.type("To form sub-groups")
    page.get_by_role("button", name="Save the record").focus()
    page.keyboard.press("Enter")
    page.get_by_text("UNTFSSE/2022/SM/D1 is recorded as a draft.").wait_for()

    row.refresh_from_db()
    item.refresh_from_db()
    assert (row.state, item.minutes_text) == ("present", "<p>Said and agreed.</p>")
    assert [(each.kind, each.text) for each in item.decisions.all()] == [
        ("agrees", "To form sub-groups")
    ]


def test_forty_rows_are_answered_with_a_few_keys_each(live_server: Any, page: Page) -> None:
    make.user(username="ada", password="a long pass phrase", is_staff=True, is_superuser=True)
    meeting = make.meeting(starts_on="2022-07-19")
    rows = [make.attendance(meeting=meeting, state="invited") for _number in range(40)]
    sign_in(page, live_server.url, "ada")
    page.goto(f"{live_server.url}/admin/taskforce/meeting/{meeting.pk}/record/")
    page.locator(".attendance :checked").first.focus()
    # Each second body came, each third sent apologies: one arrow for present, two for apologies.
    keys = 0
    answers = {}
    name = page.evaluate("document.activeElement.name")
    for number in range(len(rows)):
        arrows = 1 if number % 2 else 2
        for _arrow in range(arrows):
            page.keyboard.press("ArrowDown")
        answers[name] = page.evaluate("document.activeElement.value")
        keys += arrows
        while number + 1 < len(rows) and page.evaluate("document.activeElement.name") in {
            name,
            name.replace("-state", "-on_behalf_of"),
            "",
            None,
        }:
            page.keyboard.press("Tab")
            keys += 1
        name = page.evaluate("document.activeElement.name")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()
    print(f"{len(rows)} rows: {keys} keys")
    states = {f"o{row.organization_id}-state": row for row in meeting.attendances.all()}
    assert {name: row.state for name, row in states.items()} == answers
    assert len(answers) == 40
    assert set(answers.values()) == {"present", "apologies"}
    assert keys <= 160
