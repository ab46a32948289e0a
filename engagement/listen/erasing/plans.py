"""What an erasure would do, told before anything is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.errors import ConflictError, EngagementError, NotFoundError, UnreadableFileError
from engagement.listen.contents import FileFormat, Place
from engagement.listen.erasing.answers import count_answers_aside
from engagement.listen.erasing.blanks import Span, squeeze
from engagement.listen.erasing.redact_text import spread_cuts
from engagement.listen.erasing.redacting import Original, redact_in_format
from engagement.listen.erasing.redacting_child import SHORTEST_TELLING
from engagement.listen.standing import find_standing
from engagement.listen.stored import read_stored
from engagement.people.permissions import Act, Person, check_may
from models.consent import ErasedVoice, ErasedWhy
from models.engagements import Engagement
from models.sources import Source
from models.voices import Voice, Withdrawal


@dataclass(frozen=True)
class ErasurePlan:
    """What an erasure would take away.

    ``redacted`` is the copy in the file's own format; None where only a text copy is sound. ``is_whole`` says
    that no voice of the source would keep its words. ``also_in`` names other engagements that hold the same
    file. ``n_elsewhere`` other places of the file say the very words of one of these voices, and stay.
    """

    voice_ids: tuple[int, ...]
    source_id: int
    source_title: str
    file_name: str
    why: ErasedWhy
    is_whole: bool
    is_copy: bool
    redacted: bytes | None
    also_in: tuple[str, ...]
    n_elsewhere: int
    is_found: bool = True

    @property
    def n_voices(self) -> int:
        """Count the voices whose words would go."""
        return len(self.voice_ids)


@dataclass(frozen=True)
class DueSource:
    """A source whose words were to be kept until a day that is over.

    ``n_answers`` answers to its public form were set aside and still have words; they are no voices.
    """

    id: int
    title: str
    keep_until: date
    n_voices: int
    n_answers: int


def list_due(session: Session, person: Person, engagement_id: int, today: date) -> tuple[DueSource, ...]:
    """List the sources that are kept for longer than people were told, and still hold words."""
    check_may(person, Act.READ)
    sources = session.scalars(
        select(Source)
        .where(Source.engagement_id == engagement_id, Source.keep_until < today)
        .order_by(Source.keep_until, Source.id)
    )
    due = [
        DueSource(
            id=each.id,
            title=each.title,
            keep_until=each.keep_until,
            n_voices=len(list_of_source(session, each.id)),
            n_answers=count_answers_aside(session, each.id),
        )
        for each in sources
        if each.keep_until is not None
    ]
    return tuple(each for each in due if each.n_voices or each.n_answers)


def list_of_source(session: Session, source_id: int) -> tuple[int, ...]:
    """List the voices of a source that still have words."""
    erased = select(ErasedVoice.voice_id)
    query = select(Voice.id).where(Voice.source_id == source_id, Voice.id.not_in(erased)).order_by(Voice.id)
    return tuple(session.scalars(query))


def list_of_person(session: Session, voice_id: int) -> tuple[int, ...]:
    """List the voices that still have words of whoever said a voice: that one alone, if nobody knows who."""
    voice = session.get(Voice, voice_id)
    if voice is None:
        raise NotFoundError(
            f"There is no voice with the number {voice_id}. Look for it in the list of voices."
        )
    of_source = set(list_of_source(session, voice.source_id))
    own = select(Voice.id).where(Voice.id == voice_id)
    if voice.respondent_id is not None:
        own = select(Voice.id).where(Voice.respondent_id == voice.respondent_id)
    return tuple(each for each in session.scalars(own.order_by(Voice.id)) if each in of_source)


def plan_erasure(session: Session, person: Person, voice_ids: Collection[int], today: date) -> ErasurePlan:
    """Tell what erasing these voices of one source would do; nothing is changed.

    Raises
    ------
    EngagementError
        When they were not withdrawn, and the time to keep their source is not over.
    ConflictError
        When none of them has words any more.
    """
    check_may(person, Act.ERASE)
    voices = session.scalars(select(Voice).where(Voice.id.in_(voice_ids)).order_by(Voice.id)).all()
    source = _find_source(session, voices)
    left = list_of_source(session, source.id)
    voices = [each for each in voices if each.id in set(left)]
    if not voices:
        raise ConflictError("The words of these voices are erased already. Nothing more needs to be done.")
    found = read_with_cuts(session, source, voices)
    return ErasurePlan(
        voice_ids=tuple(each.id for each in voices),
        source_id=source.id,
        source_title=source.title,
        file_name=source.file_name,
        why=_find_why(session, source, voices, today),
        is_whole=len(voices) == len(left),
        is_copy=found is not None and found[0].is_copy,
        redacted=redact_in_format(*found) if found else None,
        also_in=tuple(_list_same_file(session, source)),
        n_elsewhere=_count_elsewhere(*found, voices) if found else 0,
        is_found=found is not None,
    )


def read_with_cuts(
    session: Session, source: Source, voices: Sequence[Voice]
) -> tuple[Original, dict[Place, list[Span]]] | None:
    """Read the stored file of a source, and find what of it goes with these voices.

    None where the file cannot be read any more, or the words are not found in what is read of it today.
    """
    try:
        original = read_stored(session, source)
    except UnreadableFileError:
        return None
    cuts = _find_cuts(session, original, voices)
    return None if cuts is None else (original, cuts)


def _find_cuts(
    session: Session, original: Original, voices: Sequence[Voice]
) -> dict[Place, list[Span]] | None:
    """Find what goes; None where that is not found.

    In a sheet that is the whole row once none of its voices keeps its words: its other cells speak of the
    same person.
    """
    places = original.list_places()
    query = select(Voice).where(Voice.source_id == voices[0].source_id).order_by(Voice.position, Voice.id)
    everybody = session.scalars(query).all()
    standing = find_standing(places, everybody)
    going = {voice.id for voice in voices}
    if not going <= set(standing):
        return None
    cuts: dict[Place, list[Span]] = defaultdict(list)
    for each in (each for voice_id in going for each in standing[voice_id]):
        cuts[each.place].append((each.start_at, each.end_at))
    if original.contents.is_sheet or original.mapping.columns:
        staying = set(list_of_source(session, voices[0].source_id)) - going
        if not staying <= set(standing):
            return None
        rows = {place[:2] for place in cuts} - {
            each.place[:2] for voice_id in staying for each in standing[voice_id]
        }
        for place, text in places.items():
            if place[:2] in rows and text.strip():
                cuts[place] = [(0, len(text))] if place not in cuts else cuts[place]
    is_plain = original.contents.format is FileFormat.TXT and not original.is_copy
    return spread_cuts(original.content, cuts) if is_plain else dict(cuts)


def _find_source(session: Session, voices: Sequence[Voice]) -> Source:
    ids = {each.source_id for each in voices}
    if not ids:
        raise NotFoundError("There are no such voices. Look for them in the list of voices.")
    if len(ids) > 1:
        raise ValueError(f"sources == {sorted(ids)}, must be one: each has a file of its own.")
    return session.get_one(Source, ids.pop())


def _find_why(session: Session, source: Source, voices: Sequence[Voice], today: date) -> ErasedWhy:
    withdrawn = set(session.scalars(select(Withdrawal.voice_id)))
    if all(each.id in withdrawn for each in voices):
        return ErasedWhy.REQUEST
    if source.keep_until is not None and source.keep_until < today:
        return ErasedWhy.TIME
    raise EngagementError(
        "Only what was withdrawn, or is kept longer than people were told, can be erased. Withdraw it first."
    )


def _count_elsewhere(original: Original, cuts: Mapping[Place, object], voices: Sequence[Voice]) -> int:
    words = [each for voice in voices if len(each := squeeze(voice.text)) >= SHORTEST_TELLING]
    texts = [squeeze(text) for place, text in original.list_places().items() if place not in cuts]
    return sum(any(each in text for each in words) for text in texts)


def _list_same_file(session: Session, source: Source) -> list[str]:
    return list(
        session.scalars(
            select(Engagement.name)
            .join(Source, Source.engagement_id == Engagement.id)
            .where(Source.file_sha256 == source.file_sha256, Source.id != source.id)
            .order_by(Engagement.name)
        )
    )
