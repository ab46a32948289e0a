"""Who is in the room, by where they come from: a third residents, a third VCSE, a third public bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from engagement.people.permissions import Person
from engagement.workshop.rights import check_may_read
from engagement.workshop.rooms import are_doors_open, find_room
from engagement.workshop.seats import HERE_FOR
from models.base import utc_now
from models.rooms import Guest, Seat, Sector
from models.workshops import Workshop


class Third(StrEnum):
    """The parts of the room that are meant to be of one size, and whoever is in none of them."""

    RESIDENTS = "residents"
    VCSE = "VCSE"
    PUBLIC_BODIES = "public bodies"
    OTHERS = "others"


THIRD_OF = {
    Sector.RESIDENT: Third.RESIDENTS,
    Sector.VCSE: Third.VCSE,
    Sector.COUNCIL: Third.PUBLIC_BODIES,
    Sector.NHS: Third.PUBLIC_BODIES,
    Sector.POLICE: Third.PUBLIC_BODIES,
    Sector.OTHER: Third.OTHERS,
}


@dataclass(frozen=True)
class SectorCount:
    """One sector: how many joined in all (who left counts too), and how many are here now."""

    sector: Sector
    joined: int
    here: int


@dataclass(frozen=True)
class Attendance:
    """Who came to a workshop, with a seat or without a phone. It is kept, also when the doors have closed.

    ``n_without_phone`` of those who came have no seat: they work on paper, or share a phone.
    """

    sectors: tuple[SectorCount, ...]
    n_without_phone: int = 0

    @property
    def n_joined(self) -> int:
        """Count everybody who came."""
        return sum(each.joined for each in self.sectors)

    @property
    def n_here(self) -> int:
        """Count everybody who is here now."""
        return sum(each.here for each in self.sectors)

    def count_thirds(self, *, here: bool) -> Mapping[Third, int]:
        """Count the three parts of the room, and the others: those ``here``, or all who came."""
        counts = dict.fromkeys(Third, 0)
        for each in self.sectors:
            counts[THIRD_OF[each.sector]] += each.here if here else each.joined
        return counts

    def say(self, *, here: bool) -> str:
        """Say in one line who is here (or who came).

        Examples
        --------
        >>> mix = (SectorCount(Sector.RESIDENT, 9, 8), SectorCount(Sector.NHS, 1, 1))
        >>> Attendance(mix).say(here=True)
        '9 here: 8 residents · 0 VCSE · 1 from public bodies'
        """
        total = self.n_here if here else self.n_joined
        parts = [
            f"{count} {say_third(third, count)}"
            for third, count in self.count_thirds(here=here).items()
            if count or third is not Third.OTHERS
        ]
        return f"{total} {'here' if here else 'came'}: {' · '.join(parts)}"

    def say_without_phone(self) -> str:
        """Say how many of those who came had no phone of their own; nothing where there were none."""
        return f"{self.n_without_phone:,} without a phone of their own" if self.n_without_phone else ""


def say_third(third: Third, count: int) -> str:
    """Name a third of the room behind a number of people."""
    if third is Third.PUBLIC_BODIES:
        return "from public bodies"
    return str(third) if count != 1 or third is Third.VCSE else str(third)[:-1]


def count_attendance(session: Session, person: Person, workshop_id: int) -> Attendance:
    """Count who came to a workshop and who is here.

    Raises
    ------
    NotAllowedError
        When the person may not read this workshop.
    NotFoundError
        When there is no such workshop.
    """
    check_may_read(session, person, workshop_id)
    return read_attendance(session, workshop_id)


def read_attendance(session: Session, workshop_id: int) -> Attendance:
    """Count who came and who is here, for services that have asked who may see it."""
    seats = _count_seats(session, workshop_id)
    guests = _count_guests(session, workshop_id)
    guests_here = guests if _may_guests_be_here(session, workshop_id) else Counter()
    return Attendance(
        tuple(
            SectorCount(each, seats[each][0] + guests[each], seats[each][1] + guests_here[each])
            for each in Sector
            if seats[each][0] + guests[each]
        ),
        n_without_phone=guests.total(),
    )


def _count_seats(session: Session, workshop_id: int) -> dict[Sector, tuple[int, int]]:
    """Count for each sector how many seats were taken, and how many of them are here."""
    is_here = (Seat.left_at.is_(None)) & (Seat.last_seen_at > utc_now() - HERE_FOR)
    query = (
        select(Seat.sector, func.count(), func.sum(case((is_here, 1), else_=0)))
        .where(Seat.workshop_id == workshop_id)
        .group_by(Seat.sector)
    )
    found = {sector: (int(joined), int(here)) for sector, joined, here in session.execute(query)}
    return {each: found.get(each, (0, 0)) for each in Sector}


def _count_guests(session: Session, workshop_id: int) -> Counter[Sector]:
    query = (
        select(Guest.sector, func.sum(Guest.n_people))
        .where(Guest.workshop_id == workshop_id, Guest.taken_back_at.is_(None))
        .group_by(Guest.sector)
    )
    return Counter({sector: int(n_people) for sector, n_people in session.execute(query)})


def _may_guests_be_here(session: Session, workshop_id: int) -> bool:
    """Tell whether people without a phone, who give no sign of life, count as here.

    They do until the doors close; in a room that works on paper alone, whose doors nobody opens, until the
    board is signed off.
    """
    workshop, room = session.get_one(Workshop, workshop_id), find_room(session, workshop_id)
    if room.opened_at is None:
        return workshop.closed_at is None
    return are_doors_open(workshop, room)
