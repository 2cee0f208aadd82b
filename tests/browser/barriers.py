"""What keeps somebody out of a page: axe asks it for the rules of WCAG 2.2 AA."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose answer depends on the colours."""
AXE = Axe()
ASK = """async rules => {
    // Colours on their way from light to dark are none that anybody reads.
    const moving = document.getAnimations().filter(
        each => each.effect.getComputedTiming().endTime !== Infinity
    );
    await Promise.allSettled(moving.map(each => each.finished));
    const told = await axe.run(document, {runOnly: rules, resultTypes: ['violations']});
    return told.violations.map(
        rule => [rule.id, rule.nodes.map(node => node.html.slice(0, 120))]
    );
}"""


def barriers(page: Page, rules: list[str] = WCAG) -> dict[str, Any]:
    """Return the rules that a page breaks, each with the places."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    return dict(page.evaluate(ASK, rules))
