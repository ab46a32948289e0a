"""After words or photos were taken out: none stays in free places of the database, and copies are told."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.base import utc_now
from models.consent import Erasure, Removal
from models.database import Record

HELD_WORDS = (
    "voice",
    "stored_file",
    "source",
    "respondent",
    "characteristic",
    "personal_mark",
    "covered_words",
    "searched_words",
    "translation",
    "voice_language",
    "agreed_list_theme",
    "embedding_vector",
    "form_answer",
    "source_photo",
)
"""The tables that words and photos are erased from."""

NOT_CLEANED = "Somebody else used the record, so free places of the database are cleaned at the next start."
"""What is said where `finish_erasures` gives False."""


def finish_erasures(record: Record) -> bool:
    """Write the record anew where an erasure is not finished; False when it has to be tried again."""
    with record.reading() as session:
        if not count_unfinished(session):
            return True
    if not record.rewrite(HELD_WORDS):
        return False
    with record.writing() as session:
        for table in (Erasure, Removal):
            session.execute(update(table).where(table.cleaned_at.is_(None)).values(cleaned_at=utc_now()))
    return True


def count_unfinished(session: Session) -> int:
    """Count the erasures and removals of which something may still stand in free places of the database."""
    unfinished = (select(func.count(each.id)).where(each.cleaned_at.is_(None)) for each in (Erasure, Removal))
    return sum(session.scalar(each) or 0 for each in unfinished)


def list_copies(record: Record) -> tuple[Path, ...]:
    """List the copies of an SQLite record that were made before it was upgraded: they hold all words."""
    if not record.is_sqlite:
        return ()
    path = Path(str(record.engine.url.database))
    return tuple(sorted(path.parent.glob(f"{path.stem}-before-*{path.suffix}")))
