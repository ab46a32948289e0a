"""Which names have room on the map, at which width."""

from __future__ import annotations

from collections.abc import Sequence

from engagement.theming_runs.voice_map import MapTheme

WIDTHS = (260, 420, 600, 800, 1000)
LETTER, LINE = 7.6, 20.0


def find_least_widths(themes: Sequence[MapTheme], first: int, height: float) -> tuple[int | None, ...]:
    """Find for each theme the least width of the map at which its name covers no other; None for never.

    ``first`` is the theme whose name is always shown; then the largest themes have their choice.
    """
    order = [first, *(place for place in range(len(themes)) if place != first)]
    least: list[int | None] = [None] * len(themes)
    for width in reversed(WIDTHS):
        for place in _place_names(themes, order, width, height):
            least[place] = width
    least[first] = 0
    return tuple(least)


def _place_names(
    themes: Sequence[MapTheme], order: Sequence[int], width: int, height: float
) -> Sequence[int]:
    taken: list[tuple[float, float, float]] = []
    shown = []
    for place in order:
        theme = themes[place]
        if not theme.n_voices:
            continue
        half = LETTER * len(theme.label) / 2
        x, y = (theme.x + 1) / 2 * width, (theme.y + 1) / 2 * height
        is_inside = half <= x <= width - half or place == order[0]
        is_free = all(abs(x - left) > half + other or abs(y - top) > LINE for left, top, other in taken)
        if is_inside and is_free:
            taken.append((x, y, half))
            shown.append(place)
    return shown
