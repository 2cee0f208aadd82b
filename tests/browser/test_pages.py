"""Public pages in a real browser: by keyboard, on a narrow screen, under the policy, for all."""

import re
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.barriers import COLOURS, WCAG, barriers
from tests.browser.special_meeting import make_special_meeting

NARROWEST = 320
SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]


@pytest.fixture
def addresses(live_server: LiveServer) -> dict[str, str]:
    """Return the addresses of the main pages, with records behind them."""
    assert live_server.url
    return make_special_meeting()


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """Collect what the browser complains of, policy violations too."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "404" not in message.text:
            heard.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    page.remove_listener("console", hear)


def press_until(page: Page, words: str) -> None:
    """Press the tabulator until what has the focus says these words."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if re.search(words, page.evaluate("document.activeElement.textContent")):
            return
    pytest.fail(f"The keyboard does not reach {words!r}")


def test_keyboard_leads_from_the_skip_link_by_a_search_along_the_thread(
    page: Page, addresses: dict[str, str]
) -> None:
    page.goto(addresses["home"])
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_id("main")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("name", "q")
    page.keyboard.type("special meeting")
    page.keyboard.press("Enter")
    expect(page).to_have_title("special meeting: search · UNTFSSE")
    press_until(page, "^Special meeting on operationalizing")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Special meeting on operationalizing the Action Plan"
    )
    press_until(page, "UNTFSSE/2022/SM/D3")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/decisions/d3/$"))
    press_until(page, "^Activity ")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/activities/activity/$"))


def test_symbol_leads_straight_to_its_record(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["home"])
    page.locator("#search-home").fill("a/res/77/281")
    page.locator("#search-home").press("Enter")
    expect(page).to_have_url(re.compile("/instruments/first/$"))


def test_no_page_is_too_wide_or_breaks_the_policy_or_the_accessibility_guidelines(
    page: Page, addresses: dict[str, str], complaints: list[str]
) -> None:
    page.add_init_script(
        "addEventListener('securitypolicyviolation',"
        " event => console.error('policy: ' + event.violatedDirective + event.blockedURI))"
    )
    found: dict[str, Any] = {}
    for name, path in addresses.items():
        page.set_viewport_size({"width": NARROWEST, "height": 640})
        page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROWEST:
            found[f"{name}: width"] = width
        page.set_viewport_size({"width": 1280, "height": 720})
        # Before axe: its own script is let in past the policy, and complains of what it tries.
        if complaints:
            found[f"{name}: complaints"] = list(complaints)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            faults = barriers(page, COLOURS if scheme == "dark" else WCAG)
            found |= {f"{name}, {scheme}: {rule}": where for rule, where in faults.items()}
        complaints.clear()
    assert found == {}
