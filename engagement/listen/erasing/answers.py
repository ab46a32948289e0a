"""Erasing the words of answers to public forms that were set aside: they are no voices, and in no file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.engagements import get_engagement_or_raise
from engagement.errors import ConflictError
from engagement.listen.erasing.confirming import check_confirmed
from engagement.listen.typed.answers import erase_reasons
from engagement.people.permissions import Act, Person, check_may
from models.consent import ErasedWhy, Removal
from models.database import lock_chain
from models.sources import Source
from models.typed import AnswerState, FormAnswer, PublicForm


@dataclass(frozen=True)
class AnswerAside:
    """An answer that was set aside and still has words."""

    id: int
    number: str
    text: str
    received_at: datetime
    reason: str


def list_answers_aside(session: Session, person: Person, source_id: int) -> tuple[AnswerAside, ...]:
    """List the answers to the form of a source that were set aside and still have words, the oldest first."""
    check_may(person, Act.ERASE)
    get_engagement_or_raise(session, person, session.get_one(Source, source_id).engagement_id)
    rows = session.scalars(_select_aside(source_id).order_by(FormAnswer.id))
    return tuple(AnswerAside(each.id, each.number, each.text, each.received_at, each.reason) for each in rows)


def count_answers_aside(session: Session, source_id: int) -> int:
    """Count the answers to the form of a source that were set aside and still have words."""
    counted = select(func.count()).select_from(_select_aside(source_id).subquery())
    return session.scalar(counted) or 0


def erase_answers(
    session: Session,
    person: Person,
    source_id: int,
    answer_ids: Collection[int],
    *,
    typed: str,
    today: date,
) -> int:
    """Erase the words of answers that were set aside, for good; give how many there were.

    That they came, when and their numbers stay, and why they were set aside where that is no wording of
    somebody's own.
    `engagement.listen.erasing.cleaning` must follow once this is kept.

    Raises
    ------
    EngagementError
        When it was not confirmed by typing.
    ConflictError
        When one of them is not set aside any more, or has no words left.
    """
    check_may(person, Act.ERASE)
    source = session.get_one(Source, source_id)
    get_engagement_or_raise(session, person, source.engagement_id)
    check_confirmed(typed)
    lock_chain(session, "form answers")
    chosen = _select_aside(source_id).where(FormAnswer.id.in_(answer_ids)).order_by(FormAnswer.id)
    answers = session.scalars(chosen, execution_options={"populate_existing": True}).all()
    if not answers or len(answers) < len(set(answer_ids)):
        raise ConflictError("Somebody decided about these answers in the meantime. Load the page again.")
    for answer in answers:
        answer.text = ""
    erase_reasons(answers)
    session.add(Removal(source_id=source_id))
    _record(session, person, source, answers, today)
    return len(answers)


def _select_aside(source_id: int) -> Select[FormAnswer]:
    return (
        select(FormAnswer)
        .join(PublicForm, PublicForm.id == FormAnswer.form_id)
        .where(PublicForm.source_id == source_id)
        .where(FormAnswer.state == AnswerState.ASIDE, FormAnswer.text != "")
    )


def _record(
    session: Session, person: Person, source: Source, answers: Sequence[FormAnswer], today: date
) -> None:
    is_over = source.keep_until is not None and source.keep_until < today
    record_decision(
        session,
        person,
        "erased answers that were set aside",
        subject="source",
        subject_id=source.id,
        engagement_id=source.engagement_id,
        why=(ErasedWhy.TIME if is_over else ErasedWhy.REQUEST).value,
        details={"title": source.title, "answers": [each.id for each in answers]},
    )
