"""People in the room without a seat: on paper, or at somebody's phone. A facilitator counts them in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.errors import EngagementError, NotFoundError
from engagement.people.permissions import Act, Person, check_may
from engagement.workshop.rooms import record_room_decision, take_room
from engagement.workshop.seats import LONGEST_NICKNAME, read_sector
from engagement.workshop.wording import clean_wording
from models.base import utc_now
from models.rooms import Guest, Sector
from models.workshops import Workshop

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class GuestView:
    """Somebody without a phone, or ``n_people`` of one sector; ``nickname`` is empty where none was given."""

    id: int
    nickname: str
    sector: Sector
    n_people: int
    added_by: str
    added_at: datetime

    @property
    def label(self) -> str:
        """Name them as a facilitator reads it.

        Examples
        --------
        >>> from models.base import utc_now
        >>> GuestView(1, "", Sector.NHS, 4, "Amina", utc_now()).label
        '4 people (NHS)'
        >>> GuestView(2, "Jo", Sector.RESIDENT, 1, "Amina", utc_now()).label
        'Jo (resident)'
        """
        unnamed = "1 person" if self.n_people == 1 else f"{self.n_people} people"
        return f"{self.nickname or unnamed} ({self.sector})"


def add_guests(
    session: Session, person: Person, workshop_id: int, sector: str, *, nickname: str = "", n_people: int = 1
) -> int:
    """Count people in who have no seat: one by first name, or a number of them; give the entry's id.

    Raises
    ------
    EngagementError
        When the sector is none of those to choose from, the number is out of range, a name is given for
        several, or the name is too long.
    NotFoundError
        When there is no such workshop.
    """
    workshop, _room = take_room(session, person, workshop_id)
    if not 1 <= n_people <= MOST_AT_ONCE:
        raise EngagementError(f"{n_people} people cannot be added at once. Choose from 1 to {MOST_AT_ONCE}.")
    name = clean_wording(nickname, what="The name", longest=LONGEST_NICKNAME) if nickname.strip() else None
    if name is not None and n_people > 1:
        raise EngagementError(
            f"“{name}” is one name, and {n_people} people are to be added. Add people by name one by one, "
            "or leave the name empty."
        )
    guest = Guest(
        workshop_id=workshop_id,
        nickname=name,
        sector=read_sector(sector),
        n_people=n_people,
        added_by=person.name,
    )
    session.add(guest)
    session.flush()
    record_room_decision(
        session,
        person,
        "added without phone",
        workshop,
        guest=guest.id,
        sector=str(guest.sector),
        n_people=n_people,
    )
    return guest.id


def take_back_guests(session: Session, person: Person, guest_id: int) -> None:
    """Count people in no longer: they were added by mistake, or hold a seat after all. The record keeps both.

    Raises
    ------
    NotFoundError
        When there is no such entry.
    """
    check_may(person, Act.RUN_WORKSHOP)
    guest = session.get(Guest, guest_id, populate_existing=True)
    if guest is None:
        raise NotFoundError(f"There is no entry {guest_id}. Look at who is here again.")
    if guest.taken_back_at is None:
        guest.taken_back_at = utc_now()
        record_room_decision(
            session,
            person,
            "took back without phone",
            session.get_one(Workshop, guest.workshop_id),
            guest=guest.id,
            sector=str(guest.sector),
            n_people=guest.n_people,
        )


def list_guests(session: Session, person: Person, workshop_id: int) -> tuple[GuestView, ...]:
    """List who was counted in without a seat and not taken back, in the order of adding."""
    check_may(person, Act.RUN_WORKSHOP)
    query = select(Guest).where(Guest.workshop_id == workshop_id, Guest.taken_back_at.is_(None))
    return tuple(
        GuestView(row.id, row.nickname or "", row.sector, row.n_people, row.added_by, row.added_at)
        for row in session.scalars(query.order_by(Guest.id))
    )
