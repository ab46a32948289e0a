"""The history of a long workshop on a board of 614 cards: what a step costs in the service.

    python -m benchmarks.board_history [--moves 5000] [--seed 614]

Makes random moves on a board of 614 cards, then reads the board at random steps (`read_board_at`) and all
steps as the page does. Prints milliseconds of processor time. The page walks between steps by itself,
without asking the server.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from contextlib import suppress
from tempfile import TemporaryDirectory

from engagement.errors import EngagementError
from engagement.workshop.moves import apply_move
from engagement.workshop.replay import list_steps, read_board_at
from models.database import Record
from models.migrate import upgrade_record
from tests.builders import FACILITATOR
from tests.workshop.conftest import Table, make_room, make_table

N_CARDS = 614
N_LOOKS = 40


def play(table: Table, n_moves: int, dice: random.Random) -> None:
    """Move one to four cards at a time, a hundred moves to a transaction."""
    themes, seq = list(table.themes.values()), 0
    while seq < n_moves:
        with table.record.writing() as session:
            for number in range(100):
                voices = dice.sample(table.voices, dice.randint(1, 4))
                asked = {"to": dice.choice(themes)} if number % 9 else {"reason": f"Reason {seq}"}
                kind = "move" if number % 9 else "park"
                move = {"op": f"m{seq}-{number}", "saw": seq, "kind": kind, "voices": voices, **asked}
                with suppress(EngagementError):
                    seq = apply_move(session, FACILITATOR, table.workshop_id, move).event["seq"]


def main() -> None:
    """Play, look, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--moves", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=614)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with TemporaryDirectory() as folder:
        record = Record(f"sqlite:///{folder}/record.db")
        upgrade_record(record)
        room = make_room(record, [f"What voice {number} said about it." for number in range(N_CARDS)])
        table = make_table(room, names=[f"Theme {number}" for number in range(20)], voices_each=25)
        play(table, options.moves, dice)
        took = []
        for seq in [0, *(dice.randint(0, options.moves) for _look in range(N_LOOKS))]:
            start = time.process_time()
            with record.reading() as session:
                read_board_at(session, FACILITATOR, table.workshop_id, seq)
            took.append(1000 * (time.process_time() - start))
        start, after = time.process_time(), 0
        with record.reading() as session:
            while steps := list_steps(session, FACILITATOR, table.workshop_id, after):
                after = steps[-1]["seq"]
        whole = 1000 * (time.process_time() - start)
        record.close()
    print(f"{options.moves} events on {N_CARDS} cards")
    print(f"the board at a random step: median {statistics.median(took):.0f} ms, most {max(took):.0f} ms")
    print(f"the board as it was dealt (all the way back): {took[0]:.0f} ms")
    print(f"all {after} steps read for the page: {whole:.0f} ms")


if __name__ == "__main__":
    main()
