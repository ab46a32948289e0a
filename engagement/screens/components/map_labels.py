"""Which names have room on the map, at which width."""

from __future__ import annotations

from collections.abc import Sequence

from engagement.theming_runs.voice_map import MapTheme

WIDTHS = (260, 420, 600, 800, 1000)
LETTER, LINE = 7.6, 20.0


def find_least_widths(
    themes: Sequence[MapTheme], first: int, height: float, reach: float
) -> tuple[int | None, ...]:
    """Find for each theme the least width of the map at which its name covers no other; None for never.

    ``first`` is the theme whose name is always shown; then the largest themes have their choice. The map is
    ``height`` pixels high and shows places from -``reach`` to ``reach``.
    """
    order = [first, *(place for place in range(len(themes)) if place != first)]
    least: list[int | None] = [None] * len(themes)
    for width in reversed(WIDTHS):
        for place in _place_names(themes, order, width, height / (2 * reach)):
            least[place] = width
    least[first] = 0
    return tuple(least)


def _place_names(themes: Sequence[MapTheme], order: Sequence[int], width: int, scale: float) -> Sequence[int]:
    taken: list[tuple[float, float, float]] = []
    shown = []
    for place in order:
        theme = themes[place]
        if not theme.n_voices:
            continue
        half = LETTER * len(theme.label) / 2
        x, y = min(max((theme.x + 1) / 2 * width, half), width - half), theme.top * scale
        is_free = all(abs(x - left) > half + other or abs(y - top) > LINE for left, top, other in taken)
        if is_free:
            taken.append((x, y, half))
            shown.append(place)
    return shown
