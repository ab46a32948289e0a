"""Seats: taken with a first name and a sector, seen again, given up, or taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engagement.errors import EngagementError, NotFoundError
from engagement.people.permissions import Act, Person, check_may
from engagement.people.seat_tokens import SeatClaims
from engagement.workshop.join_codes import get_workshop_by_key
from engagement.workshop.rooms import find_room, record_room_decision
from engagement.workshop.wording import clean_wording
from models.base import utc_now
from models.database import lock_chain
from models.rooms import Seat, Sector
from models.workshops import Workshop

LONGEST_NICKNAME = 40
MOST_SEATS = 1500
HERE_FOR = timedelta(seconds=90)
"""How long after its last sign of life somebody counts as here: a page says so at least once a minute."""


@dataclass(frozen=True)
class SeatView:
    """One seat as facilitators see it."""

    id: int
    label: str
    sector: Sector
    table_number: int | None
    joined_at: datetime
    is_here: bool


def take_seat(
    session: Session, key: str, nickname: str, sector: str, table_number: int | None = None
) -> SeatClaims:
    """Take a seat in the workshop whose QR code holds ``key``; give what its token has to say.

    Raises
    ------
    NotFoundError
        When the invitation is no longer good.
    EngagementError
        When the name is empty or too long, the sector or the table is none of those to choose from,
        or the room is full.
    """
    workshop = get_workshop_by_key(session, key)
    lock_chain(session, f"seats of {workshop.id}")
    name = clean_wording(nickname, what="Your name", longest=LONGEST_NICKNAME)
    chosen = read_sector(sector)
    _check_table(session, workshop.id, table_number)
    labels = set(session.scalars(select(Seat.label).where(Seat.workshop_id == workshop.id)))
    if len(labels) >= MOST_SEATS:
        raise EngagementError(f"All {MOST_SEATS:,} seats are taken. Ask a facilitator in the room.")
    seat = Seat(
        workshop_id=workshop.id,
        nickname=name,
        sector=chosen,
        label=_number_label(name, chosen, labels),
        table_number=table_number,
        token_version=1,
    )
    session.add(seat)
    session.flush()
    return SeatClaims(workshop.id, seat.id, seat.token_version)


def give_up_seat(session: Session, person: Person) -> None:
    """Leave the room: the seat's tokens are no good any more, and what it moved stays."""
    seat = session.get(Seat, person.seat_id) if person.seat_id is not None else None
    if seat is not None and seat.left_at is None:
        seat.left_at = utc_now()
        seat.token_version += 1


def take_back_seat(session: Session, person: Person, seat_id: int) -> None:
    """Show somebody out: their page is no good any more, and what they moved stays and can be undone.

    Raises
    ------
    NotFoundError
        When there is no such seat.
    """
    check_may(person, Act.RUN_WORKSHOP)
    seat = session.get(Seat, seat_id, populate_existing=True)
    if seat is None:
        raise NotFoundError(f"There is no seat {seat_id}. Look at who is here again.")
    if seat.left_at is None:
        seat.left_at = utc_now()
        seat.token_version += 1
        workshop = session.get_one(Workshop, seat.workshop_id)
        record_room_decision(session, person, "took seat back", workshop, seat=seat.id)


def choose_table(session: Session, person: Person, table_number: int | None) -> None:
    """Sit down at another table.

    Raises
    ------
    EngagementError
        When the room has no such table.
    """
    seat = session.get(Seat, person.seat_id) if person.seat_id is not None else None
    if seat is None:
        raise NotFoundError("You have no seat here. Join with the code on the wall.")
    _check_table(session, seat.workshop_id, table_number)
    seat.table_number = table_number


def find_seat(session: Session, person: Person) -> SeatView | None:
    """Find the seat that a participant holds."""
    seat = session.get(Seat, person.seat_id) if person.seat_id is not None else None
    return _view(seat, utc_now()) if seat is not None else None


def list_seats(session: Session, person: Person, workshop_id: int) -> tuple[SeatView, ...]:
    """List who has a seat in a workshop and has not left, in the order of joining."""
    check_may(person, Act.RUN_WORKSHOP)
    query = select(Seat).where(Seat.workshop_id == workshop_id, Seat.left_at.is_(None)).order_by(Seat.id)
    now = utc_now()
    return tuple(_view(seat, now) for seat in session.scalars(query))


def note_seen(session: Session, seat_ids: Iterable[int]) -> None:
    """Note that these seats have just given a sign of life."""
    ids = sorted(set(seat_ids))
    if ids:
        session.execute(update(Seat).where(Seat.id.in_(ids)).values(last_seen_at=utc_now()))


def read_sector(sector: str) -> Sector:
    """Read where somebody says that they come from.

    Raises
    ------
    EngagementError
        When it is none of those to choose from.
    """
    try:
        return Sector(sector)
    except ValueError as error:
        raise EngagementError("Say where you come from: choose one of the list, or “other”.") from error


def _check_table(session: Session, workshop_id: int, table_number: int | None) -> None:
    n_tables = find_room(session, workshop_id).n_tables
    if table_number is not None and not 1 <= table_number <= n_tables:
        raise EngagementError(f"There is no table {table_number}. Look for the number on your table.")


def _number_label(name: str, sector: Sector, taken: set[str]) -> str:
    """Make the words under which others read this person; the second Sam is "Sam 2"."""
    folded = {label.casefold() for label in taken}
    label, number = f"{name} ({sector})", 2
    while label.casefold() in folded:
        label, number = f"{name} {number} ({sector})", number + 1
    return label


def _view(seat: Seat, now: datetime) -> SeatView:
    is_here = seat.left_at is None and now - seat.last_seen_at < HERE_FOR
    return SeatView(seat.id, seat.label, seat.sector, seat.table_number, seat.joined_at, is_here)
