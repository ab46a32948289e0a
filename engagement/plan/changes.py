"""What was decided, in words: for the record, for a lead who comes back, and for the report."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, false, or_, select
from sqlalchemy.orm import Session

from engagement.people.permissions import Act, Person, check_may
from models.decisions import Decision


@dataclass(frozen=True)
class Change:
    """One decision as people read it, such as "Amina chose priority: Loneliness"."""

    seq: int
    decided_at: datetime
    actor: str
    said: str
    why: str
    kind: str
    subject: str
    subject_id: int | None


def list_changes(session: Session, person: Person, engagement_id: int) -> tuple[Change, ...]:
    """List every decision of an engagement, in order."""
    check_may(person, Act.READ)
    decided = select(Decision).where(Decision.engagement_id == engagement_id).order_by(Decision.seq)
    return tuple(_describe(each) for each in session.scalars(decided))


def list_changes_by_others(
    session: Session,
    person: Person,
    engagement_id: int,
    subjects: Collection[tuple[str, int]],
    n_newest: int = 20,
) -> tuple[Change, ...]:
    """List what others decided about these subjects since the person last decided anything, newest first."""
    check_may(person, Act.READ)
    own = select(Decision.seq).where(Decision.engagement_id == engagement_id, Decision.actor == person.name)
    last_seq = session.scalar(own.order_by(Decision.seq.desc()).limit(1)) or 0
    about = [
        and_(Decision.subject == subject, Decision.subject_id == subject_id)
        for subject, subject_id in sorted(subjects)
    ]
    since = (
        select(Decision)
        .where(Decision.engagement_id == engagement_id, Decision.seq > last_seq)
        .where(or_(false(), *about))
    )
    newest_first = since.order_by(Decision.seq.desc()).limit(n_newest)
    return tuple(_describe(each) for each in session.scalars(newest_first))


def _describe(decision: Decision) -> Change:
    name = str(decision.details.get("name") or decision.details.get("title") or "")
    said = f"{decision.actor} {decision.kind}"
    return Change(
        seq=decision.seq,
        decided_at=decision.decided_at,
        actor=decision.actor,
        said=f"{said}: {name}" if name else said,
        why=decision.why,
        kind=decision.kind,
        subject=decision.subject,
        subject_id=decision.subject_id,
    )
