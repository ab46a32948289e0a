"""Showing words with what points at a person covered, to everybody who has no need to see it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from engagement.listen.said_in import TRANSLATION, read_translation
from models.personal_data import CoveredWords, MarkState, PersonalMark
from models.voices import Voice

Range = tuple[int, int, str]

SHOWN_TEXT: ColumnElement[str] = func.coalesce(
    select(CoveredWords.text).where(CoveredWords.voice_id == Voice.id).scalar_subquery(), Voice.text
)
"""The words of `Voice` in a query, as everybody may see them."""
SHOWN_TRANSLATION: ColumnElement[str] = func.coalesce(
    select(CoveredWords.translation).where(CoveredWords.voice_id == Voice.id).scalar_subquery(),
    TRANSLATION,
)
"""The translation of `Voice` in a query, as everybody may see it."""


def cover_ranges(text: str, ranges: Iterable[Range]) -> str:
    """Put the kind in square brackets in the place of each range: "ring [phone number] after six"."""
    shown, end = "", 0
    for start, stop, kind in sorted(ranges):
        if start >= end:
            shown += f"{text[end:start]}[{kind}]"
        end = max(end, stop)
    return shown + text[end:]


def shift_range(start: int, end: int, ranges: Iterable[Range]) -> tuple[int, int]:
    """Tell where a range of the words as they were said stands in the words as they are shown.

    A range that begins or ends inside covered words takes in all that is shown in their place.
    """
    moved_start, moved_end = start, end
    for first, last, kind in sorted(ranges):
        growth = len(kind) + 2 - (last - first)
        moved_start += growth if last <= start else min(first - start, 0) if first < start else 0
        moved_end += growth + max(last - end, 0) if first < end else 0
    return moved_start, moved_end


def read_ranges(session: Session, voice_ids: Collection[int]) -> dict[int, tuple[Range, ...]]:
    """Read what is covered in the words that are themed: the translation where there is one."""
    query = (
        select(PersonalMark.voice_id, PersonalMark.start_at, PersonalMark.end_at, PersonalMark.kind)
        .join(Voice, Voice.id == PersonalMark.voice_id)
        .where(PersonalMark.state == MarkState.COVERED, PersonalMark.voice_id.in_(voice_ids))
        .where(PersonalMark.in_translation == (TRANSLATION != ""))
    )
    ranges: dict[int, tuple[Range, ...]] = {}
    for voice_id, start, end, kind in session.execute(query):
        ranges[voice_id] = (*ranges.get(voice_id, ()), (start, end, kind))
    return ranges


def keep_covered(session: Session, voice: Voice) -> None:
    """Keep the words of a voice as its covered marks show them, or nothing when none is covered."""
    marks = session.scalars(
        select(PersonalMark).where(PersonalMark.voice_id == voice.id, PersonalMark.state == MarkState.COVERED)
    ).all()
    kept = session.get(CoveredWords, voice.id)
    if kept is not None and not marks:
        session.delete(kept)
    if not marks:
        return
    if kept is None:
        kept = CoveredWords(voice_id=voice.id, text="", translation="")
        session.add(kept)
    kept.text = cover_ranges(voice.text, _list_ranges(marks, in_translation=False))
    translation = read_translation(session, voice.id)
    kept.translation = cover_ranges(translation, _list_ranges(marks, in_translation=True))
    session.flush()


def _list_ranges(marks: Iterable[PersonalMark], *, in_translation: bool) -> list[Range]:
    return [
        (each.start_at, each.end_at, each.kind) for each in marks if each.in_translation is in_translation
    ]
