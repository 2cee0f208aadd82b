"""Public pages in a real browser: by keyboard, on a narrow screen, under the policy, for all."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.barriers import faults_of
from tests.browser.keyboard import press_until
from tests.browser.special_meeting import ADDRESSES, make_special_meeting

MOST_PRESSED = 160
"""Of the tabulator, from home along the thread to a provision in two languages and back."""
WRITTEN_BY_SCRIPT = {"API documentation": ".opblock-tag"}


@pytest.fixture
def addresses(live_server: LiveServer) -> dict[str, str]:
    """Return the addresses of the main pages, with records behind them."""
    assert live_server.url
    return make_special_meeting()


def test_keyboard_leads_from_the_skip_link_by_a_search_along_the_thread(
    page: Page, addresses: dict[str, str]
) -> None:
    page.goto(addresses["home"])
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_id("main")
    page.goto(addresses["home"])
    press_until(page, "q")
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


def test_the_thread_is_followed_on_a_telephone_by_keyboard_without_scripts(
    browser: Browser, addresses: dict[str, str], base_url: str
) -> None:
    page = browser.new_page(
        base_url=base_url, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page.goto(addresses["home"])
    pressed, steps = 0, 0
    for words, place in [
        ("^Agreed to form sub-groups", "/decisions/d3/"),
        ("^Sub-group ", "/sub-groups/group/"),
        ("^Activity ", "/activities/activity/"),
        ("^Provision ", "/instruments/first/#operative-2"),
        ("^Side by side", "/instruments/first/text/#operative-2"),
    ]:
        pressed += press_until(page, words)
        page.keyboard.press("Enter")
        steps += 1
        expect(page).to_have_url(f"{base_url}{place}")
    page.goto(page.url.partition("#")[0])  # from the paragraph to the top, as a reader scrolls
    for name, language in [("left", "French"), ("right", "Arabic")]:
        pressed += press_until(page, name)
        page.keyboard.type(language)
    pressed += press_until(page, "^Show$")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{base_url}/instruments/first/text/?left=fr&right=ar")
    sides = page.locator("#operative-2 blockquote")
    expect(sides).to_have_count(2)
    told = [(side.get_attribute("lang"), side.get_attribute("dir")) for side in sides.all()]
    assert told == [("fr", "ltr"), ("ar", "rtl")]
    for words, place in [
        ("^About this instrument", "/instruments/first/"),
        ("^Agreed to form sub-groups", "/decisions/d3/"),
    ]:
        pressed += press_until(page, words)
        page.keyboard.press("Enter")
        steps += 1
        expect(page).to_have_url(f"{base_url}{place}")
    page.close()
    assert (steps + 1, pressed <= MOST_PRESSED) == (8, True), pressed


def test_names_are_offered_while_somebody_types(
    page: Page, addresses: dict[str, str], complaints: list[str]
) -> None:
    page.goto(addresses["home"])
    page.locator("#search-header").press_sequentially("special mee")
    offered = page.locator("#search-header-suggestions option").first
    expect(offered).to_have_attribute("value", re.compile("^Special meeting on operationalizing"))
    assert complaints == []


def test_paper_has_nothing_to_click_on_and_wide_screens_begin_with_what_is_next(
    page: Page, addresses: dict[str, str]
) -> None:
    page.goto(addresses["home"])
    next_, decided = (page.locator(name).bounding_box() for name in ("#upcoming", "#decisions"))
    assert next_
    assert decided
    assert next_["x"] < decided["x"]
    page.goto(addresses["organization"])
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(":is(form, nav, [rel=nofollow]):visible")).to_have_count(0)
    page.goto(addresses["entry"])
    told = "each => getComputedStyle(each, '::after').content"
    assert page.locator("#cite + p a").evaluate(told) == "none"  # it says its address itself
    assert "https://" in page.locator(".prose a[rel~=license]").evaluate(told)


def test_symbol_leads_straight_to_its_record(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["home"])
    page.locator("#search-header").fill("a/res/77/281")
    page.locator("#search-header").press("Enter")
    expect(page).to_have_url(re.compile("/instruments/first/$"))


def test_each_field_with_a_fault_is_framed(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["report of an error"])
    page.locator("main form").evaluate("form => { form.noValidate = true }")
    page.locator("main input[type=email]").fill("nowhere")
    page.get_by_role("button", name="Send the report").click()
    at_fault = page.locator("main [aria-invalid=true]")
    expect(at_fault).to_have_count(2)
    for field, name in zip(at_fault.all(), ("text", "email"), strict=True):
        expect(field).to_have_attribute("name", name)
        expect(field).to_have_css("border-top-width", "2px")


def test_no_page_is_too_wide_or_breaks_the_policy_or_the_accessibility_guidelines(
    page: Page, addresses: dict[str, str], complaints: list[str]
) -> None:
    found = {
        name: faults_of(
            page, addresses[name], complaints, ready=WRITTEN_BY_SCRIPT.get(name, "main")
        )
        for name in sorted(ADDRESSES)
    }
    assert {name: faults for name, faults in found.items() if faults} == {}
