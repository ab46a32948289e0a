"""The stream: every page sees every move once, in the order of the record, until it ends."""

from __future__ import annotations

import asyncio
import threading

import pytest
from sqlalchemy import text

from engagement.listen.voices import withdraw_voice
from engagement.people.accounts import close_account
from engagement.people.board_tokens import BoardClaims
from engagement.web import live, live_ear, live_hub, live_pulse
from engagement.workshop.boards import BoardStamp, close_board, open_board
from models.database import Record
from tests.builders import ADMINISTRATOR, FACILITATOR, LEAD, add_account
from tests.web.live_server import LiveServer, Page, ask, sign_in
from tests.workshop.conftest import Table, make_room, make_table

pytestmark = pytest.mark.usefixtures("own_secret")
on_postgresql = pytest.mark.parametrize(
    "record_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)


@pytest.fixture
def board(record: Record) -> Table:
    """A board on each database in turn."""
    return make_table(make_room(record))


@pytest.fixture
def _no_tail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing looks at the record by itself: what arrives was published."""
    monkeypatch.setattr(live_hub, "TAIL_PAUSE_S", 600.0)


@pytest.fixture
def _quick_pulse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streams are told twenty times a second that they live."""
    monkeypatch.setattr(live_pulse, "PULSE_PAUSE_S", 0.05)


@pytest.mark.usefixtures("_no_tail")
def test_a_stream_brings_what_was_missed_and_then_what_happens_without_gap_or_double(
    board: Table, server: LiveServer, amina: Page
) -> None:
    for number in range(3):
        amina.post({"op": f"before-{number}", "saw": number, "kind": "add_theme", "name": f"T{number}"})

    with amina.watch(after=1) as watcher:
        for number in range(3, 8):
            amina.post({"op": f"now-{number}", "saw": number, "kind": "add_theme", "name": f"T{number}"})
        watcher.wait(lambda: len(watcher.events) >= 7)
        server.stop()

    assert watcher.seqs == [2, 3, 4, 5, 6, 7, 8]
    assert watcher.events[-1]["themes"][0]["name"] == "T7"


def test_all_pages_see_the_moves_of_all_in_the_same_order(
    board: Table, server: LiveServer, amina: Page, priya: Page
) -> None:
    def move_to_and_fro(page: Page, who: str, voice: int) -> None:
        for number in range(15):
            to = [board.themes["Online"], None][number % 2]
            assert page.post(ask(f"{who}{number}", voice, to)).status_code == 200

    with amina.watch() as one, priya.watch() as other:
        movers = [
            threading.Thread(target=move_to_and_fro, args=(amina, "a", board.voices[6])),
            threading.Thread(target=move_to_and_fro, args=(priya, "p", board.voices[7])),
        ]
        for mover in movers:
            mover.start()
        for mover in movers:
            mover.join()
        one.wait(lambda: len(one.events) >= 30)
        other.wait(lambda: len(other.events) >= 30)
        server.stop()

    assert one.seqs == list(range(1, 31))
    assert one.events == other.events


def test_a_move_made_by_another_process_appears(board: Table, server: LiveServer, amina: Page) -> None:
    with amina.watch() as watcher:
        board.move("add_theme", name="From the command line")
        watcher.wait(lambda: len(watcher.events) >= 1)
        amina.post(ask("a1", board.voices[7], board.themes["Online"], saw=1))
        watcher.wait(lambda: len(watcher.events) >= 2)
        server.stop()

    assert [event["said"] for event in watcher.events] == [
        "Amina Facilitator added From the command line",
        "Amina Facilitator moved 1 voice to Online",
    ]


@pytest.mark.usefixtures("_no_tail")
@on_postgresql
def test_on_postgresql_a_move_of_another_process_is_heard_without_looking(
    board: Table, server: LiveServer, amina: Page
) -> None:
    with amina.watch() as watcher:
        for number in range(3):
            board.move("add_theme", name=f"From elsewhere {number}")
            watcher.wait(lambda number=number: len(watcher.events) > number)
        server.stop()

    assert watcher.seqs == [1, 2, 3]


@pytest.mark.usefixtures("_no_tail")
@on_postgresql
def test_on_postgresql_moves_are_heard_again_after_the_database_cut_the_line(
    board: Table, server: LiveServer, amina: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_ear, "LISTEN_AGAIN_S", 0.05)
    cut = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
    )
    with amina.watch() as watcher:
        watcher.wait(lambda: watcher.pings > 0)
        with board.record.writing() as session:
            assert session.scalars(cut).all() == [True]
        board.move("add_theme", name="After the cut")
        watcher.wait(lambda: len(watcher.events) == 1)
        server.stop()


