"""The event log shows when somebody has tampered with it, and holds what was acknowledged before a crash."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engagement.workshop.state import find_broken_event, list_events, list_history, read_state
from models.database import Record
from tests.builders import FACILITATOR, VIEWER
from tests.workshop.conftest import Table, make_room, make_table

HOUSE = Path(__file__).resolve().parents[2]
MOVER = Path(__file__).with_name("mover.py")


@pytest.fixture
def moved(table: Table) -> Table:
    """A board on which five things happened."""
    for number in range(4):
        table.move("add_theme", name=f"Theme {number}")
    table.move("undo")
    return table


def find_broken(table: Table) -> int | None:
    with table.record.reading() as session:
        return find_broken_event(session, table.workshop_id)


def tamper(table: Table, statement: str) -> None:
    """Change the log behind the back of the guards, as somebody with the file in their hands could."""
    act = statement.split()[0].lower()
    on_table = "" if table.record.is_sqlite else " ON board_event"
    with table.record.writing() as session:
        session.execute(text(f"DROP TRIGGER no_{act}_of_board_event{on_table}"))
        session.execute(text(statement))


def test_an_untouched_log_holds(moved: Table) -> None:
    assert find_broken(moved) is None


@pytest.mark.parametrize("statement", ["UPDATE board_event SET actor = 'Sam'", "DELETE FROM board_event"])
def test_the_database_itself_refuses_to_change_the_log(moved: Table, statement: str) -> None:
    with pytest.raises(DBAPIError, match="never"), moved.record.writing() as session:
        session.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE board_event SET actor = 'Sam' WHERE seq = 2", 2),
        ("UPDATE board_event SET kind = 'rename' WHERE seq = 5", 5),
        ("UPDATE board_event SET hash = previous_hash WHERE seq = 3", 3),
        ("DELETE FROM board_event WHERE seq = 1", 2),
        ("DELETE FROM board_event WHERE seq = 3", 4),
        ("DELETE FROM board_event WHERE seq = 5", 5),
        ("DELETE FROM board_event", 1),
    ],
)
def test_a_tampered_log_is_found_where_it_breaks(moved: Table, statement: str, broken: int) -> None:
    tamper(moved, statement)

    assert find_broken(moved) == broken


def test_the_history_tells_everything_in_words_the_newest_first(moved: Table) -> None:
    with moved.record.reading() as session:
        lines = list_history(session, VIEWER, moved.workshop_id, limit=2)
        everything = list_history(session, VIEWER, moved.workshop_id)

    assert [line.said for line in lines] == [
        "Amina Facilitator undid: Amina Facilitator added Theme 3",
        "Amina Facilitator added Theme 3",
    ]
    assert [line.seq for line in everything] == [5, 4, 3, 2, 1]


def test_events_after_the_newest_are_none(moved: Table) -> None:
    with moved.record.reading() as session:
        assert list_events(session, moved.workshop_id, 5) == ()


def test_every_acknowledged_move_is_there_after_kill_9(sqlite_url: str) -> None:
    record = Record(sqlite_url)
    table = make_table(make_room(record))
    dice = random.Random(9)
    acknowledged: list[str] = []

    for _kill in range(2):
        acknowledged += make_moves_until_killed(sqlite_url, table.workshop_id, dice.randint(5, 25))

    with record.reading() as session:
        kept = [event["op"] for event in list_events(session, table.workshop_id, 0)]
        seq = read_state(session, FACILITATOR, table.workshop_id)["seq"]
        assert find_broken_event(session, table.workshop_id) is None
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    record.close()
    assert [op for op in kept if op in set(acknowledged)] == acknowledged
    assert len(kept) == len(set(kept)) == seq
    assert len(kept) <= len(acknowledged) + 2


def make_moves_until_killed(url: str, workshop_id: int, n_moves: int) -> list[str]:
    """Let a process make moves, kill it -9 in the midst of them, and give what it had acknowledged."""
    mover = subprocess.Popen(
        [sys.executable, str(MOVER), url, str(workshop_id)], cwd=HOUSE, stdout=subprocess.PIPE, text=True
    )
    assert mover.stdout is not None
    acknowledged = [mover.stdout.readline().strip() for _move in range(n_moves)]
    mover.kill()
    rest, _errors = mover.communicate()
    return acknowledged + rest.split()
