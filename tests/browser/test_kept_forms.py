"""A session that ends while somebody types, in a real browser: all is kept, and saved."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from taskforce.models import Meeting
from tests import make
from tests.browser.test_admin import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

type Way = Callable[[Page, str], None]


@pytest.fixture
def meeting(page: Page, live_server: Any) -> Meeting:
    """A planned meeting with an item; somebody who may change all of it is signed in."""
    make.user(username="ada", password="a long pass phrase", is_staff=True, is_superuser=True)
    record = make.meeting(city="Geneva", starts_on="2022-07-19")
    make.agenda_item(meeting=record, title="Sub-groups")
    make.attendance(meeting=record, state="invited")
    sign_in(page, live_server.url, "ada")
    expect(page.locator("#user-tools")).to_be_visible()
    return record


def lose_session(page: Page, _site: str) -> None:
    page.context.clear_cookies(name="sessionid")


def lose_all_cookies(page: Page, _site: str) -> None:
    page.context.clear_cookies()


def sign_in_elsewhere(page: Page, site: str) -> None:
    lose_session(page, site)
    other = page.context.new_page()
    sign_in(other, site, "ada")
    expect(other.locator("#user-tools")).to_be_visible()
    other.close()


def sign_in_after_a_mistake(page: Page) -> None:
    """Sign in where the site asks for it; a wrong password before."""
    expect(page.locator(".messagelist")).to_contain_text("what you typed is kept")
    for password in ("wrong", "a long pass phrase"):
        page.fill("#id_username", "ada")
        page.fill("#id_password", password)
        page.click("[type=submit]")
        if password == "wrong":
            expect(page.locator(".errornote")).to_be_visible()


def type_city(page: Page) -> None:
    page.fill("#id_city", "Bern")


def type_item(page: Page) -> None:
    page.fill("#id_title", "Funding")


def type_minutes(page: Page) -> None:
    page.locator(".richtext-area").first.wait_for()
    page.get_by_role("textbox", name="Minutes: Sub-groups").focus()
    page.keyboard.type("Said and agreed.")


FORMS: dict[str, tuple[Callable[[Page], None], str]] = {
    "change": (type_city, "[name=_continue] >> nth=0"),
    "agenda": (type_item, "#agenda_form [type=submit]"),
    "record": (type_minutes, "#record_form [type=submit]"),
}


@pytest.mark.parametrize("way", [lose_session, lose_all_cookies, sign_in_elsewhere])
def test_what_was_typed_outlives_the_session_and_is_saved(
    way: Way, live_server: Any, page: Page, meeting: Meeting
) -> None:
    for name, (write, button) in FORMS.items():
        page.goto(f"{live_server.url}/admin/taskforce/meeting/{meeting.pk}/{name}/")
        write(page)
        way(page, live_server.url)
        page.click(button)
        if way is not sign_in_elsewhere:
            sign_in_after_a_mistake(page)
        expect(page.locator("#content")).to_contain_text("Here is what you typed")
        page.click(button)
        expect(page.locator(".messagelist .success").first).to_be_visible()

    meeting.refresh_from_db()
    items = {item.title: item.minutes_text for item in meeting.agenda_items.all()}
    assert meeting.city == "Bern"
    assert items == {"Sub-groups": "<p>Said and agreed.</p>", "Funding": ""}


def test_a_sign_in_elsewhere_while_the_sign_in_is_open_loses_nothing(
    live_server: Any, page: Page, meeting: Meeting
) -> None:
    page.goto(f"{live_server.url}/admin/taskforce/meeting/{meeting.pk}/change/")
    type_city(page)
    lose_session(page, live_server.url)
    page.click("[name=_continue] >> nth=0")
    sign_in_elsewhere(page, live_server.url)
    page.fill("#id_username", "ada")
    page.fill("#id_password", "a long pass phrase")
    page.click("[type=submit]")
    expect(page.locator("#id_city")).to_have_value("Bern")


def test_a_file_is_not_kept_and_its_name_is_told(
    live_server: Any, page: Page, meeting: Meeting
) -> None:
    document = make.document(meeting=meeting)
    make.rendition(document=document)
    page.goto(f"{live_server.url}/admin/taskforce/document/{document.pk}/change/")
    file = {"name": "minutes.txt", "mimeType": "text/plain", "buffer": b"Minutes."}
    page.set_input_files("#id_renditions-0-file", file)  # type: ignore[arg-type]
    page.fill("#id_title", "Minutes of July")
    lose_session(page, live_server.url)
    page.click("[name=_continue] >> nth=0")
    told = "No file is kept: choose again “minutes.txt”."
    expect(page.locator(".messagelist")).to_contain_text(told)
    page.fill("#id_username", "ada")
    page.fill("#id_password", "a long pass phrase")
    page.click("[type=submit]")
    expect(page.locator(".errorlist").first).to_contain_text(told)
    expect(page.locator("#id_title")).to_have_value("Minutes of July")
