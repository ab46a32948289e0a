"""Moves: one act on a board, checked, made, numbered and kept, all in the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from engagement.errors import EngagementError
from engagement.people.permissions import Person
from engagement.workshop.changes import Change, plan_change
from engagement.workshop.conflicts import check_named_unmoved, check_unmoved
from engagement.workshop.events import append_event, describe_events, find_repeat
from engagement.workshop.images import BoardImages, BoardNow
from engagement.workshop.move_requests import OwnUndoRequest, Request, UndoRequest, read_request
from engagement.workshop.rights import check_may_make, check_may_read
from engagement.workshop.standing import OWN
from engagement.workshop.undo import plan_take_back
from engagement.workshop.undo_own import check_may_undo_others, plan_own_take_back
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
    return apply_request(session, person, workshop_id, read_request(move))


def apply_request(session: Session, person: Person, workshop_id: int, request: Request) -> Applied:
    """Make one move that was read, or made by a service that has checked more than a page can ask for.

    Raises
    ------
    EngagementError
        As ``apply_move`` does.
    """
    lock_chain(session, f"board {workshop_id}")
    workshop = check_may_read(session, person, workshop_id)
    event = find_repeat(session, workshop_id, request.op)
    if event is not None:
        return Applied(describe_events(session, workshop_id, [event])[0], is_repeat=True)
    check_may_make(session, person, workshop_id, request)
    if isinstance(request, UndoRequest):
        check_may_undo_others(person)
    _check_open(workshop, request)
    event = _make_move(BoardNow(session, workshop), person, request)
    return Applied(describe_events(session, workshop_id, [event])[0], is_repeat=False)


def undo_own_last(session: Session, person: Person, workshop_id: int, *, op: str) -> Applied:
    """Take back what somebody did last on a board and what still stands, whatever others did elsewhere.

    Raises
    ------
    NotAllowedError
        When the person may not move cards.
    NotFoundError
        When there is no such workshop.
    ConflictError
        When somebody has changed since what that act had changed; the sentence says who and what.
    EngagementError
        When the board is closed, or nothing of theirs stands.
    """
    return apply_move(session, person, workshop_id, {"op": op, "saw": 0, "kind": OWN})


def _check_open(workshop: Workshop, request: Request) -> None:
    if workshop.closed_at is not None:
        raise EngagementError(
            "The board of “{name}” is closed, so this was not done. "
            "Ask a facilitator to open it again if something still has to change.",
            name=workshop.name,
        )
    if request.saw > workshop.last_seq:
        raise EngagementError("This page shows a board that is not the one kept here. Reload the page.")


def _plan(board: BoardNow, person: Person, request: Request) -> Change:
    if isinstance(request, OwnUndoRequest):
        return plan_own_take_back(board, person)
    if isinstance(request, UndoRequest):
        change = plan_take_back(board, request)
    else:
        check_named_unmoved(board, person, request)
        change = plan_change(board, request)
    check_unmoved(board, person, request, change.after)
    return change


def _make_move(board: BoardNow, person: Person, request: Request) -> BoardEvent:
    change = _plan(board, person, request)
    before = BoardImages(
        tuple(board.cards[card.id] for card in change.after.cards),
        tuple(board.themes[theme.id] for theme in change.after.themes),
    )
    event = append_event(board.session, person, board.workshop, request, before, change)
    board.write(change.after, event.seq)
    return event
