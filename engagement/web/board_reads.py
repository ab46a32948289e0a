"""Boards read for whoever asks at the same moment: pages that open, and streams that come back."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from sqlalchemy.orm import Session

from engagement.errors import ConflictError, EngagementError
from engagement.people.permissions import Person
from engagement.web.live_callers import Claims, find_callers, name_caller
from engagement.web.live_hub import Frame, write_frame, write_room
from engagement.web.packing import SharedWords
from engagement.web.together import Together
from engagement.workshop.boards import BoardStamp, list_stamps
from engagement.workshop.rights import find_door
from engagement.workshop.room_facts import describe_room
from engagement.workshop.state import address_board, list_events, read_board
from engagement.workshop.vote_counts import list_voters
from models.database import Record
from models.workshops import Workshop

Asked = TypeVar("Asked", bound=Hashable)
Answer = TypeVar("Answer")
Place: TypeAlias = tuple[Record, int]
"""A record and one of its workshops."""


@dataclass(frozen=True)
class BoardRead:
    """A board at one moment as one person reads it: their own part, and what is the same for all.

    ``has_dots`` tells whether this seat has put dots somewhere.
    """

    own: Mapping[str, Any]
    shared: Mapping[str, Any]
    words: SharedWords
    has_dots: bool

    @property
    def state(self) -> dict[str, Any]:
        """Give both parts together."""
        return {**self.own, **self.shared}

    @property
    def plain(self) -> bytes:
        """Give the state as JSON."""
        return self._own_words + self.words.words

    @property
    def packed(self) -> bytes:
        """Give the state as JSON, packed."""
        return self.words.pack_behind(self._own_words)

    @property
    def _own_words(self) -> bytes:
        return _write(self.own)[:-1] + b","


@dataclass(frozen=True)
class Missed:
    """What a page has missed: frames to send, the newest number, and the board's stamp."""

    frames: tuple[Frame, ...]
    newest: int
    stamp: BoardStamp


def _read_states(place: Place, callers: Sequence[Claims]) -> dict[Claims, BoardRead | EngagementError]:
    record, workshop_id = place
    with record.reading() as session:
        shared = read_board(session, workshop_id)
        shared |= {"mark": list_stamps(session, [workshop_id])[workshop_id].mark}
        words, door = SharedWords(_write(shared)[1:]), find_door(session, workshop_id)
        voters = list_voters(session, workshop_id)

        def read(claims: Claims, person: Person) -> BoardRead:
            own = {**address_board(session, person, door, shared), "who": name_caller(claims)}
            return BoardRead(own, shared, words, person.seat_id in voters)

        return _answer_each(session, {claims: claims for claims in callers}, read)


def _read_missed(
    place: Place, asked: Sequence[tuple[Claims, int]]
) -> dict[tuple[Claims, int], Missed | EngagementError]:
    """Read the moves after a number and what the room is doing, and the stamp that the board bears now."""
    record, workshop_id = place
    with record.reading() as session:
        door, stamp = find_door(session, workshop_id), list_stamps(session, [workshop_id])[workshop_id]
        first = min(after for _claims, after in asked)
        frames = tuple(map(write_frame, list_events(session, workshop_id, first)))
        room = write_room(describe_room(session, workshop_id))

        def read(each: tuple[Claims, int], person: Person) -> Missed:
            after = each[1]
            if after > door.let_in(person).last_seq:
                raise ConflictError("This page shows a board that is not the one kept here. Reload the page.")
            missed = tuple(frame for frame in frames if frame.seq > after)
            return Missed((*missed, room), max([after, *(frame.seq for frame in missed)]), stamp)

        return _answer_each(session, {each: each[0] for each in asked}, read)


def find_let_in(place: Place, asked: Iterable[Claims]) -> frozenset[Claims]:
    """Find which of these may still read the board.

    Raises
    ------
    NotFoundError
        When there is no such workshop.
    """
    record, workshop_id = place
    with record.reading() as session:
        door = find_door(session, workshop_id)
        everybody = {claims: claims for claims in asked}
        answers = _answer_each(session, everybody, lambda _claims, person: door.let_in(person))
        return frozenset(claims for claims, answer in answers.items() if isinstance(answer, Workshop))


def _answer_each(
    session: Session, asked: Mapping[Asked, Claims], read: Callable[[Asked, Person], Answer]
) -> dict[Asked, Answer | EngagementError]:
    """Read for each who asks, or keep what refuses it; who they are is looked up for all at once."""
    people = find_callers(session, set(asked.values()))
    answers: dict[Asked, Answer | EngagementError] = {}
    for each, claims in asked.items():
        person = people[claims]
        try:
            answers[each] = person if isinstance(person, EngagementError) else read(each, person)
        except EngagementError as refusal:
            answers[each] = refusal
    return answers


def _write(facts: Mapping[str, Any]) -> bytes:
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()


STATES: Together[Place, Claims, BoardRead] = Together(_read_states)
MISSED: Together[Place, tuple[Claims, int], Missed] = Together(_read_missed)
