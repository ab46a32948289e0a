"""Votes: dots that each seat puts on themes, moves and takes back; hidden until a facilitator shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.errors import EngagementError
from engagement.people.permissions import Person
from engagement.workshop.ballots import Ballot, read_ballot
from engagement.workshop.rights import Right, check_may_right
from engagement.workshop.rooms import find_room, record_room_decision, take_room
from engagement.workshop.vote_counts import count_dots
from engagement.workshop.vote_requests import DotsRequest, read_vote_request
from engagement.workshop.vote_standing import VoteThemes, read_vote_themes
from models.base import utc_now
from models.database import lock_chain
from models.rooms import Vote, VoteChange


def change_votes(session: Session, person: Person, workshop_id: int, asked: Mapping[str, Any]) -> Ballot:
    """Put, move or take back a seat's dots, and give its ballot. A change sent again changes nothing.

    Raises
    ------
    NotAllowedError
        When the person has no seat in the workshop, or nobody votes there now.
    EngagementError
        When there are not so many dots left, or the theme cannot hold any.
    """
    request = read_vote_request(asked)
    lock_chain(session, f"board {workshop_id}")
    check_may_right(session, person, workshop_id, Right.VOTE)
    seat_id = person.seat_id or 0
    if session.get(VoteChange, (seat_id, request.op)) is None:
        session.add(VoteChange(seat_id=seat_id, client_op_id=request.op))
        n_dots = find_room(session, workshop_id).dots_per_person
        hand = _Hand(session, workshop_id, seat_id, n_dots)
        if isinstance(request, DotsRequest):
            hand.put(request.theme, request.dots)
        else:
            hand.confirm(request.theme)
        session.flush()
    return read_ballot(session, person, workshop_id)


def show_votes(session: Session, person: Person, workshop_id: int) -> None:
    """Show everybody how many dots each theme has. The sums of that moment are kept with the decision."""
    workshop, room = take_room(session, person, workshop_id)
    if room.votes_are_shown:
        return
    room.votes_are_shown = True
    count = count_dots(session, workshop_id)
    dots = {str(theme_id): dots for theme_id, dots in count.dots.items()}
    record_room_decision(session, person, "showed votes", workshop, n_voters=count.n_voters, **dots)


def hide_votes(session: Session, person: Person, workshop_id: int) -> None:
    """Hide the sums again; everybody goes on seeing their own dots."""
    workshop, room = take_room(session, person, workshop_id)
    if room.votes_are_shown:
        room.votes_are_shown = False
        record_room_decision(session, person, "hid votes", workshop)


class _Hand:
    """The dots of one seat while they are changed.

    All its rows together never hold more than ``n_dots``: dots that rest stay free to use, and are given up
    as they are used, so that an undo brings back only what was not put elsewhere meanwhile.
    """

    def __init__(self, session: Session, workshop_id: int, seat_id: int, n_dots: int) -> None:
        self._session = session
        self._key = {"seat_id": seat_id, "workshop_id": workshop_id}
        self._n_dots = n_dots
        self._themes: VoteThemes = read_vote_themes(session, workshop_id)
        rows = session.scalars(select(Vote).where(Vote.seat_id == seat_id))
        self._votes = {vote.theme_id: vote for vote in rows}

    def put(self, theme_id: int, dots: int) -> None:
        """Let a theme hold so many dots."""
        name = self._themes.get_name_or_raise(theme_id)
        had = self._count_standing(theme_id)
        n_free = self._n_dots - sum(map(self._count_standing, self._votes)) + had
        if dots > max(had, n_free):
            raise EngagementError(
                f"You have {_say_dots(n_free)} for “{name}”, and asked for {dots}. "
                "Take some back elsewhere first."
            )
        self._write(theme_id, dots)
        self._give_up_resting()

    def confirm(self, theme_id: int) -> None:
        """Put dots that came back on the theme that theirs became part of."""
        vote = self._votes.get(theme_id)
        if vote is None or self._themes.find_rest(vote) is None:
            raise EngagementError("None of your dots came back from this theme. Look at your dots again.")
        root, resting = self._themes.roots[theme_id], vote.dots
        self._themes.get_name_or_raise(root)
        had = 0 if root == theme_id else self._count_standing(root)
        self._write(theme_id, 0)
        self.put(root, had + resting)

    def _count_standing(self, theme_id: int) -> int:
        vote = self._votes.get(theme_id)
        return vote.dots if vote is not None and self._themes.find_rest(vote) is None else 0

    def _give_up_resting(self) -> None:
        resting = [vote for vote in self._votes.values() if self._themes.find_rest(vote) is not None]
        too_many = sum(vote.dots for vote in self._votes.values()) - self._n_dots
        for vote in sorted(resting, key=lambda vote: (vote.changed_at, vote.theme_id)):
            given_up = min(vote.dots, max(0, too_many))
            too_many -= given_up
            if given_up == vote.dots:
                self._write(vote.theme_id, 0)
            else:
                vote.dots -= given_up

    def _write(self, theme_id: int, dots: int) -> None:
        vote = self._votes.pop(theme_id, None)
        if dots == 0:
            if vote is not None:
                self._session.delete(vote)
            return
        if vote is None:
            vote = Vote(theme_id=theme_id, **self._key)
            self._session.add(vote)
        vote.dots, vote.changed_at = dots, utc_now()
        self._votes[theme_id] = vote


def _say_dots(count: int) -> str:
    return "1 dot left" if count == 1 else f"{max(0, count)} dots left"
