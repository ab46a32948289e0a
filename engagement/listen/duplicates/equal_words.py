"""Voices of a file in the words of voices that are there already, told before anything is saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.listen.duplicates.aside import stands
from engagement.listen.duplicates.deciding import decide_alike
from engagement.listen.found_voices import PreviewVoice
from engagement.listen.personal_data.covering import SHOWN_TEXT
from engagement.listen.searching import fold_words
from engagement.listen.voices import describe_place
from engagement.people.permissions import Act, Person, check_may
from models.duplicates import Verdict
from models.finding import SearchedWords
from models.sources import Source
from models.voices import Voice

Place: TypeAlias = tuple[str, int, str, int]
"""Where a voice stands in its file: part, line, column and first character."""
MANY = 500


@dataclass(frozen=True)
class EqualVoice:
    """A voice of a file that is not saved yet, and the one before it that has the same words."""

    place: Place
    text: str
    where: str
    other_text: str
    other_where: str
    is_in_record: bool


def get_place(voice: PreviewVoice | Voice) -> Place:
    """Give where a voice stands in its file."""
    return voice.part, voice.line, voice.column_name, voice.start_at


def find_equal(
    session: Session, person: Person, engagement_id: int, title: str, voices: Sequence[PreviewVoice]
) -> tuple[EqualVoice, ...]:
    """Find voices of a file whose words were said before, in the record or in the file; longest first.

    Words are equal whatever their case, accents and spaces.
    """
    check_may(person, Act.ADD_SOURCE)
    folded = [fold_words(voice.text) for voice in voices]
    known = {
        words: (text, describe_place(source_title, voice.part, voice.line, voice.column_name), True)
        for words, (voice, text, source_title) in _find_first(session, engagement_id, folded).items()
    }
    found = []
    for words, voice in zip(folded, voices, strict=True):
        where = describe_place(title, voice.part, voice.line, voice.column_name)
        if words in known:
            found.append(EqualVoice(get_place(voice), voice.text, where, *known[words]))
        known.setdefault(words, (voice.text, where, False))
    return tuple(sorted(found, key=lambda each: -len(each.text)))


def count_once_at_import(
    session: Session, person: Person, source: Source, chosen: Iterable[tuple[Place, str]]
) -> int:
    """Count chosen voices of a new source with the first ones of the same words; give how many there were.

    Parameters
    ----------
    chosen : iterable of tuple
        Where each voice stands in its file, and why it is counted once.
    """
    reasons = dict(chosen)
    if not reasons:
        return 0
    voices = session.scalars(select(Voice).where(Voice.source_id == source.id).order_by(Voice.id))
    own = {voice.id: fold_words(voice.text) for voice in voices if get_place(voice) in reasons}
    first = _find_first(session, source.engagement_id, list(own.values()))
    together: dict[tuple[int, str], list[int]] = defaultdict(list)
    for voice_id, words in own.items():
        voice = session.get_one(Voice, voice_id)
        if words in first and first[words][0].id != voice_id:
            together[first[words][0].id, reasons[get_place(voice)]].append(voice_id)
    for (first_id, why), voice_ids in together.items():
        decide_alike(session, person, [first_id, *voice_ids], Verdict.COUNT_ONCE, why)
    return sum(len(voice_ids) for voice_ids in together.values())


def _find_first(
    session: Session, engagement_id: int, folded: Sequence[str]
) -> dict[str, tuple[Voice, str, str]]:
    """Find the first voice of an engagement with each of these words, as shown, and its source's title."""
    wanted = list(dict.fromkeys(folded))
    found: dict[str, tuple[Voice, str, str]] = {}
    for start in range(0, len(wanted), MANY):
        rows = session.execute(
            select(Voice, SHOWN_TEXT, Source.title)
            .join(Source, Source.id == Voice.source_id)
            .join(SearchedWords, SearchedWords.voice_id == Voice.id)
            .where(Voice.engagement_id == engagement_id, stands(Voice.id))
            .where(SearchedWords.words.in_(wanted[start : start + MANY]))
            .order_by(Voice.id)
        )
        for voice, text, title in rows:
            found.setdefault(fold_words(text), (voice, text, title))
    return found
