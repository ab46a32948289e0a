"""A ballot: one seat's own dots, what came back to it, and the sums once they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.errors import NotAllowedError
from engagement.people.permissions import Person
from engagement.workshop.rights import Right, check_may_read, list_seat_rights
from engagement.workshop.rooms import view_room
from engagement.workshop.vote_counts import count_shown_votes
from engagement.workshop.vote_standing import Rest, read_vote_themes
from models.rooms import Vote


@dataclass(frozen=True)
class BallotTheme:
    """A theme that can hold dots, and how many of one's own it holds."""

    id: int
    name: str
    dots: int


@dataclass(frozen=True)
class Returned:
    """Dots that came back because their theme became another one. ``into``: its name, "" when removed."""

    theme_id: int
    name: str
    dots: int
    why: Rest
    into: str


@dataclass(frozen=True)
class Ballot:
    """What one seat sees of the votes. ``sums`` is None as long as they are hidden."""

    themes: tuple[BallotTheme, ...]
    returned: tuple[Returned, ...]
    n_dots: int
    may_vote: bool
    sums: Mapping[int, int] | None

    @property
    def n_free(self) -> int:
        """Count the dots that can still be put somewhere, those that came back among them."""
        return max(0, self.n_dots - sum(theme.dots for theme in self.themes))


def read_ballot(session: Session, person: Person, workshop_id: int) -> Ballot:
    """Read the ballot of a seat.

    Raises
    ------
    NotAllowedError
        When the person has no seat in the workshop, or its doors are closed.
    """
    if person.seat_id is None:
        raise NotAllowedError("Only who has a seat in the workshop has dots. Join with its code.")
    check_may_read(session, person, workshop_id)
    room = view_room(session, workshop_id)
    themes = read_vote_themes(session, workshop_id)
    votes = session.scalars(select(Vote).where(Vote.seat_id == person.seat_id).order_by(Vote.theme_id)).all()
    resting = {vote.theme_id: rest for vote in votes if (rest := themes.find_rest(vote)) is not None}
    standing = {vote.theme_id: vote.dots for vote in votes if vote.theme_id not in resting}
    count = count_shown_votes(session, workshop_id)
    return Ballot(
        themes=tuple(BallotTheme(id, name, standing.get(id, 0)) for id, name in themes.shown.items()),
        returned=tuple(
            Returned(
                vote.theme_id,
                themes.names[vote.theme_id],
                vote.dots,
                resting[vote.theme_id],
                themes.shown.get(themes.roots[vote.theme_id], ""),
            )
            for vote in votes
            if vote.theme_id in resting
        ),
        n_dots=room.choices.dots_per_person,
        may_vote=Right.VOTE in list_seat_rights(room),
        sums=None if count is None else count.dots,
    )
