"""Homes suggested on a board, learned from where people put voices. They are offered, never applied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.embedding_cache import find_vectors
from engagement.people.permissions import Person
from engagement.theming_runs.wall import BoardWall, read_wall
from engagement.workshop.boards import get_board_or_raise
from models.theming_runs import ThemingRun
from models.workshops import Workshop
from theming.embedding.protocol import hash_text
from theming.suggestion.homes import SuggestedHomes, suggest_homes
from theming.suggestion.neighbours import Neighbours, find_neighbours
from theming.suggestion.offers import FEWEST_DECIDED, choose_offers

NOT_READ = (
    "The machine has not read these voices yet, so it suggests nothing. "
    "Ask for candidate themes: it reads them then."
)
TOO_EARLY = f"Suggestions come once people have placed {FEWEST_DECIDED} voices."
VERY_LIKELY, LIKELY = 0.8, 0.55


@dataclass(frozen=True)
class SuggestedVoice:
    """A voice that may belong in a theme, and how surely, in words.

    ``also`` holds the words with which a voice whose home is elsewhere speaks of the theme too: an echo.
    """

    voice_id: int
    sureness: str
    also: str = ""


@dataclass(frozen=True)
class SuggestedTheme:
    """A theme of the board with the voices suggested for it, the surest first."""

    theme_id: int
    voices: tuple[SuggestedVoice, ...]


@dataclass(frozen=True)
class BoardSuggestions:
    """What is suggested after event ``seq`` of a board. ``note`` says why there is nothing or not for all."""

    seq: int
    themes: tuple[SuggestedTheme, ...] = ()
    note: str = ""


def suggest_on_board(session: Session, person: Person, workshop_id: int) -> BoardSuggestions:
    """Suggest homes for voices that people have not placed, learned from those that they have.

    Raises
    ------
    NotAllowedError
        When the person may not read.
    NotFoundError
        When there is no such workshop.
    """
    workshop = get_board_or_raise(session, person, workshop_id)
    wall = read_wall(session, workshop)
    if wall.is_decided.sum() < FEWEST_DECIDED:
        return BoardSuggestions(workshop.last_seq, note=TOO_EARLY)
    model_hash = _find_model(session, workshop)
    vectors = find_vectors(session, model_hash, wall.text_hashes) if model_hash else {}
    read = [place for place, key in enumerate(wall.text_hashes) if key in vectors]
    if not read:
        return BoardSuggestions(workshop.last_seq, note=NOT_READ)
    themes = _suggest(session, model_hash, wall.keep_only(read), vectors)
    return BoardSuggestions(workshop.last_seq, themes, _say_unread(len(wall.voice_ids) - len(read)))


def _suggest(
    session: Session, model_hash: str, wall: BoardWall, vectors: Mapping[str, bytes]
) -> tuple[SuggestedTheme, ...]:
    known = _find_neighbours(tuple(vectors[key] for key in wall.text_hashes))
    found = suggest_homes(
        known,
        wall.home,
        wall.is_decided,
        n_themes=len(wall.theme_ids),
        theme_vectors=_find_name_vectors(session, model_hash, wall.theme_names, known.vectors.shape[1]),
        is_refused=wall.is_refused,
    )
    return _tell_offers(wall, found)


def _tell_offers(wall: BoardWall, found: SuggestedHomes) -> tuple[SuggestedTheme, ...]:
    offered: dict[int, list[SuggestedVoice]] = defaultdict(list)
    for offer in choose_offers(found, wall.home, wall.is_decided | wall.is_parked):
        voice = SuggestedVoice(wall.voice_ids[offer.text], describe_sureness(offer.sureness))
        offered[wall.theme_ids[offer.theme]].append(voice)
    return tuple(
        SuggestedTheme(theme_id, tuple(offered[theme_id]))
        for theme_id in wall.theme_ids
        if theme_id in offered
    )


def describe_sureness(sureness: float) -> str:
    """Say in plain words how surely a voice belongs in a theme (``sureness`` from 0 to 1)."""
    if sureness >= VERY_LIKELY:
        return "very likely"
    return "likely" if sureness >= LIKELY else "perhaps"


def _say_unread(count: int) -> str:
    if count == 0:
        return ""
    voices = "1 voice has" if count == 1 else f"{count:,} voices have"
    return f"{voices} come in since the machine last read, so nothing is suggested for them yet."


def _find_model(session: Session, workshop: Workshop) -> str:
    """Find the model whose vectors are kept: that of the board's own run, or of the newest."""
    query = select(ThemingRun.card).where(ThemingRun.engagement_id == workshop.engagement_id)
    if workshop.run_id is not None:
        query = query.where(ThemingRun.id == workshop.run_id)
    card = session.scalars(query.order_by(ThemingRun.id.desc()).limit(1)).first()
    return str(card["model"]["sha256"]) if card else ""


@lru_cache(maxsize=8)
def _find_neighbours(vectors: tuple[bytes, ...]) -> Neighbours:
    """Find neighbours once for the same voices: they stay the same whatever people move."""
    return find_neighbours(np.stack([np.frombuffer(vector, "<f4") for vector in vectors]))


def _find_name_vectors(
    session: Session, model_hash: str, names: Sequence[str], n_dimensions: int
) -> NDArray[np.float32]:
    """Find the vectors of the themes' names, where the machine has read them; others are all 0."""
    hashes = [hash_text(name) for name in names]
    kept = find_vectors(session, model_hash, hashes)
    found = np.zeros((len(names), n_dimensions), np.float32)
    for place, key in enumerate(hashes):
        if key in kept:
            found[place] = np.frombuffer(kept[key], "<f4")
    return found
