"""What pages know of the room around a board: the round, its clock, who is here, what seats may do."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from engagement.workshop.attendance import read_attendance
from engagement.workshop.rights import list_seat_kinds, list_seat_rights
from engagement.workshop.rooms import RunningRound, view_room
from engagement.workshop.tables import read_tables
from engagement.workshop.vote_counts import count_shown_votes
from engagement.workshop.wall import describe_wall


def describe_room(session: Session, workshop_id: int) -> dict[str, Any]:
    """Tell what a room is doing, as pages read it. No name of a participant is in it.

    ``rights`` and ``seats_may`` (kinds of move) say what every seat may do now; ``round`` is None between
    rounds, and its ``left_s`` None without a clock. ``votes`` (dots by theme) is None until they are shown.
    ``wall`` says what the projector holds up, ``tables`` for each source on which table its voices lie.
    Nothing but ``left_s`` changes with time alone.
    """
    room = view_room(session, workshop_id)
    rights = list_seat_rights(room)
    attendance = read_attendance(session, workshop_id)
    votes = count_shown_votes(session, workshop_id)
    return {
        "open": room.is_open,
        "rights": sorted(right.name.lower() for right in rights),
        "seats_may": list_seat_kinds(rights),
        "round": _describe_round(room.running, len(room.rounds)) if room.running else None,
        "wall": describe_wall(session, workshop_id),
        "n_tables": room.choices.n_tables,
        "tables": {str(source_id): table for source_id, table in read_tables(session, workshop_id).items()},
        "dots_per_person": room.choices.dots_per_person,
        "votes": None if votes is None else {str(id): dots for id, dots in votes.dots.items()},
        "attendance": {
            "here": attendance.n_here,
            "joined": attendance.n_joined,
            "without_phone": attendance.n_without_phone,
            "thirds": {
                third.name.lower(): count for third, count in attendance.count_thirds(here=True).items()
            },
        },
    }


def _describe_round(running: RunningRound, of: int) -> dict[str, Any]:
    return {
        "number": running.round.number,
        "of": of,
        "kind": str(running.round.kind),
        "minutes": running.round.minutes,
        "left_s": running.left_s,
        "paused": running.is_paused,
        "since": running.since.isoformat() if running.since else None,
    }
