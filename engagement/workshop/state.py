"""A board as pages read it: whole at one moment, or event by event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Subquery, and_, select
from sqlalchemy.orm import Session

from engagement.listen.duplicates.aside import stands
from engagement.listen.personal_data.covering import SHOWN_TEXT, SHOWN_TRANSLATION
from engagement.listen.said_in import LANGUAGE
from engagement.listen.voices import describe_place
from engagement.people.permissions import Act, Person, can_act, check_may
from engagement.workshop.boards import refuse_unknown
from engagement.workshop.comments import read_comments
from engagement.workshop.dealt_runs import select_guesses
from engagement.workshop.events import (
    describe_events,
    describe_ways,
    find_broken_event,
    read_theme_facts,
)
from engagement.workshop.rights import Door, check_may_read, find_door, list_kinds
from engagement.workshop.room_facts import describe_room
from models.engagements import Engagement, Prompt
from models.sources import Source
from models.theming_runs import CandidateTheme
from models.voices import Voice
from models.workshops import BoardEvent, Echo, Placement, Theme, Workshop

__all__ = [
    "HistoryLine",
    "address_board",
    "find_broken_event",
    "list_events",
    "list_history",
    "read_board",
    "read_state",
]


@dataclass(frozen=True)
class HistoryLine:
    """One event of a board, in words. ``why`` is the comment that it made, "" when it made none."""

    seq: int
    at: datetime
    actor: str
    said: str
    why: str = ""

    @property
    def sentence(self) -> str:
        """Give all of it on one line."""
        return f"{self.said}: “{self.why}”" if self.why else self.said


def read_state(session: Session, person: Person, workshop_id: int) -> dict[str, Any]:
    """Read a whole board at one moment: its number, themes, cards, and what undo and redo stand for.

    ``may`` lists the kinds of move that the person may make, ``room`` is what the room is doing.

    Raises
    ------
    NotAllowedError
        When the person may not read.
    NotFoundError
        When there is no such workshop.
    """
    check_may_read(session, person, workshop_id)
    board = read_board(session, workshop_id)
    return {**address_board(session, person, find_door(session, workshop_id), board), **board}


def read_board(session: Session, workshop_id: int) -> dict[str, Any]:
    """Read what is the same for everybody who reads a board at this moment; who may, `address_board` asks.

    Raises
    ------
    NotFoundError
        When there is no such workshop.
    """
    workshop = session.get(Workshop, workshop_id, populate_existing=True)
    if workshop is None:
        raise refuse_unknown(workshop_id)
    return {
        "seq": workshop.last_seq,
        "room": describe_room(session, workshop_id),
        "themes": _list_themes(session, workshop_id),
        "cards": _list_cards(session, workshop),
        "comments": [each.describe() for each in read_comments(session, workshop_id).values() if each.stands],
        **describe_ways(session, workshop_id, workshop.last_seq),
    }


def address_board(session: Session, person: Person, door: Door, board: Mapping[str, Any]) -> dict[str, Any]:
    """Give what belongs to one reader of a board that `read_board` has read in the same transaction.

    Raises
    ------
    NotAllowedError
        When the person may not read.
    """
    workshop = door.let_in(person)
    is_seat = person.seat_id is not None
    may = board["room"]["seats_may"] if is_seat else list_kinds(session, person, workshop)
    engagement = session.get_one(Engagement, workshop.engagement_id)
    return {
        "workshop": {
            "id": workshop.id,
            "name": workshop.name,
            "engagement": engagement.name,
            "closed": workshop.closed_at is not None,
            "you": person.name,
            "table": person.seat.table_number if person.seat else None,
            "may_move": "move" in may,
            "may_run": can_act(person, Act.RUN_WORKSHOP),
        },
        "may": may,
    }


def list_events(session: Session, workshop_id: int, after: int) -> tuple[dict[str, Any], ...]:
    """List what happened on a board after event ``after``, in order, as pages read it."""
    query = select(BoardEvent).where(BoardEvent.workshop_id == workshop_id, BoardEvent.seq > after)
    events = session.scalars(query.order_by(BoardEvent.seq)).all()
    return describe_events(session, workshop_id, events) if events else ()


def list_history(
    session: Session, person: Person, workshop_id: int, *, limit: int | None = None
) -> tuple[HistoryLine, ...]:
    """List what happened on a board in words, the newest first."""
    check_may(person, Act.READ)
    columns = (BoardEvent.seq, BoardEvent.happened_at, BoardEvent.actor, BoardEvent.payload)
    query = select(*columns).where(BoardEvent.workshop_id == workshop_id)
    rows = session.execute(query.order_by(BoardEvent.seq.desc()).limit(limit))
    comments = read_comments(session, workshop_id)
    return tuple(
        HistoryLine(seq, at, actor, payload["said"], comments[seq].shown_words if seq in comments else "")
        for seq, at, actor, payload in rows
    )


def _list_themes(session: Session, workshop_id: int) -> list[dict[str, Any]]:
    facts = read_theme_facts(session, workshop_id)
    columns = (Theme.id, Theme.name, Theme.position, Theme.version, Theme.merged_into_id, Theme.is_removed)
    query = select(*columns).where(Theme.workshop_id == workshop_id, Theme.is_removed.is_(False))
    return [
        {
            "id": row.id,
            "name": row.name,
            "position": row.position,
            "version": row.version,
            "merged_into": row.merged_into_id,
            "removed": row.is_removed,
            **facts[row.id],
        }
        for row in session.execute(query.order_by(Theme.position, Theme.id))
    ]


def _list_cards(session: Session, workshop: Workshop) -> list[dict[str, Any]]:
    echoes = _list_echoes(session, workshop.id)
    theme_of_node = _map_nodes(session, workshop)
    return [
        {
            "id": row.id,
            "text": row.text,
            "source": row.source_id,
            "where": describe_place(row.title, row.part, row.line, row.column_name),
            "prompt": row.prompt,
            "translation": row.translation,
            "language": row.language,
            "home": row.theme_id,
            "parked": row.parked_reason,
            "echoes": echoes[row.id],
            "version": row.version or 0,
            "strength": row.strength,
            "near": [
                theme_of_node[row.run_id, node]
                for node in row.alternatives or ()
                if (row.run_id, node) in theme_of_node
            ],
        }
        for row in session.execute(_select_cards(workshop, select_guesses(session, workshop)))
    ]


def _select_cards(workshop: Workshop, guesses: Subquery) -> Select[*tuple[Any, ...]]:
    voice = (
        Voice.id,
        Voice.source_id,
        SHOWN_TEXT.label("text"),
        Voice.part,
        Voice.line,
        Voice.column_name,
        SHOWN_TRANSLATION.label("translation"),
        LANGUAGE.label("language"),
    )
    placed = (Placement.theme_id, Placement.parked_reason, Placement.version)
    return (
        select(*voice, Source.title, Prompt.text.label("prompt"), *placed)
        .add_columns(guesses.c.run_id, guesses.c.strength, guesses.c.alternatives)
        .join(Source, Source.id == Voice.source_id)
        .outerjoin(Prompt, Prompt.id == Voice.prompt_id)
        .outerjoin(Placement, and_(Placement.voice_id == Voice.id, Placement.workshop_id == workshop.id))
        .outerjoin(guesses, guesses.c.voice_id == Voice.id)
        .where(Voice.engagement_id == workshop.engagement_id, stands(Voice.id))
        .order_by(Voice.id)
    )


def _list_echoes(session: Session, workshop_id: int) -> dict[int, list[int]]:
    echoes: dict[int, list[int]] = defaultdict(list)
    query = select(Echo.voice_id, Echo.theme_id).where(Echo.workshop_id == workshop_id)
    for voice_id, theme_id in session.execute(query.order_by(Echo.theme_id)):
        echoes[voice_id].append(theme_id)
    return echoes


def _map_nodes(session: Session, workshop: Workshop) -> dict[tuple[int, int], int]:
    """Map runs and nodes of their trees to the themes that were dealt from them."""
    query = (
        select(CandidateTheme.run_id, CandidateTheme.node, Theme.id)
        .join(CandidateTheme, CandidateTheme.id == Theme.candidate_theme_id)
        .where(Theme.workshop_id == workshop.id, Theme.is_removed.is_(False))
    )
    return {(run_id, node): theme_id for run_id, node, theme_id in session.execute(query)}
