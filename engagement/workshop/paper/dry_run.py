"""A dry run: what would happen on the board if paper were brought back now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from engagement.people.permissions import Person
from engagement.workshop.paper.paper_board import PaperBoard, read_paper_board
from engagement.workshop.paper.paper_lists import CheckedList, CheckedPaper, Mistake, PaperLists, check_lists


@dataclass(frozen=True)
class ThemeOutlook:
    """What would happen to one theme: how many cards come, go and stay, and how many would also speak there.

    ``is_new`` marks a theme that people named on paper.
    """

    name: str
    is_new: bool
    n_come: int
    n_go: int
    n_stay: int
    n_also: int


@dataclass(frozen=True)
class DryRun:
    """What would happen, and what stands in the way.

    Parameters
    ----------
    seq : int
        The newest event of the board that this was worked out for.
    themes : tuple of ThemeOutlook
        Every theme that something would happen to, in the order of the board.
    n_parked, n_unlisted : int
        Cards that would be parked, and cards on no list: these stay where they are.
    checked : CheckedPaper
        What the lists hold.
    """

    seq: int
    themes: tuple[ThemeOutlook, ...]
    n_parked: int
    n_unlisted: int
    checked: CheckedPaper

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """List everything to look at again."""
        return self.checked.mistakes

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing stands in the way."""
        return not any(mistake.stops for mistake in self.mistakes)

    @property
    def changes_something(self) -> bool:
        """Tell whether the board would be another one afterwards."""
        touched = any(each.is_new or each.n_come or each.n_go or each.n_also for each in self.themes)
        return touched or self.n_parked > 0


def run_dry(session: Session, person: Person, workshop_id: int, lists: PaperLists) -> DryRun:
    """Work out what would happen. Nothing is written.

    Raises
    ------
    NotAllowedError
        When the person may not run workshops.
    """
    board = read_paper_board(session, person, workshop_id)
    checked = check_lists(board, lists)
    moves = _Moves(board, checked)
    listed = {each.theme_id: each for each in checked.lists if each.theme_id is not None}
    known = [
        moves.look_at(theme.id, theme.name, theme.n_cards, listed.get(theme.id)) for theme in board.themes
    ]
    new = [
        ThemeOutlook(each.name, True, len(each.voices), 0, 0, len(each.also))
        for each in checked.lists
        if each.theme_id is None
    ]
    return DryRun(
        seq=board.seq,
        themes=(*(each for each in known if each.n_come or each.n_go or each.n_also), *new),
        n_parked=moves.n_parked,
        n_unlisted=moves.n_unlisted,
        checked=checked,
    )


class _Moves:
    def __init__(self, board: PaperBoard, checked: CheckedPaper) -> None:
        self._board = board
        self._at_home = {voice for each in checked.lists for voice in each.voices} | set(checked.parked)
        also = {voice for each in checked.lists for voice in each.also}
        standing = {place.voice_id for place in board.places.values() if not place.is_withdrawn}
        self.n_parked = sum(not board.places[voice].is_parked for voice in checked.parked)
        self.n_unlisted = len(standing - self._at_home - also)

    def look_at(self, theme_id: int, name: str, n_cards: int, listed: CheckedList | None) -> ThemeOutlook:
        """Count what would happen to one theme of the board."""
        voices = set(listed.voices) if listed else set()
        here = {voice for voice in self._at_home if self._board.places[voice].theme_id == theme_id}
        also = {
            voice
            for voice in (listed.also if listed else ())
            if voice not in voices
            and theme_id not in self._board.echoes.get(voice, frozenset())
            and not (self._board.places[voice].theme_id == theme_id and voice not in self._at_home)
        }
        n_go = len(here - voices)
        return ThemeOutlook(name, False, len(voices - here), n_go, n_cards - n_go, len(also))