def test_moves_of_two_processes_arrive_in_the_order_of_the_record(
    board: Table, server: LiveServer, amina: Page
) -> None:
    with amina.watch() as watcher:
        for number in range(0, 10, 2):
            board.move("add_theme", name=f"Other {number}")
            amina.post({"op": f"a{number}", "saw": number, "kind": "add_theme", "name": f"Own {number}"})
        watcher.wait(lambda: len(watcher.events) >= 10)
        server.stop()

    assert watcher.seqs == list(range(1, 11))


def test_a_page_that_does_not_keep_up_loses_its_stream_and_catches_up_from_the_record(
    board: Table, server: LiveServer, amina: Page
) -> None:
    subscriber = live_hub.Subscriber(board.workshop_id)
    for seq in range(1, live_hub.MOST_WAITING + 2):
        subscriber.hand(live_hub.Frame(seq, b""))

    assert subscriber.queue.get_nowait() is None
    assert subscriber.queue.empty()


@pytest.mark.parametrize(
    ("handed", "told"),
    [((2, 3, 4), (1, 2, 3, 4)), ((1, 2, 2, 3), (1, 2, 3)), ((3, 5), (1, 2, 3)), ((7,), (1, 2)), ((), (1, 2))],
)
def test_what_comes_twice_is_told_once_and_a_gap_ends_the_stream(
    handed: tuple[int, ...], told: tuple[int, ...]
) -> None:
    async def listen() -> bytes:
        subscriber = live_hub.Subscriber(1)
        for seq in handed:
            subscriber.hand(live_hub.Frame(seq, b"%d" % seq))
        subscriber.queue.put_nowait(None)
        missed = (live_hub.Frame(1, b"1"), live_hub.Frame(2, b"2"))
        return b"".join([words async for words in live._tell(subscriber, BoardClaims(1, 1), missed, 2)])

    assert asyncio.run(listen()) == live.PING.data + b"".join(b"%d" % seq for seq in told)


def test_what_waits_for_a_page_is_sent_at_once() -> None:
    async def listen() -> list[bytes]:
        subscriber = live_hub.Subscriber(1)
        for seq in (1, 2, 3):
            subscriber.hand(live_hub.Frame(seq, b"%d" % seq))
        subscriber.queue.put_nowait(None)
        return [words async for words in live._tell(subscriber, BoardClaims(1, 1), (), 0)]

    assert asyncio.run(listen()) == [live.PING.data, b"123"]


def test_stopping_the_server_ends_every_stream_at_once(
    board: Table, server: LiveServer, amina: Page, priya: Page
) -> None:
    with amina.watch() as one, priya.watch() as other:
        server.stop()

    assert one.has_ended
    assert other.has_ended


@pytest.mark.usefixtures("_quick_pulse")
def test_a_quiet_stream_says_that_it_lives_and_ends_when_the_account_is_closed(
    board: Table, server: LiveServer
) -> None:
    person = sign_in(board, LEAD)
    assert person.account_id is not None

    with Page(server, board.workshop_id, person).watch() as watcher:
        watcher.wait(lambda: watcher.pings >= 3)
        with board.record.writing() as session:
            close_account(session, add_account(session, ADMINISTRATOR), person.account_id)
        watcher.wait(lambda: watcher.has_ended)


