"""Undo without end, at the length of a long workshop: 500 random moves by 20 people, all undone, all redone.

    python -m benchmarks.board_undo [--moves 500] [--seed 614]

Holds the board after undoing everything against the board before, and the board after redoing everything
against the one at the end, card by card. Prints how long a move, an undo and a redo took at that length.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from tempfile import TemporaryDirectory

from engagement.errors import EngagementError
from engagement.people.permissions import Person
from engagement.workshop.state import find_broken_event
from models.database import Record
from models.migrate import upgrade_record
from models.people import Role
from tests.workshop.conftest import Table, make_room, make_table
from tests.workshop.test_undo import KINDS, ask_for, forget_versions

PEOPLE = [Person(name=f"Person {number}", role=Role.FACILITATOR) for number in range(1, 21)]


def play_afternoon(table: Table, n_moves: int, dice: random.Random) -> float:
    """Make moves until ``n_moves`` are kept, and give the seconds that a move took."""
    took = 0.0
    while (state := table.look())["seq"] < n_moves:
        kind, voices = dice.choice(KINDS), dice.sample(range(8), dice.randint(1, 4))
        drawn = (None, kind, voices, dice.randint(0, 30), dice.randint(0, 30), dice.random() < 0.7)
        start = time.perf_counter()
        try:
            table.move(kind, by=dice.choice(PEOPLE), saw=state["seq"], **ask_for(table, state, drawn))
        except EngagementError:
            continue
        took += time.perf_counter() - start
    return took / n_moves


def take_all(table: Table, kind: str) -> tuple[int, float]:
    """Undo (or redo) until nothing is left; give how many that were and the seconds that one took."""
    start, count, state = time.perf_counter(), 0, table.look()
    seq, left = state["seq"], state[kind]
    while left is not None:
        event = table.move(kind, saw=seq).event
        count, seq, left = count + 1, event["seq"], event[kind]
    return count, (time.perf_counter() - start) / max(count, 1)


def main() -> None:
    """Play, undo, redo, compare and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--moves", type=int, default=500)
    parser.add_argument("--seed", type=int, default=614)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        record = Record(f"sqlite:///{folder}/record.db")
        upgrade_record(record)
        table = make_table(make_room(record))
        before = forget_versions(table.look())
        per_move = play_afternoon(table, options.moves, random.Random(options.seed))
        take_all(table, "redo")
        end = forget_versions(table.look())
        n_undone, per_undo = take_all(table, "undo")
        is_start = forget_versions(table.look()) == before
        n_redone, per_redo = take_all(table, "redo")
        is_end = forget_versions(table.look()) == end
        with record.reading() as session:
            broken = find_broken_event(session, table.workshop_id)
        record.close()
    print(f"{options.moves} moves of {len(PEOPLE)} people: {1000 * per_move:.1f} ms each")
    print(f"{n_undone} undone, {1000 * per_undo:.1f} ms each; the starting board exactly: {is_start}")
    print(f"{n_redone} redone, {1000 * per_redo:.1f} ms each; the final board exactly: {is_end}")
    print(f"first broken link of the chain: {broken}")
    sys.exit(0 if is_start and is_end and broken is None else 1)


if __name__ == "__main__":
    main()
