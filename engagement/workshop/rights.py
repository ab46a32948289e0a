"""What somebody may do on one board: an account by its role, a seat by what its workshop allows right now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from engagement.errors import NotAllowedError
from engagement.people.permissions import Act, Person, can_act, check_may
from engagement.workshop.boards import refuse_unknown
from engagement.workshop.comments import COMMENT, HIDE
from engagement.workshop.move_requests import Request
from engagement.workshop.rooms import RoomView, RunningRound, are_doors_open, find_room, view_room
from engagement.workshop.standing import OWN
from models.rooms import RoundKind
from models.workshops import Workshop


class Right(StrEnum):
    """Something that participants may be allowed. The value completes "You may not ... now"."""

    READ = "read"
    MOVE = "move cards"
    NAME = "name themes"
    VOTE = "vote"


RIGHTS_IN_ROUND: dict[RoundKind, frozenset[Right]] = {
    RoundKind.READ: frozenset(),
    RoundKind.THEME: frozenset({Right.MOVE, Right.NAME}),
    RoundKind.NAME: frozenset({Right.NAME}),
    RoundKind.VOTE: frozenset({Right.VOTE}),
    RoundKind.CHOOSE: frozenset(),
}
RIGHT_FOR_KIND = {
    "move": Right.MOVE,
    "echo": Right.MOVE,
    "add_theme": Right.NAME,
    "rename": Right.NAME,
}
"""Which right a kind of move needs. What a seat may never do (merge, remove, park) is not here."""
TAKING_ALL_BACK = ("undo", "redo")
MOVING = (
    "move", "echo", "park", "add_theme", "rename", "merge", "unmerge", "remove_theme", "refuse_suggestion",
    COMMENT, HIDE, OWN,
)  # fmt: skip
WITH_ANY_OF_THEM = (COMMENT, OWN)
"""What a seat may do whenever it may move or name: say why, and take its own act back."""
NO_VOTES = "Voting is switched off. Ask the facilitator in the room."
FACILITATORS_ONLY = "Only a facilitator can do this. Ask one in the room."


@dataclass(frozen=True)
class Door:
    """The door of one board at one moment. ``is_open``: seats are let in; accounts may always read."""

    workshop: Workshop
    is_open: bool

    def let_in(self, person: Person) -> Workshop:
        """Give the row of the board, or refuse whoever may not read it.

        Raises
        ------
        NotAllowedError
            When the role does not allow it, the seat is in another workshop, or the doors are closed.
        """
        if person.seat is None:
            check_may(person, Act.READ)
            return self.workshop
        if person.seat.workshop_id != self.workshop.id:
            raise NotAllowedError("Your seat is in another workshop. Join this one with its own code.")
        if not self.is_open:
            name = self.workshop.name
            raise NotAllowedError("The workshop “{name}” has closed. Thank you for taking part.", name=name)
        return self.workshop


def list_seat_rights(room: RoomView) -> frozenset[Right]:
    """List what every seat of a room may do at this moment. Nothing while the doors are closed."""
    if not room.is_open:
        return frozenset()
    allowed = {
        right
        for right, is_allowed in (
            (Right.MOVE, room.choices.allows_move),
            (Right.NAME, room.choices.allows_name),
            (Right.VOTE, room.choices.allows_vote),
        )
        if is_allowed
    }
    return frozenset({Right.READ} | (allowed & _list_round_rights(room.rounds != (), room.running)))


def list_seat_kinds(rights: Iterable[Right]) -> tuple[str, ...]:
    """List the kinds of move that a seat with these rights may make."""
    held = frozenset(rights)
    kinds = tuple(kind for kind, right in RIGHT_FOR_KIND.items() if right in held)
    return (*kinds, *WITH_ANY_OF_THEM) if kinds else ()


def list_kinds(session: Session, person: Person, workshop: Workshop) -> tuple[str, ...]:
    """List the kinds of move that somebody may make on a board at this moment."""
    if person.seat_id is not None:
        return list_seat_kinds(list_seat_rights(view_room(session, workshop.id)))
    if workshop.closed_at is not None or not can_act(person, Act.MOVE_CARDS):
        return ()
    return (*MOVING, *TAKING_ALL_BACK) if can_act(person, Act.RUN_WORKSHOP) else MOVING


def check_may_read(session: Session, person: Person, workshop_id: int) -> Workshop:
    """Give the row of a board, or refuse whoever may not read it.

    Raises
    ------
    NotAllowedError
        When the role does not allow it, the seat is in another workshop, or its doors are closed.
    NotFoundError
        When there is no such workshop.
    """
    if person.seat_id is None:
        check_may(person, Act.READ)
    return find_door(session, workshop_id).let_in(person)


def find_door(session: Session, workshop_id: int) -> Door:
    """Find the door of a board as it is at this moment; one reading of it serves a whole hall.

    Raises
    ------
    NotFoundError
        When there is no such workshop.
    """
    workshop = session.get(Workshop, workshop_id, populate_existing=True)
    if workshop is None:
        raise refuse_unknown(workshop_id)
    return Door(workshop, are_doors_open(workshop, find_room(session, workshop_id)))


def check_may_right(session: Session, person: Person, workshop_id: int, right: Right) -> None:
    """Refuse a seat that may not do this in its workshop at this moment.

    Raises
    ------
    NotAllowedError
        When the person has no seat in the workshop, or the workshop or its round does not allow it.
    """
    if person.seat_id is None:
        raise NotAllowedError(f"Only who has a seat in the workshop can {right}. Join with its code.")
    check_may_read(session, person, workshop_id)
    room = view_room(session, workshop_id)
    if right not in list_seat_rights(room):
        raise NotAllowedError(_explain(room, right))


def check_may_make(session: Session, person: Person, workshop_id: int, request: Request) -> None:
    """Refuse a move that somebody may not make on a board at this moment.

    Raises
    ------
    NotAllowedError
        When the role, the workshop or its round does not allow it.
    """
    if person.seat_id is None:
        check_may(person, Act.MOVE_CARDS)
        return
    for right in _list_needed(session, workshop_id, request):
        check_may_right(session, person, workshop_id, right)


def _list_needed(session: Session, workshop_id: int, request: Request) -> tuple[Right, ...]:
    """List the rights that a move needs: a theme split off is named and has cards moved to it."""
    if request.kind in WITH_ANY_OF_THEM:
        held = list_seat_rights(view_room(session, workshop_id))
        return (Right.NAME,) if Right.NAME in held else (Right.MOVE,)
    right = RIGHT_FOR_KIND.get(request.kind)
    if right is None:
        raise NotAllowedError(FACILITATORS_ONLY)
    return (right, Right.MOVE) if getattr(request, "voices", ()) else (right,)


def _list_round_rights(has_rounds: bool, running: RunningRound | None) -> frozenset[Right]:
    if not has_rounds:
        return frozenset(Right)
    if running is None or running.is_paused:
        return frozenset()
    return RIGHTS_IN_ROUND[running.round.kind]


def _explain(room: RoomView, right: Right) -> str:
    if room.running is not None and room.running.is_paused:
        return "The round is paused, so this was not done. Wait until it goes on."
    if room.rounds and room.running is None:
        return "No round is running, so this was not done. Wait until the next one begins."
    if right not in _list_round_rights(room.rounds != (), room.running):
        return f"This round is not for that: you may not {right} now. Look at what the room is doing."
    return NO_VOTES if right is Right.VOTE else FACILITATORS_ONLY
