"""Voices: finding them, saying where they stand, taking them back when people ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, insert, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import ConflictError, EngagementError, NotFoundError
from engagement.listen.consent import (
    HAS_OWN,
    MAY_PASS_ON,
    MAY_QUOTE,
    MAY_TELL_STORY,
    MAY_USE,
    follow_use,
)
from engagement.listen.contents import find_aside
from engagement.listen.duplicates.aside import list_with_doubles, stands
from engagement.listen.personal_data.covering import SHOWN_TEXT, SHOWN_TRANSLATION, Range, read_ranges
from engagement.listen.said_in import IS_HINT, LANGUAGE, TRANSLATION
from engagement.listen.searching import match_words
from engagement.people.permissions import Act, Person, check_may
from models.base import utc_now
from models.consent import ErasedVoice, Erasure
from models.duplicates import CountedWith
from models.engagements import Prompt
from models.sources import Respondent, Source
from models.voices import Voice, Withdrawal

MAX_REASON_LENGTH = 1_000
NOT_AGREED = (
    "Nobody agreed that these words may be used, so they cannot be brought back. "
    "Change the consent first, if they agree now."
)


@dataclass(frozen=True)
class VoiceView:
    """One voice as screens show it, with where it stands and what people agreed to.

    ``is_hint`` says that the language is the machine's guess.
    ``erased`` says when, by whom and why its words were erased; then there are none.
    Where personal data is covered, ``text`` and ``translation`` have its kind in its place; ``covered`` are
    the ranges of the words as they were said (of the translation where there is one). ``counts_with_id`` is
    the voice that this one was found to be once more. ``group`` is filled in by whoever breaks voices down by
    a characteristic, and "" otherwise.
    """

    id: int
    text: str
    translation: str
    language: str
    is_hint: bool
    where: str
    source_id: int
    source_title: str
    prompt: str
    respondent: str
    respondent_id: int | None
    area: str
    said_on: date | None
    is_withdrawn: bool
    erased: str
    may_use: bool
    may_quote: bool
    may_pass_on: bool
    may_tell_story: bool
    has_own_consent: bool
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
    may_tell_story: bool | None = None
    language: str | None = None
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
        session,
        [
            row.Voice.id
            for row in rows
            if (row.text, row.translation) != (row.Voice.text, row.Voice.translation)
        ],
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
    kept = session.get(Withdrawal, voice_id)
    if kept is not None and not kept.not_agreed:
        raise ConflictError("This voice has been withdrawn already. Nothing more needs to be done.")
    gone = set(session.scalars(select(Withdrawal.voice_id).where(~Withdrawal.not_agreed)))
    voice_ids = [each for each in list_with_doubles(session, [voice_id]) if each not in gone]
    session.execute(delete(Withdrawal).where(Withdrawal.voice_id.in_(voice_ids)))
    row = {"reason": reason, "withdrawn_by": person.name, "withdrawn_at": utc_now()}
    session.execute(insert(Withdrawal), [{"voice_id": each, **row} for each in voice_ids])
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
    withdrawal = session.get(Withdrawal, voice_id)
    if withdrawal is None:
        raise ConflictError("This voice is not withdrawn. Nothing needs to be brought back.")
    if session.get(ErasedVoice, voice_id) is not None:
        raise ConflictError("The words of this voice were erased for good. They cannot be brought back.")
    if withdrawal.not_agreed:
        raise ConflictError(NOT_AGREED)
    bring_back(session, person, voice_ids := list_with_doubles(session, [voice_id]))
    _record(session, person, "brought back voice", voice, "", voice_ids)


def bring_back(session: Session, person: Person, voice_ids: Sequence[int]) -> tuple[int, ...]:
    """Bring back those of these voices that were withdrawn by people and have words; give their ids."""
    erased = select(ErasedVoice.voice_id)
    taken_back = Withdrawal.voice_id.in_(voice_ids), Withdrawal.voice_id.not_in(erased)
    query = select(Withdrawal.voice_id).where(*taken_back, ~Withdrawal.not_agreed)
    back = tuple(session.scalars(query.order_by(Withdrawal.voice_id)))
    session.execute(delete(Withdrawal).where(Withdrawal.voice_id.in_(back)))
    for source_id in set(session.scalars(select(Voice.source_id).where(Voice.id.in_(back)))):
        follow_use(session, person, source_id)
    return back


def describe_erasure(erasure: Erasure | None) -> str:
    """Say when, by whom and why words were erased; "" where they were not."""
    if erasure is None:
        return ""
    day = f"{erasure.erased_at.day} {erasure.erased_at:%B %Y}"
    return f"erased on {day} by the {erasure.role} {erasure.why.value}"


def list_texts(session: Session, engagement_id: int) -> tuple[VoiceText, ...]:
    """List the words to theme, in English where there is any, by id: those that stand for themselves."""
    rows = session.execute(
        select(Voice.id, Voice.text, TRANSLATION)
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


def _select_views() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Voice,
            Source,
            Prompt.text.label("prompt"),
            Respondent.pseudonym.label("respondent"),
            Withdrawal.voice_id.label("withdrawn_id"),
            SHOWN_TEXT.label("text"),
            SHOWN_TRANSLATION.label("translation"),
            LANGUAGE.label("language"),
            IS_HINT.label("is_hint"),
            MAY_USE.label("may_use"),
            MAY_QUOTE.label("may_quote"),
            MAY_PASS_ON.label("may_pass_on"),
            MAY_TELL_STORY.label("may_tell_story"),
            HAS_OWN.label("has_own_consent"),
            CountedWith.counts_with_id,
            Erasure,
        )
        .join(Source, Source.id == Voice.source_id)
        .outerjoin(Prompt, Prompt.id == Voice.prompt_id)
        .outerjoin(Respondent, Respondent.id == Voice.respondent_id)
        .outerjoin(Withdrawal, Withdrawal.voice_id == Voice.id)
        .outerjoin(ErasedVoice, ErasedVoice.voice_id == Voice.id)
        .outerjoin(Erasure, Erasure.id == ErasedVoice.erasure_id)
        .outerjoin(CountedWith, CountedWith.voice_id == Voice.id)
    )


def _choose(engagement_id: int, asked: VoiceQuery) -> Sequence[ColumnElement[bool]]:
    equal = (
        (Voice.source_id, asked.source_id),
        (Voice.prompt_id, asked.prompt_id),
        (Voice.area, asked.area or None),
        (Source.host, asked.host or None),
        (MAY_QUOTE, asked.may_quote),
        (MAY_PASS_ON, asked.may_pass_on),
        (MAY_TELL_STORY, asked.may_tell_story),
        (LANGUAGE, asked.language),
    )
    chosen = [Voice.engagement_id == engagement_id, *match_words(asked.words)]
    chosen += [column == value for column, value in equal if value is not None]
    if asked.withdrawn is not None:
        is_withdrawn = Voice.id.in_(select(Withdrawal.voice_id))
        chosen.append(is_withdrawn if asked.withdrawn else ~is_withdrawn)
    if asked.among is not None:
        chosen.append(Voice.id.in_(asked.among))
    return chosen


def _view_voice(row: Row[Any], covered: dict[int, tuple[Range, ...]]) -> VoiceView:
    voice: Voice = row.Voice
    source: Source = row.Source
    return VoiceView(
        id=voice.id,
        text="" if row.Erasure else row.text,
        translation=row.translation,
        language=row.language,
        is_hint=bool(row.is_hint),
        where=describe_place(source.title, voice.part, voice.line, voice.column_name),
        source_id=source.id,
        source_title=source.title,
        prompt=row.prompt or "",
        respondent=row.respondent or "",
        respondent_id=voice.respondent_id,
        area=voice.area,
        said_on=voice.said_on,
        is_withdrawn=row.withdrawn_id is not None,
        erased=describe_erasure(row.Erasure),
        may_use=bool(row.may_use),
        may_quote=bool(row.may_quote),
        may_pass_on=bool(row.may_pass_on),
        may_tell_story=bool(row.may_tell_story),
        has_own_consent=bool(row.has_own_consent),
        covered=covered.get(voice.id, ()),
        counts_with_id=row.counts_with_id,
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
