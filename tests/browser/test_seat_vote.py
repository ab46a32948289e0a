"""Voting from a phone in a real browser: without scripts, and told when a theme changed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from engagement.people.permissions import COMMAND_LINE
from engagement.workshop.moves import apply_move
from tests.browser.access import list_findings
from tests.browser.board_states import LiveBoard, deal_board, open_server_record
from tests.browser.seat_states import open_board_doors, take_seat
from tests.server import AppServer


@pytest.fixture
def board(server: AppServer, request: pytest.FixtureRequest) -> LiveBoard:
    """A board with open doors, of this test alone."""
    return open_board_doors(deal_board(server, request.node.name))


@pytest.fixture
def ballot(plain_phone: BrowserContext, board: LiveBoard) -> Page:
    """The ballot of Sam, reached from the seat."""
    page = take_seat(plain_phone.new_page(), board)
    page.get_by_role("link", name="Vote").click()
    return page


def merge(board: LiveBoard) -> None:
    """Merge Online into Getting about beside the browser."""
    state = board.read()
    themes = {theme["name"]: theme["id"] for theme in state["themes"]}
    asked = {"op": "merge", "saw": state["seq"], "kind": "merge"}
    asked |= {"theme": themes["Online"], "into": themes["Getting about"]}
    record = open_server_record(board.server)
    with record.writing() as session:
        apply_move(session, COMMAND_LINE, board.workshop_id, asked)
    record.close()


def test_a_phone_without_scripts_votes_and_is_told_what_came_back(ballot: Page, board: LiveBoard) -> None:
    for left in (4, 3):
        ballot.get_by_role("button", name="One dot more Online").click()
        expect(ballot.get_by_role("main")).to_contain_text(f"{left} of 5 dots left")
    merge(board)
    ballot.reload()
    expect(ballot.get_by_role("main")).to_contain_text("2 of your dots came back from “Online”")

    ballot.get_by_role("button", name="Put them on “Getting about”").click()

    expect(ballot.get_by_role("main")).to_contain_text("Your dots: 2")
    expect(ballot.get_by_role("main")).not_to_contain_text("came back")


@pytest.mark.parametrize("look", ["light", "dark"])
def test_nobody_is_kept_out_of_the_ballot(browser: Browser, board: LiveBoard, look: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=look)
    page = take_seat(context.new_page(), board)
    page.goto(f"{page.url}/vote")
    page.get_by_role("button", name="One dot more Online").click()
    page.get_by_role("status").wait_for()
    merge(board)
    page.reload()

    assert list_findings(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
    context.close()
