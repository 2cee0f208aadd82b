"""What keeps somebody out of a page: axe asks it for the rules of WCAG 2.2 AA."""

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose answer depends on the colours."""
LAYOUT = [*COLOURS, "target-size", "scrollable-region-focusable"]
"""Those, and the rules whose answer depends on where things stand."""
NARROWEST, WIDEST = 320, 1280
LOOKS: list[tuple[Literal["light", "dark"], int, list[str]]] = [
    ("light", NARROWEST, LAYOUT),
    ("dark", NARROWEST, COLOURS),
    ("dark", WIDEST, COLOURS),
    ("light", WIDEST, WCAG),
]
"""How a page is looked at; what neither colours nor places decide is asked once."""
AXE = Axe()
PATIENCE = 30_000
"""Milliseconds that a page has to come to rest."""
MENU = "#nav-sidebar"
"""The menu of the back office, the same beside each of its pages."""
ASK = """async ([left_out, rules, patience]) => {
    // Colours on their way from light to dark are none that anybody reads. Scripts hear of the
    // change with the next frame, and what they start is under way with the one after. What has
    // ended may never say so, and a browser that draws nothing sends no frame.
    const is_moving = () => document.getAnimations().some(
        each => each.playState === 'running' && each.effect.getComputedTiming().endTime !== Infinity
    );
    const until = performance.now() + patience;
    for (let still = 0; still < 3; still = is_moving() ? 0 : still + 1) {
        if (performance.now() > until) throw Error('Something on the page does not come to rest.');
        await Promise.race([
            new Promise(requestAnimationFrame), new Promise(done => setTimeout(done, 1000))
        ]);
    }
    const told = await axe.run({exclude: left_out}, {runOnly: rules, resultTypes: ['violations']});
    return told.violations.map(
        rule => [rule.id, rule.nodes.map(node => node.html.slice(0, 120))]
    );
}"""


def barriers(page: Page, rules: list[str] = WCAG, *, is_whole: bool = False) -> dict[str, Any]:
    """Return the rules that a page breaks, each with the places; only if whole in its menu too."""
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    return dict(page.evaluate(ASK, [[] if is_whole else [MENU], rules, PATIENCE]))


def faults_of(
    page: Page,
    address: str,
    complaints: list[str],
    *,
    ready: str = "main",
    is_whole: bool = False,
) -> dict[str, Any]:
    """Open a page once; return what is wrong with it by the policy, and for all on both screens.

    `ready` is seen once the page is written, also where a script writes it.
    """
    faults: dict[str, Any] = {}
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    page.goto(address)
    page.locator(ready).first.wait_for()
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > NARROWEST:
        faults["width"] = width
    # Before axe: its own script is let in past the policy, and complains of what it tries.
    if complaints:
        faults["complaints"] = list(complaints)
    for scheme, width, rules in LOOKS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 720})
        found = barriers(page, rules, is_whole=is_whole)
        faults |= {f"{scheme}, {width}: {rule}": where for rule, where in found.items()}
    complaints.clear()
    return faults
