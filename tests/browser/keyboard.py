"""Going through a page by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

MOST = 80


def press_until(page: Page, words: str) -> int:
    """Press the tabulator until what has the focus says these words, or is called so.

    Returns how often it was pressed.
    """
    page.wait_for_load_state()  # an address is told before its page is read to the end
    for times in range(1, MOST + 1):
        page.keyboard.press("Tab")
        said = page.evaluate("document.activeElement.textContent.trim()")
        if re.search(words, said) or page.evaluate("document.activeElement.name") == words:
            return times
    pytest.fail(f"The keyboard does not reach {words!r}")


def skip_to_content(page: Page) -> None:
    """Take the first link of a page of the back office past its menu."""
    page.wait_for_load_state()
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    page.keyboard.press("Enter")
