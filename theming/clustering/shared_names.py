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
    moved = vectors
    for name in find_shared_names(texts):
        pattern = _match_name(name)
        held = np.array([bool(pattern.search(text.lower())) for text in texts])
        if held.all():
            continue
        difference = moved[held].mean(axis=0) - moved[~held].mean(axis=0)
        moved = moved.copy()
        moved[held] = to_unit_rows(moved[held] - difference)
    return moved


def _match_name(name: str) -> re.Pattern[str]:
    """Match a name, and its initials where it has several words."""
    words = name.split()
    forms = [name, "".join(word[0] for word in words)] if len(words) > 1 else [name]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b")
