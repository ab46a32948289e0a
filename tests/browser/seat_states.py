"""Workshops with open doors, and people who take a seat in a browser."""

from __future__ import annotations

from playwright.sync_api import Page

from engagement.people.permissions import COMMAND_LINE
from engagement.workshop.join_codes import open_doors
from engagement.workshop.rooms import get_room
from tests.browser.board_states import LiveBoard, open_server_record


def open_board_doors(board: LiveBoard) -> LiveBoard:
    """Open the doors of the board's workshop."""
    record = open_server_record(board.server)
    with record.writing() as session:
        open_doors(session, COMMAND_LINE, board.workshop_id)
    record.close()
    return board


def read_code(board: LiveBoard) -> str:
    """Read the code on the wall."""
    record = open_server_record(board.server)
    with record.reading() as session:
        code = get_room(session, COMMAND_LINE, board.workshop_id).join_code
    record.close()
    assert code is not None
    return code


def take_seat(page: Page, board: LiveBoard, name: str = "Sam") -> Page:
    """Join by the code, as somebody does who cannot scan."""
    page.goto(f"{board.server.url}/join")
    page.get_by_label("The code on the wall").fill(read_code(board))
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Your first name").fill(name)
    page.get_by_label("I live here (resident)").check()
    page.get_by_role("button", name="Take my seat").click()
    page.get_by_role("heading", level=1).wait_for()
    return page
