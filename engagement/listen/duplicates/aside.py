"""Which voices stand for nothing of their own: taken back, or counted with another one."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from models.duplicates import CountedWith
from models.voices import Withdrawal

ASIDE = union(select(Withdrawal.voice_id), select(CountedWith.voice_id)).subquery("aside")
"""The ``voice_id`` of every voice that boards, themes, priorities and counts leave out, each once."""
COUNTED_ONCE = "counted once: the same as another voice"


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
