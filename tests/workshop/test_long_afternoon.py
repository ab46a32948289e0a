"""A long afternoon: 500 random moves by 20 people, all taken back, all done again."""

from __future__ import annotations

import contextlib
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.errors import EngagementError
from engagement.people.permissions import Person
from engagement.workshop.state import find_broken_event
from models.database import Record
from models.people import Role
from tests.builders import FACILITATOR
from tests.workshop.conftest import Table, make_room, make_table
from tests.workshop.test_moves import forget_versions
from tests.workshop.test_undo import KINDS, ask_for

N_MOVES = 500
LOOK_EVERY = 10
PEOPLE = [
    *(Person(name=f"Person {number}", role=Role.LEAD) for number in range(1, 19)),
    *(Person(name=f"Facilitator {number}", role=Role.FACILITATOR) for number in (1, 2)),
]


def play_afternoon(table: Table, dice: random.Random) -> None:
    """Make random moves until ``N_MOVES`` stand in the record; refused ones do not count.

    Looking at the whole board takes longer than moving on it: in between, the moves are chosen by themes
    that may be gone or merged, as they are by people.
    """
    state = table.look()
    while state["seq"] < N_MOVES:
        kind, voices = dice.choice(KINDS), dice.sample(range(8), dice.randint(1, 4))
        drawn = (None, kind, voices, dice.randint(0, 30), dice.randint(0, 30), dice.random() < 0.7)
        asked = ask_for(table, state, drawn)
        with contextlib.suppress(EngagementError):
            seq = table.move(kind, by=dice.choice(PEOPLE), saw=state["seq"], **asked).event["seq"]
            state = {**state, "seq": seq} if seq % LOOK_EVERY else table.look()


def take_all(table: Table, kind: str) -> int:
    """Undo (or redo) until nothing is left, each in a transaction of its own, and tell how often."""
    state = table.look()
    count, seq, left = 0, state["seq"], state[kind]
    while left is not None:
        event = table.move(kind, by=FACILITATOR, saw=seq).event
        count, seq, left = count + 1, event["seq"], event[kind]
    return count


def check_afternoon(record: Record, seed: int) -> None:
    table = make_table(make_room(record))
    start = forget_versions(table.look())

    play_afternoon(table, random.Random(seed))
    take_all(table, "redo")
    end = forget_versions(table.look())
    n_undone = take_all(table, "undo")
    back = forget_versions(table.look())
    n_redone = take_all(table, "redo")

    assert (back["cards"], back["themes"]) == (start["cards"], start["themes"])
    assert forget_versions(table.look()) == end
    assert n_undone == n_redone
    with record.reading() as session:
        assert find_broken_event(session, table.workshop_id) is None


@settings(max_examples=1, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32 - 1))
def test_500_moves_of_20_people_undone_and_redone_are_exact(fresh_sqlite: Any, seed: int) -> None:
    with fresh_sqlite() as record:
        check_afternoon(record, seed)


@pytest.mark.postgresql
def test_the_same_holds_on_postgresql(postgres_server: Any) -> None:
    with postgres_server.lend_database(template="template_record") as url:
        record = Record(url)
        check_afternoon(record, 614)
        record.close()
