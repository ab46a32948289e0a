"""Take away what the name of the place does to vectors, so that it does not become a theme."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from theming.clustering.smoothing import to_unit_rows

COMMON_NAME = 0.08
"""Share of the texts in which a name is common to all.

Rationale: the town is named in a quarter of civic statements whatever they are about; a school or
a street that is a subject of its own stays well below a twelfth.
"""
BLOCK = 8192
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z]\w+(?: [A-Z]\w+)*")


def find_shared_names(texts: Sequence[str]) -> tuple[str, ...]:
    """Return names written with capitals inside sentences that many texts hold, most used first.

    Examples
    --------
    >>> find_shared_names(["Buses in Green Hill are late", "I like Green Hill", "Damp flats"])
    ('green hill',)
    """
    named = Counter(name.lower() for text in texts for name in set(_NAME.findall(text)))
    folded = [text.lower() for text in texts]
    fewest = max(2.0, COMMON_NAME * len(texts))
    shared = []
    for name, times in named.items():
        held = sum(name in text for text in folded) if times >= fewest / 2 else 0
        # A word that mostly stands without a capital is no name.
        if held >= fewest and times >= held / 3:
            shared.append((-held, name))
    return tuple(name for _, name in sorted(shared))


def remove_shared_names(vectors: NDArray[np.float32], texts: Sequence[str]) -> NDArray[np.float32]:
    """Move texts that hold a shared name by the mean difference that the name makes.

    Parameters
    ----------
    vectors : ndarray of shape (n_texts, n_dimensions)
        Unit rows.
    texts : sequence of str

    Returns
    -------
    ndarray of shape (n_texts, n_dimensions)
        Unit rows. Texts without a shared name stay as they are.
    """
    names = find_shared_names(texts)
    moved = vectors.copy() if names else vectors
    folded = [text.lower() for text in texts] if names else []
    for name in names:
        pattern = _match_name(name)
        held = np.array([bool(pattern.search(text)) for text in folded])
        if held.all() or not held.any():
            continue
        difference = _average_rows(moved, held) - _average_rows(moved, ~held)
        for rows in np.array_split(np.flatnonzero(held), 1 + held.sum() // BLOCK):
            moved[rows] = to_unit_rows(moved[rows] - difference)
    return moved


def _average_rows(vectors: NDArray[np.float32], chosen: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Average the chosen rows block by block, so that they are never copied all at once."""
    total = np.zeros(vectors.shape[1], np.float64)
    for start in range(0, len(vectors), BLOCK):
        block = slice(start, start + BLOCK)
        total += vectors[block][chosen[block]].sum(axis=0, dtype=np.float64)
    average: NDArray[np.float32] = (total / chosen.sum()).astype(np.float32)
    return average


def _match_name(name: str) -> re.Pattern[str]:
    """Match a name, and its initials where it has several words."""
    words = name.split()
    forms = [name, "".join(word[0] for word in words)] if len(words) > 1 else [name]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b")
