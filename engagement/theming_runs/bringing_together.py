"""Several theming runs on one board: each voice at home once, and shown where other runs put it too."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from engagement.errors import EngagementError
from engagement.theming_runs.views import CandidateView
from engagement.workshop.wording import number_name


@dataclass(frozen=True)
class Hand:
    """The candidate themes of one run, cut into ``n_themes``, as they would be dealt."""

    run_id: int
    n_themes: int
    themes: tuple[CandidateView, ...]


@dataclass(frozen=True)
class PlannedTheme:
    """A theme that a board will hold: its own voices, and those at home elsewhere that it shows too."""

    run_id: int
    node: int
    name: str
    voice_ids: tuple[int, ...]
    echo_ids: tuple[int, ...]


@dataclass(frozen=True)
class BoardPlan:
    """What a board will hold. ``n_in_several`` voices are in a theme of two runs or more."""

    themes: tuple[PlannedTheme, ...]
    n_voices: int
    n_unplaced: int
    n_in_several: int

    @property
    def n_at_home(self) -> int:
        """Count the voices that have a home in a theme."""
        return self.n_voices - self.n_unplaced


def bring_together(hands: Sequence[Hand], standing: Collection[int]) -> BoardPlan:
    """Plan a board from the hands of several runs, the first of them first; without hands it is empty.

    A voice is at home in its theme of the first run that put it into one; its themes of later runs show it
    too. Themes of one name get numbers. Only the voices of ``standing`` are planned.

    Raises
    ------
    EngagementError
        When a run is chosen twice.
    """
    _check_once(hands)
    homes: dict[int, int] = {}
    in_several: set[int] = set()
    planned: list[PlannedTheme] = []
    known = frozenset(standing)
    for hand in hands:
        for theme in hand.themes:
            voices = [voice_id for voice_id in theme.voice_ids if voice_id in known]
            echoes = tuple(voice_id for voice_id in voices if homes.get(voice_id, hand.run_id) != hand.run_id)
            in_several.update(echoes)
            own = tuple(voice_id for voice_id in voices if voice_id not in homes)
            homes |= dict.fromkeys(own, hand.run_id)
            name = number_name(theme.label, [each.name for each in planned])
            planned.append(PlannedTheme(hand.run_id, theme.node, name, own, echoes))
    return BoardPlan(tuple(planned), len(known), len(known) - len(homes), len(in_several))


def _check_once(hands: Sequence[Hand]) -> None:
    ids = [hand.run_id for hand in hands]
    if len(ids) != len(set(ids)):
        raise EngagementError("A theming run is chosen twice. Choose each run once.")
