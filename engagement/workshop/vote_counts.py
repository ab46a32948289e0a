"""How many dots the themes of a workshop have, for whoever may see that now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engagement.people.permissions import Person
from engagement.workshop.rights import check_may_read
from engagement.workshop.rooms import find_room
from engagement.workshop.vote_standing import read_vote_themes
from models.rooms import Seat, Vote


@dataclass(frozen=True)
class VoteCount:
    """The dots of a whole room, and of how many people. ``dots`` holds every theme that can have any."""

    dots: Mapping[int, int]
    n_voters: int

    @property
    def n_dots(self) -> int:
        """Count all dots that were put."""
        return sum(self.dots.values())


def get_shown_votes(session: Session, person: Person, workshop_id: int) -> VoteCount | None:
    """Give the votes of a workshop; None as long as they are hidden, for facilitators too.

    Raises
    ------
    NotAllowedError
        When the person may not read this workshop.
    NotFoundError
        When there is no such workshop.
    """
    check_may_read(session, person, workshop_id)
    return count_shown_votes(session, workshop_id)


def count_shown_votes(session: Session, workshop_id: int) -> VoteCount | None:
    """Give the votes of a workshop, for services that have asked who may see it; None when hidden."""
    return count_dots(session, workshop_id) if find_room(session, workshop_id).votes_are_shown else None


def count_voters(session: Session, workshop_id: int) -> int:
    """Count the people who have put dots, whether these count now or rest."""
    query = select(func.count(func.distinct(Vote.seat_id))).join(Seat, Seat.id == Vote.seat_id)
    return session.scalar(query.where(Vote.workshop_id == workshop_id, Seat.left_at.is_(None))) or 0


def list_voters(session: Session, workshop_id: int) -> frozenset[int]:
    """List the seats that have put dots, whether these count now or rest."""
    return frozenset(session.scalars(select(Vote.seat_id).where(Vote.workshop_id == workshop_id)))


def count_dots(session: Session, workshop_id: int) -> VoteCount:
    """Count the dots that count now, of everybody who has not left. Ask first whether they are shown."""
    themes = read_vote_themes(session, workshop_id)
    query = (
        select(Vote.theme_id, func.sum(Vote.dots))
        .join(Seat, Seat.id == Vote.seat_id)
        .where(Vote.workshop_id == workshop_id, Seat.left_at.is_(None), themes.counts())
        .group_by(Vote.theme_id)
    )
    found = {theme_id: int(dots) for theme_id, dots in session.execute(query)}
    return VoteCount(
        {theme_id: found.get(theme_id, 0) for theme_id in themes.shown}, count_voters(session, workshop_id)
    )
