"""Where each theme stands: chosen for a priority, passed on, or free. Read by the plan and by the ledger.

A theme that was merged after it was chosen takes its priority along: what counts is the theme at the end
of the merges, its root.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CTE, Select, case, func, select
from sqlalchemy.orm import Session

from models.plan import PriorityTheme, Referral, ReferralVoice
from models.workshops import Theme, Workshop


def select_theme_roots(engagement_id: int) -> CTE:
    """Make a table expression of ``theme_id`` and its ``root_id`` on the board that counts."""
    own = (
        select(Theme.id.label("theme_id"), Theme.id.label("root_id"))
        .join(Workshop, Workshop.id == Theme.workshop_id)
        .where(Workshop.engagement_id == engagement_id, Workshop.counts, Theme.merged_into_id.is_(None))
        .cte("theme_root", recursive=True)
    )
    merged = select(Theme.id, own.c.root_id).join(own, Theme.merged_into_id == own.c.theme_id)
    return own.union_all(merged)


def select_chosen_themes(engagement_id: int) -> Select[Any]:
    """Select each root theme that is part of a priority, with the one priority that it belongs to.

    When themes of two priorities are merged, the priority of the remaining theme keeps the voices.
    """
    root = select_theme_roots(engagement_id)
    own_priority = case((root.c.theme_id == root.c.root_id, PriorityTheme.priority_id))
    kept = func.coalesce(func.min(own_priority), func.min(PriorityTheme.priority_id))
    return (
        select(root.c.root_id.label("theme_id"), kept.label("priority_id"))
        .join(PriorityTheme, PriorityTheme.theme_id == root.c.theme_id)
        .group_by(root.c.root_id)
    )


def select_referred_voices(engagement_id: int) -> Select[Any]:
    """Select the id of each voice that some referral holds which was not taken back, each once."""
    return (
        select(ReferralVoice.voice_id.label("voice_id"))
        .join(Referral, Referral.id == ReferralVoice.referral_id)
        .where(Referral.engagement_id == engagement_id, Referral.taken_back_at.is_(None))
        .distinct()
    )


def select_passed_on_themes(engagement_id: int) -> Select[Any]:
    """Select each root theme with a referral of it that was not taken back: ``theme_id``, ``referral_id``."""
    root = select_theme_roots(engagement_id)
    return (
        select(root.c.root_id.label("theme_id"), func.min(Referral.id).label("referral_id"))
        .join(Referral, Referral.theme_id == root.c.theme_id)
        .where(Referral.engagement_id == engagement_id, Referral.taken_back_at.is_(None))
        .group_by(root.c.root_id)
    )


def find_roots(session: Session, engagement_id: int, theme_ids: Sequence[int]) -> list[int]:
    """Find where themes ended up after merges; a theme of another board stays what it is."""
    root = select_theme_roots(engagement_id)
    rows = session.execute(select(root.c.theme_id, root.c.root_id).where(root.c.theme_id.in_(theme_ids)))
    theme_to_root = {theme_id: root_id for theme_id, root_id in rows}
    return sorted({theme_to_root.get(each, each) for each in theme_ids})
