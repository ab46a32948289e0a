"""The live routes: the whole board, moves, who is let in and what is refused."""

from __future__ import annotations

import pytest

from engagement.people.accounts import close_account
from engagement.people.board_tokens import mint_token
from engagement.settings import read_settings
from engagement.workshop.boards import close_board
from models.database import Record
from tests.builders import ADMINISTRATOR, FACILITATOR, LEAD, VIEWER, add_account
from tests.web.live_server import LiveServer, Page, ask, sign_in
from tests.workshop.conftest import Table, make_room, make_table

pytestmark = pytest.mark.usefixtures("own_secret")


@pytest.fixture
def board(sqlite_record: Record) -> Table:
    """A board with three themes and eight voices."""
    return make_table(make_room(sqlite_record))


def test_a_page_gets_the_whole_board(board: Table, amina: Page) -> None:
    state = amina.state()

    assert state["seq"] == 0
    assert state["workshop"] == {
        "id": board.workshop_id,
        "name": "Workshop 1",
        "engagement": "Leading lives",
        "closed": False,
        "you": "Amina Facilitator",
        "table": None,
        "may_move": True,
        "may_run": True,
    }
    assert [theme["name"] for theme in state["themes"]] == ["Getting about", "Nobody listens", "Online"]
    assert state["cards"][0]["text"] == "The 22 stops at six so I do not go out after tea."
    assert (state["undo"], state["redo"]) == (None, None)


def test_a_move_is_answered_with_its_event_once_it_is_kept(board: Table, amina: Page) -> None:
    answer = amina.post(ask("a1", board.voices[7], board.themes["Online"]))

    assert (answer.status_code, answer.json()["seq"], answer.json()["op"]) == (200, 1, "a1")
    assert board.card(board.voices[7])["home"] == board.themes["Online"]


def test_a_move_sent_three_times_counts_once(board: Table, amina: Page) -> None:
    answers = [amina.post(ask("a1", board.voices[7], board.themes["Online"])) for _time in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert answers[0].json() == answers[1].json() == answers[2].json()
    assert board.look()["seq"] == 1


def test_two_people_on_one_card_one_wins_and_the_other_is_told(
    board: Table, amina: Page, priya: Page
) -> None:
    first = amina.post(ask("a1", board.voices[7], board.themes["Online"]))
    second = priya.post(ask("p1", board.voices[7], board.themes["Getting about"]))

    assert second.status_code == 409
    assert second.json()["error"].startswith("Amina Facilitator moved this first, to Online.")
    assert (second.json()["by"], second.json()["event"]) == ("Amina Facilitator", first.json())


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer x.y.z", "Basic eDp5", "tampered", "other workshop", "other secret", "old"],
)
def test_who_shows_no_good_token_is_not_let_in(
    board: Table, amina: Page, header: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = amina.headers["Authorization"]
    if header == "tampered":
        header = good[:-2] + ("A" if good[-2] != "A" else "B") + good[-1]
    elif header == "other workshop":
        header = f"Bearer {mint_token(board.workshop_id + 1, sign_in(board, LEAD))}"
    elif header == "other secret":
        monkeypatch.setenv("ENGAGEMENT_SECRET", "s" * 40)
        header = good
    elif header == "old":
        monkeypatch.setattr("engagement.people.board_tokens.VALID_FOR_S", -1)
        header = good
    amina.headers = {} if header is None else {"Authorization": header}

    answers = [
        amina.client.get(f"{amina.address}/state", headers=amina.headers),
        amina.client.get(f"{amina.address}/events", headers=amina.headers),
        amina.post(ask("a1", board.voices[7], None)),
    ]

    assert [answer.status_code for answer in answers] == [401, 401, 401]
    assert all(answer.json()["error"].endswith(".") for answer in answers)


def test_a_viewer_sees_the_board_and_may_not_move(board: Table, server: LiveServer) -> None:
    viewer = Page(server, board.workshop_id, sign_in(board, VIEWER))

    answer = viewer.post(ask("v1", board.voices[7], board.themes["Online"]))

    assert viewer.state()["workshop"]["may_move"] is False
    assert (answer.status_code, board.look()["seq"]) == (403, 0)


def test_a_closed_account_moves_nothing_from_then_on(board: Table, server: LiveServer) -> None:
    person = sign_in(board, LEAD)
    page = Page(server, board.workshop_id, person)
    assert person.account_id is not None
    with board.record.writing() as session:
        close_account(session, add_account(session, ADMINISTRATOR), person.account_id)

    answer = page.post(ask("l1", board.voices[7], board.themes["Online"]))

    assert (answer.status_code, answer.json()["error"][:24]) == (401, "Your account was closed.")
    assert board.look()["seq"] == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_move_from_another_site_is_refused(board: Table, amina: Page, headers: dict[str, str]) -> None:
    answer = amina.post(ask("a1", board.voices[7], board.themes["Online"]), **headers)

    assert (answer.status_code, board.look()["seq"]) == (403, 0)


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{}", "text/plain", 415),
        (b"voices=1", "application/x-www-form-urlencoded", 415),
        (b"not json", "application/json", 422),
        (b"\xff\xfe", "application/json", 422),
        (b"[1, 2]", "application/json", 422),
        (b"[" * 60_000, "application/json", 422),
        (b"{}", "application/json", 422),
        (b'{"op": "x", "saw": 0, "kind": "\\ud800"}', "application/json", 422),
        (b" " * 70_000, "application/json", 413),
    ],
)
def test_what_is_no_move_is_refused_in_a_sentence(
    amina: Page, content: bytes, kind: str, status: int
) -> None:
    headers = {**amina.headers, "Content-Type": kind}

    answer = amina.client.post(f"{amina.address}/moves", content=content, headers=headers)

    assert answer.status_code == status
    assert answer.json()["error"].endswith(".")


def test_a_closed_board_says_so(board: Table, amina: Page) -> None:
    with board.record.writing() as session:
        close_board(session, FACILITATOR, board.workshop_id)

    answer = amina.post(ask("a1", board.voices[7], board.themes["Online"]))

    assert answer.status_code == 422
    assert "is closed" in answer.json()["error"]
    assert amina.state()["workshop"]["closed"] is True


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "٣"])
def test_a_stream_from_nowhere_is_refused(amina: Page, after: str) -> None:
    answer = amina.client.get(f"{amina.address}/events?after={after}", headers=amina.headers)

    assert answer.status_code == 422


def test_a_stream_from_the_future_tells_the_page_to_reload(amina: Page) -> None:
    answer = amina.client.get(f"{amina.address}/events?after=5", headers=amina.headers)

    assert (answer.status_code, "Reload" in answer.json()["error"]) == (409, True)


def test_a_workshop_that_is_not_there_is_not_found(board: Table, server: LiveServer) -> None:
    page = Page(server, 999, sign_in(board, LEAD))

    answer = page.client.get(f"{page.address}/state", headers=page.headers)

    assert (answer.status_code, "no workshop 999" in answer.json()["error"]) == (404, True)


def test_the_secret_is_made_once_for_the_owner_alone(board: Table, amina: Page) -> None:
    path = read_settings().data_dir / "secret.key"

    assert path.stat().st_mode & 0o777 == 0o600
    assert len(path.read_text()) >= 40


def test_nobody_without_an_account_gets_a_token() -> None:
    with pytest.raises(ValueError, match="must have an account"):
        mint_token(1, FACILITATOR)
