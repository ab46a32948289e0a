"""How far an engagement is on its way from listening to answering: what the strip shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engagement.answer.ledger import Ledger, count_ledger
from models.base import utc_now
from models.plan import Action, ActionStatus, Priority, PriorityTheme, Referral
from models.theming_runs import ThemingRun
from models.workshops import Theme, Workshop


@dataclass(frozen=True)
class Progress:
    """The counts of each step.

    ``n_proposed`` is of the newest theming run; dissolved priorities and referrals taken back do not count.
    """

    n_voices: int
    n_proposed: int
    n_themes: int
    n_priorities: int
    n_open_actions: int
    n_late_actions: int
    n_referrals: int
    ledger: Ledger


def describe_progress(session: Session, engagement_id: int, today: date | None = None) -> Progress:
    """Count what an engagement holds at each step; late is told for ``today``."""
    ledger = count_ledger(session, engagement_id)
    n_open, n_late = _count_actions(session, engagement_id, today or utc_now().date())
    return Progress(
        n_voices=ledger.total,
        n_proposed=_read_number_proposed(session, engagement_id),
        n_themes=_count_themes(session, engagement_id),
        n_priorities=_count_priorities(session, engagement_id),
        n_open_actions=n_open,
        n_late_actions=n_late,
        n_referrals=_count_referrals(session, engagement_id),
        ledger=ledger,
    )


def _read_number_proposed(session: Session, engagement_id: int) -> int:
    runs = select(ThemingRun.chosen_n).where(ThemingRun.engagement_id == engagement_id)
    return session.scalar(runs.order_by(ThemingRun.id.desc()).limit(1)) or 0


def _count_themes(session: Session, engagement_id: int) -> int:
    shown = (
        select(func.count(Theme.id))
        .join(Workshop, Workshop.id == Theme.workshop_id)
        .where(Workshop.engagement_id == engagement_id, Workshop.counts)
        .where(Theme.merged_into_id.is_(None), Theme.is_removed.is_(False))
    )
    return session.scalar(shown) or 0


def _count_priorities(session: Session, engagement_id: int) -> int:
    standing = (
        select(func.count(PriorityTheme.priority_id.distinct()))
        .join(Priority, Priority.id == PriorityTheme.priority_id)
        .where(Priority.engagement_id == engagement_id)
    )
    return session.scalar(standing) or 0


def _count_actions(session: Session, engagement_id: int, today: date) -> tuple[int, int]:
    standing = select(PriorityTheme.priority_id)
    n_open, n_late = session.execute(
        select(func.count(Action.id), func.count(Action.id).filter(Action.due_on < today))
        .join(Priority, Priority.id == Action.priority_id)
        .where(Priority.engagement_id == engagement_id, Priority.id.in_(standing))
        .where(Action.status.not_in([ActionStatus.DONE, ActionStatus.DROPPED]))
    ).one()
    return n_open, n_late


def _count_referrals(session: Session, engagement_id: int) -> int:
    sent = select(func.count(Referral.id)).where(Referral.engagement_id == engagement_id)
    return session.scalar(sent.where(Referral.taken_back_at.is_(None))) or 0
