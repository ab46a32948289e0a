"""The language of a voice, and its translation beside it: typed by people, never in place of the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import ConflictError, EngagementError, NotFoundError
from engagement.listen.languages import NAMES
from engagement.listen.personal_data.marks import find_marks_of_translation
from engagement.listen.said_in import LANGUAGE, read_translation
from engagement.listen.searching import keep_searched
from engagement.people.permissions import Act, Person, check_may
from models.base import utc_now
from models.consent import ErasedVoice
from models.languages import Translation, VoiceLanguage
from models.voices import Voice

MAX_LETTERS = 20_000


@dataclass(frozen=True)
class TranslationView:
    """One wording of a translation. ``written_by`` is empty and ``written_at`` None for that of the file."""

    text: str
    written_by: str = ""
    written_at: datetime | None = None


def keep_guesses(session: Session, voice_ids: Sequence[int], languages: Sequence[str]) -> None:
    """Keep the guessed language of each of these voices, but for empty ones."""
    guesses = zip(voice_ids, languages, strict=True)
    rows = [{"voice_id": voice_id, "language": found} for voice_id, found in guesses if found]
    if rows:
        session.execute(insert(VoiceLanguage), rows)


def count_languages(session: Session, person: Person, engagement_id: int) -> dict[str, int]:
    """Count the voices of an engagement in each language, the most first; "" counts those not sure."""
    check_may(person, Act.READ)
    of_each = (
        select(LANGUAGE.label("language")).where(Voice.engagement_id == engagement_id).subquery("of_each")
    )
    rows = session.execute(select(of_each.c.language, func.count()).group_by(of_each.c.language))
    return dict(sorted(((code, count) for code, count in rows), key=lambda each: (-each[1], each[0])))


def set_language(session: Session, person: Person, voice_id: int, language: str) -> None:
    """Say in which language a voice is; an empty one says that nobody is sure."""
    check_may(person, Act.ADD_SOURCE)
    voice = _get_voice_or_raise(session, voice_id)
    if language and language not in NAMES:
        raise EngagementError(f"“{language}” is no language of the list. Choose one of it, or “not sure”.")
    kept = session.get(VoiceLanguage, voice_id)
    if kept is None:
        kept = VoiceLanguage(voice_id=voice_id)
        session.add(kept)
    kept.language, kept.set_by, kept.set_at = language, person.name, utc_now()
    _record(session, person, "said the language", voice, language=language)


def list_translations(session: Session, person: Person, voice_id: int) -> tuple[TranslationView, ...]:
    """List every wording that the translation of a voice has had, the newest first."""
    check_may(person, Act.READ)
    voice = _get_voice_or_raise(session, voice_id)
    rows = session.scalars(
        select(Translation).where(Translation.voice_id == voice_id).order_by(Translation.id.desc())
    )
    typed = [TranslationView(each.text, each.written_by, each.written_at) for each in rows]
    return (*typed, TranslationView(voice.translation)) if voice.translation else tuple(typed)


def write_translation(session: Session, person: Person, voice_id: int, text: str) -> None:
    """Put an English translation beside a voice, or another one in its place; an empty one takes it away.

    Raises
    ------
    EngagementError
        When it is too long, or holds a character that cannot be kept.
    ConflictError
        When it says what the one before says.
    """
    check_may(person, Act.ADD_SOURCE)
    voice = _get_voice_or_raise(session, voice_id)
    text = text.strip()
    if len(text) > MAX_LETTERS or "\0" in text:
        raise EngagementError(
            f"The translation has {len(text):,} characters; up to {MAX_LETTERS:,} are kept, and no NUL. "
            "Make it shorter."
        )
    if text == read_translation(session, voice_id):
        raise ConflictError("The translation says this already. Nothing was changed.")
    _add(session, person, voice, text, "wrote translation")


def undo_translation(session: Session, person: Person, voice_id: int) -> None:
    """Put the wording back that a translation had before; both stay in its history."""
    check_may(person, Act.ADD_SOURCE)
    voice = _get_voice_or_raise(session, voice_id)
    wordings = list_translations(session, person, voice_id)
    if not wordings or not wordings[0].written_by:
        raise ConflictError("Nobody has typed a translation here, so there is nothing to take back.")
    before = wordings[1].text if len(wordings) > 1 else ""
    _add(session, person, voice, before, "took back translation")


def _add(session: Session, person: Person, voice: Voice, text: str, kind: str) -> None:
    before = read_translation(session, voice.id)
    session.add(Translation(voice_id=voice.id, text=text, written_by=person.name))
    session.flush()
    find_marks_of_translation(session, person, voice, before)
    keep_searched(session, [voice.id])
    _record(session, person, kind, voice)


def _get_voice_or_raise(session: Session, voice_id: int) -> Voice:
    voice = session.get(Voice, voice_id)
    if voice is None:
        raise NotFoundError(
            f"There is no voice with the number {voice_id}. Look for it in the list of voices."
        )
    if session.get(ErasedVoice, voice_id) is not None:
        raise ConflictError("The words of this voice were erased for good. Nothing can stand beside them.")
    return voice


def _record(session: Session, person: Person, kind: str, voice: Voice, **details: str) -> None:
    record_decision(
        session,
        person,
        kind,
        subject="voice",
        subject_id=voice.id,
        engagement_id=voice.engagement_id,
        details={"voices": [voice.id], **details},
    )
