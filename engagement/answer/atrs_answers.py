"""What an organisation writes into its transparency record; whatever it wrote before is kept."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.answer.atrs_template import Field, list_fields
from engagement.decisions import record_decision
from engagement.engagements import get_engagement_or_raise
from engagement.errors import EngagementError
from engagement.people.permissions import Act, Person, check_may
from models.transparency import TransparencyAnswer

LONGEST_ANSWER = 10_000


def write_answer(session: Session, person: Person, engagement_id: int, key: str, value: str) -> None:
    """Write the organisation's own words into a field; nothing brings back what Common Thread says there.

    Raises
    ------
    EngagementError
        When there is no such field, or the words are too many.
    """
    check_may(person, Act.RUN_WORKSHOP)
    engagement = get_engagement_or_raise(session, person, engagement_id)
    field = _get_field_or_raise(key)
    words = value.replace("\0", "").strip()
    if len(words) > LONGEST_ANSWER:
        raise EngagementError(
            f"“{field.name}” has {len(words):,} characters, and {LONGEST_ANSWER:,} is the most. "
            "Make it shorter."
        )
    if words == read_answers(session, person, engagement_id).get(key, ""):
        return
    session.add(
        TransparencyAnswer(engagement_id=engagement_id, attribute=key, value=words, written_by=person.name)
    )
    record_decision(
        session,
        person,
        "changed transparency record",
        subject="transparency_answer",
        engagement_id=engagement_id,
        details={"name": field.name, "engagement": engagement.name},
    )


def read_answers(session: Session, person: Person, engagement_id: int) -> dict[str, str]:
    """Read the organisation's own words, by the key of the field; fields that were emptied are left out."""
    check_may(person, Act.READ)
    rows = session.execute(
        select(TransparencyAnswer.attribute, TransparencyAnswer.value)
        .where(TransparencyAnswer.engagement_id == engagement_id)
        .order_by(TransparencyAnswer.id)
    )
    newest = {key: value for key, value in rows}
    return {key: value for key, value in newest.items() if value}


def _get_field_or_raise(key: str) -> Field:
    for field in list_fields():
        if field.key == key:
            return field
    raise EngagementError(f"The transparency record has no field “{key}”. Choose one from the list.")
