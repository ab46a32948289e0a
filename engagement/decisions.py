"""The decision log: every act that changes what people will read, in order, chained by hashes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.people.permissions import Person
from models.base import utc_now
from models.chain import FIRST_HASH, find_broken_link, hash_link
from models.database import lock_chain
from models.decisions import Decision


def record_decision(
    session: Session,
    person: Person,
    kind: str,
    *,
    subject: str,
    subject_id: int | None = None,
    engagement_id: int | None = None,
    why: str = "",
    details: Mapping[str, Any] | None = None,
) -> int:
    """Append an act to the log, in the transaction of the act itself, and give its number.

    Parameters
    ----------
    session : Session
        The writing session of the act.
    person : Person
        Who decides.
    kind : str
        A short past-tense phrase, such as ``"agreed priority"``.
    subject, subject_id : str, int or None
        What it is about: a table's name and the row's id.
    details : mapping
        Ids, numbers and names that people gave to things; never the words of a voice.
    """
    lock_chain(session, "decision")
    session.flush()
    newest = session.scalars(select(Decision).order_by(Decision.seq.desc()).limit(1)).first()
    decision = Decision(
        seq=newest.seq + 1 if newest else 1,
        engagement_id=engagement_id,
        kind=kind,
        subject=subject,
        subject_id=subject_id,
        details=dict(details or {}),
        why=why,
        actor=person.name,
        decided_at=utc_now(),
        previous_hash=newest.hash if newest else FIRST_HASH,
    )
    decision.hash = hash_link(decision.previous_hash, _list_fields(decision))
    session.add(decision)
    session.flush()
    return decision.seq


def find_broken_decision(session: Session) -> int | None:
    """Find the number of the first decision that was changed or lost; None when the log holds."""
    decisions = session.scalars(select(Decision).order_by(Decision.seq)).all()
    broken = find_broken_link((each.previous_hash, each.hash, _list_fields(each)) for each in decisions)
    return None if broken is None else decisions[broken].seq


def _list_fields(decision: Decision) -> dict[str, Any]:
    names = ("seq", "engagement_id", "kind", "subject", "subject_id", "details", "why", "actor", "decided_at")
    return {name: getattr(decision, name) for name in names}
