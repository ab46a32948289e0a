"""The doors of a workshop: opened with a fresh code, closed, and found again by whoever types or scans it."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from engagement.errors import EngagementError, NotFoundError
from engagement.people.permissions import Person
from engagement.workshop.rooms import are_doors_open, record_room_decision, take_room
from models.base import utc_now
from models.rooms import Room
from models.workshops import Workshop

# Without what looks alike on a wall: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U beside V.
ALPHABET = "ACDEFGHJKMNPQRTVWXY34679"
CODE_LENGTH = 6
KEY_BYTES = 16
OPEN_FOR = timedelta(hours=16)
"""How long doors stay open by themselves.

Rationale: from setting the room up in the morning until the last chair is put away; never into the next day's
workshop.
"""


def open_doors(session: Session, person: Person, workshop_id: int) -> None:
    """Let people join a workshop, with a fresh code. Nothing happens when the doors are open already.

    Raises
    ------
    EngagementError
        When the board is closed.
    """
    workshop, room = take_room(session, person, workshop_id)
    if workshop.closed_at is not None:
        raise EngagementError(f"The board of “{workshop.name}” is closed. Open the board again first.")
    if are_doors_open(workshop, room):
        return
    room.opened_at = utc_now()
    room.closes_at = room.opened_at + OPEN_FOR
    _draw_code(session, room)
    record_room_decision(session, person, "opened doors", workshop)


def close_doors(session: Session, person: Person, workshop_id: int) -> None:
    """End taking part: the code and every seat are no good until the doors are opened again."""
    workshop, room = take_room(session, person, workshop_id)
    if room.closes_at is None:
        return
    room.closes_at = room.join_code = room.join_key = None
    record_room_decision(session, person, "closed doors", workshop)


def rotate_code(session: Session, person: Person, workshop_id: int) -> None:
    """Draw another code. Who has a seat keeps it; the code on old photographs is no good any more.

    Raises
    ------
    EngagementError
        When the doors are closed.
    """
    workshop, room = take_room(session, person, workshop_id)
    if not are_doors_open(workshop, room):
        raise EngagementError(f"The doors of “{workshop.name}” are closed. Open them, and there is a code.")
    _draw_code(session, room)
    record_room_decision(session, person, "rotated code", workshop)


def find_key_for_code(session: Session, typed: str) -> str | None:
    """Find the key of the workshop whose code somebody typed; None when no open door has it.

    Note the try first (`engagement.workshop.join_tries`).
    """
    found = _find_open(session, Room.join_code == clean_code(typed))
    return None if found is None else found[1].join_key


def get_workshop_by_key(session: Session, key: str) -> Workshop:
    """Give the row of the workshop whose QR code holds this key.

    Raises
    ------
    NotFoundError
        When the doors have closed, or another code was drawn since.
    """
    is_like_ours = key.isascii() and key.isprintable()
    found = _find_open(session, Room.join_key == key) if is_like_ours else None
    if found is None:
        raise NotFoundError(
            "This invitation is no longer good. Look at the wall for today's code, and type it here."
        )
    return found[0]


def clean_code(typed: str) -> str:
    """Give a code as it was drawn, however it was typed: in capitals, without spaces and strokes."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def write_code(code: str) -> str:
    """Write a code in two groups, as people read it aloud."""
    return f"{code[:3]} {code[3:]}"


def _find_open(session: Session, which: ColumnElement[bool]) -> tuple[Workshop, Room] | None:
    query = select(Workshop, Room).join(Room, Room.workshop_id == Workshop.id).where(which)
    row = session.execute(query).first()
    if row is None or not are_doors_open(row[0], row[1]):
        return None
    return row[0], row[1]


def _draw_code(session: Session, room: Room) -> None:
    taken = set(session.scalars(select(Room.join_code).where(Room.join_code.is_not(None))))
    code = _draw_letters()
    while code in taken:
        code = _draw_letters()
    room.join_code, room.join_key = code, secrets.token_urlsafe(KEY_BYTES)
    session.flush()


def _draw_letters() -> str:
    return "".join(secrets.choice(ALPHABET) for _letter in range(CODE_LENGTH))
