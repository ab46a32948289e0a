"""The lines of the source around one voice, read from the stored file."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from engagement.errors import NotFoundError
from engagement.listen.mapping import ColumnUse, unpack_mapping
from engagement.listen.reading import read_upload
from engagement.listen.verify import index_places
from engagement.people.permissions import Act, Person, check_may
from models.sources import Source, StoredFile
from models.voices import Voice


@dataclass(frozen=True)
class SourceLine:
    """One line, paragraph or cell of a source. ``start_at`` and ``end_at`` mark the voice within its own."""

    part: str
    line: int
    column_name: str
    text: str
    is_voice: bool
    start_at: int = 0
    end_at: int = 0


def read_lines_around(
    session: Session, person: Person, voice_id: int, n_lines: int = 2
) -> tuple[SourceLine, ...]:
    """Read the line that a voice stands in, with the lines before and after it.

    Around a cell of a sheet, the cells above and below in the same column are given: never other columns,
    which may hold what nobody agreed to share. Nothing is given when the stored file has lost the place.

    Raises
    ------
    NotFoundError
        When there is no voice with that number.
    UnreadableFileError
        When the stored file cannot be read.
    """
    check_may(person, Act.READ)
    voice = session.get(Voice, voice_id)
    if voice is None:
        raise NotFoundError(
            f"There is no voice with the number {voice_id}. Look for it in the list of voices."
        )
    source = session.get_one(Source, voice.source_id)
    file = session.get_one(StoredFile, source.file_sha256)
    mapping = unpack_mapping(source.mapping)
    places = index_places(read_upload(source.file_name, file.content), mapping)
    words = {column.header for column in mapping.list_columns(ColumnUse.WORDS)}
    is_sheet = voice.column_name in words
    near = [
        (part, line, column, text)
        for (part, line, column), text in places.items()
        if part == voice.part and text.strip() and (not is_sheet or column == voice.column_name)
    ]
    keys = [each[:3] for each in near]
    own_key = (voice.part, voice.line, voice.column_name)
    if own_key not in keys:
        return ()
    here = keys.index(own_key)
    return tuple(_view_line(voice, *each) for each in near[max(0, here - n_lines) : here + n_lines + 1])


def _view_line(voice: Voice, part: str, line: int, column: str, text: str) -> SourceLine:
    is_voice = (line, column) == (voice.line, voice.column_name)
    ends = (voice.start_at, voice.end_at) if is_voice else (0, 0)
    return SourceLine(part, line, column, text, is_voice, *ends)
