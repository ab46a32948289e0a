"""Moves: one act on a board, checked, made, numbered and kept, all in the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from engagement.errors import EngagementError
from engagement.people.permissions import Person
from engagement.workshop.changes import plan_change
from engagement.workshop.conflicts import check_named_unmoved, check_unmoved
from engagement.workshop.events import append_event, describe_events, find_event, find_repeat
from engagement.workshop.images import BoardImages, BoardNow
from engagement.workshop.move_requests import Request, UndoRequest, read_request
from engagement.workshop.rights import check_is_own, check_may_make, check_may_read
from engagement.workshop.undo import plan_take_back
from models.database import lock_chain
from models.workshops import BoardEvent, Workshop


@dataclass(frozen=True)
class Applied:
    """A move that stands in the record; ``is_repeat`` when it stood there already."""

    event: dict[str, Any]
    is_repeat: bool


def apply_move(session: Session, person: Person, workshop_id: int, move: Mapping[str, Any]) -> Applied:
    """Make one move on a board and append its event. A move sent again is told again, not made again.

    Raises
    ------
    NotAllowedError
        When the person may not move cards, or the round that is running is not for that.
    NotFoundError
        When there is no such workshop.
    MovedFirstError
        When somebody else touched the same card or theme first.
    EngagementError
        When the board is closed, or the move cannot be made.
    """
    request = read_request(move)
    lock_chain(session, f"board {workshop_id}")
    workshop = check_may_read(session, person, workshop_id)
    event = find_repeat(session, workshop_id, request.op)
    if event is not None:
        return Applied(describe_events(session, workshop_id, [event])[0], is_repeat=True)
    check_may_make(session, person, workshop_id, request)
    _check_open(workshop, request)
    event = _make_move(BoardNow(session, workshop), person, request)
    return Applied(describe_events(session, workshop_id, [event])[0], is_repeat=False)


def _check_open(workshop: Workshop, request: Request) -> None:
    if workshop.closed_at is not None:
        raise EngagementError(
            f"The board of “{workshop.name}” is closed, so this was not done. "
            "Ask a facilitator to open it again if something still has to change."
        )
    if request.saw > workshop.last_seq:
        raise EngagementError("This page shows a board that is not the one kept here. Reload the page.")


def _make_move(board: BoardNow, person: Person, request: Request) -> BoardEvent:
    if isinstance(request, UndoRequest):
        change = plan_take_back(board, request)
        check_is_own(person, _get_target(board, change.target))
    else:
        check_named_unmoved(board, person, request)
        change = plan_change(board, request)
    check_unmoved(board, person, request, change.after)
    before = BoardImages(
        tuple(board.cards[card.id] for card in change.after.cards),
        tuple(board.themes[theme.id] for theme in change.after.themes),
    )
    event = append_event(board.session, person, board.workshop, request, before, change)
    board.write(change.after, event.seq)
    return event


def _get_target(board: BoardNow, seq: int | None) -> BoardEvent:
    event = find_event(board.session, board.workshop.id, seq)
    if event is None:
        raise ValueError(f"seq == {seq}, must be the number of an event of the board.")
    return event
