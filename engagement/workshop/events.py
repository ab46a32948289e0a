"""Board events: appended in order, chained by hashes, told to pages and to people."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import UTC
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.people.permissions import Person
from engagement.workshop.changes import Change
from engagement.workshop.comments import describe_touched
from engagement.workshop.dealt_runs import number_origins
from engagement.workshop.images import BoardImages
from engagement.workshop.move_requests import AdoptRequest, Request
from models.base import utc_now
from models.chain import FIRST_HASH, find_broken_link, hash_link
from models.database import tell_processes
from models.theming_runs import CandidateTheme
from models.workshops import BoardEvent, Theme, Workshop

BOARD_CHANNEL = "board_events"
"""Where processes that share a PostgreSQL record tell one another of a move: the workshop and its number."""


def find_event(session: Session, workshop_id: int, seq: int | None) -> BoardEvent | None:
    """Find the event with this number on a board."""
    return session.get(BoardEvent, (workshop_id, seq)) if seq else None


def find_repeat(session: Session, workshop_id: int, op: str) -> BoardEvent | None:
    """Find the event that a page's move has become already, if it was sent before."""
    query = select(BoardEvent).where(BoardEvent.workshop_id == workshop_id)
    return session.scalars(query.where(BoardEvent.client_op_id == op)).first()


def append_event(
    session: Session,
    person: Person,
    workshop: Workshop,
    request: Request | AdoptRequest,
    before: BoardImages,
    change: Change,
) -> BoardEvent:
    """Append a move, numbered and chained to the one before. Hold the board by ``lock_chain``."""
    seq = workshop.last_seq + 1
    previous = find_event(session, workshop.id, workshop.last_seq)
    event = BoardEvent(
        workshop_id=workshop.id,
        seq=seq,
        client_op_id=request.op,
        kind=request.kind,
        payload={
            "asked": request.model_dump(exclude={"op", "saw"}),
            "account": person.account_id,
            **({} if person.seat_id is None else {"seat": person.seat_id}),
            "said": f"{person.name} {change.did}",
            "undo": change.next_undo if change.target else seq,
            "redo": change.next_redo,
        },
        before=before.to_json(),
        after=change.after.to_json(),
        undoes_seq=change.target if request.kind == "undo" else change.takes_back,
        redoes_seq=change.target if request.kind == "redo" else None,
        actor=person.name,
        happened_at=utc_now(),
        previous_hash=previous.hash if previous else FIRST_HASH,
    )
    event.hash = hash_link(event.previous_hash, _list_fields(event))
    session.add(event)
    workshop.last_seq = seq
    session.flush()
    tell_processes(session, BOARD_CHANNEL, f"{workshop.id} {seq}")
    return event


def find_broken_event(session: Session, workshop_id: int) -> int | None:
    """Find the number of the first event of a board that was changed or lost; None when all hold."""
    query = select(BoardEvent).where(BoardEvent.workshop_id == workshop_id).order_by(BoardEvent.seq)
    seqs: list[int] = []

    def read_link(event: BoardEvent) -> tuple[str, str, dict[str, Any]]:
        seqs.append(event.seq)
        return event.previous_hash, event.hash, _list_fields(event)

    with closing(session.scalars(query.execution_options(yield_per=500))) as events:
        if find_broken_link(map(read_link, events)) is not None:
            return seqs[-1]
    last_seq = session.scalars(select(Workshop.last_seq).where(Workshop.id == workshop_id)).one()
    return None if len(seqs) == last_seq else len(seqs) + 1


def describe_events(
    session: Session, workshop_id: int, events: Sequence[BoardEvent]
) -> tuple[dict[str, Any], ...]:
    """Tell events as pages read them: what became of what each touched, and who did what."""
    touches_themes = any(event.after["themes"] for event in events)
    facts = read_theme_facts(session, workshop_id) if touches_themes else {}
    said = _read_said(session, workshop_id, events)
    comments = describe_touched(session, workshop_id, events)
    return tuple(
        {
            "seq": event.seq,
            "kind": event.kind,
            "actor": event.actor,
            "at": event.happened_at.astimezone(UTC).isoformat(timespec="milliseconds"),
            "said": event.payload["said"],
            "cards": [{**card, "version": event.seq} for card in event.after["cards"]],
            "themes": [
                {**theme, "version": event.seq, **facts[theme["id"]]} for theme in event.after["themes"]
            ],
            "comments": comments.get(event.seq, []),
            "undo": _point_at(event.payload["undo"], said),
            "redo": _point_at(event.payload["redo"], said),
            "op": event.client_op_id,
        }
        for event in events
    )


def describe_ways(session: Session, workshop_id: int, seq: int) -> dict[str, dict[str, Any] | None]:
    """Tell which moves undo and redo stand for after event ``seq``, in words."""
    event = find_event(session, workshop_id, seq)
    if event is None:
        return {"undo": None, "redo": None}
    said = _read_said(session, workshop_id, [event])
    return {way: _point_at(event.payload[way], said) for way in ("undo", "redo")}


def read_theme_facts(session: Session, workshop_id: int) -> dict[int, dict[str, Any]]:
    """Read what the machine knew of each theme of a board: its stability and keywords, and from which run."""
    origins = number_origins(session, workshop_id)
    query = (
        select(Theme.id, CandidateTheme.stability, CandidateTheme.keywords)
        .outerjoin(CandidateTheme, CandidateTheme.id == Theme.candidate_theme_id)
        .where(Theme.workshop_id == workshop_id)
    )
    return {
        theme_id: {
            "stability": stability,
            "keywords": keywords or [],
            "origin": origins.get(theme_id),
        }
        for theme_id, stability, keywords in session.execute(query)
    }


def _point_at(seq: int | None, said: dict[int, str]) -> dict[str, Any] | None:
    return None if seq is None else {"seq": seq, "said": said[seq]}


def _read_said(session: Session, workshop_id: int, events: Sequence[BoardEvent]) -> dict[int, str]:
    """Read in words what these events and those that they point at were."""
    said = {event.seq: str(event.payload["said"]) for event in events}
    pointed = {event.payload[way] for event in events for way in ("undo", "redo")} - {None, *said}
    if pointed:
        query = select(BoardEvent.seq, BoardEvent.payload).where(
            BoardEvent.workshop_id == workshop_id, BoardEvent.seq.in_(pointed)
        )
        said |= {seq: payload["said"] for seq, payload in session.execute(query)}
    return said


def _list_fields(event: BoardEvent) -> dict[str, Any]:
    names = (
        "workshop_id", "seq", "client_op_id", "kind", "payload", "before", "after", "undoes_seq",
        "redoes_seq", "actor", "happened_at",
    )  # fmt: skip
    return {name: getattr(event, name) for name in names}
