"""The editor in a real browser: under the security policy, by keyboard, and stored clean."""

import re
from typing import Any

import pytest
from django.conf import LazySettings
from playwright.sync_api import Locator, Page, expect

from tests.kit.test_richtext import WORD


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """Whatever the browser complains of: errors, and what the policy refused."""
    heard: list[str] = []
    page.on(
        "console", lambda message: heard.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.fixture
def address(request: pytest.FixtureRequest, settings: LazySettings) -> str:
    settings.ROOT_URLCONF = "tests.browser.richtext_page"
    # Only now: the server reads the settings of this test.
    return str(request.getfixturevalue("live_server").url) + "/rich-text/"


def open_editor(page: Page, address: str) -> Locator:
    """Wait until the editor has taken the place of the textarea."""
    page.goto(address)
    expect(page.get_by_role("toolbar", name="Layout: Minutes")).to_be_visible()
    return page.get_by_role("textbox", name="Minutes")


def test_minutes_are_written_and_stored_clean(
    page: Page, address: str, complaints: list[str]
) -> None:
    area = open_editor(page, address)
    expect(area).to_have_text("Forty took part.")
    area.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("All took part.")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type("Agreed")
    page.keyboard.press("Control+b")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="List with bullets").click()
    page.keyboard.type("ILO")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#saved")).to_have_text(
        "<p>All took part.</p><p><strong>Agreed</strong></p><ul><li><p>ILO</p></li></ul>"
    )
    assert complaints == []


def test_what_is_typed_right_after_a_button_is_kept(page: Page, address: str) -> None:
    """A busy machine draws its next frame late; here it never does."""
    page.add_init_script("window.requestAnimationFrame = () => 0")
    area = open_editor(page, address)
    area.click()
    page.keyboard.press("Control+a")
    page.get_by_role("button", name="List with bullets").click()
    page.keyboard.type("ILO")
    page.get_by_role("button", name="List with bullets").press("Enter")
    page.keyboard.type(" met")
    page.keyboard.press("Control+a")
    page.get_by_role("button", name="Link", exact=True).click()
    page.keyboard.type("https://example.org/")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+i")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#saved")).to_have_text(
        '<ul><li><p><a href="https://example.org/" rel="noopener noreferrer">'
        "<em>ILO met</em></a></p></li></ul>"
    )


def test_a_link_is_set_by_keyboard(page: Page, address: str, complaints: list[str]) -> None:
    area = open_editor(page, address)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Bold")).to_be_focused()
    page.keyboard.press("Tab")
    expect(area).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Bold")).to_be_focused()
    for _number in range(7):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.type("https://example.org/minutes")
    page.keyboard.press("Enter")
    expect(area.locator("a")).to_have_attribute("href", "https://example.org/minutes")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#saved")).to_have_text(
        '<p><a href="https://example.org/minutes" rel="noopener noreferrer">'
        "Forty took part.</a></p>"
    )
    assert complaints == []


def test_a_pasted_script_does_not_run_and_is_not_stored(
    page: Page, address: str, complaints: list[str]
) -> None:
    area = open_editor(page, address)
    area.press("Control+a")
    area.evaluate(
        """(element) => {
            const pasted = new DataTransfer();
            pasted.setData("text/html", "<p onclick='x()'>a<img src=x onerror='title=1'></p>");
            const event = { clipboardData: pasted, bubbles: true };
            element.dispatchEvent(new ClipboardEvent("paste", event));
        }"""
    )
    expect(area).to_have_text("a")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#saved")).to_have_text("<p>a</p>")
    expect(page).to_have_title("Rich text")


def test_who_pastes_pictures_is_told_that_they_are_left_out(
    page: Page, address: str, complaints: list[str]
) -> None:
    area = open_editor(page, address)
    told = page.get_by_role("status").filter(has_text="left out")
    paste = """(element, html) => {
        const pasted = new DataTransfer();
        if (html) pasted.setData("text/html", html);
        else pasted.items.add(new File(["x"], "a.png", { type: "image/png" }));
        element.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: pasted, bubbles: true, cancelable: true }),
        );
    }"""
    area.press("Control+a")
    area.evaluate(paste, "<p>a<img src='file:///1.png'> b<img src='file:///2.png'></p>")
    expect(told).to_have_text("2 pictures were left out. A text holds none.")
    expect(area).to_have_text("a b")
    area.evaluate(paste, "<p>c</p>")
    expect(told).to_have_count(0)
    area.evaluate(paste, "")
    expect(told).to_have_text("1 picture was left out. A text holds none.")
    assert complaints == []


def test_a_pasted_table_and_its_footnote_are_kept(
    page: Page, address: str, complaints: list[str]
) -> None:
    area = open_editor(page, address)
    area.press("Control+a")
    area.evaluate(
        """(element, html) => {
            const pasted = new DataTransfer();
            pasted.setData("text/html", html);
            const event = { clipboardData: pasted, bubbles: true };
            element.dispatchEvent(new ClipboardEvent("paste", event));
        }""",
        re.sub(r"style='[^']*'", "", WORD),  # the browser refuses each, and says so
    )
    expect(area.locator("td")).to_have_text(["ILO", "10,000[1]"])
    page.get_by_role("button", name="Save").click()
    saved = page.locator("#saved")
    expect(saved).to_contain_text(
        "<table><tbody><tr><td><p><strong>ILO</strong></p></td><td><p>10,000"
    )
    expect(saved).to_contain_text("<sup>[1]</sup></a> In 2024.")
    assert complaints == []


def test_without_a_script_the_textarea_stays(browser: Any, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        expect(page.get_by_label("Minutes")).to_have_value("<p>Forty took part.</p>")
