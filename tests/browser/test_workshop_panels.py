"""The Workshops screen with all panels unfolded: a real branch, guests, tables, and a run to begin with."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from engagement.people.permissions import COMMAND_LINE
from engagement.workshop.branches import make_branch
from engagement.workshop.guests import add_guests
from engagement.workshop.moves import apply_move
from engagement.workshop.rooms import RoomChoices, choose_for_room
from engagement.workshop.state import read_state
from tests.browser.access import list_findings
from tests.browser.board_states import SAID, LiveBoard, deal_board, open_server_record
from tests.builders import add_voices
from tests.engagement.test_theming_runs import run_job
from tests.server import AppServer
from tests.theming.made_up_texts import TEXTS

LOOKS = (("light", (320,)), ("dark", (768,)))


@pytest.fixture(scope="module")
def board(server: AppServer, administrator_state: dict) -> LiveBoard:
    """A board with tables, people without a phone, and a branch that moved the same voice elsewhere."""
    board = deal_board(server, "Panels")
    record = open_server_record(server)
    with record.writing() as session:
        choose_for_room(session, COMMAND_LINE, board.workshop_id, RoomChoices(n_tables=4))
        add_guests(session, COMMAND_LINE, board.workshop_id, "resident", nickname="Jo")
        branch_id = make_branch(session, COMMAND_LINE, board.workshop_id, "One theme")
        for board_id, theme in ((board.workshop_id, "Online"), (branch_id, "Getting about")):
            themes = {
                each["name"]: each["id"] for each in read_state(session, COMMAND_LINE, board_id)["themes"]
            }
            move = {"kind": "move", "voices": [board.voices[SAID[7]]], "to": themes[theme]}
            apply_move(session, COMMAND_LINE, board_id, {"op": "one", "saw": 0, **move})
    record.close()
    return board


@pytest.fixture(scope="module")
def themed(server: AppServer, administrator_state: dict) -> int:
    """An engagement with a theming run and no board."""
    record = open_server_record(server)
    with record.writing() as session:
        engagement_id = add_voices(session, TEXTS, engagement="A run to begin with").id
    run_job(record, engagement_id)
    record.close()
    return engagement_id


def unfold_all(page: Page) -> None:
    """Unfold every panel of the screen, so that nothing is hidden from axe."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    folded = page.locator("[data-testid=stExpander] details:not([open]) > summary")
    for n_left in reversed(range(folded.count())):
        folded.first.click()
        expect(folded).to_have_count(n_left)


def expect_open_to_all(page: Page) -> None:
    for scheme, widths in LOOKS:
        page.emulate_media(color_scheme=scheme)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            assert list_findings(page) == [], f"{width} px, {scheme}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_real_branch_and_the_people_of_the_room_keep_nobody_out(page: Page, board: LiveBoard) -> None:
    page.goto(f"{board.server.url}/workshop?engagement={board.engagement_id}")
    page.get_by_role("heading", name="Panels").first.wait_for()
    unfold_all(page)

    expect(page.get_by_role("heading", name="One theme")).to_be_visible()
    expect(page.get_by_text("1 thing was changed on both sides")).to_be_visible()
    expect(page.get_by_role("button", name="Take back Jo (resident)")).to_be_visible()
    expect(page.get_by_label("Table of Lunch club")).to_be_visible()
    expect_open_to_all(page)


def test_beginning_with_a_run_by_keys_keeps_nobody_out(page: Page, server: AppServer, themed: int) -> None:
    page.goto(f"{server.url}/workshop?engagement={themed}")
    page.get_by_label("Theming runs that it begins with").focus()
    for key in ("ArrowDown", "Enter", "Escape"):
        page.keyboard.press(key)

    expect(page.get_by_text("Themes that the board will hold")).to_be_visible()
    expect(page.get_by_role("button", name="Make the board")).to_be_visible()
    expect_open_to_all(page)


def test_what_is_done_in_a_panel_leaves_it_open_and_what_is_beside_it_folded(
    page: Page, board: LiveBoard
) -> None:
    page.goto(f"{board.server.url}/workshop?engagement={board.engagement_id}")
    page.locator("summary", has_text="Projector and votes").click()
    page.locator("summary", has_text="People without a phone: 1").click()

    page.get_by_role("button", name="Hold it up").click()
    expect(page.get_by_text("The projector holds it up.")).to_be_visible()
    expect(page.get_by_role("button", name="Hold it up")).to_be_visible()
    page.get_by_role("button", name="Count them in").click()

    expect(page.get_by_text("People without a phone: 2")).to_be_visible()
    expect(page.get_by_role("button", name="Count them in")).to_be_visible()
    expect(page.get_by_role("button", name="Hold it up")).to_be_visible()
    expect(page.get_by_text("A branch is a board of its own")).to_be_hidden()
