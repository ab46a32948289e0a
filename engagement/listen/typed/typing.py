"""Typing voices in by hand: choosing or beginning an occasion, keeping each voice at once, taking it back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.engagements import get_engagement_or_raise
from engagement.errors import EngagementError, NotFoundError
from engagement.listen.consent import change_consent, get_own_consent
from engagement.listen.details import SourceDetails
from engagement.listen.typed.adding import (
    TypedWords,
    add_typed_source,
    add_voice,
    is_typed,
    make_key,
    take_sheet,
)
from engagement.listen.typed.photos import find_photo_or_raise, write_note
from engagement.listen.typed.wording import check_words
from engagement.listen.voices import VoiceQuery, VoiceView, bring_back_voice, list_voices, withdraw_voice
from engagement.people.permissions import Act, Person, check_may
from models.base import utc_now
from models.engagements import Prompt
from models.sources import Source
from models.typed import PublicForm, TypedVoice, VoicePhoto
from models.voices import Voice

MOST_SPEAKERS = 999
LONGEST_FIELD = 300
TAKEN_BACK = "taken back while it was typed in"
SAID_WHILE_TYPING = "told whoever typed it in"


@dataclass(frozen=True)
class TypedVoiceRequest:
    """What somebody typed, as the page sends it.

    ``token`` is the mark of one press; ``about`` is such as "Age band: 65 to 74; Sector: resident". What is
    not agreed to is held against what the occasion says.
    """

    words: str
    token: str
    prompt_id: int | None = None
    area: str = ""
    speaker: str = ""
    about: str = ""
    not_quoted: bool = False
    not_passed_on: bool = False
    photo_id: int | None = None


@dataclass(frozen=True)
class KeptVoice:
    """A voice that is in the record; ``is_repeat`` when the same press had kept it before."""

    voice_id: int
    row: int
    is_repeat: bool


@dataclass(frozen=True)
class Occasion:
    """A source that voices can be typed into."""

    id: int
    engagement_id: int
    title: str
    area: str
    n_voices: int


def begin_occasion(session: Session, person: Person, engagement_id: int, details: SourceDetails) -> int:
    """Put a source into the record that voices are typed into, and give its id."""
    check_may(person, Act.ADD_SOURCE)
    get_engagement_or_raise(session, person, engagement_id)
    source = add_typed_source(session, person, engagement_id, details, utc_now())
    record_decision(
        session,
        person,
        "added source",
        subject="source",
        subject_id=source.id,
        engagement_id=engagement_id,
        details={"title": source.title, "n_voices": 0, "file_sha256": source.file_sha256},
    )
    return source.id


def list_occasions(session: Session, person: Person, engagement_id: int) -> tuple[Occasion, ...]:
    """List the sources that voices can be typed into, the newest first; those of public forms not."""
    check_may(person, Act.READ)
    of_forms = select(PublicForm.source_id)
    query = select(Source).where(Source.engagement_id == engagement_id, Source.id.not_in(of_forms))
    sources = session.scalars(query.order_by(Source.id.desc()))
    return tuple(_view_occasion(session, each) for each in sources if is_typed(each))


def get_occasion_or_raise(session: Session, person: Person, source_id: int) -> Occasion:
    """Give one source that voices can be typed into.

    Raises
    ------
    NotFoundError
        When there is none with that number.
    """
    check_may(person, Act.ADD_SOURCE)
    return _view_occasion(session, _take_own_sheet(session, source_id))


def type_voice(session: Session, person: Person, source_id: int, typed: TypedVoiceRequest) -> KeptVoice:
    """Keep one voice as it was typed. The same press, sent again, keeps nothing twice.

    Raises
    ------
    EngagementError
        When there is nothing to keep, it is too long, or a field beside it is not right.
    """
    check_may(person, Act.ADD_SOURCE)
    words = check_words(typed.words)
    key = make_key(f"typed {source_id}", words, typed.token)
    source = _take_own_sheet(session, source_id)
    of_press = select(Voice.id, Voice.line).join(TypedVoice, TypedVoice.voice_id == Voice.id)
    kept = session.execute(of_press.where(TypedVoice.key == key)).one_or_none()
    if kept is not None:
        return KeptVoice(kept.id, kept.line, is_repeat=True)
    now = utc_now()
    voice = add_voice(session, person, source, _read_request(session, person, source, typed, words, now))
    session.add(TypedVoice(voice_id=voice.id, key=key, typed_by=person.name, typed_at=now))
    if typed.photo_id is not None:
        session.add(VoicePhoto(voice_id=voice.id, photo_id=typed.photo_id))
    record_decision(
        session,
        person,
        "typed voice",
        subject="voice",
        subject_id=voice.id,
        engagement_id=source.engagement_id,
        details={"source": source.id, "row": voice.line, "file_sha256": source.file_sha256},
    )
    _limit_consent(session, person, voice.id, typed)
    return KeptVoice(voice.id, voice.line, is_repeat=False)


def list_newest(session: Session, person: Person, source_id: int, limit: int) -> tuple[VoiceView, ...]:
    """List the voices that were typed in last, the newest first, those that were taken back too."""
    occasion = get_occasion_or_raise(session, person, source_id)
    newest = select(Voice.id).where(Voice.source_id == source_id).order_by(Voice.id.desc()).limit(limit)
    asked = VoiceQuery(among=select(newest.subquery().c.id))
    return list_voices(session, person, occasion.engagement_id, asked)[::-1]


def take_back(session: Session, person: Person, source_id: int, voice_id: int) -> None:
    """Take back a voice that was typed in by mistake; it stays in the record as withdrawn."""
    _check_belongs(session, source_id, voice_id)
    withdraw_voice(session, person, voice_id, TAKEN_BACK)


def put_back(session: Session, person: Person, source_id: int, voice_id: int) -> None:
    """Bring back a voice that was taken back."""
    _check_belongs(session, source_id, voice_id)
    bring_back_voice(session, person, voice_id)


def _take_own_sheet(session: Session, source_id: int) -> Source:
    source = take_sheet(session, source_id)
    if session.scalar(select(PublicForm.id).where(PublicForm.source_id == source_id)) is not None:
        raise NotFoundError("What came in by a public form is let in on the screen “Public forms”.")
    return source


def _view_occasion(session: Session, source: Source) -> Occasion:
    n_voices = session.scalar(select(func.count(Voice.id)).where(Voice.source_id == source.id)) or 0
    return Occasion(source.id, source.engagement_id, source.title, source.area, n_voices)


def _read_request(
    session: Session, person: Person, source: Source, typed: TypedVoiceRequest, words: str, now: datetime
) -> TypedWords:
    prompt = session.get(Prompt, typed.prompt_id) if typed.prompt_id is not None else None
    if typed.prompt_id is not None and (prompt is None or prompt.engagement_id != source.engagement_id):
        raise EngagementError("This prompt is not asked in this engagement. Choose another one.")
    speaker = _read_speaker(typed.speaker)
    photo = None if typed.photo_id is None else find_photo_or_raise(session, source.id, typed.photo_id)
    about = read_about(typed.about)
    if about and not speaker:
        raise EngagementError("Say whom this is about: give the speaker a number, such as 1.")
    return TypedWords(
        words=words,
        kept_at=now,
        typed_by=person.name,
        prompt_id=typed.prompt_id,
        area=_check_field("area", typed.area),
        speaker=speaker,
        about=about,
        note="" if photo is None else write_note(photo),
    )


def read_about(typed: str) -> tuple[tuple[str, str], ...]:
    """Read what somebody said of themselves, such as "Age band: 65 to 74; Sector: resident".

    Raises
    ------
    EngagementError
        When a part of it does not say what it is.
    """
    pairs: dict[str, str] = {}
    for part in _check_field("line about the speaker", typed).split(";"):
        name, _, value = (each.strip() for each in part.partition(":"))
        if part.strip() and not (name and value):
            raise EngagementError(
                f"“{part.strip()}” does not say what it is about. Write a name, a colon and the rest, such "
                "as “Age band: 65 to 74; Sector: resident”."
            )
        if name:
            pairs[name] = value
    return tuple(pairs.items())


def _read_speaker(typed: str) -> str:
    number = typed.strip()
    if not number:
        return ""
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= MOST_SPEAKERS):
        raise EngagementError(
            f"“{number[:40]}” is no number of a speaker. Type one from 1 to {MOST_SPEAKERS}, and no name."
        )
    return f"Speaker {int(number)}"


def _check_field(name: str, typed: str) -> str:
    value = " ".join(typed.split())
    if len(value) > LONGEST_FIELD or not value.isprintable():
        raise EngagementError(
            f"The {name} has {len(value)} characters; at most {LONGEST_FIELD} that can be seen are kept. "
            "Make it shorter."
        )
    return value


def _limit_consent(session: Session, person: Person, voice_id: int, typed: TypedVoiceRequest) -> None:
    """Keep that the speaker does not agree to something, beside what they said before."""
    own = get_own_consent(session, person, voice_id)
    limited = replace(
        own,
        may_quote=False if typed.not_quoted else own.may_quote,
        may_pass_on=False if typed.not_passed_on else own.may_pass_on,
    )
    if limited != own:
        change_consent(session, person, voice_id, limited, SAID_WHILE_TYPING)


def _check_belongs(session: Session, source_id: int, voice_id: int) -> None:
    voice = session.get(Voice, voice_id)
    if voice is None or voice.source_id != source_id:
        raise NotFoundError("This voice was not typed in here. Load the page again.")
