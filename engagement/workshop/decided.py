"""What people decided on a board, read from its events: voices that they placed, homes that they refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.workshops import BoardEvent

PLACING = frozenset({"move", "add_theme", "park", "remove_theme", "wall"})
REFUSING = "refuse_suggestion"


@dataclass(frozen=True)
class BoardDecisions:
    """What stands of what people decided: ``placed`` voices, and voices ``refused`` in a theme."""

    placed: frozenset[int]
    refused: frozenset[tuple[int, int]]


def read_decisions(session: Session, workshop_id: int) -> BoardDecisions:
    """Read what people decided on a board. What was undone does not count."""
    query = select(BoardEvent).where(BoardEvent.workshop_id == workshop_id).order_by(BoardEvent.seq)
    placed: set[int] = set()
    refused: set[tuple[int, int]] = set()
    for event in _list_standing(session.scalars(query)):
        if event.kind in PLACING:
            placed -= {card["id"] for card in event.after["cards"]}
            placed |= {card["id"] for card in event.after["cards"] if card["home"] is not None}
        elif event.kind == REFUSING:
            asked = event.payload["asked"]
            refused |= {(voice_id, asked["theme"]) for voice_id in asked["voices"]}
    return BoardDecisions(frozenset(placed), frozenset(refused))


def _list_standing(events: Iterable[BoardEvent]) -> list[BoardEvent]:
    """List the moves that stand: undo takes the newest back, redo does it again, a new move ends redo."""
    standing: list[BoardEvent] = []
    undone: list[BoardEvent] = []
    for event in events:
        if event.kind == "undo":
            undone.append(standing.pop())
        elif event.kind == "redo":
            standing.append(undone.pop())
        else:
            standing.append(event)
            undone.clear()
    return standing
