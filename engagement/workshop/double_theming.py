"""Double theming: a second person puts voices into themes without seeing where they stand."""

from __future__ import annotations

import secrets
from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import EngagementError, NotFoundError
from engagement.people.permissions import Act, Person, check_may
from engagement.workshop.boards import refuse_unknown
from engagement.workshop.sample_drawing import draw_sample
from engagement.workshop.second_people import count_left, find_own_answers
from engagement.workshop.voice_places import VoicePlace, list_places, map_roots
from models.database import lock_chain
from models.double_theming import SecondAnswer, SecondSample, SecondSampleVoice
from models.voices import Withdrawal
from models.workshops import Theme, Workshop

USUAL_SIZE = 60
FEWEST, MOST = 10, 500


def ask_for_sample(
    session: Session, person: Person, workshop_id: int, *, size: int = USUAL_SIZE, seed: int | None = None
) -> int:
    """Draw voices from the themes of a board for a second person, and give the sample's id.

    The sample keeps where each voice stood, where the machine had dealt it, and the seed that draws it again.

    Raises
    ------
    EngagementError
        When the size is out of bounds, or the board has fewer than two themes with voices.
    """
    check_may(person, Act.RUN_WORKSHOP)
    if not FEWEST <= size <= MOST:
        raise EngagementError(
            f"A sample of {size} voices cannot be drawn. Ask for {FEWEST} to {MOST}; {USUAL_SIZE} is usual."
        )
    lock_chain(session, f"board {workshop_id}")
    workshop = session.get(Workshop, workshop_id, populate_existing=True)
    if workshop is None:
        raise refuse_unknown(workshop_id)
    placed = {
        place.voice_id: place
        for place in list_places(session, workshop)
        if place.theme_id is not None and not place.is_withdrawn
    }
    seed = secrets.randbelow(2**31) if seed is None else seed
    drawn = draw_sample(_group_by_theme(placed), size, seed)
    return _keep_sample(session, person, workshop, [placed[voice_id] for voice_id in drawn], seed)


def answer_voice(
    session: Session, person: Person, sample_id: int, voice_id: int, theme_id: int | None
) -> None:
    """Keep where a second person puts a voice; None is "none of these". A change of mind is a new answer.

    Raises
    ------
    NotFoundError
        When there is no such sample, or the voice is not in it.
    EngagementError
        When the voice was withdrawn, or the theme is not one of those offered.
    """
    check_may(person, Act.MOVE_CARDS)
    sample = get_sample_or_raise(session, sample_id)
    _check_answer(session, sample, voice_id, theme_id)
    lock_chain(session, f"second answers {sample_id}")
    if find_own_answers(session, person, sample_id).get(voice_id, ...) == theme_id:
        return
    n_left_before = count_left(session, person, sample_id)
    session.add(
        SecondAnswer(
            sample_id=sample_id,
            voice_id=voice_id,
            theme_id=theme_id,
            account_id=person.account_id,
            answered_by=person.name,
        )
    )
    session.flush()
    if n_left_before and not count_left(session, person, sample_id):
        _record(session, person, "finished double theming", sample)


def get_sample_or_raise(session: Session, sample_id: int) -> SecondSample:
    """Get the row of a sample.

    Raises
    ------
    NotFoundError
        When there is none with this number.
    """
    sample = session.get(SecondSample, sample_id)
    if sample is None:
        raise NotFoundError(f"There is no sample {sample_id}. Choose one under Workshops.")
    return sample


def _group_by_theme(placed: dict[int, VoicePlace]) -> dict[int, list[int]]:
    voices: dict[int, list[int]] = defaultdict(list)
    for place in placed.values():
        if place.theme_id is not None:
            voices[place.theme_id].append(place.voice_id)
    if len(voices) < 2:
        raise EngagementError(
            "At least two themes need voices before a second person can theme them again. "
            "Move some voices on the board first."
        )
    return voices


def _keep_sample(
    session: Session, person: Person, workshop: Workshop, places: list[VoicePlace], seed: int
) -> int:
    roots = map_roots(session, workshop.id)
    sample = SecondSample(
        workshop_id=workshop.id,
        seed=seed,
        at_seq=workshop.last_seq,
        themes=_list_offered(session, workshop.id),
        asked_by=person.name,
    )
    session.add(sample)
    session.flush()
    session.add_all(
        SecondSampleVoice(
            sample_id=sample.id,
            voice_id=place.voice_id,
            position=position,
            theme_id=place.theme_id,
            machine_theme_id=roots.get(place.dealt_to_id) if place.dealt_to_id else None,
        )
        for position, place in enumerate(places)
    )
    _record(session, person, "asked for double theming", sample, n_voices=len(places), seed=seed)
    return sample.id


def _list_offered(session: Session, workshop_id: int) -> list[dict[str, object]]:
    query = (
        select(Theme.id, Theme.name)
        .where(Theme.workshop_id == workshop_id)
        .where(Theme.merged_into_id.is_(None), Theme.is_removed.is_(False))
    )
    rows = session.execute(query.order_by(Theme.position, Theme.id))
    return [{"id": theme_id, "name": name} for theme_id, name in rows]


def _check_answer(session: Session, sample: SecondSample, voice_id: int, theme_id: int | None) -> None:
    if session.get(SecondSampleVoice, (sample.id, voice_id)) is None:
        raise NotFoundError(f"Voice {voice_id} is not in this sample. Reload the page and go on.")
    if session.get(Withdrawal, voice_id) is not None:
        raise EngagementError("This voice was withdrawn, so it is left out. Go on with the next one.")
    if theme_id is not None and theme_id not in {theme["id"] for theme in sample.themes}:
        raise EngagementError("That theme is not one of those offered. Choose one from the list.")


def _record(session: Session, person: Person, kind: str, sample: SecondSample, **details: int) -> None:
    workshop = session.get_one(Workshop, sample.workshop_id)
    record_decision(
        session,
        person,
        kind,
        subject="second_sample",
        subject_id=sample.id,
        engagement_id=workshop.engagement_id,
        details={"name": workshop.name, **details},
    )
