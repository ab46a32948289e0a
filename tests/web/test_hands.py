"""Cards in the hand: others see who has picked up which, for as long as they hold it, and nothing is kept."""

from __future__ import annotations

import asyncio
import json
from functools import partial

import pytest

from engagement.web import hands
from engagement.web.far_hands import HANDS_CHANNEL, FarHands
from engagement.web.live_ear import hear_others
from engagement.workshop.boards import close_board
from models.database import Record
from tests.builders import FACILITATOR, VIEWER
from tests.web.live_server import PATIENCE_S, LiveServer, Page, Watcher, sign_in
from tests.workshop.conftest import Table, make_room, make_table

pytestmark = pytest.mark.usefixtures("own_secret")
AMINA, PRIYA = "Amina Facilitator", "Priya Lead"


@pytest.fixture
def board(record: Record) -> Table:
    """A board on each database in turn."""
    return make_table(make_room(record))


def read_told(words: bytes) -> list[dict]:
    """Read what a stream tells of hands."""
    return json.loads(words.partition(b"data: ")[2])


def find_hands(told: list[list[dict]]) -> dict[str, list[int]]:
    """Lay what a stream told over one another: what everybody holds now, by name."""
    held = {hand["who"]: hand for hands in told for hand in hands}
    return {hand["name"]: hand["cards"] for hand in held.values() if hand["cards"]}


def test_others_see_what_somebody_picks_up_and_puts_down_and_the_record_knows_nothing(
    board: Table, server: LiveServer, amina: Page, priya: Page
) -> None:
    with priya.watch() as watcher:
        assert amina.hold(*board.voices[:2]).status_code == 200
        watcher.wait(lambda: find_hands(watcher.hands) == {AMINA: list(board.voices[:2])})
        priya.hold(board.voices[0])
        watcher.wait(lambda: len(find_hands(watcher.hands)) == 2)
        amina.hold()
        watcher.wait(lambda: find_hands(watcher.hands) == {PRIYA: [board.voices[0]]})
        server.stop()

    assert board.look()["seq"] == 0
    assert watcher.seqs == []


def test_who_comes_later_sees_what_is_held_already(board: Table, server: LiveServer, amina: Page) -> None:
    amina.hold(board.voices[3])
    who = amina.state()["who"]

    with amina.watch() as watcher:
        watcher.wait(lambda: watcher.hands != [])
        server.stop()

    assert watcher.hands[0] == [{"who": who, "name": AMINA, "cards": [board.voices[3]]}]


def test_a_hand_is_empty_when_its_page_goes(
    board: Table, server: LiveServer, amina: Page, priya: Page
) -> None:
    with priya.watch() as watcher:
        with amina.client.stream("GET", f"{amina.address}/events", headers=amina.headers):
            amina.hold(board.voices[0])
            watcher.wait(lambda: find_hands(watcher.hands) != {})
        watcher.wait(lambda: find_hands(watcher.hands) == {})
        server.stop()


def test_a_hand_is_empty_when_nothing_more_is_heard(
    board: Table, server: LiveServer, amina: Page, priya: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hands, "PAUSE_S", 0.01)
    monkeypatch.setattr(hands, "LASTS_S", 0.1)
    with priya.watch() as watcher:
        amina.hold(board.voices[0])
        watcher.wait(lambda: len(watcher.hands) == 2)
        server.stop()

    assert find_hands(watcher.hands[:1]) == {AMINA: [board.voices[0]]}
    assert find_hands(watcher.hands) == {}


def test_many_hands_in_a_moment_are_told_at_once(
    board: Table, server: LiveServer, amina: Page, priya: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hands, "PAUSE_S", 1.0)
    with priya.watch() as watcher:
        for voice in board.voices:
            amina.hold(voice)
        watcher.wait(lambda: find_hands(watcher.hands) == {AMINA: [board.voices[-1]]})
        server.stop()

    assert len(watcher.hands) < len(board.voices)


def test_nobody_holds_very_many_cards(board: Table, server: LiveServer, amina: Page) -> None:
    amina.hold(*range(1, 1000))

    with amina.watch() as watcher:
        watcher.wait(lambda: watcher.hands != [])
        server.stop()
    assert len(watcher.hands[0][0]["cards"]) == hands.MOST_CARDS


def test_who_may_not_move_holds_nothing(board: Table, server: LiveServer, amina: Page, priya: Page) -> None:
    viewer = Page(server, board.workshop_id, sign_in(board, VIEWER))

    assert viewer.hold(board.voices[0]).status_code == 403
    assert amina.hold(board.voices[0], Origin="http://elsewhere.test").status_code == 403
    assert amina.client.post(f"{amina.address}/hands", json={"cards": [1]}).status_code == 401
    assert amina.hold("one").status_code == 422
    with board.record.writing() as session:
        close_board(session, FACILITATOR, board.workshop_id)
    assert priya.hold(board.voices[0]).status_code == 403


@pytest.mark.parametrize(
    "record_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
def test_pages_of_two_processes_see_each_others_hands_on_postgresql(
    board: Table, server: LiveServer, amina: Page, priya: Page
) -> None:
    there: list[list[dict]] = []

    async def serve_elsewhere(watcher: Watcher) -> None:
        far = FarHands(board.record)
        held = hands.Hands(lambda _board, told: there.append(read_told(told)), far.pass_on)
        hearers = {HANDS_CHANNEL: partial(far.hear, held)}
        ear = asyncio.create_task(hear_others(board.record.url, int, hearers))
        async with asyncio.timeout(PATIENCE_S):
            while AMINA not in find_hands(there) or "Rosa" not in find_hands(watcher.hands):
                held.hold(board.workshop_id, "account-99", "Rosa", [board.voices[1]])
                await asyncio.to_thread(amina.hold, board.voices[0])
            held.let_go(board.workshop_id, "account-99")
            while "Rosa" in find_hands(watcher.hands):
                await asyncio.sleep(0.01)
        ear.cancel()

    with priya.watch() as watcher:
        asyncio.run(serve_elsewhere(watcher))
        server.stop()

    assert find_hands(watcher.hands) == {AMINA: [board.voices[0]]}


def test_a_hand_on_another_process_outlives_a_page_here_and_ends_when_no_more_is_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hands, "LASTS_S", 0.05)
    passed_on: list[object] = []

    async def hold_far_away() -> list[dict[str, list[int]]]:
        held = hands.Hands(lambda *_told: None, lambda *all: passed_on.append(all))
        held.hold(1, "seat-7", "Sam", [4], is_far=True)
        held.let_go(1, "seat-7")
        after_leaving = find_hands([read_told(held.write_all(1))])
        async with asyncio.timeout(PATIENCE_S):
            while held.write_all(1):
                await asyncio.sleep(0.01)
        return [after_leaving]

    assert asyncio.run(hold_far_away()) == [{"Sam": [4]}]
    assert passed_on == []
