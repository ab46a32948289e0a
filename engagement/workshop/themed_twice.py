"""What screens and the method card read of double theming: samples, blind voices, answers side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engagement.errors import EngagementError
from engagement.listen.personal_data.covering import SHOWN_TEXT, SHOWN_TRANSLATION
from engagement.listen.said_in import LANGUAGE
from engagement.people.permissions import Act, Person, check_may
from engagement.workshop.double_theming import get_sample_or_raise
from engagement.workshop.second_people import (
    SecondPerson,
    describe_self,
    find_own_answers,
    is_same_person,
    list_second_people,
    select_standing,
)
from models.double_theming import SecondAnswer, SecondSample, SecondSampleVoice
from models.engagements import Prompt
from models.voices import Voice
from models.workshops import Workshop


@dataclass(frozen=True)
class OfferedTheme:
    """A theme as it was called when the sample was drawn."""

    id: int
    name: str


@dataclass(frozen=True)
class SampleView:
    """A sample as screens show it. ``n_moves_since`` counts what happened on the board after it was drawn."""

    id: int
    workshop_id: int
    seed: int
    themes: tuple[OfferedTheme, ...]
    n_voices: int
    n_withdrawn: int
    n_moves_since: int
    asked_by: str
    asked_at: datetime
    people: tuple[SecondPerson, ...]


@dataclass(frozen=True)
class BlindVoice:
    """A voice as a second person sees it: the words, never where it stands.

    ``is_answered`` and ``theme_id`` are their own answer; None is "none of these".
    """

    voice_id: int
    text: str
    translation: str
    language: str
    prompt: str
    is_answered: bool
    theme_id: int | None


@dataclass(frozen=True)
class ThemedTwice:
    """Where people, a second person and the machine put one voice; None is in none of the themes."""

    voice_id: int
    text: str
    people_id: int
    second_id: int | None
    machine_id: int | None


def list_samples(session: Session, person: Person, workshop_id: int) -> tuple[SampleView, ...]:
    """List the samples that were drawn from a board, the newest first."""
    check_may(person, Act.READ)
    query = select(SecondSample).where(SecondSample.workshop_id == workshop_id)
    rows = session.scalars(query.order_by(SecondSample.id.desc()))
    return tuple(_view_sample(session, person, sample) for sample in rows)


def view_sample(session: Session, person: Person, sample_id: int) -> SampleView:
    """Show one sample."""
    check_may(person, Act.READ)
    return _view_sample(session, person, get_sample_or_raise(session, sample_id))


def list_blind_voices(session: Session, person: Person, sample_id: int) -> tuple[BlindVoice, ...]:
    """List the voices of a sample for a second person, with their own answers and nobody else's."""
    check_may(person, Act.MOVE_CARDS)
    get_sample_or_raise(session, sample_id)
    own = find_own_answers(session, person, sample_id)
    standing = select_standing(sample_id).subquery()
    query = (
        select(
            Voice.id,
            SHOWN_TEXT.label("text"),
            SHOWN_TRANSLATION.label("translation"),
            LANGUAGE.label("language"),
        )
        .add_columns(Prompt.text.label("prompt"))
        .join(standing, standing.c.voice_id == Voice.id)
        .outerjoin(Prompt, Prompt.id == Voice.prompt_id)
        .order_by(standing.c.position)
    )
    return tuple(
        BlindVoice(
            row.id, row.text, row.translation, row.language, row.prompt or "", row.id in own, own.get(row.id)
        )
        for row in session.execute(query)
    )


def list_themed_twice(
    session: Session, person: Person, sample_id: int, second: SecondPerson
) -> tuple[ThemedTwice, ...]:
    """List where people, the second person and the machine put each voice that still stands.

    Raises
    ------
    EngagementError
        When the second person has not finished, or the reader has begun and not finished: it would tell
        them what the others think.
    """
    check_may(person, Act.READ)
    if not second.is_done:
        left = second.n_voices - second.n_answered
        raise EngagementError(f"{second.name} has {left} voices to go. The result shows when all are done.")
    reader = describe_self(session, person, sample_id)
    if reader.n_answered and not reader.is_done:
        raise EngagementError("Finish your own first: what others chose would sway you.")
    answers = _read_answers(session, sample_id, second)
    standing = select_standing(sample_id).add_columns(SHOWN_TEXT)
    rows = session.execute(standing.join(Voice, Voice.id == SecondSampleVoice.voice_id))
    return tuple(
        ThemedTwice(row.voice_id, text, row.theme_id, answers[row.voice_id], row.machine_theme_id)
        for row, text in rows
    )


def _view_sample(session: Session, person: Person, sample: SecondSample) -> SampleView:
    drawn = select(func.count()).where(SecondSampleVoice.sample_id == sample.id)
    n_drawn = session.scalar(drawn) or 0
    standing = select_standing(sample.id).subquery()
    n_voices = session.scalar(select(func.count()).select_from(standing)) or 0
    last_seq = session.scalars(select(Workshop.last_seq).where(Workshop.id == sample.workshop_id)).one()
    return SampleView(
        id=sample.id,
        workshop_id=sample.workshop_id,
        seed=sample.seed,
        themes=tuple(OfferedTheme(theme["id"], theme["name"]) for theme in sample.themes),
        n_voices=n_voices,
        n_withdrawn=n_drawn - n_voices,
        n_moves_since=last_seq - sample.at_seq,
        asked_by=sample.asked_by,
        asked_at=sample.asked_at,
        people=list_second_people(session, person, sample.id),
    )


def _read_answers(session: Session, sample_id: int, second: SecondPerson) -> dict[int, int | None]:
    query = (
        select(SecondAnswer.voice_id, SecondAnswer.theme_id)
        .where(SecondAnswer.sample_id == sample_id, is_same_person(second.account_id, second.name))
        .order_by(SecondAnswer.id)
    )
    return {voice_id: theme_id for voice_id, theme_id in session.execute(query)}
