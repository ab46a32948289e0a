"""Which voices stand for nothing of their own: taken back, or counted with another one."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, exists, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.duplicates import CountedWith
from models.voices import Withdrawal

ASIDE = union(select(Withdrawal.voice_id), select(CountedWith.voice_id)).subquery("aside")
"""The ``voice_id`` of every voice that boards, themes, priorities and counts leave out, each once.

To leave them out of a query, ask ``stands``, which looks at few rows; this is for queries that need the ids.
"""
COUNTED_ONCE = "counted once: the same as another voice"


def stands(voice_id: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Say of the voice with this id that it stands for itself, by a look at the one row of each table."""
    is_withdrawn = exists().where(Withdrawal.voice_id == voice_id)
    is_counted_with = exists().where(CountedWith.voice_id == voice_id)
    return and_(~is_withdrawn, ~is_counted_with)


def list_with_doubles(session: Session, voice_ids: Iterable[int]) -> list[int]:
    """List voices together with all that count with them, or that they count with, by id."""
    known, new = set[int](), set(voice_ids)
    while new:
        known |= new
        rows = session.execute(
            select(CountedWith.voice_id, CountedWith.counts_with_id).where(
                CountedWith.voice_id.in_(new) | CountedWith.counts_with_id.in_(new)
            )
        )
        new = {voice_id for row in rows for voice_id in row} - known
    return sorted(known)
