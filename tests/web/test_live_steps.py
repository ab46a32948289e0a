"""The history's route: steps by number, for whoever may read the board."""

from __future__ import annotations

import httpx
import pytest

from models.database import Record
from tests.web.live_server import Page, ask
from tests.workshop.conftest import Table, make_room, make_table

pytestmark = pytest.mark.usefixtures("own_secret")


@pytest.fixture
def board(sqlite_record: Record) -> Table:
    """A board with three themes and eight voices."""
    return make_table(make_room(sqlite_record))


def read_steps(page: Page, after: str) -> httpx.Response:
    return page.client.get(f"{page.address}/steps?after={after}", headers=page.headers)


def test_steps_after_a_number_come_in_order(board: Table, amina: Page) -> None:
    for number in (4, 5, 6):
        amina.post(ask(f"a{number}", board.voices[number], board.themes["Getting about"]))

    answer = read_steps(amina, "1")

    assert answer.status_code == 200
    assert [step["seq"] for step in answer.json()] == [2, 3]


def test_steps_are_refused_without_a_token_and_with_a_number_that_is_none(amina: Page) -> None:
    without = amina.client.get(f"{amina.address}/steps")

    assert without.status_code == 401
    assert read_steps(amina, "x").status_code == 422
