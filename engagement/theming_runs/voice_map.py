"""The map of voices: each in its place, with the candidate theme it is in at one position of the slider."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engagement.listen.voices import VoiceView
from engagement.theming_runs.views import CutView, LoadedRun

MOST_DRAWN = 2_000
"""Voices drawn at most, an even share of each theme: a browser draws these without delay."""

NEARLY_ALL = 0.9


@dataclass(frozen=True)
class MapPoint:
    """One voice on the map; ``x`` and ``y`` run from -1 to 1, ``theme`` counts the themes from 0."""

    voice_id: int
    theme: int
    x: float
    y: float


@dataclass(frozen=True)
class MapTheme:
    """A candidate theme on the map: its middle, how high it reaches, and which theme lies nearest."""

    label: str
    n_voices: int
    x: float
    y: float
    top: float
    nearest: str


@dataclass(frozen=True)
class VoiceMap:
    """What is drawn: ``n_voices`` counts all that stand, ``points`` may be an even part of them."""

    points: tuple[MapPoint, ...]
    themes: tuple[MapTheme, ...]
    n_voices: int


def place_voices(run: LoadedRun, cut: CutView, voices: Mapping[int, VoiceView]) -> VoiceMap | None:
    """Place the voices that stand; None for a run that was made before maps were drawn."""
    positions = run.result.positions
    if positions is None:
        return None
    row_of = {voice_id: row for row, voice_id in enumerate(run.voice_ids)}
    standing = [
        [each for each in theme.voice_ids if each in voices and not voices[each].is_withdrawn]
        for theme in cut.themes
    ]
    n_voices = sum(len(ids) for ids in standing)
    step = max(1, -(-n_voices // MOST_DRAWN))
    points = tuple(
        MapPoint(each, theme, *(float(number) for number in positions[row_of[each]]))
        for theme, ids in enumerate(standing)
        for each in ids[::step]
    )
    return VoiceMap(points, _list_themes(cut, standing, positions, row_of), n_voices)


def describe_map(drawn: VoiceMap) -> str:
    """Say in a sentence or two what one sees on the map."""
    themes = [theme for theme in drawn.themes if theme.n_voices]
    if not themes:
        return "There is no voice to show."
    largest = max(themes, key=lambda theme: theme.n_voices)
    count = "1 voice" if drawn.n_voices == 1 else f"{drawn.n_voices:,} voices"
    if len(themes) == 1:
        return f"All {count} are in one theme, “{largest.label}”."
    near, far = _find_extremes(themes)
    most = f"{count} in {len(themes)} themes. The largest is “{largest.label}” ({largest.n_voices:,}). "
    if len(themes) == 2:
        return most.strip()
    return (
        f"{most}“{near[0].label}” and “{near[1].label}” lie closest together; "
        f"“{far.label}” lies most by itself."
    )


def _list_themes(
    cut: CutView, standing: list[list[int]], positions: NDArray[np.float32], row_of: Mapping[int, int]
) -> tuple[MapTheme, ...]:
    # A median, so that a few voices far from their theme do not pull its name away.
    middles, tops = np.full((len(standing), 2), np.nan), np.full(len(standing), np.nan)
    for place, ids in enumerate(standing):
        if ids:
            own = positions[[row_of[each] for each in ids]]
            middles[place] = np.median(own, axis=0)
            tops[place] = np.quantile(own[:, 1], NEARLY_ALL)
    nearest = [_find_nearest(middles, place) for place in range(len(standing))]
    return tuple(
        MapTheme(
            label=theme.label,
            n_voices=len(standing[place]),
            x=float(middles[place, 0]),
            y=float(middles[place, 1]),
            top=float(tops[place]),
            nearest=_name(cut, nearest[place]),
        )
        for place, theme in enumerate(cut.themes)
    )


def _find_nearest(middles: NDArray[np.float64], place: int) -> int | None:
    apart = np.hypot(*(middles - middles[place]).T)
    apart[place] = np.nan
    return None if np.isnan(apart).all() else int(np.nanargmin(apart))


def _name(cut: CutView, theme: int | None) -> str:
    return "" if theme is None else cut.themes[theme].label


def _find_extremes(themes: list[MapTheme]) -> tuple[tuple[MapTheme, MapTheme], MapTheme]:
    """Find the two themes nearest to each other, and the one farthest from its nearest."""
    places = np.array([(theme.x, theme.y) for theme in themes])
    apart = np.hypot(*(places[:, None] - places[None, :]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    first, second = (int(each) for each in np.unravel_index(int(apart.argmin()), apart.shape))
    alone = int(apart.min(axis=1).argmax())
    return (themes[first], themes[second]), themes[alone]
