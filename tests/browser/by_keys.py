"""Going about a board by keys alone."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 80
# In which column the focus is, in which one the goal is, and how many steps below its heading.
PLACES = """goal => {
    const root = goal.getRootNode(), column = goal.closest(".column");
    const columns = [...root.querySelectorAll(".column:not(.new)")];
    const stops = column.querySelectorAll("h2, .tray:not([hidden]) .offer, .slot:not([hidden]) > .card");
    const here = root.activeElement.closest(".column");
    return [columns.indexOf(here), columns.indexOf(column), [...stops].indexOf(goal)];
}"""


def tab_to(page: Page, goal: Locator) -> None:
    """Go on with the Tab key until something has the focus."""
    for _step in range(MOST_TABS):
        if goal.evaluate("goal => goal.getRootNode().activeElement === goal"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{MOST_TABS} tabs do not lead to {goal}")


def heading(page: Page, theme: str) -> Locator:
    return page.get_by_role("heading", name=theme, exact=True, level=2)


def walk_to(page: Page, theme: str, goal: Locator | None = None) -> Locator:
    """Walk with the arrow keys to a theme's heading, or to something under it."""
    goal = goal or heading(page, theme)
    if not page.locator("h2:focus, .card:focus, .offer:focus").count():
        tab_to(page, page.locator(".column").first.locator("[tabindex='0']"))
    here, there, stop = goal.evaluate(PLACES)
    page.keyboard.press("Home")
    for _column in range(abs(there - here)):
        page.keyboard.press("ArrowRight" if there > here else "ArrowLeft")
    page.keyboard.press("Home")
    for _stop in range(stop):
        page.keyboard.press("ArrowDown")
    expect(goal).to_be_focused()
    return goal


def answer(page: Page, words: str) -> None:
    """Type into the dialog that has the focus, then press Enter."""
    page.locator("dialog[open]").wait_for()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
