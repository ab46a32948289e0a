"""The wall by its live route: who runs the workshop holds a theme up, and puts it down again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engagement.people.board_tokens import mint_token
from engagement.people.permissions import Person
from engagement.workshop.wall import read_wall
from models.database import Record
from models.rooms import Shown
from tests.builders import FACILITATOR, LEAD
from tests.web.conftest import TestClient
from tests.web.live_server import sign_in
from tests.web.test_votes import bind_hub, close_hub
from tests.workshop.conftest import Table, make_room, make_table


@pytest.fixture
def board(web_record: Record) -> Table:
    """A board of three themes."""
    return make_table(make_room(web_record))


@pytest.fixture
def page(client: TestClient, board: Table) -> Iterator[TestClient]:
    """A client before a server that runs."""
    with client:
        client.portal.call(bind_hub, board.record)
        yield client
        client.portal.call(close_hub)


@pytest.fixture
def amina(board: Table) -> Person:
    """A facilitator with an account."""
    return sign_in(board, FACILITATOR)


def hold(page: TestClient, board: Table, theme: object, by: Person, **headers: str):
    token = mint_token(board.workshop_id, by)
    headers = {"Authorization": f"Bearer {token}", **headers}
    return page.post(f"/live/{board.workshop_id}/wall", json={"theme": theme}, headers=headers)


def look_at_wall(board: Table) -> tuple[Shown, int | None]:
    with board.record.reading() as session:
        wall = read_wall(session, board.workshop_id)
    return wall.shows, wall.theme_id


def test_a_theme_is_held_up_and_put_down(page: TestClient, board: Table, amina: Person) -> None:
    online = board.themes["Online"]

    held = hold(page, board, online, amina)
    seen = look_at_wall(board)
    down = hold(page, board, None, amina)

    assert (held.status_code, held.json()) == (200, {"shows": "theme", "theme": online})
    assert seen == (Shown.THEME, online)
    assert down.json() == {"shows": "board", "theme": None}
    assert look_at_wall(board) == (Shown.BOARD, None)


def test_every_page_of_the_board_hears_what_is_held_up(page: TestClient, board: Table, amina: Person) -> None:
    hold(page, board, board.themes["Online"], amina)

    assert board.look()["room"]["wall"] == {"shows": "theme", "theme": board.themes["Online"]}
    board.move("merge", theme=board.themes["Online"], into=board.themes["Getting about"])
    assert board.look()["room"]["wall"] == {"shows": "board", "theme": None}


@pytest.mark.parametrize("theme", [614, "Online", True, -1, 10**30])
def test_what_is_no_theme_of_the_board_is_refused_in_words(
    page: TestClient, board: Table, amina: Person, theme: object
) -> None:
    answer = hold(page, board, theme, amina)

    assert answer.status_code == 422
    assert "Choose one" in answer.json()["error"]
    assert look_at_wall(board) == (Shown.BOARD, None)


def test_only_who_runs_the_workshop_holds_up(page: TestClient, board: Table) -> None:
    assert hold(page, board, board.themes["Online"], sign_in(board, LEAD)).status_code == 403
    assert look_at_wall(board) == (Shown.BOARD, None)


def test_another_site_holds_nothing_up(page: TestClient, board: Table, amina: Person) -> None:
    answer = hold(page, board, board.themes["Online"], amina, **{"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert look_at_wall(board) == (Shown.BOARD, None)
