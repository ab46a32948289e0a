"""A facilitator holds a theme up on the projector from the board's menu, by mouse and by key."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import list_findings
from tests.browser.board_states import LiveBoard, column, deal_board, open_page
from tests.browser.test_screen import open_screen
from tests.server import AppServer


@pytest.fixture
def board(server: AppServer, request: pytest.FixtureRequest) -> LiveBoard:
    """A board of this test alone."""
    return deal_board(server, request.node.name)


def open_menu(page: Page, theme: str) -> None:
    column(page, theme).get_by_role("button", name=f"More to do with {theme}").click()


def press(page: Page, words: str) -> None:
    page.get_by_role("dialog").get_by_role("button", name=words).click()


def test_a_theme_is_shown_on_the_wall_and_the_whole_board_again(page: Page, board: LiveBoard) -> None:
    screen = open_screen(page.context, board)
    open_page(page, board)

    open_menu(page, "Online")
    press(page, "Show on the wall")
    expect(screen.get_by_role("heading", name="Online")).to_be_visible()
    expect(screen.locator("blockquote")).to_have_count(2)
    expect(column(page, "Online").locator(".facts")).to_contain_text("on the wall")

    open_menu(page, "Getting about")
    expect(page.get_by_role("dialog").get_by_role("button", name="Show on the wall")).to_be_visible()
    assert list_findings(page) == []
    press(page, "Show the whole board again")

    expect(screen.locator("blockquote")).to_have_count(0)
    expect(column(page, "Online").locator(".facts")).not_to_contain_text("on the wall")


def test_a_key_shows_a_theme_on_the_wall_and_says_so(page: Page, board: LiveBoard) -> None:
    open_page(page, board)

    column(page, "Online").get_by_role("heading").focus()
    page.keyboard.press("h")

    expect(page.locator(".board [role=status]").filter(has_text="“Online” is on the wall.")).to_have_count(1)
    expect(column(page, "Online").get_by_role("heading")).to_be_focused()
    assert board.read()["room"]["wall"]["shows"] == "theme"
