"""Echoes offered on a board that was dealt from a run: offered, never made by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.listen.personal_data.covering import Range, cover_ranges, read_ranges, shift_range
from engagement.listen.voices import list_texts
from engagement.people.permissions import Person
from engagement.theming_runs.keeping import load_run
from engagement.theming_runs.views import LoadedRun
from engagement.workshop.boards import get_board_or_raise
from engagement.workshop.decided import read_decisions
from engagement.workshop.homes import select_roots
from models.theming_runs import CandidateTheme
from models.workshops import Echo, Placement, Theme
from theming.clauses.reading import FoundEcho, find_echoes
from theming.results import Cut


@dataclass(frozen=True)
class EchoSuggestion:
    """That a voice also speaks of a theme, with the words that say so.

    ``clearness`` runs from about 1 (clear) to 3.
    """

    voice_id: int
    theme_id: int
    words: str
    clearness: float


@dataclass(frozen=True)
class _Board:
    """Where voices stand now: merges followed, removed themes left out.

    ``settled`` are pairs of a voice and a theme: echoes that were made, and suggestions that were refused.
    """

    home_of_voice: Mapping[int, int]
    theme_of_node: Mapping[int, int]
    settled: frozenset[tuple[int, int]]


ShownWords = tuple[str, tuple[Range, ...]]


def suggest_echoes(session: Session, person: Person, workshop_id: int) -> tuple[EchoSuggestion, ...]:
    """Suggest further themes for voices that say several things, the clearest first.

    Judged from the homes that voices have now. Nothing is suggested for a board that no run was dealt to,
    nor for a voice that is not placed or stands in a theme that people made, nor what people refused.

    Raises
    ------
    NotFoundError
        When there is no such workshop.
    """
    workshop = get_board_or_raise(session, person, workshop_id)
    if workshop.run_id is None or workshop.n_themes is None:
        return ()
    run = load_run(session, person, workshop.run_id)
    if run.clauses is None:
        return ()
    board = _read_board(session, workshop_id, workshop.run_id)
    cut = _follow_board(run, run.result.cut(workshop.n_themes), board)
    texts = list_texts(session, workshop.engagement_id)
    covered = read_ranges(session, [each.voice_id for each in texts])
    words = {each.voice_id: (each.text, covered.get(each.voice_id, ())) for each in texts}
    found = [
        _offer(run, cut, board, words, echo)
        for echo in find_echoes(run.clauses, cut)
        if run.voice_ids[echo.text] in words
    ]
    offered = {(each.voice_id, each.theme_id): each for each in reversed(found) if each is not None}
    return tuple(sorted(offered.values(), key=lambda each: (-each.clearness, each.voice_id, each.theme_id)))


def _read_board(session: Session, workshop_id: int, run_id: int) -> _Board:
    roots = select_roots()
    standing = (
        select(Theme.candidate_theme_id, Theme.id, roots.c.root_id)
        .join(roots, roots.c.theme_id == Theme.id)
        .where(Theme.workshop_id == workshop_id, Theme.is_removed.is_(False))
    )
    rows = session.execute(standing).all()
    root_of = {theme_id: root_id for _, theme_id, root_id in rows}
    dealt = {candidate_id: root_id for candidate_id, _, root_id in rows if candidate_id is not None}
    nodes = session.execute(
        select(CandidateTheme.id, CandidateTheme.node).where(
            CandidateTheme.id.in_(dealt), CandidateTheme.run_id == run_id
        )
    )
    placed = session.execute(
        select(Placement.voice_id, Placement.theme_id).where(
            Placement.workshop_id == workshop_id, Placement.theme_id.is_not(None)
        )
    )
    made = session.execute(select(Echo.voice_id, Echo.theme_id).where(Echo.workshop_id == workshop_id)).all()
    refused = read_decisions(session, workshop_id).refused
    return _Board(
        {voice_id: root_of[theme_id] for voice_id, theme_id in placed if theme_id in root_of},
        {node: dealt[candidate_id] for candidate_id, node in nodes},
        frozenset(
            (voice_id, root_of.get(theme_id, theme_id))
            for voice_id, theme_id in (*map(tuple, made), *refused)
        ),
    )


def _follow_board(run: LoadedRun, cut: Cut, board: _Board) -> Cut:
    """Give the cut the homes of the board; a voice without a home that the run knows is left out (-1)."""
    place_of_theme: dict[int, int] = {}
    for place, theme in enumerate(cut.themes):
        if theme.id in board.theme_of_node:
            place_of_theme.setdefault(board.theme_of_node[theme.id], place)
    homes = [
        _keep_own(run, cut, board, text, place_of_theme.get(board.home_of_voice.get(voice_id, -1), -1))
        for text, voice_id in enumerate(run.voice_ids)
    ]
    return replace(cut, theme_of_text=np.array(homes, np.int64))


def _keep_own(run: LoadedRun, cut: Cut, board: _Board, text: int, place: int) -> int:
    """Prefer the machine's own home where a merge shows it under the theme that the voice stands in."""
    own = int(cut.theme_of_text[text])
    if own >= 0 and board.theme_of_node.get(cut.themes[own].id) == board.home_of_voice.get(
        run.voice_ids[text]
    ):
        return own
    return place


def _offer(
    run: LoadedRun, cut: Cut, board: _Board, words: Mapping[int, ShownWords], echo: FoundEcho
) -> EchoSuggestion | None:
    voice_id = run.voice_ids[echo.text]
    theme_id = board.theme_of_node.get(cut.themes[echo.theme].id)
    if (
        theme_id is None
        or theme_id == board.home_of_voice.get(voice_id)
        or (voice_id, theme_id) in board.settled
    ):
        return None
    text, ranges = words[voice_id]
    start, end = shift_range(echo.start, echo.end, ranges)
    return EchoSuggestion(voice_id, theme_id, cover_ranges(text, ranges)[start:end], echo.clearness)