@pytest.mark.usefixtures("_quick_pulse")
def test_every_page_of_a_large_hall_is_told_that_its_stream_lives_some_at_a_time(
    board: Table, server: LiveServer, amina: Page, priya: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_pulse, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(live_pulse, "BETWEEN_S", 0.0)

    with amina.watch() as one, priya.watch() as other:
        one.wait(lambda: one.pings >= 3)
        other.wait(lambda: other.pings >= 3)
        server.stop()


@pytest.mark.usefixtures("_quick_pulse")
def test_a_page_that_has_gone_is_forgotten(board: Table, server: LiveServer, amina: Page) -> None:
    def count_watching() -> int:
        return len(live_hub.HUB._topics[board.workshop_id].subscribers)

    with amina.watch() as watcher:
        with amina.client.stream("GET", f"{amina.address}/events", headers=amina.headers) as response:
            lines = response.iter_lines()
            next(lines)
            n_while_open = count_watching()
        watcher.wait(lambda: count_watching() == 1)
        server.stop()

    assert n_while_open == 2


def test_pages_are_told_to_read_the_board_again_when_a_voice_is_withdrawn_or_the_board_closed(
    board: Table, server: LiveServer, amina: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_hub, "TAIL_PAUSE_S", 0.05)

    def is_compared() -> bool:
        return live_hub.HUB._topics[board.workshop_id].beside is not None

    with amina.watch() as watcher:
        watcher.wait(is_compared)
        with board.record.writing() as session:
            withdraw_voice(session, FACILITATOR, board.voices[0], "changed her mind")
        watcher.wait(lambda: watcher.reloads == 1)
        with board.record.writing() as session:
            close_board(session, FACILITATOR, board.workshop_id)
        watcher.wait(lambda: watcher.reloads == 2)
        state = amina.state()
        server.stop()

    assert watcher.events == []
    assert state["workshop"]["closed"] is True
    assert board.voices[0] not in {card["id"] for card in state["cards"]}


def test_a_page_that_slept_through_a_withdrawal_is_told_to_read_the_board_again(
    board: Table, server: LiveServer, amina: Page
) -> None:
    mark = amina.state()["mark"]
    with amina.watch(mark=mark) as awake:
        awake.wait(lambda: awake.pings > 0)
        assert awake.reloads == 0
        with board.record.writing() as session:
            withdraw_voice(session, FACILITATOR, board.voices[0], "changed her mind")

        with amina.watch(mark=mark) as woken:
            woken.wait(lambda: woken.reloads >= 1)
            server.stop()

    assert woken.events == []


def test_boards_do_not_hear_one_another(board: Table, server: LiveServer, amina: Page) -> None:
    with board.record.writing() as session:
        other_id = open_board(session, FACILITATOR, board.room.engagement_id, "Workshop 2")
    with board.record.reading():
        other = Page(server, other_id, sign_in(board, LEAD))

    with amina.watch() as watcher, other.watch() as elsewhere:
        other.post({"op": "o1", "saw": 0, "kind": "add_theme", "name": "Elsewhere"})
        amina.post(ask("a1", board.voices[7], board.themes["Online"]))
        watcher.wait(lambda: len(watcher.events) >= 1)
        elsewhere.wait(lambda: len(elsewhere.events) >= 1)
        server.stop()

    assert [event["op"] for event in watcher.events] == ["a1"]
    assert [event["op"] for event in elsewhere.events] == ["o1"]


def test_a_voice_withdrawn_before_the_first_look_of_the_tail_is_told_too() -> None:
    hub = live_hub.LiveHub()
    watcher = hub.join(1)
    hub.note_newest(1, 5, BoardStamp(5, ("no withdrawal",)))

    hub._compare(1, BoardStamp(5, ("one withdrawal",)), {"round": None})

    assert watcher.queue.get_nowait() is live_hub.RELOAD
