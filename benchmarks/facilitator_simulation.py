"""A facilitator who turns candidate themes into people's codes, one move at a time.

She knows which code each text should have, and nothing else. A candidate theme starts as the code that
most of its texts have. She reads the board in a random order; what stands wrong she moves by hand, making
the theme where there is none yet. With suggestions she looks through the tray after every few moves: she
accepts what is right (one key) and refuses what is wrong (one look and one key). Naming and merging themes
is the same in both ways and not counted.
"""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from theming.embedding.protocol import Vectors
from theming.suggestion.homes import suggest_homes
from theming.suggestion.neighbours import Neighbours, find_neighbours
from theming.suggestion.offers import Offer, choose_offers

MOVES_BETWEEN_LOOKS = 5


@dataclass
class Effort:
    """Count what a facilitator did, and how sure each offer was that she judged."""

    by_hand: int = 0
    accepted: int = 0
    refused: int = 0
    judged: list[tuple[float, bool]] = field(default_factory=list)


@dataclass
class Wall:
    """Hold the board: the code under which each text stands, and what people said of it."""

    known: Neighbours
    codes: NDArray[np.int64]
    home: NDArray[np.int64]
    is_decided: NDArray[np.bool_]
    is_refused: NDArray[np.bool_]

    @property
    def is_wrong(self) -> NDArray[np.bool_]:
        """Tell which texts do not stand where they belong."""
        return self.home != self.codes

    def place(self, text: int) -> None:
        """Put a text where it belongs."""
        self.home[text], self.is_decided[text] = self.codes[text], True


def start_wall(vectors: Vectors, codes: NDArray[np.int64], candidate: NDArray[np.int64]) -> Wall:
    """Name each candidate theme by the code that most of its texts have; those of one code are merged."""
    home = np.full(len(codes), -1)
    for theme in range(candidate.max() + 1):
        members = candidate == theme
        home[members] = Counter(codes[members].tolist()).most_common(1)[0][0]
    n_codes = int(codes.max()) + 1
    nothing = np.zeros((len(codes), n_codes), bool)
    return Wall(find_neighbours(vectors), codes, home, np.zeros(len(codes), bool), nothing)


def run_workshop(wall: Wall, seed: int) -> Effort:
    """Let the facilitator read the whole board once, with suggestions."""
    effort = Effort()
    for text in np.random.default_rng(seed).permutation(len(wall.codes)):
        if not wall.is_wrong[text]:
            continue
        wall.place(int(text))
        effort.by_hand += 1
        if effort.by_hand % MOVES_BETWEEN_LOOKS == 0:
            _empty_tray(wall, effort)
    return effort


def _empty_tray(wall: Wall, effort: Effort) -> None:
    while offers := _offer(wall):
        for offer in offers:
            is_right = bool(wall.codes[offer.text] == offer.theme)
            effort.judged.append((offer.sureness, is_right))
            if is_right:
                wall.place(offer.text)
                effort.accepted += 1
            else:
                wall.is_refused[offer.text, offer.theme] = True
                effort.refused += 1


def _offer(wall: Wall) -> tuple[Offer, ...]:
    """Ask for offers as the product does: only for themes that stand on the board."""
    standing = np.unique(wall.home[wall.home >= 0])
    place = np.full(wall.is_refused.shape[1] + 1, -1)
    place[standing] = np.arange(len(standing))
    home = place[wall.home]
    refused = wall.is_refused[:, standing]
    found = suggest_homes(wall.known, home, wall.is_decided, n_themes=len(standing), is_refused=refused)
    offers = choose_offers(found, home, wall.is_decided)
    return tuple(Offer(each.text, int(standing[each.theme]), each.sureness) for each in offers)
