"""The room of a workshop as services see it: doors, what participants may do, the running round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import EngagementError
from engagement.people.permissions import Act, Person, check_may
from engagement.workshop.boards import refuse_unknown
from models.base import utc_now
from models.database import lock_chain
from models.rooms import Room, RoundKind, WorkshopRound
from models.workshops import Workshop

MOST_TABLES = 40
MOST_DOTS = 20


@dataclass(frozen=True)
class RoomChoices:
    """What a facilitator chooses for a room. ``n_tables`` 0: nobody is asked for a table."""

    allows_move: bool = True
    allows_name: bool = True
    allows_vote: bool = True
    n_tables: int = 0
    dots_per_person: int = 5


@dataclass(frozen=True)
class RoundView:
    """One round. ``number`` counts from 1; ``minutes`` None: without a clock."""

    id: int
    number: int
    kind: RoundKind
    minutes: int | None


@dataclass(frozen=True)
class RunningRound:
    """The round that is running ``since`` it last began or went on, or was paused (None).

    ``spent_s`` is what its clock shows at this moment.
    """

    round: RoundView
    since: datetime | None
    spent_s: int

    @property
    def is_paused(self) -> bool:
        """Tell whether the clock stands still."""
        return self.since is None

    @property
    def left_s(self) -> int | None:
        """Tell how many seconds are left, below zero when time is up; None without a clock."""
        return None if self.round.minutes is None else self.round.minutes * 60 - self.spent_s


@dataclass(frozen=True)
class RoomView:
    """A room at one moment. ``join_code`` and ``join_key`` are None while the doors are closed."""

    workshop_id: int
    choices: RoomChoices
    is_open: bool
    join_code: str | None
    join_key: str | None
    closes_at: datetime | None
    rounds: tuple[RoundView, ...]
    running: RunningRound | None


def get_room(session: Session, person: Person, workshop_id: int) -> RoomView:
    """Give a room as those see it who run workshops, with the code of its doors.

    Raises
    ------
    NotFoundError
        When there is no such workshop.
    """
    check_may(person, Act.RUN_WORKSHOP)
    return view_room(session, workshop_id)


def view_room(session: Session, workshop_id: int) -> RoomView:
    """Give a room as it is at this moment, for services that have asked who may see it.

    Raises
    ------
    NotFoundError
        When there is no such workshop.
    """
    workshop = session.get(Workshop, workshop_id)
    if workshop is None:
        raise refuse_unknown(workshop_id)
    room = find_room(session, workshop_id)
    rounds = list_rounds(session, workshop_id)
    is_open = are_doors_open(workshop, room)
    return RoomView(
        workshop_id=workshop_id,
        choices=_read_choices(room),
        is_open=is_open,
        join_code=room.join_code if is_open else None,
        join_key=room.join_key if is_open else None,
        closes_at=room.closes_at,
        rounds=rounds,
        running=find_running(room, rounds),
    )


def choose_for_room(session: Session, person: Person, workshop_id: int, choices: RoomChoices) -> None:
    """Choose what participants may do, how many tables there are and how many dots each person has.

    Raises
    ------
    EngagementError
        When there are more tables or dots than a room can have.
    """
    workshop, room = take_room(session, person, workshop_id)
    if not 0 <= choices.n_tables <= MOST_TABLES:
        raise EngagementError(f"{choices.n_tables} tables cannot be had. Choose from 0 to {MOST_TABLES}.")
    if not 1 <= choices.dots_per_person <= MOST_DOTS:
        raise EngagementError(f"{choices.dots_per_person} dots cannot be had. Choose from 1 to {MOST_DOTS}.")
    if choices == _read_choices(room):
        return
    details = {name: getattr(choices, name) for name in RoomChoices.__dataclass_fields__}
    for name, value in details.items():
        setattr(room, name, value)
    record_room_decision(session, person, "chose for room", workshop, **details)


def take_room(session: Session, person: Person, workshop_id: int) -> tuple[Workshop, Room]:
    """Take a room up to change it: hold its board, and make its row where there is none yet."""
    check_may(person, Act.RUN_WORKSHOP)
    lock_chain(session, f"board {workshop_id}")
    workshop = session.get(Workshop, workshop_id, populate_existing=True)
    if workshop is None:
        raise refuse_unknown(workshop_id)
    room = session.get(Room, workshop_id, populate_existing=True)
    if room is None:
        room = _make_room(workshop_id)
        session.add(room)
        session.flush()
    return workshop, room


def find_room(session: Session, workshop_id: int) -> Room:
    """Find the row of a room; where nobody has changed anything yet, one with what is usual."""
    return session.get(Room, workshop_id, populate_existing=True) or _make_room(workshop_id)


def list_rounds(session: Session, workshop_id: int) -> tuple[RoundView, ...]:
    """List the rounds of a workshop in their order."""
    query = select(WorkshopRound).where(WorkshopRound.workshop_id == workshop_id)
    rows = session.scalars(query.order_by(WorkshopRound.position))
    return tuple(RoundView(row.id, number, row.kind, row.minutes) for number, row in enumerate(rows, 1))


def find_running(room: Room, rounds: tuple[RoundView, ...]) -> RunningRound | None:
    """Find the round that is running or paused, with what its clock shows now."""
    found = next((each for each in rounds if each.id == room.round_id), None)
    if found is None:
        return None
    since = room.running_since
    return RunningRound(found, since, room.spent_s + _count_seconds(since, utc_now()))


def are_doors_open(workshop: Workshop, room: Room) -> bool:
    """Tell whether people may join and take part: opened, not closed since, and the day not over."""
    return workshop.closed_at is None and room.closes_at is not None and utc_now() < room.closes_at


def record_room_decision(
    session: Session, person: Person, kind: str, workshop: Workshop, **details: str | int | bool | None
) -> None:
    """Note in the log what a facilitator decided about a room."""
    record_decision(
        session,
        person,
        kind,
        subject="workshop",
        subject_id=workshop.id,
        engagement_id=workshop.engagement_id,
        details=details,
    )


def _make_room(workshop_id: int) -> Room:
    usual = RoomChoices()
    values = {name: getattr(usual, name) for name in RoomChoices.__dataclass_fields__}
    return Room(workshop_id=workshop_id, spent_s=0, **values)


def _read_choices(room: Room) -> RoomChoices:
    return RoomChoices(**{name: getattr(room, name) for name in RoomChoices.__dataclass_fields__})


def _count_seconds(since: datetime | None, now: datetime) -> int:
    return 0 if since is None else max(0, int((now - since).total_seconds()))
