"""The route of suggestions: who gets them, what they say, and that they are worked out once."""

from __future__ import annotations

import pytest

from engagement.web import live_suggestions
from models.database import Record
from tests.builders import LEAD
from tests.engagement.suggestion_states import TEXTS, keep_run, keep_vectors
from tests.web.live_server import LiveServer, Page, ask, sign_in
from tests.workshop.conftest import Table, make_room, make_table

pytestmark = pytest.mark.usefixtures("own_secret")


@pytest.fixture
def board(sqlite_record: Record) -> Table:
    """A board whose voices the machine has read, and on which people placed six."""
    board = make_table(make_room(sqlite_record, TEXTS), names=("Getting about", "Online"), voices_each=0)
    keep_run(sqlite_record, board.room.engagement_id)
    keep_vectors(sqlite_record, TEXTS)
    for theme, places in (("Getting about", (0, 1, 2)), ("Online", (16, 17, 18))):
        board.move("move", voices=[board.voices[place] for place in places], to=board.themes[theme])
    return board


def fetch(page: Page) -> dict:
    return page.client.get(f"{page.address}/suggestions", headers=page.headers).json()


def list_suggested(answer: dict, theme_id: int) -> list[int]:
    return [
        voice["voice_id"]
        for theme in answer["themes"]
        if theme["theme_id"] == theme_id
        for voice in theme["voices"]
    ]


def test_a_page_gets_what_is_suggested_after_the_newest_move(board: Table, amina: Page) -> None:
    answer = fetch(amina)

    assert (answer["seq"], answer["note"]) == (2, "")
    assert set(list_suggested(answer, board.themes["Online"])) <= set(board.voices[19:24])
    assert answer["themes"][0]["voices"][0]["sureness"] in ("very likely", "likely", "perhaps")


def test_after_a_move_the_answer_is_a_new_one(board: Table, amina: Page) -> None:
    suggested = list_suggested(fetch(amina), board.themes["Online"])[0]
    amina.post(ask("a1", suggested, board.themes["Online"], saw=2))

    answer = fetch(amina)

    assert answer["seq"] == 3
    assert suggested not in list_suggested(answer, board.themes["Online"])


def test_many_pages_share_one_answer(
    board: Table, amina: Page, priya: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = fetch(amina)
    monkeypatch.setattr(live_suggestions, "suggest_for_trays", None)

    assert fetch(priya) == first


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer x.y.z"}])
def test_who_shows_no_good_token_gets_nothing(board: Table, amina: Page, headers: dict[str, str]) -> None:
    answer = amina.client.get(f"{amina.address}/suggestions", headers=headers)

    assert answer.status_code == 401
    assert answer.json()["error"].endswith(".")


def test_a_workshop_that_is_not_there_is_not_found(board: Table, server: LiveServer) -> None:
    page = Page(server, 999, sign_in(board, LEAD))

    assert page.client.get(f"{page.address}/suggestions", headers=page.headers).status_code == 404
