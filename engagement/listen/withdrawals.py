"""Taking back all that one person said, or a whole source, in one act, and bringing it back."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import ConflictError, NotFoundError
from engagement.listen.duplicates.aside import list_with_doubles
from engagement.listen.voices import bring_back, clean_reason
from engagement.people.permissions import Act, Person, check_may
from models.base import utc_now
from models.sources import Respondent, Source
from models.voices import Voice, Withdrawal


def withdraw_respondent(session: Session, person: Person, respondent_id: int, reason: str) -> int:
    """Take back every voice of one respondent; give how many were not taken back before.

    Raises
    ------
    ConflictError
        When all of them are withdrawn already.
    """
    check_may(person, Act.WITHDRAW_VOICE)
    respondent = session.get(Respondent, respondent_id)
    if respondent is None:
        raise NotFoundError("Nobody with this number answered. Look for them in the list of voices.")
    source = session.get_one(Source, respondent.source_id)
    return _withdraw(session, person, source, Voice.respondent_id == respondent_id, reason, respondent_id)


def withdraw_source(session: Session, person: Person, source_id: int, reason: str) -> int:
    """Take back every voice of a source; its file and its count stay.

    Raises
    ------
    ConflictError
        When all of them are withdrawn already.
    """
    check_may(person, Act.WITHDRAW_VOICE)
    source = _get_source_or_raise(session, source_id)
    return _withdraw(session, person, source, Voice.source_id == source_id, reason)


def bring_back_source(session: Session, person: Person, source_id: int) -> int:
    """Bring every withdrawn voice of a source back, to the places they had; give how many there were."""
    check_may(person, Act.WITHDRAW_VOICE)
    source = _get_source_or_raise(session, source_id)
    own = session.scalars(select(Voice.id).where(Voice.source_id == source_id)).all()
    voice_ids = bring_back(session, person, list_with_doubles(session, own))
    if not voice_ids:
        raise ConflictError("No voice of this source can be brought back: none is withdrawn that has words.")
    _record(session, person, "brought back source", source, "", sorted(voice_ids))
    return len(voice_ids)


def _withdraw(
    session: Session,
    person: Person,
    source: Source,
    which: ColumnElement[bool],
    reason: str,
    respondent_id: int | None = None,
) -> int:
    reason = clean_reason(reason)
    own = session.scalars(select(Voice.id).where(which)).all()
    withdrawn = set(session.scalars(select(Withdrawal.voice_id).where(~Withdrawal.not_agreed)))
    voice_ids = [each for each in list_with_doubles(session, own) if each not in withdrawn]
    if withdrawn.issuperset(own):
        raise ConflictError("All of these voices are withdrawn already. Nothing more needs to be done.")
    session.execute(delete(Withdrawal).where(Withdrawal.voice_id.in_(voice_ids)))
    row = {"reason": reason, "withdrawn_by": person.name, "withdrawn_at": utc_now()}
    session.execute(insert(Withdrawal), [{"voice_id": voice_id, **row} for voice_id in voice_ids])
    kind = "withdrew source" if respondent_id is None else "withdrew all of one person"
    _record(session, person, kind, source, reason, list(voice_ids))
    return len(voice_ids)


def _get_source_or_raise(session: Session, source_id: int) -> Source:
    source = session.get(Source, source_id)
    if source is None:
        raise NotFoundError(
            f"There is no source with the number {source_id}. Look for it in the list of sources."
        )
    return source


def _record(
    session: Session, person: Person, kind: str, source: Source, why: str, voice_ids: list[int]
) -> None:
    record_decision(
        session,
        person,
        kind,
        subject="source",
        subject_id=source.id,
        engagement_id=source.engagement_id,
        why=why,
        details={"title": source.title, "voices": voice_ids},
    )
