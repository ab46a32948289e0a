"""Where every voice stands on the board that counts: what later steps read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CTE, Select, and_, select
from sqlalchemy.orm import Session, aliased

from engagement.listen.duplicates.aside import stands
from models.theming_runs import CandidateTheme
from models.voices import Voice
from models.workshops import Placement, Theme, Workshop


@dataclass(frozen=True)
class AgreedTheme:
    """A theme that stands on the board that counts, with the voices that stand for themselves."""

    id: int
    name: str
    n_voices: int
    keywords: tuple[str, ...]
    voice_ids: tuple[int, ...]


def select_homes(engagement_id: int) -> Select[Any]:
    """Build the query that gives one row for every voice of an engagement, withdrawn or not.

    Returns
    -------
    Select
        Of ``voice_id``, ``theme_id`` (the theme under which the board that counts shows the voice, merges
        followed; NULL when it is not in a theme) and ``parked_reason`` (NULL when it is not parked).
    """
    roots = select_roots()
    return (
        select(
            Voice.id.label("voice_id"),
            roots.c.root_id.label("theme_id"),
            Placement.parked_reason.label("parked_reason"),
        )
        .select_from(Voice)
        .outerjoin(Workshop, and_(Workshop.engagement_id == Voice.engagement_id, Workshop.counts))
        .outerjoin(Placement, and_(Placement.workshop_id == Workshop.id, Placement.voice_id == Voice.id))
        .outerjoin(roots, roots.c.theme_id == Placement.theme_id)
        .where(Voice.engagement_id == engagement_id)
    )


def select_roots() -> CTE:
    """Build the table of each theme (``theme_id``) and the theme at the end of its merges (``root_id``)."""
    top = (
        select(Theme.id.label("theme_id"), Theme.id.label("root_id"))
        .where(Theme.merged_into_id.is_(None))
        .cte("root", recursive=True)
    )
    child = aliased(Theme)
    return top.union_all(select(child.id, top.c.root_id).join(top, child.merged_into_id == top.c.theme_id))


def select_theme_roots(engagement_id: int) -> Select[Any]:
    """Build the query of (``theme_id``, ``root_id``) for every theme of the board that counts.

    ``root_id`` is the theme under which the board shows it: its own id, unless it is merged.
    """
    roots = select_roots()
    return (
        select(roots.c.theme_id, roots.c.root_id)
        .join(Theme, Theme.id == roots.c.theme_id)
        .join(Workshop, Workshop.id == Theme.workshop_id)
        .where(Workshop.engagement_id == engagement_id, Workshop.counts)
    )


def list_agreed_themes(session: Session, engagement_id: int) -> tuple[AgreedTheme, ...]:
    """List the themes of the board that counts, in its order, with the voices each speaks for."""
    homes = select_homes(engagement_id).subquery()
    voices: dict[int, list[int]] = defaultdict(list)
    for voice_id, theme_id in session.execute(
        select(homes.c.voice_id, homes.c.theme_id)
        .where(homes.c.theme_id.is_not(None), stands(homes.c.voice_id))
        .order_by(homes.c.voice_id)
    ):
        voices[theme_id].append(voice_id)
    return tuple(
        AgreedTheme(id, name, len(voices[id]), tuple(keywords or ()), tuple(voices[id]))
        for id, name, keywords in session.execute(_select_shown_themes(engagement_id))
    )


def _select_shown_themes(engagement_id: int) -> Select[Any]:
    return (
        select(Theme.id, Theme.name, CandidateTheme.keywords)
        .join(Workshop, Workshop.id == Theme.workshop_id)
        .outerjoin(CandidateTheme, CandidateTheme.id == Theme.candidate_theme_id)
        .where(Workshop.engagement_id == engagement_id, Workshop.counts)
        .where(Theme.merged_into_id.is_(None), Theme.is_removed.is_(False))
        .order_by(Theme.position, Theme.id)
    )
