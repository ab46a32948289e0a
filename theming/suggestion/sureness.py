"""How sure to be: learned on each board from what people decided and what they refused."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from theming.embedding.protocol import Vectors

N_FOLDS = 5
FEWEST_CHECKS = 10

USUAL_SHARPNESS, SPREAD_OF_SHARPNESS = 0.7, 0.5
"""What is believed of a board on which nothing was decided, and how far boards differ (as a logarithm).

Rationale: on clean requests the shares that come out of the sums can be taken at their word (1.0 and
above); on patients' answers, which people code in many ways, they promise too much (0.3 to 0.4).
"""

TRIED = np.geomspace(0.15, 2.0, 27)


def split_decided(vectors: Vectors, is_decided: NDArray[np.bool_]) -> Iterator[NDArray[np.int64]]:
    """Yield the decided texts in five parts, each to be hidden once; the order of texts changes nothing.

    Fewer than ten decided texts are not split: they say too little.
    """
    decided = np.flatnonzero(is_decided)
    if len(decided) < FEWEST_CHECKS:
        return
    in_order = decided[np.lexsort(np.round(vectors[decided, :4], 5).T)]
    for fold in range(N_FOLDS):
        yield in_order[fold::N_FOLDS]


def find_sharpness(chances: NDArray[np.float64], is_right: NDArray[np.bool_]) -> float:
    """Find the power that brings shares to what held when it was checked.

    Parameters
    ----------
    chances : ndarray of shape (n_checks, n_themes)
        Rows of shares, 0..1; the first column is the home that was suggested.
    is_right : ndarray of shape (n_checks,)
        Whether people chose that home.

    Returns
    -------
    float
        0.15..2: below 1, the shares promised too much; above 1, too little.

    Examples
    --------
    >>> promised = np.tile([0.9, 0.1], (40, 1))
    >>> find_sharpness(promised, np.arange(40) % 2 == 0) < 0.5 < find_sharpness(promised, np.ones(40, bool))
    True
    """
    logs = np.log(np.maximum(chances, 1e-12))
    believed = -((np.log(TRIED / USUAL_SHARPNESS) / SPREAD_OF_SHARPNESS) ** 2) / 2
    scores = [_score(logs, is_right, power) for power in TRIED]
    return float(TRIED[int(np.argmax(np.round(believed + scores, 6)))])


def sharpen_shares(shares: Vectors, sharpness: float) -> Vectors:
    """Raise shares to a power and let rows sum to 1 again; a row of zeros stays as it is."""
    raised = np.where(shares > 0, np.maximum(shares, 1e-12) ** sharpness, 0)
    sharpened: Vectors = raised / np.maximum(raised.sum(axis=1, keepdims=True), 1e-12)
    return sharpened


def _score(logs: NDArray[np.float64], is_right: NDArray[np.bool_], power: float) -> float:
    raised = np.exp(power * (logs - logs.max(axis=1, keepdims=True, initial=-1e9)))
    first = (raised[:, 0] / raised.sum(axis=1)).clip(1e-6, 1 - 1e-6)
    return float(np.log(np.where(is_right, first, 1 - first)).sum())
