"""Boards read for whoever asks at the same moment: pages that open, and streams that come back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from engagement.errors import ConflictError, EngagementError
from engagement.web.live_callers import Claims, find_caller, name_caller
from engagement.web.live_hub import Frame, write_frame, write_room
from engagement.web.packing import SharedWords
from engagement.web.together import Together
from engagement.workshop.boards import BoardStamp, list_stamps
from engagement.workshop.rights import check_may_read
from engagement.workshop.room_facts import describe_room
from engagement.workshop.state import address_board, list_events, read_board
from models.database import Record

Place: TypeAlias = tuple[Record, int]
"""A record and one of its workshops."""


@dataclass(frozen=True)
class BoardRead:
    """A board at one moment as one person reads it: their own part, and what is the same for all."""

    own: Mapping[str, Any]
    shared: Mapping[str, Any]
    words: SharedWords

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
        stamp = list_stamps(session, [workshop_id]).get(workshop_id)
        shared |= {"mark": stamp.mark if stamp else ""}
        words = SharedWords(_write(shared)[1:])
        return {claims: _read_own(session, claims, shared, words) for claims in callers}


def _read_own(
    session: Session, claims: Claims, shared: Mapping[str, Any], words: SharedWords
) -> BoardRead | EngagementError:
    try:
        person = find_caller(session, claims)
        own = address_board(session, person, claims.workshop_id, shared)
        return BoardRead({**own, "who": name_caller(claims)}, shared, words)
    except EngagementError as refusal:
        return refusal


def _read_missed(
    place: Place, asked: Sequence[tuple[Claims, int]]
) -> dict[tuple[Claims, int], Missed | EngagementError]:
    """Read the moves after a number and what the room is doing, and the stamp that the board bears now."""
    record, workshop_id = place
    with record.reading() as session:
        stamp = list_stamps(session, [workshop_id]).get(workshop_id)
        first = min(after for _claims, after in asked)
        frames = tuple(map(write_frame, list_events(session, workshop_id, first))) if stamp else ()
        room = write_room(describe_room(session, workshop_id)) if stamp else None
        return {each: _find_missed(session, each, frames, room, stamp) for each in asked}


def _find_missed(
    session: Session,
    asked: tuple[Claims, int],
    frames: tuple[Frame, ...],
    room: Frame | None,
    stamp: BoardStamp | None,
) -> Missed | EngagementError:
    claims, after = asked
    try:
        workshop = check_may_read(session, find_caller(session, claims), claims.workshop_id)
    except EngagementError as refusal:
        return refusal
    if after > workshop.last_seq or stamp is None or room is None:
        return ConflictError("This page shows a board that is not the one kept here. Reload the page.")
    missed = tuple(frame for frame in frames if frame.seq > after)
    return Missed((*missed, room), max([after, *(frame.seq for frame in missed)]), stamp)


def _write(facts: Mapping[str, Any]) -> bytes:
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()


STATES: Together[Place, Claims, BoardRead] = Together(_read_states)
MISSED: Together[Place, tuple[Claims, int], Missed] = Together(_read_missed)
