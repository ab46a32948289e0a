"""A second source with one voice, for boards whose cards come from several rooms."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models.sources import Source, SourceKind, StoredFile
from models.voices import Voice
from tests.builders import FACILITATOR
from tests.workshop.conftest import Table


def add_source(table: Table, title: str, text: str) -> tuple[int, int]:
    """Add a source with one voice to the engagement of a board; give the ids of both."""
    with table.record.writing() as session:
        return write_source(session, table.room.engagement_id, title, text)


def write_source(session: Session, engagement_id: int, title: str, text: str) -> tuple[int, int]:
    """Write a source with one voice into an engagement; give the ids of both."""
    sha256 = f"{engagement_id:064d}"
    session.add(StoredFile(sha256=sha256, size=len(text.encode()), content=text.encode()))
    session.flush()
    source = Source(
        engagement_id=engagement_id,
        file_sha256=sha256,
        file_name="more.txt",
        kind=SourceKind.FOCUS_GROUP,
        title=title,
        added_by=FACILITATOR.name,
    )
    session.add(source)
    session.flush()
    voice = Voice(
        engagement_id=engagement_id,
        source_id=source.id,
        position=0,
        text=text,
        part="body",
        line=1,
        start_at=0,
        end_at=len(text),
    )
    session.add(voice)
    session.flush()
    return source.id, voice.id
