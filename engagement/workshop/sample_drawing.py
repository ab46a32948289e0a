"""Drawing voices for a second person: each theme gets its fair share, and a seed draws the same again."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence


def draw_sample(voices_of_theme: Mapping[int, Sequence[int]], size: int, seed: int) -> tuple[int, ...]:
    """Draw voices from themes in proportion to their size, in an order that tells nothing.

    Every theme with voices gets at least one place where there are places for all. The same voices, size
    and seed give the same sample, whatever the order in which they come.
    """
    chance = random.Random(seed)  # noqa: S311 - a sample that can be drawn again is the point
    places = share_places({theme: len(voices) for theme, voices in voices_of_theme.items()}, size)
    drawn: list[int] = []
    for theme_id in sorted(voices_of_theme):
        drawn += chance.sample(sorted(voices_of_theme[theme_id]), places[theme_id])
    chance.shuffle(drawn)
    return tuple(drawn)


def share_places(sizes: Mapping[int, int], n_places: int) -> dict[int, int]:
    """Share places among themes by the method of Sainte-Laguë: each next place goes where most are missing.

    No theme gets more places than it has voices.
    """
    filled = [theme for theme in sorted(sizes) if sizes[theme]]
    places = dict.fromkeys(sizes, 0)
    if n_places >= len(filled):
        places |= dict.fromkeys(filled, 1)
    for _place in range(min(n_places, sum(sizes.values())) - sum(places.values())):
        room = [theme for theme in filled if places[theme] < sizes[theme]]
        neediest = max(room, key=lambda theme: (sizes[theme] / (2 * places[theme] + 1), -theme))
        places[neediest] += 1
    return places
