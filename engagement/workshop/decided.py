"""What people decided on a board, read from its events: voices that they placed, homes that they refused."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.workshop.standing import find_standing
from models.workshops import BoardEvent

PLACING = frozenset({"move", "add_theme", "park", "remove_theme", "adopt", "bring_back"})
REFUSING = "refuse_suggestion"


@dataclass(frozen=True)
class BoardDecisions:
    """What stands of what people decided: ``placed`` voices, and voices ``refused`` in a theme."""

    placed: frozenset[int]
    refused: frozenset[tuple[int, int]]


def read_decisions(session: Session, workshop_id: int) -> BoardDecisions:
    """Read what people decided on a board. What was undone does not count."""
    query = select(BoardEvent).where(BoardEvent.workshop_id == workshop_id).order_by(BoardEvent.seq.desc())
    placed: set[int] = set()
    refused: set[tuple[int, int]] = set()
    events = session.scalars(query).all()
    standing = set(find_standing((each.seq, each.kind, each.undoes_seq, each.redoes_seq) for each in events))
    for event in (each for each in reversed(events) if each.seq in standing):
        if event.kind in PLACING:
            placed -= {card["id"] for card in event.after["cards"]}
            placed |= {card["id"] for card in event.after["cards"] if card["home"] is not None}
        elif event.kind == REFUSING:
            asked = event.payload["asked"]
            refused |= {(voice_id, asked["theme"]) for voice_id in asked["voices"]}
    return BoardDecisions(frozenset(placed), frozenset(refused))
