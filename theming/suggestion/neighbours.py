"""Which texts stand next to each other: worked out once, whatever people move."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from theming.embedding.protocol import Vectors

N_NEIGHBOURS = 10
"""Neighbours of each text.

Rationale: 6 to 15 were tried on 24 samples of eight public sets; agreement differs by less than 0.01.
"""

PASSED_ON, N_ROUNDS = 0.7, 10
"""Share that each round of spreading passes on from neighbour to neighbour, and the number of rounds."""

ROWS_AT_ONCE = 1000
DENSE_UP_TO = 3000
"""Most texts for which the way from each to each is worked out beforehand (36 MB)."""


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Hold the vectors of texts around their middle, and the nearest others of each.

    Parameters
    ----------
    vectors : ndarray of shape (n_texts, n_dimensions)
        Unit rows as they came.
    centred : ndarray of shape (n_texts, n_dimensions)
        Unit rows after the mean of all was taken away.
    mean : ndarray of shape (n_dimensions,)
        What was taken away.
    nearest : ndarray of shape (n_texts, n_neighbours)
        Indices of the nearest other texts.
    shares : ndarray of shape (n_texts, n_neighbours)
        0..1: how much each of them counts; a row sums to 1.
    """

    vectors: Vectors
    centred: Vectors
    mean: Vectors
    nearest: NDArray[np.int64]
    shares: Vectors

    def spread(self, start: Vectors) -> Vectors:
        """Pass what each text holds on from neighbour to neighbour, each time a little less.

        Parameters
        ----------
        start : ndarray of shape (n_texts, n_themes)
            0 or more.

        Returns
        -------
        ndarray of shape (n_texts, n_themes)
            What each text holds and got.
        """
        if len(start) <= DENSE_UP_TO:
            spread: Vectors = self._reach @ start
            return spread
        flow = start
        for _ in range(N_ROUNDS):
            flow = start + PASSED_ON * np.einsum("nk,nkt->nt", self.shares, flow[self.nearest])
        return flow

    @cached_property
    def _reach(self) -> Vectors:
        """Work out how much of what each text holds arrives at each other one."""
        step = np.zeros((len(self.vectors), len(self.vectors)), np.float32)
        step[np.arange(len(step))[:, None], self.nearest] = PASSED_ON * self.shares
        once = np.eye(len(step), dtype=np.float32)
        reach = once
        for _ in range(N_ROUNDS):
            reach = once + step @ reach
        return reach


def find_neighbours(vectors: Vectors) -> Neighbours:
    """Find the nearest other texts of each text.

    Parameters
    ----------
    vectors : ndarray of shape (n_texts, n_dimensions)
        Unit rows.

    Returns
    -------
    Neighbours

    Examples
    --------
    >>> east, north = [1.0, 0.0], [0.0, 1.0]
    >>> found = find_neighbours(np.array([east, east, north, north], np.float32))
    >>> found.nearest[:, 0].tolist()
    [1, 0, 3, 2]
    """
    vectors = np.asarray(vectors, np.float32)
    mean = vectors.mean(axis=0) if len(vectors) else np.zeros(vectors.shape[1:], np.float32)
    centred = to_unit(vectors - mean)
    k = min(N_NEIGHBOURS, max(len(vectors) - 1, 0))
    nearest = np.zeros((len(vectors), k), np.int64)
    nearness = np.zeros((len(vectors), k), np.float32)
    for start in range(0, len(vectors) if k else 0, ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        nearest[rows], nearness[rows] = _find_nearest(centred, start, k)
    total = nearness.sum(axis=1, keepdims=True)
    return Neighbours(vectors, centred, mean, nearest, nearness / np.maximum(total, 1e-9))


def to_unit(rows: Vectors) -> Vectors:
    """Give rows the length 1; a row of zeros stays as it is."""
    unit: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return unit


def _find_nearest(centred: Vectors, start: int, k: int) -> tuple[NDArray[np.int64], Vectors]:
    likeness = np.round(centred[start : start + ROWS_AT_ONCE] @ centred.T, 5)
    rows = np.arange(len(likeness))
    likeness[rows, start + rows] = -2
    # Ties are broken by position, so that the same texts always have the same neighbours.
    nearest = np.argsort(-likeness, axis=1, kind="stable")[:, :k]
    return nearest, np.maximum(likeness[rows[:, None], nearest], 0)
