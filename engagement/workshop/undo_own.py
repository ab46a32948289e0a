"""Taking one's own last act back: for everybody who moves cards without running the workshop.

It is an act like any other: the board goes on from it, and whoever runs the workshop can undo it in turn.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.errors import ConflictError, EngagementError, NotAllowedError
from engagement.people.permissions import Act, Person, can_act
from engagement.workshop.changes import Change
from engagement.workshop.conflicts import is_by
from engagement.workshop.events import find_event
from engagement.workshop.images import BoardImages, BoardNow
from engagement.workshop.soundness import find_unsound
from engagement.workshop.standing import OWN, find_standing
from models.workshops import BoardEvent


def check_may_undo_others(person: Person) -> None:
    """Refuse undo and redo of the whole board to whoever does not run the workshop.

    Raises
    ------
    NotAllowedError
        When the role does not allow it.
    """
    if not can_act(person, Act.RUN_WORKSHOP):
        raise NotAllowedError(
            f"You are here as {person.name}, and only who runs the workshop takes back what others did. "
            "You can undo your own last move."
        )


def plan_own_take_back(board: BoardNow, person: Person) -> Change:
    """Work out what taking back somebody's own last act changes on a board as it stands.

    Raises
    ------
    ConflictError
        When somebody changed since what the act had changed, or the board no longer allows what was before.
    EngagementError
        When the person has nothing on this board that stands.
    """
    target = _find_own_last(board, person)
    after = BoardImages.from_json(target.before)
    _check_untouched(board, target)
    unsound = find_unsound(board, after)
    if unsound:
        raise ConflictError(
            f"Your last move was not taken back: {unsound}. Ask who runs the workshop to undo it for you."
        )
    what = str(target.payload["said"]).removeprefix(f"{target.actor} ")
    return Change(after, did=f"took their own move back: {what}", takes_back=target.seq)


def _find_own_last(board: BoardNow, person: Person) -> BoardEvent:
    for seq in _list_standing_of(board.session, board.workshop.id, person.name):
        event = find_event(board.session, board.workshop.id, seq)
        if event is not None and is_by(event, person):
            return event
    raise EngagementError("You have made no move on this board that could be taken back.")


def _list_standing_of(session: Session, workshop_id: int, actor: str) -> list[int]:
    """List what somebody of this name did and what stands, the newest first."""
    columns = (
        BoardEvent.seq,
        BoardEvent.kind,
        BoardEvent.undoes_seq,
        BoardEvent.redoes_seq,
        BoardEvent.actor,
    )
    query = select(*columns).where(BoardEvent.workshop_id == workshop_id).order_by(BoardEvent.seq.desc())
    rows = session.execute(query).all()
    theirs = {row.seq for row in rows if row.actor == actor and row.kind != OWN}
    standing = find_standing((row.seq, row.kind, row.undoes_seq, row.redoes_seq) for row in rows)
    return [seq for seq in standing if seq in theirs]


def _check_untouched(board: BoardNow, target: BoardEvent) -> None:
    """Refuse when a card or theme no longer stands as the act had left it."""
    left = BoardImages.from_json(target.after)
    now = board.load_cards([card.id for card in left.cards])
    moved = [
        board.card_versions[card.id] for card, stands in zip(left.cards, now, strict=True) if card != stands
    ]
    changed = [board.theme_versions[each.id] for each in left.themes if board.themes[each.id] != each]
    later = find_event(board.session, board.workshop.id, max([*moved, *changed], default=None))
    if later is not None:
        raise ConflictError(
            "{name} was there after you: {said}. Your last move was not taken back. "
            "Move it by hand, or ask who runs the workshop.",
            name=later.actor,
            said=later.payload["said"],
        )
