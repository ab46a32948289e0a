"""Finding voices by words, where and when they were said, what became of them; saving such a view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from engagement.answer.ledger import VoiceState, select_states
from engagement.decisions import record_decision
from engagement.engagements import get_engagement_or_raise
from engagement.errors import ConflictError, EngagementError, NotFoundError
from engagement.listen.voices import VoiceQuery, VoiceView, count_voices, list_voices
from engagement.people.permissions import Act, Person, check_may
from models.finding import SavedView
from models.sources import Source
from models.voices import Voice

MAX_NAME_LENGTH = 100
CONSENTS = {
    "quote": "may be quoted",
    "pass on": "may be passed on",
    "story": "may be told as a story",
    "neither": "may be neither quoted nor passed on",
}
"""What people agreed to, as a filter names it."""
NOT_SURE = "not sure"
"""Asks for the voices whose language nobody knows."""


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; what is empty or None does not matter."""

    words: str = ""
    source_id: int | None = None
    prompt_id: int | None = None
    area: str = ""
    host: str = ""
    theme_id: int | None = None
    state: str = ""
    consent: str = ""
    language: str = ""


@dataclass(frozen=True)
class FoundVoices:
    """One page of the voices that were found, and how many there are in all."""

    n_found: int
    voices: tuple[VoiceView, ...]


@dataclass(frozen=True)
class ViewOfVoices:
    """A saved view."""

    id: int
    name: str
    asked: Asked
    saved_by: str


def find_voices(
    session: Session, person: Person, engagement_id: int, asked: Asked, *, limit: int, offset: int = 0
) -> FoundVoices:
    """Find voices; withdrawn ones only where their state is asked for."""
    query = _make_query(engagement_id, asked)
    n_found = count_voices(session, person, engagement_id, query)
    return FoundVoices(n_found, list_voices(session, person, engagement_id, query, limit, offset))


def list_places(session: Session, person: Person, engagement_id: int) -> tuple[list[str], list[str]]:
    """List the areas and the hosts that voices can be found by."""
    check_may(person, Act.READ)
    areas = select(Voice.area).where(Voice.engagement_id == engagement_id, Voice.area != "").distinct()
    hosts = select(Source.host).where(Source.engagement_id == engagement_id, Source.host != "").distinct()
    return sorted(session.scalars(areas)), sorted(session.scalars(hosts))


def save_view(session: Session, person: Person, engagement_id: int, name: str, asked: Asked) -> int:
    """Save what is looked for under a name, for everybody in the engagement.

    Raises
    ------
    EngagementError
        When the name is empty or too long, or nothing is looked for.
    ConflictError
        When another view has that name.
    """
    check_may(person, Act.MOVE_CARDS)
    get_engagement_or_raise(session, person, engagement_id)
    name = " ".join(name.replace("\0", "").split())
    if not name or len(name) > MAX_NAME_LENGTH:
        raise EngagementError(
            f"A view has a name of 1 to {MAX_NAME_LENGTH} characters, such as “Belgrave, buses”."
        )
    if asked == Asked():
        raise EngagementError("This view holds all voices. Look for something first, then save it.")
    same = select(SavedView.id).where(SavedView.engagement_id == engagement_id, SavedView.name == name)
    if session.scalar(same) is not None:
        raise ConflictError(
            f"There is a view called “{name}” already. Choose another name, or remove that one first."
        )
    view = SavedView(engagement_id=engagement_id, name=name, asked=_pack(asked), saved_by=person.name)
    session.add(view)
    session.flush()
    _record(session, person, "saved view", view)
    return view.id


def list_views(session: Session, person: Person, engagement_id: int) -> tuple[ViewOfVoices, ...]:
    """List the saved views of an engagement by name."""
    check_may(person, Act.READ)
    query = select(SavedView).where(SavedView.engagement_id == engagement_id).order_by(SavedView.name)
    return tuple(
        ViewOfVoices(each.id, each.name, Asked(**each.asked), each.saved_by)
        for each in session.scalars(query)
    )


def remove_view(session: Session, person: Person, view_id: int) -> None:
    """Remove a saved view; no voice is touched."""
    check_may(person, Act.MOVE_CARDS)
    view = session.get(SavedView, view_id)
    if view is None:
        raise NotFoundError("This view has been removed already.")
    _record(session, person, "removed view", view)
    session.delete(view)


def _make_query(engagement_id: int, asked: Asked) -> VoiceQuery:
    quote, pass_on = {"quote": (True, None), "pass on": (None, True), "neither": (False, False)}.get(
        asked.consent, (None, None)
    )
    return VoiceQuery(
        words=asked.words,
        source_id=asked.source_id,
        prompt_id=asked.prompt_id,
        area=asked.area,
        host=asked.host,
        may_quote=quote,
        may_pass_on=pass_on,
        may_tell_story=True if asked.consent == "story" else None,
        language={"": None, NOT_SURE: ""}.get(asked.language, asked.language),
        withdrawn=asked.state == VoiceState.WITHDRAWN,
        among=_select_by_state(engagement_id, asked),
    )


def _select_by_state(engagement_id: int, asked: Asked) -> Select[int] | None:
    if asked.theme_id is None and not asked.state:
        return None
    states = select_states(engagement_id).subquery("asked_states")
    chosen = select(states.c.voice_id)
    if asked.theme_id is not None:
        chosen = chosen.where(states.c.theme_id == asked.theme_id)
    return chosen.where(states.c.state == asked.state) if asked.state else chosen


def _pack(asked: Asked) -> Mapping[str, Any]:
    return {name: value for name, value in vars(asked).items() if value not in ("", None)}


def _record(session: Session, person: Person, kind: str, view: SavedView) -> None:
    record_decision(
        session,
        person,
        kind,
        subject="saved_view",
        subject_id=view.id,
        engagement_id=view.engagement_id,
        details={"name": view.name},
    )
