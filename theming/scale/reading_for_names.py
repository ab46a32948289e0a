"""Which texts are read to find names for themes: all of them, or evenly spread ones of a large leaf."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

MOST_PER_LEAF = 400
"""Different texts of one leaf that are read for names.

Rationale: a phrase that may name a theme is used in at least an eighth of its texts (`USEFUL_COVER`);
among four hundred its share is seen to within some three hundredths, so more texts cost time and
memory and change no label that matters. Sixty leaves mean 24,000 texts at most, which take some ten
seconds, however many there are.
"""


def choose_texts_to_read(
    leaf_of_text: NDArray[np.int64], always: Iterable[int], most_per_leaf: int = MOST_PER_LEAF
) -> NDArray[np.int64]:
    """Choose the texts to read: every text of a small leaf, evenly spread ones of a large leaf.

    Parameters
    ----------
    leaf_of_text : ndarray of shape (n_texts,)
    always : iterable of int
        Places of texts that are read in any case.
    most_per_leaf : int

    Returns
    -------
    ndarray of shape (n_read,)
        Places in ascending order, each once.

    Examples
    --------
    >>> choose_texts_to_read(np.array([0, 1, 0, 0, 0]), [3], most_per_leaf=2).tolist()
    [0, 1, 3]
    """
    chosen = [np.fromiter(always, np.int64)]
    for leaf in range(int(leaf_of_text.max()) + 1):
        places = np.flatnonzero(leaf_of_text == leaf)
        n_read = min(len(places), most_per_leaf)
        chosen.append(places[np.arange(n_read) * len(places) // max(1, n_read)])
    return np.unique(np.concatenate(chosen))


def scale_weights(
    weights: NDArray[np.float64], leaf_of_text: NDArray[np.int64], read: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the weights of the texts read, scaled so that each leaf counts as much as with all texts.

    Parameters
    ----------
    weights : ndarray of shape (n_texts,)
    leaf_of_text : ndarray of shape (n_texts,)
    read : ndarray of shape (n_read,)
        At least one text of each leaf.

    Returns
    -------
    ndarray of shape (n_read,)
        Where all texts are read, their weights as they are.

    Examples
    --------
    >>> scale_weights(np.ones(5), np.array([0, 1, 0, 0, 0]), np.array([0, 1, 3])).tolist()
    [2.0, 1.0, 2.0]
    """
    whole = np.bincount(leaf_of_text, weights)
    seen = np.bincount(leaf_of_text[read], weights[read])
    scaled: NDArray[np.float64] = weights[read] * (whole / seen)[leaf_of_text[read]]
    return scaled
