"""The method card: everything that a reader needs to trust a theming run, or to doubt it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from engagement.answer.atrs_answers import read_answers
from engagement.answer.second_readings import SecondReading, list_readings
from engagement.engagements import EngagementView, get_engagement_or_raise, list_prompts
from engagement.errors import NotFoundError
from engagement.people.permissions import Act, Person, check_may
from engagement.workshop.changes_made import ChangesMade, compare_with_dealt
from models.branches import Branch
from models.sources import Source
from models.theming_runs import CandidateTheme, Membership, ThemingRun
from models.workshops import FurtherRun, Workshop

SURE = 0.5
"""Strength from which on the machine is called sure of a voice.

Rationale: in half of the runs or more, on average, the voice sat with the voices of its own theme.
"""


@dataclass(frozen=True)
class RunFacts:
    """A theming run: when and by whom, how long it took, what went in, and its own card."""

    id: int
    made_at: datetime
    made_by: str
    took_s: float | None
    n_voices: int
    n_set_aside: int
    chosen_n: int
    card: Mapping[str, Any]


@dataclass(frozen=True)
class CandidateFacts:
    """A candidate theme as it was dealt or proposed. ``stability`` runs from 0 to 1."""

    label: str
    n_voices: int
    stability: float


@dataclass(frozen=True)
class BoardFacts:
    """The board on which people took over."""

    workshop_id: int
    name: str
    held_on: date | None
    is_closed: bool


@dataclass(frozen=True)
class MethodCard:
    """How candidate themes were made, and what people made of them.

    ``n_sure`` counts voices of which the machine was sure; ``board`` and ``changes`` are None until the
    candidate themes were sent to a board; ``written`` are the organisation's own words, by field.
    """

    engagement: EngagementView
    n_sources: int
    prompts: tuple[str, ...]
    run: RunFacts
    candidates: tuple[CandidateFacts, ...]
    n_sure: int
    board: BoardFacts | None
    changes: ChangesMade | None
    readings: tuple[SecondReading, ...]
    written: Mapping[str, str]

    @property
    def n_grouped(self) -> int:
        """Count the voices that the machine put into a theme."""
        return self.run.n_voices - self.run.n_set_aside


def build_method_card(
    session: Session, person: Person, engagement_id: int, run_id: int | None = None
) -> MethodCard:
    """Build the method card of a run; by default of the one behind the board that counts, or the newest.

    Raises
    ------
    NotFoundError
        When there is no such run, or none yet.
    """
    check_may(person, Act.READ)
    engagement = get_engagement_or_raise(session, person, engagement_id)
    run = _find_run(session, engagement_id, run_id)
    board = _find_board(session, run)
    n_themes = _find_dealt_number(session, board, run)
    return MethodCard(
        engagement=engagement,
        n_sources=_count_sources(session, engagement_id),
        prompts=tuple(prompt.text for prompt in list_prompts(session, engagement_id)),
        run=_view_run(run),
        candidates=_list_candidates(session, run.id, n_themes),
        n_sure=_count_sure(session, run.id, n_themes),
        board=_view_board(board) if board else None,
        changes=compare_with_dealt(session, person, board.id) if board else None,
        readings=list_readings(session, person, board.id) if board else (),
        written=read_answers(session, person, engagement_id),
    )


def has_run(session: Session, person: Person, engagement_id: int) -> bool:
    """Tell whether there is a run of which a card can be made."""
    check_may(person, Act.READ)
    run = select(ThemingRun.id).where(ThemingRun.engagement_id == engagement_id).limit(1)
    return session.scalar(run) is not None


def _find_run(session: Session, engagement_id: int, run_id: int | None) -> ThemingRun:
    runs = select(ThemingRun).where(ThemingRun.engagement_id == engagement_id)
    if run_id is None:
        counting = select(Workshop.run_id).where(Workshop.engagement_id == engagement_id, Workshop.counts)
        run_id = session.scalar(counting)
    if run_id is not None:
        runs = runs.where(ThemingRun.id == run_id)
    run = session.scalars(runs.order_by(ThemingRun.id.desc()).limit(1)).first()
    if run is None:
        raise NotFoundError("No candidate themes were made yet. Ask for them under Candidate themes first.")
    return run


def _find_board(session: Session, run: ThemingRun) -> Workshop | None:
    """Find the board that was dealt from a run: the one that counts before others, then the newest."""
    is_branch = select(Branch.workshop_id).where(Branch.workshop_id == Workshop.id).exists()
    further = select(FurtherRun.workshop_id).where(FurtherRun.run_id == run.id)
    is_dealt = or_(Workshop.run_id == run.id, Workshop.id.in_(further))
    dealt = select(Workshop).where(is_dealt, ~is_branch)
    return session.scalars(dealt.order_by(Workshop.counts.desc(), Workshop.id.desc()).limit(1)).first()


def _find_dealt_number(session: Session, board: Workshop | None, run: ThemingRun) -> int:
    """Find into how many themes the run was cut when it was dealt to the board; else what it proposes."""
    if board is None:
        return run.chosen_n
    further = session.get(FurtherRun, (board.id, run.id))
    return (further.n_themes if further is not None else board.n_themes) or run.chosen_n


def _list_candidates(session: Session, run_id: int, n_themes: int) -> tuple[CandidateFacts, ...]:
    query = (
        select(
            CandidateTheme.label, func.count(Membership.voice_id).label("n_voices"), CandidateTheme.stability
        )
        .join(Membership, Membership.node == CandidateTheme.node)
        .where(CandidateTheme.run_id == run_id, Membership.run_id == run_id)
        .where(Membership.n_themes == n_themes)
        .group_by(CandidateTheme.id, CandidateTheme.label, CandidateTheme.stability)
        .order_by(func.count(Membership.voice_id).desc(), CandidateTheme.id)
    )
    return tuple(CandidateFacts(*row) for row in session.execute(query))


def _count_sure(session: Session, run_id: int, n_themes: int) -> int:
    sure = select(func.count(Membership.voice_id)).where(
        Membership.run_id == run_id, Membership.n_themes == n_themes, Membership.node.is_not(None)
    )
    return session.scalar(sure.where(Membership.strength >= SURE)) or 0


def _count_sources(session: Session, engagement_id: int) -> int:
    return session.scalar(select(func.count(Source.id)).where(Source.engagement_id == engagement_id)) or 0


def _view_run(run: ThemingRun) -> RunFacts:
    return RunFacts(
        run.id,
        run.made_at,
        run.made_by,
        run.took_s,
        run.n_voices,
        run.n_set_aside,
        run.chosen_n,
        run.card,
    )


def _view_board(workshop: Workshop) -> BoardFacts:
    return BoardFacts(workshop.id, workshop.name, workshop.held_on, workshop.closed_at is not None)
