"""Where each voice stands on any one board, and where the machine had dealt it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Subquery, and_, select
from sqlalchemy.orm import Session

from engagement.listen.duplicates.aside import ASIDE
from engagement.listen.voices import describe_place
from engagement.workshop.dealt_runs import select_guesses
from engagement.workshop.homes import select_roots
from models.sources import Source
from models.theming_runs import CandidateTheme
from models.voices import Voice
from models.workshops import Placement, Theme, Workshop


@dataclass(frozen=True)
class VoicePlace:
    """Where a voice stands: in the theme ``theme_id`` (merges followed), parked, or neither.

    ``dealt_to_id`` is the theme that was dealt from the voice's candidate theme, removed or not; None when
    the machine set the voice aside or never saw it.
    """

    voice_id: int
    theme_id: int | None
    is_parked: bool
    dealt_to_id: int | None
    is_withdrawn: bool


def list_places(session: Session, workshop: Workshop) -> tuple[VoicePlace, ...]:
    """List the place of every voice of the board's engagement, withdrawn ones too, by id."""
    rows = session.execute(_select_places(workshop, select_guesses(session, workshop)))
    return tuple(
        VoicePlace(row.id, row.root_id, row.parked_reason is not None, row.dealt_to_id, row.gone is not None)
        for row in rows
    )


def name_places(session: Session, voice_ids: Iterable[int]) -> dict[int, str]:
    """Say of each of these voices where it stands in the notes, without its words."""
    wanted = set(voice_ids)
    columns = (Voice.id, Source.title, Voice.part, Voice.line, Voice.column_name)
    query = select(*columns).join(Source, Source.id == Voice.source_id).where(Voice.id.in_(wanted))
    return {
        row.id: describe_place(row.title, row.part, row.line, row.column_name)
        for row in (session.execute(query) if wanted else ())
    }


def map_roots(session: Session, workshop_id: int) -> dict[int, int]:
    """Map each theme of a board that was not removed to the theme under which the board shows it."""
    roots = select_roots()
    query = (
        select(roots.c.theme_id, roots.c.root_id)
        .join(Theme, Theme.id == roots.c.theme_id)
        .where(Theme.workshop_id == workshop_id, Theme.is_removed.is_(False))
    )
    return {theme_id: root_id for theme_id, root_id in session.execute(query)}


def _select_places(workshop: Workshop, guesses: Subquery) -> Select[Any]:
    roots = select_roots()
    dealt = (
        select(guesses.c.voice_id, Theme.id.label("dealt_to_id"))
        .join(
            CandidateTheme,
            and_(CandidateTheme.run_id == guesses.c.run_id, CandidateTheme.node == guesses.c.node),
        )
        .join(Theme, Theme.candidate_theme_id == CandidateTheme.id)
        .where(Theme.workshop_id == workshop.id)
        .subquery("dealt")
    )
    return (
        select(
            Voice.id,
            roots.c.root_id,
            Placement.parked_reason,
            dealt.c.dealt_to_id,
            ASIDE.c.voice_id.label("gone"),
        )
        .select_from(Voice)
        .outerjoin(ASIDE, ASIDE.c.voice_id == Voice.id)
        .outerjoin(Placement, and_(Placement.voice_id == Voice.id, Placement.workshop_id == workshop.id))
        .outerjoin(roots, roots.c.theme_id == Placement.theme_id)
        .outerjoin(dealt, dealt.c.voice_id == Voice.id)
        .where(Voice.engagement_id == workshop.engagement_id)
        .order_by(Voice.id)
    )
