"""The decision log of a workshop: every act on and about its board, with who, when, what and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from engagement.people.permissions import Person
from engagement.workshop.attendance import read_attendance
from engagement.workshop.boards import get_board_or_raise
from engagement.workshop.comments import read_comments
from engagement.workshop.voice_places import name_places
from models.decisions import Decision
from models.engagements import Engagement
from models.workshops import BoardEvent

NAMED_VOICES = 10
"""How many voices of one act are named by number and place; the others are counted."""
ABOUT_WORKSHOP = {
    "opened board": "opened the board",
    "closed board": "signed the board off and closed it",
    "reopened board": "opened the board again",
    "changed workshop": "changed the name or the day of the workshop",
    "made board count": "let this board count",
    "made branch": "made a branch",
    "dropped branch": "dropped a branch",
    "took branch up": "took a branch up again",
    "adopted branch": "adopted a branch",
    "added without phone": "counted in, without a phone",
    "took back without phone": "counted in no longer, without a phone",
}


@dataclass(frozen=True)
class LogLine:
    """One act. ``step`` is its number on the board, None for an act about the workshop itself."""

    number: int
    step: int | None
    at: datetime
    who: str
    what: str
    why: str
    voices: str


@dataclass(frozen=True)
class DecisionLog:
    """All that was decided in one workshop, the oldest first, and who came."""

    engagement: str
    workshop: str
    lines: tuple[LogLine, ...]
    came: str


def read_decision_log(session: Session, person: Person, workshop_id: int) -> DecisionLog:
    """Read the decision log of a workshop. It names voices by number and place, never by their words.

    Raises
    ------
    NotAllowedError
        When the person may not read.
    NotFoundError
        When there is no such workshop.
    """
    workshop = get_board_or_raise(session, person, workshop_id)
    acts = [*_read_events(session, workshop_id), *_read_decisions(session, workshop_id)]
    acts.sort(key=lambda line: line.at)
    numbered = tuple(_number(line, number) for number, line in enumerate(acts, start=1))
    engagement = session.get_one(Engagement, workshop.engagement_id)
    return DecisionLog(engagement.name, workshop.name, numbered, _say_who_came(session, workshop_id))


def _say_who_came(session: Session, workshop_id: int) -> str:
    """Say who came by thirds of the room, without any name; nothing where nobody is known of."""
    mix = read_attendance(session, workshop_id)
    if not mix.n_joined:
        return ""
    without = mix.say_without_phone()
    return f"{mix.say(here=False)}{f', {without}' if without else ''}."


def _number(line: LogLine, number: int) -> LogLine:
    return LogLine(number, line.step, line.at, line.who, line.what, line.why, line.voices)


def _read_events(session: Session, workshop_id: int) -> Iterator[LogLine]:
    columns = (
        BoardEvent.seq,
        BoardEvent.actor,
        BoardEvent.happened_at,
        BoardEvent.payload,
        BoardEvent.after,
    )
    query = select(*columns).where(BoardEvent.workshop_id == workshop_id).order_by(BoardEvent.seq)
    rows = session.execute(query).all()
    comments = read_comments(session, workshop_id)
    touched = {each for row in rows for each in _list_voices(row)[:NAMED_VOICES]}
    places = name_places(session, touched)
    for row in rows:
        comment = comments.get(row.seq)
        yield LogLine(
            number=0,
            step=row.seq,
            at=row.happened_at,
            who=row.actor,
            what=str(row.payload["said"]).removeprefix(f"{row.actor} "),
            why=comment.shown_words if comment else str(row.payload["asked"].get("reason", "")),
            voices=_name_voices(_list_voices(row), places),
        )


def _list_voices(row: Row[Any]) -> list[int]:
    """List the voices that an act touched, or that a comment is about."""
    voice_id = row.payload["asked"].get("voice")
    return [voice_id] if voice_id is not None else [card["id"] for card in row.after["cards"]]


def _read_decisions(session: Session, workshop_id: int) -> Iterator[LogLine]:
    about = (Decision.subject == "workshop", Decision.subject_id == workshop_id)
    query = select(Decision).where(*about, Decision.kind.in_(ABOUT_WORKSHOP)).order_by(Decision.seq)
    for each in session.scalars(query):
        yield LogLine(
            number=0,
            step=None,
            at=each.decided_at,
            who=each.actor,
            what=_say(each.kind, each.details),
            why=each.why,
            voices="",
        )


def _say(kind: str, details: Mapping[str, Any]) -> str:
    said = ABOUT_WORKSHOP[kind]
    if "n_people" in details:
        people = "1 person" if details["n_people"] == 1 else f"{details['n_people']:,} people"
        return f"{said}: {people} ({details['sector']})"
    if "branch_name" in details:
        said = f"{said}: {details['branch_name']}"
    seq = details.get("seq")
    return said if seq is None else f"{said}, after step {seq:,}"


def _name_voices(voice_ids: list[int], places: Mapping[int, str]) -> str:
    named = [f"{each} ({places[each]})" for each in voice_ids[:NAMED_VOICES]]
    n_more = len(voice_ids) - len(named)
    return "; ".join([*named, f"and {n_more:,} more"] if n_more else named)
