"""Deciding about voices that are nearly the same: each counts, or they are one that came in twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import ConflictError, EngagementError, NotFoundError
from engagement.people.permissions import Act, Person, check_may
from models.base import utc_now
from models.duplicates import CountedWith, DuplicateDecision, Verdict
from models.voices import Voice

REASONS = (
    "the same card was typed twice",
    "one person sent the same answer twice",
    "the same notes came in two files",
)
MAX_WHY_LENGTH = 1_000
SAY_VERDICT = {
    Verdict.ALL_COUNT: "kept voices that are alike as separate ones",
    Verdict.COUNT_ONCE: "counted voices once",
}


@dataclass(frozen=True)
class DecisionView:
    """One decision that stands, with its voices, the first one first."""

    id: int
    verdict: Verdict
    voice_ids: tuple[int, ...]
    why: str
    decided_by: str
    decided_at: datetime


def decide_alike(
    session: Session, person: Person, voice_ids: Sequence[int], verdict: Verdict, why: str = ""
) -> int:
    """Decide about voices of one engagement that are nearly the same; give the decision's number.

    Parameters
    ----------
    voice_ids : sequence of int
        At least two, the first one that counts in any case.
    why : str
        The reason for counting once; not needed where all count.

    Raises
    ------
    EngagementError
        When voices are to be counted once without a reason.
    ConflictError
        When one of them counts with another voice already.
    """
    check_may(person, Act.ADD_SOURCE)
    wanted = list(dict.fromkeys(voice_ids))
    engagement_id = _find_engagement_or_raise(session, wanted)
    if verdict is Verdict.COUNT_ONCE:
        why = _clean_why(why)
        _check_free(session, wanted)
    decision = DuplicateDecision(
        engagement_id=engagement_id, verdict=verdict, voice_ids=wanted, why=why, decided_by=person.name
    )
    session.add(decision)
    session.flush()
    if verdict is Verdict.COUNT_ONCE:
        rows = [
            {"voice_id": each, "counts_with_id": wanted[0], "decision_id": decision.id} for each in wanted[1:]
        ]
        session.execute(insert(CountedWith), rows)
    _record(session, person, SAY_VERDICT[verdict], decision)
    return decision.id


def take_back_decision(session: Session, person: Person, decision_id: int) -> None:
    """Undo a decision: its voices count again, and are shown for decision once more.

    Raises
    ------
    ConflictError
        When it has been taken back before.
    """
    check_may(person, Act.ADD_SOURCE)
    decision = session.get(DuplicateDecision, decision_id)
    if decision is None:
        raise NotFoundError("This decision is no longer there. Load the page again.")
    if decision.taken_back_at is not None:
        raise ConflictError("This has been undone already. Nothing more needs to be done.")
    decision.taken_back_at = utc_now()
    session.execute(delete(CountedWith).where(CountedWith.decision_id == decision_id))
    _record(session, person, "took back what was decided about voices that are alike", decision)


def list_decisions(session: Session, person: Person, engagement_id: int) -> tuple[DecisionView, ...]:
    """List the decisions that stand, the newest first."""
    check_may(person, Act.ADD_SOURCE)
    rows = session.scalars(
        select(DuplicateDecision)
        .where(DuplicateDecision.engagement_id == engagement_id, DuplicateDecision.taken_back_at.is_(None))
        .order_by(DuplicateDecision.id.desc())
    )
    return tuple(
        DecisionView(row.id, row.verdict, tuple(row.voice_ids), row.why, row.decided_by, row.decided_at)
        for row in rows
    )


def list_undecided(decisions: Iterable[DecisionView], voice_ids: Sequence[int]) -> tuple[int, ...]:
    """List which of these voices no decision has compared with the first of them."""
    compared = [set(each.voice_ids) for each in decisions if voice_ids[0] in each.voice_ids]
    return tuple(each for each in voice_ids[1:] if not any(each in decided for decided in compared))


def _find_engagement_or_raise(session: Session, voice_ids: Sequence[int]) -> int:
    rows = session.execute(select(Voice.id, Voice.engagement_id).where(Voice.id.in_(voice_ids))).all()
    engagements = {engagement_id for _, engagement_id in rows}
    if len(rows) != len(voice_ids) or len(engagements) != 1 or len(voice_ids) < 2:
        raise EngagementError(
            "There must be at least two voices, all of this engagement, to compare them. Load the page again."
        )
    return engagements.pop()


def _clean_why(why: str) -> str:
    cleaned = why.strip()
    if not cleaned or len(cleaned) > MAX_WHY_LENGTH or "\0" in cleaned:
        raise EngagementError(
            "Voices are counted once for a reason, so that others can follow it. "
            f"Choose one or write one of 1 to {MAX_WHY_LENGTH:,} characters."
        )
    return cleaned


def _check_free(session: Session, voice_ids: Sequence[int]) -> None:
    taken = session.scalars(select(CountedWith.voice_id).where(CountedWith.voice_id.in_(voice_ids))).all()
    if taken:
        raise ConflictError(
            f"Voice {taken[0]} counts with another voice already, as somebody has just decided. "
            "Load the page again."
        )


def _record(session: Session, person: Person, kind: str, decision: DuplicateDecision) -> None:
    record_decision(
        session,
        person,
        kind,
        subject="duplicate_decision",
        subject_id=decision.id,
        engagement_id=decision.engagement_id,
        why=decision.why,
        details={"voices": decision.voice_ids},
    )
