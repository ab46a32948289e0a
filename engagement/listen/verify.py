"""Proving that the words of every voice stand in the stored file of its source."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.errors import UnreadableFileError
from engagement.listen.erasing.blanks import blank
from engagement.listen.standing import find_standing
from engagement.listen.stored import read_stored
from models.sources import Source
from models.voices import Voice


def verify_voices(session: Session, engagement_id: int | None = None) -> tuple[int, ...]:
    """Read every stored file again and list the voices whose words do not stand in it.

    They need not stand where they did when they were kept: a file may be read in another way today. Of voices
    that were erased, nobody can tell then.
    """
    query = select(Source).order_by(Source.id)
    if engagement_id is not None:
        query = query.where(Source.engagement_id == engagement_id)
    return tuple(
        voice_id for source in session.scalars(query) for voice_id in _verify_source(session, source)
    )


def _verify_source(session: Session, source: Source) -> Iterator[int]:
    query = select(Voice).where(Voice.source_id == source.id).order_by(Voice.position, Voice.id)
    voices = session.scalars(query).all()
    try:
        places = read_stored(session, source).list_places()
    except UnreadableFileError:
        places = {}
    standing = find_standing(places, voices)
    for voice in voices:
        if voice.id not in standing and voice.text != blank(voice.text):
            yield voice.id
