"""The theming runs that a board began with, and where each of its voices was put by the first that knew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Subquery, and_, case, false, func, or_, select
from sqlalchemy.orm import Session

from models.theming_runs import CandidateTheme, Membership, ThemingRun
from models.workshops import FurtherRun, Theme, Workshop


@dataclass(frozen=True)
class DealtRun:
    """A run that was dealt to a board, cut into ``n_themes``; ``number`` counts its engagement's runs."""

    run_id: int
    n_themes: int
    number: int
    made_at: datetime


def list_dealt_runs(session: Session, workshop: Workshop) -> tuple[DealtRun, ...]:
    """List the runs that a board began with, in the order in which they give homes."""
    dealt = _list_dealt(session, workshop)
    numbered = number_runs(session, workshop.engagement_id) if dealt else {}
    return tuple(DealtRun(run_id, n_themes, *numbered[run_id]) for run_id, n_themes in dealt)


def number_runs(session: Session, engagement_id: int) -> dict[int, tuple[int, datetime]]:
    """Give each run of an engagement the number by which people speak of it, and when it was made."""
    query = select(ThemingRun.id, ThemingRun.made_at).where(ThemingRun.engagement_id == engagement_id)
    rows = session.execute(query.order_by(ThemingRun.id)).all()
    return {run_id: (number, made_at) for number, (run_id, made_at) in enumerate(rows, start=1)}


def number_origins(session: Session, workshop_id: int) -> dict[int, int]:
    """Tell of each theme that a run dealt to a board of several runs the number of that run."""
    further = select(FurtherRun.run_id).where(FurtherRun.workshop_id == workshop_id).limit(1)
    if session.scalar(further) is None:
        return {}
    workshop = session.get_one(Workshop, workshop_id)
    numbered = number_runs(session, workshop.engagement_id)
    query = (
        select(Theme.id, CandidateTheme.run_id)
        .join(CandidateTheme, CandidateTheme.id == Theme.candidate_theme_id)
        .where(Theme.workshop_id == workshop_id)
    )
    return {theme_id: numbered[run_id][0] for theme_id, run_id in session.execute(query)}


def select_guesses(session: Session, workshop: Workshop) -> Subquery:
    """Select what the machine guessed of each voice, by the first run of the board that put it into a theme.

    Columns are those of ``Membership``; a voice that every run set aside has ``node`` None, one that no run
    read has no row.
    """
    dealt = _list_dealt(session, workshop)
    of_board = [
        and_(Membership.run_id == run_id, Membership.n_themes == n_themes) for run_id, n_themes in dealt
    ]
    guessed: Select[Any] = select(
        Membership.voice_id,
        Membership.run_id,
        Membership.node,
        Membership.strength,
        Membership.alternatives,
    ).where(or_(false(), *of_board))
    if len(dealt) < 2:
        return guessed.subquery("guessed")
    place = case(*((each, place) for place, each in enumerate(of_board)))
    turn = func.row_number().over(
        partition_by=Membership.voice_id,
        order_by=(case((Membership.node.is_(None), 1), else_=0), place),
    )
    ranked = guessed.add_columns(turn.label("turn")).subquery("ranked")
    return select(ranked).where(ranked.c.turn == 1).subquery("guessed")


def _list_dealt(session: Session, workshop: Workshop) -> list[tuple[int, int]]:
    if workshop.run_id is None or workshop.n_themes is None:
        return []
    further = session.execute(
        select(FurtherRun.run_id, FurtherRun.n_themes)
        .where(FurtherRun.workshop_id == workshop.id)
        .order_by(FurtherRun.place)
    )
    return [(workshop.run_id, workshop.n_themes), *((run_id, n_themes) for run_id, n_themes in further)]
