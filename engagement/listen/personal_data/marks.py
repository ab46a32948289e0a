"""Deciding about what may point at a person: cover it for everybody, or leave it as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, delete, func, insert, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import EngagementError, NotFoundError
from engagement.listen.personal_data.covering import keep_covered
from engagement.listen.personal_data.hints import Hint, HintKind, find_hints
from engagement.listen.said_in import LANGUAGE, TRANSLATION, read_translation
from engagement.listen.searching import keep_searched
from engagement.people.permissions import Act, Person, check_may
from models.base import utc_now
from models.personal_data import MarkState, PersonalMark
from models.sources import Source
from models.voices import Voice, Withdrawal

BY_HAND = "marked by hand"
SAY_STATE = {
    MarkState.COVERED: "covered personal data",
    MarkState.LEFT: "left words as they stand",
    MarkState.OPEN: "took back what was decided about personal data",
}


@dataclass(frozen=True)
class MarkView:
    """One mark with the words around it and the language they are in, for whoever decides."""

    id: int
    voice_id: int
    kind: str
    why: str
    state: MarkState
    before: str
    words: str
    after: str
    source_title: str
    decided_by: str
    language: str


def find_marks(session: Session, source: Source, voice: Voice) -> None:
    """Look for personal data in a voice of a source; keep it as open marks.

    Names of the facilitator and the host count wherever they stand.
    """
    known = [name for name in (source.facilitator, source.host) if name]
    keep_hints(session, [voice.id], find_hints([voice.text], known), in_translation=False)


def find_marks_of_translation(session: Session, person: Person, voice: Voice, before: str) -> None:
    """Look for personal data in a translation that was changed; ``before`` is what it said.

    Words that were covered in the voice or in the old translation are covered in the new one, too.
    """
    own = session.scalars(select(PersonalMark).where(PersonalMark.voice_id == voice.id)).all()
    covered = {
        (before if each.in_translation else voice.text)[each.start_at : each.end_at]: HintKind(each.kind)
        for each in own
        if each.state is MarkState.COVERED
    }
    of_translation = PersonalMark.voice_id == voice.id, PersonalMark.in_translation
    session.execute(delete(PersonalMark).where(*of_translation))
    source = session.get_one(Source, voice.source_id)
    known = [name for name in (source.facilitator, source.host) if name]
    text = read_translation(session, voice.id)
    keep_hints(session, [voice.id], find_hints([text], known), in_translation=True)
    for words, kind in covered.items():
        for start in _find_all(text, words):
            span = start, start + len(words)
            _cover_range(session, person, voice, span, kind, in_translation=True)
    keep_covered(session, voice)


def _find_all(text: str, words: str) -> list[int]:
    return [at for at in range(len(text)) if words and text.startswith(words, at)]


def keep_hints(
    session: Session, voice_ids: Sequence[int], hints: Sequence[Sequence[Hint]], *, in_translation: bool
) -> int:
    """Keep what was found in each of these voices as open marks; give their number."""
    rows = [
        {
            "voice_id": voice_id,
            "in_translation": in_translation,
            "start_at": hint.start,
            "end_at": hint.end,
            "kind": str(hint.kind),
            "why": hint.why,
        }
        for voice_id, own in zip(voice_ids, hints, strict=True)
        for hint in own
    ]
    if rows:
        session.execute(insert(PersonalMark), rows)
    return len(rows)


def list_marks(
    session: Session, person: Person, engagement_id: int, state: MarkState, limit: int | None = None
) -> tuple[MarkView, ...]:
    """List the marks of an engagement in one state, in the order of the voices, without withdrawn ones."""
    check_may(person, Act.ADD_SOURCE)
    query = _select_marks(engagement_id).add_columns(Voice.text, LANGUAGE, TRANSLATION, Source.title)
    query = query.where(PersonalMark.state == state).order_by(Voice.id, PersonalMark.start_at)
    rows = session.execute(query.limit(limit))
    return tuple(
        _view_mark(mark, translation, "en", title)
        if mark.in_translation
        else _view_mark(mark, text, language, title)
        for mark, text, language, translation, title in rows
    )


def count_marks(session: Session, person: Person, engagement_id: int) -> dict[MarkState, int]:
    """Count the marks of an engagement by state."""
    check_may(person, Act.READ)
    marks = _select_marks(engagement_id).subquery()
    rows = session.execute(select(marks.c.state, func.count()).group_by(marks.c.state))
    counts = {MarkState(state): count for state, count in rows}
    return {state: counts.get(state, 0) for state in MarkState}


def decide_mark(
    session: Session, person: Person, mark_id: int, state: MarkState, *, with_equal: bool = False
) -> int:
    """Decide about one mark, and with it about all undecided ones of the same words; give their number.

    Raises
    ------
    NotFoundError
        When there is no such mark.
    """
    check_may(person, Act.ADD_SOURCE)
    mark = session.get(PersonalMark, mark_id)
    if mark is None:
        raise NotFoundError("This mark is no longer there. Load the page again.")
    voice = session.get_one(Voice, mark.voice_id)
    marks = _find_equal(session, mark, voice) if with_equal else [(mark, voice)]
    for each, _ in marks:
        each.state = state
        each.decided_by = "" if state is MarkState.OPEN else person.name
        each.decided_at = utc_now()
    session.flush()
    touched = list(dict.fromkeys(own.id for _, own in marks))
    for voice_id in touched:
        keep_covered(session, session.get_one(Voice, voice_id))
    keep_searched(session, touched)
    record_decision(
        session,
        person,
        SAY_STATE[state],
        subject="personal_mark",
        subject_id=mark.id,
        engagement_id=voice.engagement_id,
        details={"kind": mark.kind, "voices": sorted({own.id for _, own in marks})},
    )
    return len(marks)


def cover_by_hand(
    session: Session,
    person: Person,
    voice_id: int,
    words: str,
    kind: HintKind,
    *,
    in_translation: bool = False,
) -> int:
    """Cover words of a voice that nothing hinted at, wherever they stand in it; give how often they do.

    Raises
    ------
    EngagementError
        When the words do not stand in the voice to the letter.
    """
    check_may(person, Act.ADD_SOURCE)
    voice = session.get(Voice, voice_id)
    if voice is None:
        raise NotFoundError(
            f"There is no voice with the number {voice_id}. Look for it in the list of voices."
        )
    text = read_translation(session, voice_id) if in_translation else voice.text
    wanted = words.strip()
    starts = _find_all(text, wanted)
    if not starts:
        raise EngagementError(
            f"“{wanted[:80]}” does not stand in this voice. Copy the words out of it, to the letter."
        )
    for start in starts:
        _cover_range(
            session, person, voice, (start, start + len(wanted)), kind, in_translation=in_translation
        )
    keep_covered(session, voice)
    keep_searched(session, [voice.id])
    record_decision(
        session,
        person,
        SAY_STATE[MarkState.COVERED],
        subject="voice",
        subject_id=voice.id,
        engagement_id=voice.engagement_id,
        details={"kind": str(kind), "voices": [voice.id]},
    )
    return len(starts)


def _cover_range(
    session: Session,
    person: Person,
    voice: Voice,
    span: tuple[int, int],
    kind: HintKind,
    *,
    in_translation: bool,
) -> None:
    place = {"voice_id": voice.id, "in_translation": in_translation, "start_at": span[0], "end_at": span[1]}
    mark = session.scalars(select(PersonalMark).filter_by(**place)).one_or_none()
    if mark is None:
        mark = PersonalMark(**place, kind=str(kind), why=BY_HAND)
        session.add(mark)
    mark.state, mark.decided_by, mark.decided_at = MarkState.COVERED, person.name, utc_now()
    session.flush()


def _select_marks(engagement_id: int) -> Select[PersonalMark]:
    return (
        select(PersonalMark)
        .join(Voice, Voice.id == PersonalMark.voice_id)
        .join(Source, Source.id == Voice.source_id)
        .outerjoin(Withdrawal, Withdrawal.voice_id == Voice.id)
        .where(Voice.engagement_id == engagement_id, Withdrawal.voice_id.is_(None))
    )


def _find_equal(session: Session, mark: PersonalMark, voice: Voice) -> list[tuple[PersonalMark, Voice]]:
    """Find the mark itself and every undecided one of the same kind and words in this engagement."""
    query = _select_marks(voice.engagement_id).add_columns(Voice, TRANSLATION)
    translation = read_translation(session, voice.id)
    words = _read_words(mark, voice.text, translation)
    return [
        (each, own)
        for each, own, said in session.execute(query.where(PersonalMark.kind == mark.kind))
        if each.id == mark.id or (each.state is MarkState.OPEN and _read_words(each, own.text, said) == words)
    ]


def _read_words(mark: PersonalMark, text: str, translation: str) -> str:
    return (translation if mark.in_translation else text)[mark.start_at : mark.end_at].casefold()


def _view_mark(mark: PersonalMark, text: str, language: str, source_title: str) -> MarkView:
    return MarkView(
        id=mark.id,
        voice_id=mark.voice_id,
        kind=mark.kind,
        why=mark.why,
        state=mark.state,
        before=text[: mark.start_at],
        words=text[mark.start_at : mark.end_at],
        after=text[mark.end_at :],
        source_title=source_title,
        decided_by=mark.decided_by,
        language=language,
    )
