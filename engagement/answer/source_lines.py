"""The lines of the stored file around a voice, so that anybody can see the words where they were written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.errors import UnreadableFileError
from engagement.listen.contents import Place
from engagement.listen.personal_data.covering import SHOWN_TEXT
from engagement.listen.slices import JOINT, Slice, list_slices, read_slices
from engagement.listen.standing import Slices, find_standing
from engagement.listen.stored import read_stored
from engagement.people.permissions import Act, Person, check_may
from models.personal_data import CoveredWords, MarkState, PersonalMark
from models.sources import Source
from models.voices import Voice, Withdrawal

TAKEN_BACK = "[withdrawn]"


@dataclass(frozen=True)
class SourceLine:
    """A line of a file. On the line of the voice, ``words`` are its words; elsewhere they are empty."""

    line: int
    before: str
    words: str = ""
    after: str = ""


class Standing(StrEnum):
    """Whether the words of a voice stand in its file where they stood when they were kept."""

    AS_KEPT = "as kept"
    ELSEWHERE = "elsewhere"
    NOT_FOUND = "not found"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class LinesAround:
    """The lines around a voice; none when it is withdrawn, or its words are not found in its file."""

    standing: Standing
    lines: tuple[SourceLine, ...] = ()


def read_lines_around(session: Session, person: Person, voice_id: int, n_lines: int = 2) -> LinesAround:
    """Read a voice's line and those around it from the stored file; words that were withdrawn stay hidden.

    Where the file is read in another way than when the voice was kept, its words are looked for.
    """
    check_may(person, Act.READ)
    voice = session.get_one(Voice, voice_id)
    if session.get(Withdrawal, voice_id) is not None:
        return LinesAround(Standing.WITHDRAWN)
    source = session.get_one(Source, voice.source_id)
    places, n_above = _read_places(session, source)
    slices = list_slices(voice)
    if read_slices(places, slices) == voice.text:
        lines = _read_lines(session, voice, places, n_above, slices, n_lines, {})
        return LinesAround(Standing.AS_KEPT, lines)
    everywhere = _find_everywhere(session, places, source.id)
    if voice_id not in everywhere:
        return LinesAround(Standing.NOT_FOUND)
    hidden = _list_hidden_slices(session, places, everywhere)
    lines = _read_lines(session, voice, places, n_above, everywhere[voice_id], n_lines, hidden)
    return LinesAround(Standing.ELSEWHERE, lines)


def _read_lines(
    session: Session,
    voice: Voice,
    places: Mapping[Place, str],
    n_above: int,
    slices: Slices,
    n_lines: int,
    hidden: Mapping[str, str],
) -> tuple[SourceLine, ...]:
    shown = session.scalar(select(SHOWN_TEXT).where(Voice.id == voice.id)) or ""
    withdrawn = _list_withdrawn_words(session, voice.source_id)
    hidden = {**withdrawn, **_list_covered_words(session, voice.source_id), **hidden}
    first = slices[0]
    column = {
        line: text
        for (part, line, column_name), text in places.items()
        if (part, column_name) == (first.part, first.column_name)
        and (line > n_above or line == first.line)
        and text.strip()
    }
    words = _list_shown(places, slices, shown)
    return tuple(
        _hide_words(_split_line(slices, line, column[line], words), hidden)
        for line in _find_near(column, first.line, n_lines)
    )


def _find_everywhere(session: Session, places: Mapping[Place, str], source_id: int) -> dict[int, Slices]:
    query = select(Voice).where(Voice.source_id == source_id).order_by(Voice.position, Voice.id)
    return find_standing(places, session.scalars(query).all())


def _list_hidden_slices(
    session: Session, places: Mapping[Place, str], everywhere: Mapping[int, Slices]
) -> dict[str, str]:
    """List what withdrawn and covered voices say at each of their places, with what is shown instead."""
    withdrawn = select(Withdrawal.voice_id).where(Withdrawal.voice_id.in_(everywhere))
    covered = select(CoveredWords.voice_id, CoveredWords.text).where(CoveredWords.voice_id.in_(everywhere))
    shown = {voice_id: text for voice_id, text in session.execute(covered)}
    shown |= dict.fromkeys(session.scalars(withdrawn), TAKEN_BACK)
    return {
        read_slices(places, [each]): instead if each == everywhere[voice_id][0] else ""
        for voice_id, instead in shown.items()
        for each in everywhere[voice_id]
    }


def _read_places(session: Session, source: Source) -> tuple[dict[Place, str], int]:
    """Give what stands at every place of a file, and how many rows are above the first of a sheet."""
    try:
        original = read_stored(session, source)
    except UnreadableFileError:
        return {}, 0
    mapping = original.mapping
    has_header = original.contents.is_sheet or bool(mapping.columns)
    return original.list_places(), mapping.first_row - 1 + mapping.n_header_rows if has_header else 0


def _find_near(column: dict[int, str], line: int, n_lines: int) -> Sequence[int]:
    lines = sorted(column)
    here = lines.index(line)
    return lines[max(0, here - n_lines) : here + n_lines + 1]


def _list_shown(places: Mapping[Place, str], slices: Sequence[Slice], shown: str) -> dict[Slice, str]:
    """Give what is shown at each slice of a voice; all of it at the first when some words are covered."""
    if shown == read_slices(places, slices):
        return {each: read_slices(places, [each]) for each in slices}
    return {each: shown if each is slices[0] else "" for each in slices}


def _split_line(slices: Sequence[Slice], line: int, text: str, shown: Mapping[Slice, str]) -> SourceLine:
    first = slices[0]
    here = [each for each in slices if each.place == (first.part, line, first.column_name)]
    if not here:
        return SourceLine(line, text)
    between = "".join(text[left.end_at : right.start_at] for left, right in pairwise(here))
    words = JOINT.join(shown[each] for each in here if shown[each])
    return SourceLine(line, text[: here[0].start_at], words, between + text[here[-1].end_at :])


def _list_withdrawn_words(session: Session, source_id: int) -> dict[str, str]:
    """List the withdrawn words of a source, also line by line where they run over several."""
    texts = session.scalars(
        select(Voice.text)
        .join(Withdrawal, Withdrawal.voice_id == Voice.id)
        .where(Voice.source_id == source_id)
    )
    lines = {line.strip() for text in texts for line in (text, *text.splitlines())}
    return dict.fromkeys(lines - {""}, TAKEN_BACK)


def _list_covered_words(session: Session, source_id: int) -> dict[str, str]:
    """List the words of a source in which personal data is covered, with what is shown instead."""
    rows = session.execute(
        select(Voice.text, PersonalMark)
        .join(PersonalMark, PersonalMark.voice_id == Voice.id)
        .where(Voice.source_id == source_id, PersonalMark.state == MarkState.COVERED)
        .where(PersonalMark.in_translation.is_(False))
    )
    return {text[mark.start_at : mark.end_at]: f"[{mark.kind}]" for text, mark in rows}


def _hide_words(line: SourceLine, hidden: Mapping[str, str]) -> SourceLine:
    """Hide words around the voice, the longest first."""
    before, after = line.before, line.after
    for words in sorted(hidden, key=len, reverse=True):
        before, after = before.replace(words, hidden[words]), after.replace(words, hidden[words])
    return replace(line, before=before, after=after)
