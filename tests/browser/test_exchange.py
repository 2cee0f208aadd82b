"""A table imported in a real browser: by keyboard alone, and without a barrier on the way."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import make
from tests.browser.barriers import barriers
from tests.browser.test_admin import sign_in
from untfsse.kit.tasks.worker import do_all_that_is_due

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_table_is_imported_by_keyboard(live_server: Any, page: Page) -> None:
    make.user(username="ada", password="a long pass phrase", is_staff=True, is_superuser=True)
    record = make.organization(slug="ilo", city="Geneva", description="An agency.")
    instrument = make.instrument(licence="CC-BY-4.0")
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    sign_in(page, live_server.url, "ada")
    home = f"{live_server.url}/admin/taskforce/organization/"
    page.goto(home)
    page.get_by_role("link", name="Import", exact=True).press("Enter")
    expect(page.get_by_label("File")).to_be_visible()
    found = {"file": barriers(page)}
    content = b"slug,city,description\nilo,Gen\xc3\xa8ve,<b>No markup</b>\n"
    table: Any = {"name": "table.csv", "mimeType": "text/csv", "buffer": content}
    page.get_by_label("File").set_input_files(table)
    page.get_by_role("button", name="Import", exact=True).press("Enter")
    expect(page.get_by_text("No worker is running.")).to_be_visible()
    found["waiting"] = barriers(page)
    do_all_that_is_due()  # the page looks by itself whether that has come about
    expect(page.get_by_role("cell", name="<b>No markup</b>")).to_be_visible()
    found["preview"] = barriers(page)
    page.get_by_role("button", name="Import all of this").press("Enter")
    expect(page.get_by_text("No worker is running.")).to_be_visible()
    do_all_that_is_due()
    expect(page.get_by_role("heading", name="The import is done")).to_be_visible()
    found["done"] = barriers(page)
    page.goto(f"{home}{record.pk}/history/")
    expect(page.get_by_text("Genève").first).to_be_visible()
    page.goto(f"{live_server.url}/admin/taskforce/policyinstrument/{instrument.pk}/provisions/")
    found["paste"] = barriers(page)
    page.get_by_label("Text:", exact=True).fill("1. Encourages Members:\n(a) To report.")
    page.get_by_role("button", name="Split the text").press("Enter")
    expect(page.locator(".provision-row")).to_have_count(2)
    found["provisions"] = barriers(page)
    page.get_by_role("button", name="Save the provisions").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("2 provisions are added.")

    record.refresh_from_db()
    assert (record.city, record.description) == ("Genève", "<b>No markup</b>")
    assert instrument.provisions.count() == 2
    assert found == {name: {} for name in found}
    assert complaints == []
