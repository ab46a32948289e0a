"""What people changed: the themes that the machine dealt to a board, and the board as it stands now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.people.permissions import Person
from engagement.workshop.boards import get_board_or_raise
from engagement.workshop.voice_places import VoicePlace, list_places, map_roots
from engagement.workshop.wording import number_name
from models.theming_runs import CandidateTheme
from models.workshops import BoardEvent, Theme

SPLIT_SHARE = 0.2
"""Share of a candidate theme's voices in one theme that people added, from which on it counts as split.

Rationale: one voice in five is more than tidying up, and leaves the larger part recognisable.
"""


class Fate(StrEnum):
    """What became of a candidate theme. The first that applies, in this order, is its fate."""

    DROPPED = "dropped"
    MERGED = "merged"
    SPLIT = "split"
    RENAMED = "renamed"
    KEPT = "kept as it was"


class Move(StrEnum):
    """What became of a voice, next to where the machine had put it. Each voice has exactly one."""

    STAYED = "stayed where the machine put it"
    MOVED = "moved to another theme"
    PLACED = "put into a theme by people alone"
    PARKED = "parked"
    TAKEN_OUT = "taken out of its theme, not placed again"
    NOT_PLACED = "placed neither by the machine nor by people"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class CandidateFate:
    """A candidate theme and what people made of it.

    ``now`` is the theme under which it stands, "" when it was dropped; ``split_into`` are themes that
    people made out of it; ``moves`` counts its voices by what became of them.
    """

    label: str
    stability: float
    fate: Fate
    now: str
    split_into: tuple[str, ...]
    moves: Mapping[Move, int]

    @property
    def n_dealt(self) -> int:
        """Count the voices that the machine put into it."""
        return sum(self.moves.values())

    @property
    def said(self) -> str:
        """Say what became of it, in words."""
        if self.fate is Fate.MERGED:
            return f"merged into “{self.now}”"
        renamed = f"renamed to “{self.now}”"
        if self.fate is Fate.SPLIT:
            parts = " and ".join(f"“{name}”" for name in self.split_into)
            return f"split: {parts} made out of it" + (f"; {renamed}" if self.now != self.label else "")
        return renamed if self.fate is Fate.RENAMED else str(self.fate)


@dataclass(frozen=True)
class AddedTheme:
    """A theme that people added; ``merged_into`` is the theme under which it stands now, if not by itself."""

    name: str
    merged_into: str
    n_voices: int


@dataclass(frozen=True)
class ChangesMade:
    """All that people changed on a board, by ``n_acts`` acts of ``n_people`` people."""

    candidates: tuple[CandidateFate, ...]
    added: tuple[AddedTheme, ...]
    moves: Mapping[Move, int]
    n_acts: int
    n_people: int

    @property
    def n_voices(self) -> int:
        """Count all voices, withdrawn ones too."""
        return sum(self.moves.values())

    def count_fate(self, fate: Fate) -> int:
        """Count the candidate themes with this fate."""
        return sum(each.fate is fate for each in self.candidates)


@dataclass(frozen=True)
class _Board:
    """A board in the middle of being compared."""

    themes: Mapping[int, Theme]
    roots: Mapping[int, int]
    places: tuple[VoicePlace, ...]

    def name_root(self, theme_id: int) -> str:
        root_id = self.roots.get(theme_id)
        return "" if root_id is None else self.themes[root_id].name


def compare_with_dealt(session: Session, person: Person, workshop_id: int) -> ChangesMade:
    """Compare the candidate themes that were dealt to a board with the board as it stands.

    Raises
    ------
    NotFoundError
        When there is no such workshop.
    """
    workshop = get_board_or_raise(session, person, workshop_id)
    themes = session.scalars(select(Theme).where(Theme.workshop_id == workshop_id).order_by(Theme.id))
    board = _Board(
        {theme.id: theme for theme in themes},
        map_roots(session, workshop_id),
        list_places(session, workshop),
    )
    who = session.execute(
        select(BoardEvent.payload, BoardEvent.actor).where(BoardEvent.workshop_id == workshop_id)
    ).all()
    return ChangesMade(
        candidates=tuple(_list_fates(session, board)),
        added=tuple(_list_added(board)),
        moves=_count_moves(board, board.places),
        n_acts=len(who),
        n_people=len({payload["account"] or actor for payload, actor in who}),
    )


def _list_fates(session: Session, board: _Board) -> Iterable[CandidateFate]:
    dealt = [theme for theme in board.themes.values() if theme.candidate_theme_id is not None]
    ids = [theme.candidate_theme_id for theme in dealt]
    found = session.scalars(select(CandidateTheme).where(CandidateTheme.id.in_(ids)))
    candidates = {candidate.id: candidate for candidate in found}
    names: list[str] = []
    for theme in dealt:
        candidate = candidates[theme.candidate_theme_id or 0]
        names.append(number_name(candidate.label, names))
        yield _describe_fate(board, theme, names[-1], candidate.stability)


def _describe_fate(board: _Board, theme: Theme, dealt_name: str, stability: float) -> CandidateFate:
    own = [place for place in board.places if place.dealt_to_id == theme.id]
    split_into = _find_split(board, theme, own)
    return CandidateFate(
        label=dealt_name,
        stability=stability,
        fate=_find_fate(theme, dealt_name, is_split=bool(split_into)),
        now=board.name_root(theme.id),
        split_into=split_into,
        moves=_count_moves(board, own),
    )


def _find_fate(theme: Theme, dealt_name: str, *, is_split: bool) -> Fate:
    if theme.is_removed:
        return Fate.DROPPED
    if theme.merged_into_id is not None:
        return Fate.MERGED
    if is_split:
        return Fate.SPLIT
    return Fate.KEPT if theme.name == dealt_name else Fate.RENAMED


def _find_split(board: _Board, theme: Theme, own: list[VoicePlace]) -> tuple[str, ...]:
    """Find the themes that people added which hold a substantial share of a candidate theme's voices."""
    standing = [place for place in own if not place.is_withdrawn]
    held = Counter(place.theme_id for place in standing if place.theme_id is not None)
    return tuple(
        board.themes[theme_id].name
        for theme_id, n_held in sorted(held.items())
        if theme_id != board.roots.get(theme.id)
        and board.themes[theme_id].candidate_theme_id is None
        and n_held >= SPLIT_SHARE * len(standing)
    )


def _list_added(board: _Board) -> Iterable[AddedTheme]:
    held = Counter(place.theme_id for place in board.places if not place.is_withdrawn)
    for theme in board.themes.values():
        if theme.candidate_theme_id is None and not theme.is_removed:
            is_merged = theme.merged_into_id is not None
            above = board.name_root(theme.id) if is_merged else ""
            yield AddedTheme(theme.name, above, 0 if is_merged else held[theme.id])


def _count_moves(board: _Board, places: Iterable[VoicePlace]) -> dict[Move, int]:
    counted = Counter(_find_move(board, place) for place in places)
    return {move: counted[move] for move in Move}


def _find_move(board: _Board, place: VoicePlace) -> Move:
    if place.is_withdrawn:
        return Move.WITHDRAWN
    if place.is_parked:
        return Move.PARKED
    if place.theme_id is None:
        return Move.NOT_PLACED if place.dealt_to_id is None else Move.TAKEN_OUT
    if place.dealt_to_id is None:
        return Move.PLACED
    return Move.STAYED if board.roots.get(place.dealt_to_id) == place.theme_id else Move.MOVED
