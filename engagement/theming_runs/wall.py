"""A board as ``theming`` counts it: texts and themes by their place, and what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.listen.voices import list_texts
from engagement.workshop.decided import read_decisions
from engagement.workshop.images import BoardNow
from models.workshops import Placement, Workshop
from theming.embedding.protocol import hash_text


@dataclass(frozen=True, eq=False)
class BoardWall:
    """What stands on a board. Rows are voices, themes are those that the board shows.

    ``home`` is the place of each voice's theme, or -1; ``is_refused`` has a column for each theme.
    """

    voice_ids: tuple[int, ...]
    text_hashes: tuple[str, ...]
    theme_ids: tuple[int, ...]
    theme_names: tuple[str, ...]
    home: NDArray[np.int64]
    is_decided: NDArray[np.bool_]
    is_parked: NDArray[np.bool_]
    is_refused: NDArray[np.bool_]

    def keep_only(self, places: Sequence[int]) -> BoardWall:
        """Leave out all voices but these."""
        rows = np.array(places, np.int64)
        return replace(
            self,
            voice_ids=tuple(self.voice_ids[place] for place in places),
            text_hashes=tuple(self.text_hashes[place] for place in places),
            home=self.home[rows],
            is_decided=self.is_decided[rows],
            is_parked=self.is_parked[rows],
            is_refused=self.is_refused[rows],
        )


def read_wall(session: Session, workshop: Workshop) -> BoardWall:
    """Read a board: voices that are not withdrawn, by id, and shown themes in the board's order."""
    board = BoardNow(session, workshop)
    shown = [theme for theme in board.live_themes() if theme.merged_into is None]
    place_of_root = {theme.id: place for place, theme in enumerate(shown)}
    place_of: dict[int | None, int] = {
        theme.id: place_of_root.get(board.find_root(theme.id) or 0, -1) for theme in board.live_themes()
    }
    texts = list_texts(session, workshop.engagement_id)
    voice_ids = tuple(each.voice_id for each in texts)
    homes, parked = _read_placements(session, workshop.id)
    home = np.array([place_of.get(homes.get(voice_id), -1) for voice_id in voice_ids], np.int64)
    decisions = read_decisions(session, workshop.id)
    return BoardWall(
        voice_ids=voice_ids,
        text_hashes=tuple(hash_text(each.text) for each in texts),
        theme_ids=tuple(theme.id for theme in shown),
        theme_names=tuple(theme.name for theme in shown),
        home=home,
        is_decided=np.array([voice_id in decisions.placed for voice_id in voice_ids], bool) & (home >= 0),
        is_parked=np.array([voice_id in parked for voice_id in voice_ids], bool),
        is_refused=_mark_refused(voice_ids, decisions.refused, place_of, len(shown)),
    )


def _read_placements(session: Session, workshop_id: int) -> tuple[dict[int, int], set[int]]:
    query = select(Placement.voice_id, Placement.theme_id, Placement.parked_reason)
    rows = session.execute(query.where(Placement.workshop_id == workshop_id)).all()
    homes = {voice_id: theme_id for voice_id, theme_id, _reason in rows if theme_id is not None}
    return homes, {voice_id for voice_id, _theme_id, reason in rows if reason is not None}


def _mark_refused(
    voice_ids: Sequence[int],
    refused: Iterable[tuple[int, int]],
    place_of: Mapping[int | None, int],
    n_themes: int,
) -> NDArray[np.bool_]:
    row_of = {voice_id: row for row, voice_id in enumerate(voice_ids)}
    marked = np.zeros((len(voice_ids), n_themes), bool)
    for voice_id, theme_id in refused:
        if voice_id in row_of and place_of.get(theme_id, -1) >= 0:
            marked[row_of[voice_id], place_of[theme_id]] = True
    return marked
