"""Agreed lists of themes, brought in from a file or another engagement's board, and kept as they came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.engagements import get_engagement_or_raise
from engagement.errors import EngagementError, NotFoundError
from engagement.listen.duplicates.aside import stands
from engagement.listen.personal_data.covering import SHOWN_TEXT, SHOWN_TRANSLATION
from engagement.people.permissions import Act, Person, check_may
from engagement.theming_runs.list_files import MOST_EXAMPLES, ListFile
from engagement.workshop.homes import list_agreed_themes
from models.agreed_lists import AgreedList, AgreedListTheme
from models.engagements import Engagement
from models.voices import Voice
from models.workshops import Theme, Workshop


@dataclass(frozen=True)
class ListTheme:
    """A theme of an agreed list; ``examples`` are what people said who were placed there."""

    id: int
    position: int
    name: str
    description: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class AgreedListView:
    """An agreed list as screens show it; ``origin`` says in words where it came from."""

    id: int
    engagement_id: int
    name: str
    origin: str
    n_themes: int
    made_by: str
    made_at: datetime


@dataclass(frozen=True)
class BoardToBring:
    """Another engagement whose board that counts has themes."""

    engagement_id: int
    engagement: str
    workshop_id: int
    workshop: str
    n_themes: int


def list_boards_to_bring(session: Session, person: Person, engagement_id: int) -> tuple[BoardToBring, ...]:
    """List the other engagements whose agreed themes can be brought in, the newest first."""
    check_may(person, Act.READ)
    n_themes = func.count(Theme.id)
    query = (
        select(Engagement.id, Engagement.name, Workshop.id, Workshop.name, n_themes)
        .join(Workshop, Workshop.engagement_id == Engagement.id)
        .join(Theme, Theme.workshop_id == Workshop.id)
        .where(Workshop.counts, Theme.merged_into_id.is_(None), Theme.is_removed.is_(False))
        .where(Engagement.id != engagement_id)
        .group_by(Engagement.id, Engagement.name, Workshop.id, Workshop.name)
        .having(n_themes > 1)
        .order_by(Engagement.id.desc())
    )
    return tuple(BoardToBring(*row) for row in session.execute(query))


def bring_in_file(session: Session, person: Person, engagement_id: int, found: ListFile) -> int:
    """Keep the themes of a file as an agreed list of the engagement, and give its number."""
    themes = [
        AgreedListTheme(
            name=theme.name, description=theme.description, examples=list(theme.examples), voice_ids=[]
        )
        for theme in found.themes
    ]
    origin = {"kind": "file", "file_name": found.file_name, "sha256": found.sha256}
    return _keep(session, person, engagement_id, found.file_name, origin, themes)


def bring_in_board(session: Session, person: Person, engagement_id: int, from_engagement_id: int) -> int:
    """Keep the agreed themes of another engagement as an agreed list of this one, and give its number.

    The words of its voices stay where they are: only their numbers are kept, so that a voice that is
    withdrawn there is an example here no longer.

    Raises
    ------
    EngagementError
        When the other engagement has no board with two themes or more.
    """
    boards = {board.engagement_id: board for board in list_boards_to_bring(session, person, engagement_id)}
    board = boards.get(from_engagement_id)
    if board is None:
        raise EngagementError(
            f"Engagement {from_engagement_id} has no board with agreed themes. Choose another one, or bring "
            "the list in from a file."
        )
    themes = [
        AgreedListTheme(
            name=theme.name, description="", examples=[], voice_ids=list(theme.voice_ids[:MOST_EXAMPLES])
        )
        for theme in list_agreed_themes(session, from_engagement_id)
    ]
    origin = {
        "kind": "board",
        "engagement_id": board.engagement_id,
        "engagement": board.engagement,
        "workshop_id": board.workshop_id,
        "workshop": board.workshop,
    }
    return _keep(session, person, engagement_id, board.engagement, origin, themes)


def find_newest_list(session: Session, person: Person, engagement_id: int) -> AgreedListView | None:
    """Find the agreed list that was brought into an engagement last."""
    check_may(person, Act.READ)
    query = select(AgreedList.id).where(AgreedList.engagement_id == engagement_id)
    newest = session.scalars(query.order_by(AgreedList.id.desc()).limit(1)).first()
    return get_list_or_raise(session, person, newest) if newest else None


def get_list_or_raise(session: Session, person: Person, list_id: int) -> AgreedListView:
    """Give an agreed list."""
    check_may(person, Act.READ)
    kept = session.get(AgreedList, list_id)
    if kept is None:
        raise NotFoundError(f"There is no agreed list {list_id}. Bring it in again.")
    n_themes = select(func.count()).where(AgreedListTheme.agreed_list_id == list_id)
    return AgreedListView(
        id=kept.id,
        engagement_id=kept.engagement_id,
        name=kept.name,
        origin=describe_origin(kept.origin),
        n_themes=session.scalar(n_themes) or 0,
        made_by=kept.made_by,
        made_at=kept.made_at,
    )


def list_list_themes(session: Session, person: Person, list_id: int) -> tuple[ListTheme, ...]:
    """List the themes of an agreed list with their examples; withdrawn voices are left out."""
    check_may(person, Act.READ)
    query = select(AgreedListTheme).where(AgreedListTheme.agreed_list_id == list_id)
    rows = session.scalars(query.order_by(AgreedListTheme.position)).all()
    words = _read_words(session, [voice_id for row in rows for voice_id in row.voice_ids])
    return tuple(
        ListTheme(
            id=row.id,
            position=row.position,
            name=row.name,
            description=row.description,
            examples=(*row.examples, *(words[each] for each in row.voice_ids if each in words)),
        )
        for row in rows
    )


def describe_origin(origin: dict[str, Any]) -> str:
    """Say in words where an agreed list came from."""
    if origin["kind"] == "file":
        return f"the file {origin['file_name']}"
    return f"the board “{origin['workshop']}” of “{origin['engagement']}”"


def _keep(
    session: Session,
    person: Person,
    engagement_id: int,
    name: str,
    origin: dict[str, Any],
    themes: Sequence[AgreedListTheme],
) -> int:
    check_may(person, Act.ASK_FOR_THEMES)
    get_engagement_or_raise(session, person, engagement_id)
    kept = AgreedList(engagement_id=engagement_id, name=name, origin=origin, made_by=person.name)
    session.add(kept)
    session.flush()
    for position, theme in enumerate(themes):
        theme.agreed_list_id, theme.position = kept.id, position
        session.add(theme)
    session.flush()
    record_decision(
        session,
        person,
        "brought in agreed list",
        subject="agreed_list",
        subject_id=kept.id,
        engagement_id=engagement_id,
        details={**origin, "n_themes": len(themes)},
    )
    return kept.id


def _read_words(session: Session, voice_ids: Sequence[int]) -> dict[int, str]:
    words: dict[int, str] = {}
    for start in range(0, len(voice_ids), 500):
        rows = session.execute(
            select(Voice.id, SHOWN_TEXT, SHOWN_TRANSLATION).where(
                Voice.id.in_(voice_ids[start : start + 500]), stands(Voice.id)
            )
        )
        words |= {voice_id: translation or text for voice_id, text, translation in rows}
    return words
