"""The rounds of a workshop: what the room does, one after the other, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engagement.errors import EngagementError, NotFoundError
from engagement.people.permissions import Person
from engagement.workshop.rooms import record_room_decision, take_room
from models.base import utc_now
from models.rooms import Room, RoundKind, WorkshopRound

MOST_ROUNDS = 20
LONGEST_MINUTES = 480


@dataclass(frozen=True)
class RoundPlan:
    """One round as it is planned. ``minutes`` None: without a clock."""

    kind: RoundKind
    minutes: int | None = None


USUAL_ROUNDS = (
    RoundPlan(RoundKind.READ, 10),
    RoundPlan(RoundKind.THEME, 40),
    RoundPlan(RoundKind.NAME, 15),
    RoundPlan(RoundKind.VOTE, 10),
    RoundPlan(RoundKind.CHOOSE),
)


def plan_rounds(session: Session, person: Person, workshop_id: int, plans: Sequence[RoundPlan]) -> None:
    """Plan the rounds of a workshop, in place of those planned before. The running one goes on.

    Raises
    ------
    EngagementError
        When there are too many, one is too long, or the plan has no place for the round that is running.
    """
    _check_plans(plans)
    workshop, room = take_room(session, person, workshop_id)
    query = select(WorkshopRound).where(WorkshopRound.workshop_id == workshop_id)
    rows = session.scalars(query.order_by(WorkshopRound.position)).all()
    if [(row.kind, row.minutes) for row in rows] == [(plan.kind, plan.minutes) for plan in plans]:
        return
    _check_running_stays(rows, room, plans)
    for position, plan in enumerate(plans):
        if position < len(rows):
            rows[position].kind, rows[position].minutes = plan.kind, plan.minutes
        else:
            row = WorkshopRound(
                workshop_id=workshop_id, position=position, kind=plan.kind, minutes=plan.minutes
            )
            session.add(row)
    surplus = [row.id for row in rows[len(plans) :]]
    session.execute(delete(WorkshopRound).where(WorkshopRound.id.in_(surplus)))
    session.flush()
    said = ", ".join(f"{plan.kind} {plan.minutes or '-'}" for plan in plans)
    record_room_decision(session, person, "planned rounds", workshop, rounds=said)


def start_round(session: Session, person: Person, workshop_id: int, round_id: int) -> None:
    """Begin a round, with its clock at zero. The one before it ends.

    Raises
    ------
    NotFoundError
        When the workshop has no such round.
    """
    workshop, room = take_room(session, person, workshop_id)
    row = session.get(WorkshopRound, round_id)
    if row is None or row.workshop_id != workshop_id:
        raise NotFoundError(f"This workshop has no round {round_id}. Look at its rounds again.")
    room.round_id, room.running_since, room.spent_s = row.id, utc_now(), 0
    record_room_decision(session, person, "began round", workshop, round=row.position + 1, does=str(row.kind))


def pause_round(session: Session, person: Person, workshop_id: int) -> None:
    """Stop the clock of the running round; until it goes on, participants can only read."""
    workshop, room = take_room(session, person, workshop_id)
    if room.round_id is None or room.running_since is None:
        return
    now = utc_now()
    room.spent_s += max(0, int((now - room.running_since).total_seconds()))
    room.running_since = None
    record_room_decision(session, person, "paused round", workshop, spent_s=room.spent_s)


def resume_round(session: Session, person: Person, workshop_id: int) -> None:
    """Let the paused round go on from where its clock stood."""
    workshop, room = take_room(session, person, workshop_id)
    if room.round_id is None or room.running_since is not None:
        return
    room.running_since = utc_now()
    record_room_decision(session, person, "resumed round", workshop, spent_s=room.spent_s)


def end_rounds(session: Session, person: Person, workshop_id: int) -> None:
    """End the running round without beginning another one."""
    workshop, room = take_room(session, person, workshop_id)
    if room.round_id is None:
        return
    room.round_id, room.running_since, room.spent_s = None, None, 0
    record_room_decision(session, person, "ended rounds", workshop)


def _check_plans(plans: Sequence[RoundPlan]) -> None:
    if len(plans) > MOST_ROUNDS:
        raise EngagementError(
            f"You planned {len(plans)} rounds, and {MOST_ROUNDS} is the most. Plan fewer of them."
        )
    for plan in plans:
        if plan.minutes is not None and not 1 <= plan.minutes <= LONGEST_MINUTES:
            raise EngagementError(
                f"A round of {plan.minutes} minutes cannot be had. "
                f"Choose from 1 to {LONGEST_MINUTES}, or leave it empty."
            )


def _check_running_stays(rows: Sequence[WorkshopRound], room: Room, plans: Sequence[RoundPlan]) -> None:
    running = next((row for row in rows if row.id == room.round_id), None)
    if running is not None and running.position >= len(plans):
        raise EngagementError(
            f"Round {running.position + 1} is running, and this plan has only {len(plans)}. "
            "End the round first."
        )
