"""Proving that every voice is, to the letter, what stands at its place in the stored file."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.errors import UnreadableFileError
from engagement.listen.columns import make_headers
from engagement.listen.contents import FileContents
from engagement.listen.mapping import Mapping, unpack_mapping
from engagement.listen.reading import read_upload
from engagement.listen.sheets import get_sheet
from engagement.listen.slices import Place, list_slices, read_slices
from models.sources import Source, StoredFile
from models.voices import Voice


def verify_voices(session: Session, engagement_id: int | None = None) -> tuple[int, ...]:
    """Read every stored file again and list the voices whose words do not stand at their place in it."""
    query = select(Source).order_by(Source.id)
    if engagement_id is not None:
        query = query.where(Source.engagement_id == engagement_id)
    return tuple(
        voice_id for source in session.scalars(query) for voice_id in _verify_source(session, source)
    )


def index_places(contents: FileContents, mapping: Mapping) -> dict[Place, str]:
    """Give the whole text at every place of a file: a paragraph, a line or a cell."""
    places = {
        (each.part, each.line, each.column_name): each.text
        for each in (*contents.passages, *contents.paragraphs)
    }
    if contents.is_sheet and contents.sheets:
        sheet = get_sheet(contents, mapping.sheet)
        headers = make_headers(sheet, mapping.first_row, mapping.n_header_rows)
        for line, row in enumerate(sheet.rows, start=1):
            for header, cell in zip(headers, row, strict=False):
                places[(sheet.name, line, header)] = cell
    return places


def _verify_source(session: Session, source: Source) -> Iterator[int]:
    file = session.get_one(StoredFile, source.file_sha256)
    voices = session.scalars(select(Voice).where(Voice.source_id == source.id).order_by(Voice.id)).all()
    try:
        places = index_places(read_upload(source.file_name, file.content), unpack_mapping(source.mapping))
    except UnreadableFileError:
        places = {}
    for voice in voices:
        if read_slices(places, list_slices(voice)) != voice.text:
            yield voice.id
