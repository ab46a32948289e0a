"""Why voices were parked."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engagement.answer.ledger import VoiceState, select_states
from engagement.people.permissions import Act, Person, check_may


@dataclass(frozen=True)
class ParkedReason:
    """A reason that people gave, and how many voices are parked for it."""

    reason: str
    n_voices: int


def list_parked_reasons(session: Session, person: Person, engagement_id: int) -> tuple[ParkedReason, ...]:
    """List the reasons for parking, the most frequent first."""
    check_may(person, Act.READ)
    states = select_states(engagement_id).subquery("states")
    n_voices = func.count(states.c.voice_id)
    rows = session.execute(
        select(states.c.parked_reason, n_voices)
        .where(states.c.state == VoiceState.PARKED.value)
        .group_by(states.c.parked_reason)
        .order_by(n_voices.desc(), states.c.parked_reason)
    )
    return tuple(ParkedReason(reason, count) for reason, count in rows)
