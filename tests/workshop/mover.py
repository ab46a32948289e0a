"""A process that makes moves without end and says so after each: ``mover.py RECORD_URL WORKSHOP_ID``."""

from __future__ import annotations

import itertools
import sys
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engagement.workshop.moves import apply_move
from engagement.workshop.state import read_state
from models.database import Record
from tests.builders import FACILITATOR


def main(url: str, workshop_id: int) -> None:
    """Move one card after the other to and fro; print each move's id once it is kept."""
    record = Record(url)
    with record.reading() as session:
        state = read_state(session, FACILITATOR, workshop_id)
    theme, seq = state["themes"][0]["id"], state["seq"]
    homes = {card["id"]: card["home"] for card in state["cards"]}
    for voice_id in itertools.cycle(homes):
        homes[voice_id] = None if homes[voice_id] == theme else theme
        op = uuid.uuid4().hex
        move = {"op": op, "saw": seq, "kind": "move", "voices": [voice_id], "to": homes[voice_id]}
        with record.writing() as session:
            seq = apply_move(session, FACILITATOR, workshop_id, move).event["seq"]
        print(op, flush=True)


main(sys.argv[1], int(sys.argv[2]))
