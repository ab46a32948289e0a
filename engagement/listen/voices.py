"""Voices: finding them, saying where they stand, taking them back when people ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Row, Select, delete, func, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import ConflictError, EngagementError, NotFoundError
from engagement.listen.contents import find_aside
from engagement.listen.duplicates.aside import list_with_doubles, stands
from engagement.listen.personal_data.covering import SHOWN_TEXT, SHOWN_TRANSLATION, Range, read_ranges
from engagement.listen.searching import match_words
from engagement.people.permissions import Act, Person, check_may
from models.duplicates import CountedWith
from models.engagements import Prompt
from models.sources import Respondent, Source
from models.voices import Voice, Withdrawal

MAX_REASON_LENGTH = 1_000


@dataclass(frozen=True)
class VoiceView:
    """One voice as screens show it, with where it stands and what people agreed to.

    Where personal data is covered, ``text`` and ``translation`` have its kind in its place; ``covered`` are
    the ranges of the words as they were said (of the translation where there is one). ``counts_with_id`` is
    the voice that this one was found to be once more. ``group`` is filled in by whoever breaks voices down by
    a characteristic, and "" otherwise.
    """

    id: int
    text: str
    translation: str
    language: str
    where: str
    source_id: int
    source_title: str
    prompt: str
    respondent: str
    respondent_id: int | None
    area: str
    said_on: date | None
    is_withdrawn: bool
    may_quote: bool
    may_pass_on: bool
    covered: tuple[Range, ...] = ()
    counts_with_id: int | None = None
    group: str = ""


@dataclass(frozen=True)
class VoiceQuery:
    """What voices are asked for; what is empty or None does not matter.

    ``words`` must all be held, a phrase in quotes as it is, whatever case and accents. ``withdrawn`` asks for
    withdrawn voices only, or for all but these. ``among`` selects the ids that may be found.
    """

    words: str = ""
    source_id: int | None = None
    prompt_id: int | None = None
    area: str = ""
    host: str = ""
    may_quote: bool | None = None
    may_pass_on: bool | None = None
    withdrawn: bool | None = None
    among: Select[int] | None = None


@dataclass(frozen=True)
class VoiceText:
    """The words of a voice for theming: the English translation where there is one."""

    voice_id: int
    text: str


def list_voices(
    session: Session,
    person: Person,
    engagement_id: int,
    asked: VoiceQuery | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> tuple[VoiceView, ...]:
    """List the voices of an engagement that were asked for, in the order they were added."""
    check_may(person, Act.READ)
    chosen = _choose(engagement_id, asked or VoiceQuery())
    query = _select_views().where(*chosen).order_by(Voice.id).limit(limit).offset(offset)
    rows = session.execute(query).all()
    covered = read_ranges(
        session, [row[0].id for row in rows if row[6:] != (row[0].text, row[0].translation)]
    )
    return tuple(_view_voice(row, covered) for row in rows)


def count_voices(
    session: Session,
    person: Person,
    engagement_id: int,
    asked: VoiceQuery | None = None,
) -> int:
    """Count the voices that ``list_voices`` would list without a limit."""
    check_may(person, Act.READ)
    chosen = _choose(engagement_id, asked or VoiceQuery())
    query = select(func.count(Voice.id)).join(Source, Source.id == Voice.source_id)
    return session.scalar(query.where(*chosen)) or 0


def get_voice_or_raise(session: Session, person: Person, voice_id: int) -> VoiceView:
    """Give one voice.

    Raises
    ------
    NotFoundError
        When there is none with that number.
    """
    check_may(person, Act.READ)
    row = session.execute(_select_views().where(Voice.id == voice_id)).one_or_none()
    if row is None:
        raise NotFoundError(
            f"There is no voice with the number {voice_id}. Look for it in the list of voices."
        )
    return _view_voice(row, read_ranges(session, [voice_id]))


def withdraw_voice(session: Session, person: Person, voice_id: int, reason: str) -> None:
    """Take a voice back: it leaves the board, theming, quotes and exports, but not the count.

    What was found to be the same voice once more is taken back with it.
    """
    check_may(person, Act.WITHDRAW_VOICE)
    voice = _get_row_or_raise(session, voice_id)
    reason = clean_reason(reason)
    if session.get(Withdrawal, voice_id) is not None:
        raise ConflictError("This voice has been withdrawn already. Nothing more needs to be done.")
    gone = set(session.scalars(select(Withdrawal.voice_id)))
    voice_ids = [each for each in list_with_doubles(session, [voice_id]) if each not in gone]
    session.add_all(Withdrawal(voice_id=each, reason=reason, withdrawn_by=person.name) for each in voice_ids)
    _record(session, person, "withdrew voice", voice, reason, voice_ids)


def clean_reason(reason: str) -> str:
    """Check why something is withdrawn.

    Raises
    ------
    EngagementError
        When there is no reason, or it is too long.
    """
    cleaned = reason.strip()
    if not cleaned or len(cleaned) > MAX_REASON_LENGTH or "\0" in cleaned:
        raise EngagementError(
            "A voice is withdrawn with a reason, so that others can follow it. "
            f"Write one of 1 to {MAX_REASON_LENGTH:,} characters, such as “asked by phone”."
        )
    return cleaned


def bring_back_voice(session: Session, person: Person, voice_id: int) -> None:
    """Bring a withdrawn voice back, to the place it had, with what is the same voice once more."""
    check_may(person, Act.WITHDRAW_VOICE)
    voice = _get_row_or_raise(session, voice_id)
    if session.get(Withdrawal, voice_id) is None:
        raise ConflictError("This voice is not withdrawn. Nothing needs to be brought back.")
    voice_ids = list_with_doubles(session, [voice_id])
    session.execute(delete(Withdrawal).where(Withdrawal.voice_id.in_(voice_ids)))
    _record(session, person, "brought back voice", voice, "", voice_ids)


def list_texts(session: Session, engagement_id: int) -> tuple[VoiceText, ...]:
    """List the words to theme, in English where there is any, by id: those that stand for themselves."""
    rows = session.execute(
        select(Voice.id, Voice.text, Voice.translation)
        .where(Voice.engagement_id == engagement_id, stands(Voice.id))
        .order_by(Voice.id)
    )
    return tuple(VoiceText(voice_id, translation or text) for voice_id, text, translation in rows)


def describe_place(source_title: str, part: str, line: int, column_name: str) -> str:
    """Say where a voice stands, for a person: "Belgrave lunch club, line 12", "Survey, row 31"."""
    if part == "body" and not column_name:
        return f"{source_title}, line {line}"
    if part.startswith("page "):
        return f"{source_title}, {part}, paragraph {line}"
    if part == "turns":
        return f"{source_title}, from line {line}"
    if find_aside(part):
        return f"{source_title}, {part}, line {line}"
    if part == "paragraphs" and not column_name:
        return f"{source_title}, paragraph at line {line}"
    if part.startswith("table ") and column_name.startswith("column "):
        return f"{source_title}, {part}, row {line}"
    return f"{source_title}, row {line}"


def _select_views() -> Select[Voice, Source, str, str, int, int, str, str]:
    aside, shown = (Withdrawal.voice_id, CountedWith.counts_with_id), (SHOWN_TEXT, SHOWN_TRANSLATION)
    return (
        select(Voice, Source, Prompt.text, Respondent.pseudonym, *aside, *shown)
        .join(Source, Source.id == Voice.source_id)
        .outerjoin(Prompt, Prompt.id == Voice.prompt_id)
        .outerjoin(Respondent, Respondent.id == Voice.respondent_id)
        .outerjoin(Withdrawal, Withdrawal.voice_id == Voice.id)
        .outerjoin(CountedWith, CountedWith.voice_id == Voice.id)
    )


def _choose(engagement_id: int, asked: VoiceQuery) -> Sequence[ColumnElement[bool]]:
    equal = (
        (Voice.source_id, asked.source_id),
        (Voice.prompt_id, asked.prompt_id),
        (Voice.area, asked.area or None),
        (Source.host, asked.host or None),
        (Source.may_quote, asked.may_quote),
        (Source.may_pass_on, asked.may_pass_on),
    )
    chosen = [Voice.engagement_id == engagement_id, *match_words(asked.words)]
    chosen += [column == value for column, value in equal if value is not None]
    if asked.withdrawn is not None:
        is_withdrawn = Voice.id.in_(select(Withdrawal.voice_id))
        chosen.append(is_withdrawn if asked.withdrawn else ~is_withdrawn)
    if asked.among is not None:
        chosen.append(Voice.id.in_(asked.among))
    return chosen


def _view_voice(
    row: Row[Voice, Source, str, str, int, int, str, str], covered: dict[int, tuple[Range, ...]]
) -> VoiceView:
    voice, source, prompt, respondent, withdrawn_id, counts_with_id, text, translation = row
    return VoiceView(
        id=voice.id,
        text=text,
        translation=translation,
        language=voice.language,
        where=describe_place(source.title, voice.part, voice.line, voice.column_name),
        source_id=source.id,
        source_title=source.title,
        prompt=prompt or "",
        respondent=respondent or "",
        respondent_id=voice.respondent_id,
        area=voice.area,
        said_on=voice.said_on,
        is_withdrawn=withdrawn_id is not None,
        may_quote=source.may_quote,
        may_pass_on=source.may_pass_on,
        covered=covered.get(voice.id, ()),
        counts_with_id=counts_with_id,
    )


def _get_row_or_raise(session: Session, voice_id: int) -> Voice:
    voice = session.get(Voice, voice_id)
    if voice is None:
        raise NotFoundError(
            f"There is no voice with the number {voice_id}. Look for it in the list of voices."
        )
    return voice


def _record(
    session: Session, person: Person, kind: str, voice: Voice, why: str, voice_ids: Sequence[int]
) -> None:
    record_decision(
        session,
        person,
        kind,
        subject="voice",
        subject_id=voice.id,
        engagement_id=voice.engagement_id,
        why=why,
        details={"voices": list(voice_ids)} if len(voice_ids) > 1 else None,
    )
