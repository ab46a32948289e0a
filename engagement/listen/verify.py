"""Proving that every voice is, to the letter, what stands at its place in the stored file."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.errors import UnreadableFileError
from engagement.listen.slices import list_slices, read_slices
from engagement.listen.stored import read_stored
from models.sources import Source
from models.voices import Voice


def verify_voices(session: Session, engagement_id: int | None = None) -> tuple[int, ...]:
    """Read every stored file again and list the voices whose words do not stand at their place in it."""
    query = select(Source).order_by(Source.id)
    if engagement_id is not None:
        query = query.where(Source.engagement_id == engagement_id)
    return tuple(
        voice_id for source in session.scalars(query) for voice_id in _verify_source(session, source)
    )


def _verify_source(session: Session, source: Source) -> Iterator[int]:
    voices = session.scalars(select(Voice).where(Voice.source_id == source.id).order_by(Voice.id)).all()
    try:
        places = read_stored(session, source).list_places()
    except UnreadableFileError:
        places = {}
    for voice in voices:
        if read_slices(places, list_slices(voice)) != voice.text:
            yield voice.id
