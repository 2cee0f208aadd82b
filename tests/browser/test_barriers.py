"""What looks for barriers waits for what moves, and for nothing else."""

import pytest
from playwright.sync_api import Error, Page

from tests.browser import barriers

MOVES = "document.body.animate([{opacity: 1}, {opacity: 1}], {duration: 60000})"


def test_what_was_stopped_keeps_nobody_waiting(page: Page) -> None:
    page.set_content("<p>Some words")
    page.evaluate(f"{MOVES}.pause()")
    assert barriers.barriers(page).keys() == {"document-title", "html-has-lang"}


def test_what_moves_on_and_on_is_told(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(barriers, "PATIENCE", 1)
    page.set_content("<p>Some words")
    page.evaluate(f"{MOVES}.play()")
    with pytest.raises(Error, match="does not come to rest"):
        barriers.barriers(page)
