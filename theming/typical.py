"""Choose the texts that show best what a theme is about."""

import numpy as np
from numpy.typing import NDArray

N_TYPICAL = 10
DIVERSITY = 0.3
TOO_ALIKE = 0.9
"""Cosine from which on two texts say the same in nearly the same words.

Rationale: above it stand "The staff are friendly" and "The staff are very friendly"; the second one shows a
reader nothing, so it comes only where nothing else is left.
"""
CANDIDATES = 60
EASY_WORDS = (4, 45)
"""Fewest and most words that read well on a card.

Rationale: one or two words say little by themselves, and nobody reads a page on a wall.
"""
HARD_TO_READ = 0.7
BLOCK = 8192


def choose_typical(
    vectors: NDArray[np.float32],
    places: NDArray[np.int64],
    lengths: NDArray[np.int64],
    centre: NDArray[np.float32],
) -> list[int]:
    """Choose up to ten texts near the centre, easy to read and unlike each other, best first.

    Parameters
    ----------
    vectors : ndarray of shape (n_texts, n_dimensions)
        Unit rows.
    places : ndarray of shape (n_members,)
        The rows to choose from.
    lengths : ndarray of shape (n_texts,)
        Words in each text.
    centre : ndarray of shape (n_dimensions,)
        Unit vector.

    Returns
    -------
    list of int
        Places in `vectors`.

    References
    ----------
    Carbonell and Goldstein (1998), The use of MMR, diversity-based reranking.
    """
    nearness = _measure_nearness(vectors, places, centre)
    easy = (lengths[places] >= EASY_WORDS[0]) & (lengths[places] <= EASY_WORDS[1])
    nearness = np.round(nearness * np.where(easy, 1.0, HARD_TO_READ), 6)
    best = np.argsort(-nearness, kind="stable")[:CANDIDATES]
    chosen = _choose_varied(vectors[places[best]], nearness[best])
    return [int(places[best[place]]) for place in chosen]


def _measure_nearness(
    vectors: NDArray[np.float32], places: NDArray[np.int64], centre: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Measure block by block, so that the rows of a large theme are never copied all at once."""
    parts = [vectors[places[start : start + BLOCK]] @ centre for start in range(0, len(places), BLOCK)]
    return np.concatenate(parts)


def _choose_varied(vectors: NDArray[np.float32], nearness: NDArray[np.float32]) -> list[int]:
    left = list(range(len(vectors)))
    chosen: list[int] = []
    likeness = np.zeros(len(vectors))
    while left and len(chosen) < N_TYPICAL:
        repeats = np.round(likeness[left], 6) >= TOO_ALIKE
        scores = (1 - DIVERSITY) * nearness[left] - DIVERSITY * likeness[left] - repeats
        best = left.pop(int(np.argmax(np.round(scores, 6))))
        chosen.append(best)
        likeness = np.maximum(likeness, vectors @ vectors[best])
    return chosen
