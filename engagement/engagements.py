"""Engagements: starting one, finding one, and the prompts that are asked in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import ConflictError, EngagementError, NotFoundError
from engagement.people.permissions import Act, Person, check_may
from models.engagements import Engagement, Prompt

LONGEST_NAME = 200
LONGEST_PROMPT = 1000


@dataclass(frozen=True)
class EngagementView:
    """One exercise of listening."""

    id: int
    name: str
    purpose: str
    is_example: bool
    created_at: datetime


@dataclass(frozen=True)
class PromptView:
    """A question that was asked."""

    id: int
    position: int
    text: str


def start_engagement(
    session: Session,
    person: Person,
    name: str,
    purpose: str = "",
    prompts: Sequence[str] = (),
    *,
    is_example: bool = False,
) -> int:
    """Start an engagement with its prompts, in the order they are asked, and give its id.

    Raises
    ------
    EngagementError
        When the name is empty, too long or taken.
    """
    check_may(person, Act.START_ENGAGEMENT)
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise EngagementError(
            f'A name needs 1 to {LONGEST_NAME} characters. Type one such as "Leading better lives 2026".'
        )
    if session.scalar(select(Engagement.id).where(func.lower(Engagement.name) == name.lower())):
        raise ConflictError(
            f'There is an engagement called "{name}" already. Open it, or choose another name.'
        )
    engagement = Engagement(name=name, purpose=_clean(purpose), is_example=is_example)
    session.add(engagement)
    session.flush()
    for text in prompts:
        add_prompt(session, person, engagement.id, text)
    record_decision(
        session,
        person,
        "started engagement",
        subject="engagement",
        subject_id=engagement.id,
        engagement_id=engagement.id,
        details={"name": name, "n_prompts": len(prompts)},
    )
    return engagement.id


def list_engagements(session: Session, person: Person) -> tuple[EngagementView, ...]:
    """List every engagement, the newest first."""
    check_may(person, Act.READ)
    rows = session.scalars(select(Engagement).order_by(Engagement.created_at.desc(), Engagement.id.desc()))
    return tuple(_view(engagement) for engagement in rows)


def get_engagement_or_raise(session: Session, person: Person, engagement_id: int) -> EngagementView:
    """Get one engagement.

    Raises
    ------
    NotFoundError
        When there is none with this id.
    """
    check_may(person, Act.READ)
    engagement = session.get(Engagement, engagement_id)
    if engagement is None:
        raise NotFoundError(
            f"There is no engagement with the number {engagement_id}. Choose one from the list."
        )
    return _view(engagement)


def add_prompt(session: Session, person: Person, engagement_id: int, text: str) -> int:
    """Add a question that is asked in the engagement, after the others, and give its id; a known one stays.

    Raises
    ------
    EngagementError
        When the question is empty or too long.
    """
    check_may(person, Act.ADD_SOURCE)
    text = _clean(text)
    if not text or len(text) > LONGEST_PROMPT:
        raise EngagementError(
            f'A prompt needs 1 to {LONGEST_PROMPT} characters. Type a question such as "What works well?".'
        )
    known = session.scalar(
        select(Prompt.id).where(Prompt.engagement_id == engagement_id, Prompt.text == text)
    )
    if known is not None:
        return known
    last = session.scalar(select(func.max(Prompt.position)).where(Prompt.engagement_id == engagement_id))
    prompt = Prompt(engagement_id=engagement_id, position=0 if last is None else last + 1, text=text)
    session.add(prompt)
    session.flush()
    return prompt.id


def list_prompts(session: Session, engagement_id: int) -> tuple[PromptView, ...]:
    """List the questions of the engagement in the order they are asked."""
    rows = session.scalars(
        select(Prompt).where(Prompt.engagement_id == engagement_id).order_by(Prompt.position, Prompt.id)
    )
    return tuple(PromptView(prompt.id, prompt.position, prompt.text) for prompt in rows)


def _view(engagement: Engagement) -> EngagementView:
    return EngagementView(
        id=engagement.id,
        name=engagement.name,
        purpose=engagement.purpose,
        is_example=engagement.is_example,
        created_at=engagement.created_at,
    )


def _clean(text: str) -> str:
    # PostgreSQL refuses the sign NUL, which nobody types and nobody sees.
    return text.replace("\x00", "").strip()
