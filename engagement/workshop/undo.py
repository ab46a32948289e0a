"""Taking moves back and doing them again, for as far as the board goes back.

Each event keeps the numbers of the moves that undo and redo stood for after it. So nothing but the events is
needed, also after a restart, and a board of ten thousand moves is as quick as a new one.
"""

from __future__ import annotations

from sqlalchemy import select

from engagement.errors import EngagementError
from engagement.workshop.changes import Change
from engagement.workshop.events import find_event
from engagement.workshop.images import BoardImages, BoardNow
from engagement.workshop.move_requests import UndoRequest
from models.workshops import BoardEvent


def plan_take_back(board: BoardNow, request: UndoRequest) -> Change:
    """Work out what undo (or redo) changes on a board as it stands.

    Raises
    ------
    EngagementError
        When there is nothing to take back (or to do again).
    """
    latest = find_event(board.session, board.workshop.id, board.workshop.last_seq)
    target = find_event(board.session, board.workshop.id, latest.payload[request.kind]) if latest else None
    if target is None:
        way = "take back" if request.kind == "undo" else "do again"
        raise EngagementError(f"There is nothing to {way} on this board.")
    is_undo = request.kind == "undo"
    after = BoardImages.from_json(target.before if is_undo else target.after)
    board.load_cards([card.id for card in after.cards])
    return Change(
        after,
        did=f"{'undid' if is_undo else 'redid'}: {target.payload['said']}",
        target=target.seq,
        next_undo=_find_below(board, target) if is_undo else target.seq,
        next_redo=target.seq if is_undo else _find_above(board, target),
    )


def _find_below(board: BoardNow, target: BoardEvent) -> int | None:
    """Find what undo stood for before ``target`` was first done: that lies below it for ever."""
    before = find_event(board.session, board.workshop.id, target.seq - 1)
    return before.payload["undo"] if before else None


def _find_above(board: BoardNow, target: BoardEvent) -> int | None:
    """Find what redo stood for before ``target`` was last undone."""
    undone = board.session.scalars(
        select(BoardEvent.seq)
        .where(BoardEvent.workshop_id == board.workshop.id, BoardEvent.undoes_seq == target.seq)
        .order_by(BoardEvent.seq.desc())
        .limit(1)
    ).one()
    before = find_event(board.session, board.workshop.id, undone - 1)
    return before.payload["redo"] if before else None
