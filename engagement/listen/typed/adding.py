"""Putting one typed voice into the record: a row of its sheet, the voice, and all that finds it again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from engagement.errors import ConflictError, EngagementError, NotFoundError
from engagement.listen.consent import follow_use
from engagement.listen.details import SourceDetails
from engagement.listen.found_voices import trim_range
from engagement.listen.languages import find_language
from engagement.listen.mapping import pack_mapping
from engagement.listen.personal_data.marks import find_marks
from engagement.listen.reading import hash_content
from engagement.listen.searching import keep_searched
from engagement.listen.sources import check_details
from engagement.listen.typed.sheet import (
    FILE_NAME,
    FIRST_ROW,
    MAPPING,
    MOST_ROWS,
    PART,
    WORDS,
    SheetRow,
    add_row,
    start_sheet,
)
from engagement.people.permissions import Person
from models.database import lock_chain
from models.engagements import Prompt
from models.sources import Characteristic, Respondent, Source, StoredFile
from models.voices import Voice

LONGEST_TOKEN = 100


@dataclass(frozen=True)
class TypedWords:
    """One voice to be kept. ``words`` are checked; ``about`` is what the speaker said of themselves.

    ``note`` stands in the last cell of the row: from which photo they were typed.
    """

    words: str
    kept_at: datetime
    typed_by: str
    said_on: date | None = None
    prompt_id: int | None = None
    area: str = ""
    speaker: str = ""
    about: tuple[tuple[str, str], ...] = ()
    note: str = ""


def add_typed_source(
    session: Session, person: Person, engagement_id: int, details: SourceDetails, now: datetime
) -> Source:
    """Put a source into the record whose file is a sheet that grows with each voice typed in."""
    check_details(details)
    content = start_sheet(now, person.name, details.consent_wording.strip())
    session.add(_make_file(content))
    session.flush()
    source = Source(
        engagement_id=engagement_id,
        file_sha256=hash_content(content),
        file_name=FILE_NAME,
        **details.list_kept(),
        mapping=pack_mapping(MAPPING),
        added_by=person.name,
        added_at=now,
    )
    session.add(source)
    session.flush()
    return source


def take_sheet(session: Session, source_id: int) -> Source:
    """Give the source whose sheet is to grow, and hold other writers of it back until this is kept.

    Raises
    ------
    NotFoundError
        When nothing can be typed into the source: it came as a file, or is not there.
    """
    lock_chain(session, f"sheet {source_id}")
    source = session.get(Source, source_id, populate_existing=True)
    if source is None or not is_typed(source):
        raise NotFoundError("Nothing can be typed in here. Choose an occasion from the screen “Type in”.")
    return source


def is_typed(source: Source) -> bool:
    """Tell whether the voices of a source are typed in, and not read out of a file."""
    return source.file_name == FILE_NAME and source.mapping == pack_mapping(MAPPING)


def make_key(place: str, words: str, token: str) -> str:
    """Make the key by which the same words, sent twice by one page, are known to be the same.

    Raises
    ------
    EngagementError
        When ``token`` is no mark that a page of ours makes.
    """
    if not token or len(token) > LONGEST_TOKEN or not token.isascii():
        raise EngagementError("This page is out of date. Load it again, then send your words once more.")
    return hashlib.sha256(f"{place}\n{token}\n{words}".encode()).hexdigest()


def add_voice(session: Session, person: Person, source: Source, new: TypedWords) -> Voice:
    """Write the next row of a sheet, and keep its words as a voice. Call `take_sheet` first.

    Raises
    ------
    EngagementError
        When the sheet is full, or what is said of the speaker does not fit what was said before.
    """
    line = _find_next_row(session, source)
    respondent_id = _keep_speaker(session, source, new)
    _grow_sheet(session, source, new)
    start_at, end_at = trim_range(new.words, 0, len(new.words))
    text = new.words[start_at:end_at]
    voice = Voice(
        engagement_id=source.engagement_id,
        source_id=source.id,
        position=line - FIRST_ROW,
        text=text,
        part=PART,
        line=line,
        column_name=WORDS,
        start_at=start_at,
        end_at=end_at,
        prompt_id=new.prompt_id,
        respondent_id=respondent_id,
        language=find_language(text),
        said_on=new.said_on or source.held_on,
        area=new.area or source.area,
        added_at=new.kept_at,
    )
    session.add(voice)
    session.flush()
    follow_use(session, person, source.id)
    find_marks(session, source, voice)
    keep_searched(session, [voice.id])
    return voice


def _find_next_row(session: Session, source: Source) -> int:
    last = session.scalar(select(func.max(Voice.line)).where(Voice.source_id == source.id))
    line = FIRST_ROW if last is None else last + 1
    if line - FIRST_ROW >= MOST_ROWS:
        raise EngagementError(
            f"“{source.title}” holds {MOST_ROWS:,} voices, as many as one sheet can. Begin another one."
        )
    return line


def _grow_sheet(session: Session, source: Source, new: TypedWords) -> None:
    prompt = session.get_one(Prompt, new.prompt_id).text if new.prompt_id is not None else ""
    about = "; ".join(f"{name}: {value}" for name, value in new.about)
    row = SheetRow(new.kept_at, new.typed_by, new.words, prompt, new.area, new.speaker, about, new.note)
    old = source.file_sha256
    sheet = session.scalars(select(StoredFile.content).where(StoredFile.sha256 == old)).one()
    content = add_row(sheet, row)
    session.add(_make_file(content))
    session.flush()
    source.file_sha256 = hash_content(content)
    session.flush()
    is_used = exists().where(Source.file_sha256 == old)
    session.execute(delete(StoredFile).where(StoredFile.sha256 == old, ~is_used))


def _make_file(content: bytes) -> StoredFile:
    return StoredFile(sha256=hash_content(content), size=len(content), content=content)


def _keep_speaker(session: Session, source: Source, new: TypedWords) -> int | None:
    if not new.speaker:
        return None
    whose = {"source_id": source.id, "pseudonym": new.speaker}
    speaker = session.scalars(select(Respondent).filter_by(**whose)).one_or_none()
    if speaker is None:
        speaker = Respondent(**whose)
        session.add(speaker)
        session.flush()
    said = select(Characteristic.name, Characteristic.value).where(Characteristic.respondent_id == speaker.id)
    known = {name: value for name, value in session.execute(said)}
    for name, value in new.about:
        if known.get(name, value) != value:
            raise ConflictError(
                f"{new.speaker} stands here with “{name}: {known[name]}”, and now with “{name}: {value}”. "
                "Give another person another number, or take this out."
            )
        if name not in known:
            session.add(Characteristic(respondent_id=speaker.id, name=name, value=value))
    session.flush()
    return speaker.id
