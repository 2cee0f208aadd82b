"""The API's documentation in a real browser, under the strict content security policy."""

import pytest
from playwright.sync_api import Page, expect

from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


def test_documentation_renders_and_asks_without_a_complaint_of_the_browser(page: Page) -> None:
    make.meeting(title="Seen through the documentation")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/api/")
    page.get_by_role("link", name="meetings", exact=True).click()
    page.locator("#operations-meetings-meeting_list .opblock-summary-control").click()
    page.get_by_role("button", name="Execute").click()
    answer = page.locator(".live-responses-table tbody")
    expect(answer).to_contain_text("Seen through the documentation")
    page.emulate_media(color_scheme="dark")
    assert complaints == []
