"""Whoever comes to the board can use it: axe in light and dark, at three widths, in both views."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.board_states import SAID, LiveBoard, card, deal_board, expect_home, open_page
from tests.server import AppServer

GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def board(server: AppServer, administrator_state: dict) -> LiveBoard:
    return deal_board(server, "A board for all")


@pytest.fixture(params=["light", "dark"])
def page(page: Page, board: LiveBoard, request: pytest.FixtureRequest) -> Page:
    """The board in a light and in a dark browser."""
    page.emulate_media(color_scheme=request.param)
    open_page(page, board)
    expect(page.locator(".board")).to_have_attribute("data-look", request.param)
    return page


def list_grave_findings(page: Page) -> list[str]:
    """List axe's serious and critical findings, on the whole page."""
    results = Axe().run(page, options={"resultTypes": ["violations"]}).response
    return [
        f"{found['id']}: {node['html'][:120]}"
        for found in results["violations"]
        if found["impact"] in GRAVE
        for node in found["nodes"]
    ]


def test_axe_finds_nothing_grave_at_any_width_in_both_views_and_dialogs(page: Page) -> None:
    findings = []
    for width in (320, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for view in ("Outline", "Board"):
            page.get_by_role("button", name=view, exact=True).click()
            card(page, SAID[4]).focus()
            findings += [f"{width} {view} {found}" for found in list_grave_findings(page)]

    page.keyboard.press("m")
    page.locator("dialog[open]").wait_for()
    findings += [f"dialog {found}" for found in list_grave_findings(page)]

    assert findings == []


@pytest.mark.parametrize("page", ["light"], indirect=True)
def test_axe_would_see_a_fault_inside_the_board(page: Page) -> None:
    page.locator(".board").evaluate("board => board.append(document.createElement('img'))")

    assert any(found.startswith("image-alt") for found in list_grave_findings(page))


@pytest.mark.parametrize("page", ["light"], indirect=True)
@pytest.mark.parametrize("width", [320, 390])
def test_phone_shows_one_theme_at_a_time_and_moves_without_dragging(
    page: Page, board: LiveBoard, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    words, goal = (SAID[4], "Online") if width == 320 else (SAID[7], "Nobody listens")
    expect(page.locator(".column:visible:not(.new)")).to_have_count(1)

    card(page, words).hover()
    card(page, words).get_by_role("button", name="Move to…").click()
    page.get_by_role("dialog").get_by_role("button", name=goal).click()
    page.get_by_label("Theme shown").select_option(label=f"{goal} (3)")

    expect_home(page, words, goal)
    expect(page.get_by_role("heading", name=goal, exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("page", ["light"], indirect=True)
def test_targets_are_large_enough_to_hit(page: Page) -> None:
    card(page, SAID[0]).focus()
    sizes = page.locator(".board button:visible, .board .pick:visible, .board select:visible").evaluate_all(
        "all => all.map(one => [one.textContent, one.getBoundingClientRect()])"
        ".map(([name, box]) => [name, box.width, box.height])"
    )

    too_small = [(name, width, height) for name, width, height in sizes if min(width, height) < 24]

    assert sizes
    assert too_small == []
