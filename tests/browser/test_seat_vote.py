"""Voting from a phone in a real browser: without scripts, and told when a theme changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from engagement.people.permissions import COMMAND_LINE
from engagement.workshop.moves import apply_move
from engagement.workshop.rounds import RoundPlan, plan_rounds
from models.rooms import RoundKind
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


@pytest.fixture
def seated(browser: Browser, board: LiveBoard) -> Iterator[Page]:
    """The seat of Sam on a phone with scripts."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    context.set_default_timeout(30_000)
    yield take_seat(context.new_page(), board)
    context.close()


def close_round(board: LiveBoard) -> None:
    """Let the room do something else than vote, beside the browser."""
    record = open_server_record(board.server)
    with record.writing() as session:
        plan_rounds(session, COMMAND_LINE, board.workshop_id, [RoundPlan(RoundKind.READ)])
    record.close()


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


def test_a_ballot_with_scripts_takes_itself_anew_and_keeps_the_focus(seated: Page, board: LiveBoard) -> None:
    seated.get_by_role("link", name="Vote").click()
    for _dot in range(2):
        seated.get_by_role("button", name="One dot more Online").click()
        expect(seated.get_by_role("status")).to_have_text("Saved.")
    stays = seated.get_by_role("button", name="One dot more Getting about")
    stays.focus()

    merge(board)

    expect(seated.get_by_role("main")).to_contain_text("2 of your dots came back from “Online”")
    expect(stays).to_be_focused()
    expect(seated.locator("#fresh")).to_have_text("Your dots or the themes have changed.")
    close_round(board)
    expect(seated.get_by_role("main")).to_contain_text("The room is not voting now.")
    expect(seated.get_by_role("button", name="One dot more")).to_have_count(0)
    assert list_findings(seated) == []


def test_a_ballot_that_was_refused_its_stream_asks_again(seated: Page, board: LiveBoard) -> None:
    stopping = {"status": 503, "body": "The server is stopping."}
    seated.route("**/events?*", lambda route: route.fulfill(**stopping), times=1)
    with seated.expect_response(lambda answer: "/events" in answer.url and answer.status == 503):
        seated.get_by_role("link", name="Vote").click()

    close_round(board)

    expect(seated.get_by_role("main")).to_contain_text("The room is not voting now.")


def test_dots_that_come_back_are_told_at_the_live_board(seated: Page, board: LiveBoard) -> None:
    seated.get_by_role("link", name="Vote").click()
    seated.get_by_role("button", name="One dot more Online").click()
    seated.get_by_role("status").wait_for()
    seated.get_by_role("link", name="Back").click()
    seated.locator(".board .card").first.wait_for(state="attached")
    freed = "Free again: 1 of your dots. “Online” was merged."
    expect(seated.get_by_text(freed)).to_have_count(0)

    merge(board)

    expect(seated.get_by_text(freed)).to_be_visible()
    seated.reload()
    expect(seated.get_by_text(freed)).to_be_visible()
    assert list_findings(seated) == []


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
