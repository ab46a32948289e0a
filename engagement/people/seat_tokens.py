"""Tokens that let one participant's browser hold a seat. The record can take each of them back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from itsdangerous import BadData
from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.errors import NotAllowedError
from engagement.people.permissions import HeldSeat, Person
from engagement.people.signing import open_signer
from models.rooms import Seat

_PURPOSE = "common-thread-seat-1"


class SeatLostError(NotAllowedError):
    """A browser shows a token of no seat, or of one that was given up or taken back."""


@dataclass(frozen=True)
class SeatClaims:
    """What a token says: which workshop, which seat, and which version of the seat's token it is."""

    workshop_id: int
    seat_id: int
    version: int


def mint_seat_token(claims: SeatClaims) -> str:
    """Make the token of a seat. It says who, and gives no permission by itself."""
    return open_signer(_PURPOSE).dumps([claims.workshop_id, claims.seat_id, claims.version])


def read_seat_token(token: str) -> SeatClaims:
    """Read a token. It is good for as long as the seat: the workshop's doors end it, no clock of its own.

    Raises
    ------
    SeatLostError
        When nobody here made the token.
    """
    try:
        workshop_id, seat_id, version = open_signer(_PURPOSE).loads(token)
    except BadData as error:
        raise SeatLostError("Your seat is not known here. Join again with the code on the wall.") from error
    return SeatClaims(workshop_id, seat_id, version)


def find_seat_person(session: Session, claims: SeatClaims) -> Person:
    """Find who holds a seat.

    Raises
    ------
    SeatLostError
        When the seat was given up, or a facilitator took it back.
    """
    found = find_seat_people(session, (claims,))[claims]
    if isinstance(found, SeatLostError):
        raise found
    return found


def find_seat_people(
    session: Session, asked: Collection[SeatClaims]
) -> dict[SeatClaims, Person | SeatLostError]:
    """Find who holds each of these seats, in one reading; a refusal for each that nobody holds any more."""
    query = select(Seat).where(Seat.id.in_({claims.seat_id for claims in asked}))
    seats = {seat.id: seat for seat in session.scalars(query, execution_options={"populate_existing": True})}
    return {claims: _find_holder(seats.get(claims.seat_id), claims) for claims in asked}


def _find_holder(seat: Seat | None, claims: SeatClaims) -> Person | SeatLostError:
    held = None if seat is None or seat.left_at else (seat.workshop_id, seat.token_version)
    if seat is None or held != (claims.workshop_id, claims.version):
        return SeatLostError("You have no seat here any more. Join again with the code on the wall.")
    return Person(seat.label, role=None, seat=HeldSeat(seat.id, seat.workshop_id, seat.table_number))
