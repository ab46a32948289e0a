"""Telling whoever types that nearly the same words stand in the sheet already: a hint, and nothing more."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.listen.duplicates.comparing import (
    MIN_LIKENESS,
    MIN_WORDS,
    Words,
    measure_likeness,
    read_words,
)
from engagement.listen.typed.typing import get_occasion_or_raise
from engagement.people.permissions import Person
from models.voices import Voice, Withdrawal

MIN_SHARED = 0.5
"""Rationale: texts that share fewer of their different words are never as like as `MIN_LIKENESS`."""


def find_said_before(session: Session, person: Person, source_id: int, words: str) -> int | None:
    """Find the row of a sheet in which nearly the same words were typed, the likest one; None for none.

    Short words, such as "the buses", are said by many and tell nothing.
    """
    get_occasion_or_raise(session, person, source_id)
    typed = read_words(words)
    if len(typed.folded) < MIN_WORDS:
        return None
    standing = select(Voice.line, Voice.text).where(
        Voice.source_id == source_id, Voice.id.not_in(select(Withdrawal.voice_id))
    )
    rows = [(line, read_words(text)) for line, text in session.execute(standing.order_by(Voice.line))]
    measured = [(measure_likeness(typed, said), line) for line, said in rows if _share_words(typed, said)]
    likeness, line = max(measured, key=lambda each: each[0], default=(0.0, 0))
    return line if likeness >= MIN_LIKENESS else None


def _share_words(typed: Words, said: Words) -> bool:
    own, others = set(typed.folded), set(said.folded)
    return len(own & others) >= MIN_SHARED * min(len(own), len(others))
