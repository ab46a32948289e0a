"""What screens see of theming runs: a run, its candidate themes at one position of the slider."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from theming.clauses.reading import ClauseReading
from theming.results import Cut, ThemeNode, ThemingResult


@dataclass(frozen=True)
class RunView:
    """A theming run as screens show it. ``card`` says how it was made."""

    id: int
    chosen_n: int
    n_voices: int
    n_set_aside: int
    card: Mapping[str, Any]
    made_by: str
    made_at: datetime


@dataclass(frozen=True)
class LoadedRun:
    """A theming run with its whole tree in memory, so that the slider answers at once.

    ``clauses`` is None for a run that was made before clauses were read.
    """

    view: RunView
    voice_ids: tuple[int, ...]
    result: ThemingResult
    clauses: ClauseReading | None = None

    @property
    def most_themes(self) -> int:
        """Tell the largest number of themes that can be asked for."""
        return self.result.n_leaves


@dataclass(frozen=True)
class CandidateView:
    """A candidate theme at one position of the slider.

    ``stability`` and ``strength`` run from 0 to 1; ``near`` are labels of the themes its voices come next to;
    ``typical`` and ``voice_ids`` are ids of voices, the most typical and the strongest first.
    """

    node: int
    label: str
    keywords: tuple[str, ...]
    stability: float
    typical: tuple[int, ...]
    voice_ids: tuple[int, ...]
    near: tuple[str, ...]

    @property
    def size(self) -> int:
        """Count the voices."""
        return len(self.voice_ids)


@dataclass(frozen=True)
class CutView:
    """All candidate themes at one position of the slider, and the voices that were set aside."""

    themes: tuple[CandidateView, ...]
    set_aside: tuple[int, ...]


def cut_run(run: LoadedRun, n_themes: int) -> CutView:
    """Show the candidate themes at one position of the slider."""
    cut = run.result.cut(n_themes)
    themes = tuple(_view_candidate(run, cut, position, node) for position, node in enumerate(cut.themes))
    return CutView(themes, tuple(run.voice_ids[position] for position in run.result.set_aside))


def describe_stability(stability: float) -> str:
    """Say in plain words how well a candidate theme holds together (``stability`` from 0 to 1)."""
    return f"holds together in {round(stability * 10)} of 10 runs"


def _view_candidate(run: LoadedRun, cut: Cut, position: int, node: ThemeNode) -> CandidateView:
    members = [int(text) for text in (cut.theme_of_text == position).nonzero()[0]]
    members.sort(key=lambda text: (-float(cut.strength[text]), text))
    nearest: dict[int, int] = {}
    for text in members:
        for near in cut.alternatives[text][:1]:
            nearest[near] = nearest.get(near, 0) + 1
    near_first = sorted(nearest, key=lambda theme: (-nearest[theme], theme))[:2]
    return CandidateView(
        node=node.id,
        label=node.label,
        keywords=node.keywords,
        stability=node.stability,
        typical=tuple(run.voice_ids[text] for text in node.typical),
        voice_ids=tuple(run.voice_ids[text] for text in members),
        near=tuple(cut.themes[theme].label for theme in near_first),
    )
