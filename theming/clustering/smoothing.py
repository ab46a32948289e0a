"""Make vectors ready for grouping: take away what all share, borrow from near neighbours."""

import numpy as np
from numpy.typing import NDArray

from theming.clustering.kmeans import WeightedPoints

N_NEIGHBOURS = 10
NEIGHBOUR_SHARE = 0.5
"""How much of a vector comes from its neighbours.

Rationale: a half gave steadier themes on 90 % samples than 0.3 (mean ARI on civic statements 0.83
against 0.81, on three NHS questions 0.75 against 0.74) at the same agreement with people's codes;
0.6 of twelve neighbours blurs small themes.
"""
BLOCK = 2048


def prepare_points(points: WeightedPoints) -> WeightedPoints:
    """Centre the vectors, then smooth them.

    What all texts share (the name of the town, the tone of a survey) says nothing about how they
    differ, so it is taken away first.

    Parameters
    ----------
    points : WeightedPoints
        Vectors of shape (n_points, n_dimensions), unit rows.
    """
    return WeightedPoints(smooth_vectors(centre_vectors(points)), points.weights)


def centre_vectors(points: WeightedPoints) -> NDArray[np.float32]:
    """Take the weighted mean away and return unit rows; rows that are nothing but the mean are 0."""
    mean = np.average(points.vectors, axis=0, weights=points.weights).astype(np.float32)
    centred = points.vectors - mean
    # What is left of texts that are all alike is only noise of the last digit.
    centred[np.linalg.norm(centred, axis=1) < 1e-4] = 0
    return to_unit_rows(centred)


def smooth_vectors(
    vectors: NDArray[np.float32],
    n_neighbours: int = N_NEIGHBOURS,
    neighbour_share: float = NEIGHBOUR_SHARE,
) -> NDArray[np.float32]:
    """Mix each unit vector with the mean of its nearest neighbours.

    Parameters
    ----------
    vectors : ndarray of shape (n_points, n_dimensions)
        Unit rows.
    n_neighbours : int
        Neighbours looked at; never more than a tenth of the points.
    neighbour_share : float
        0..1: 0 leaves vectors as they are, 1 replaces them by their neighbours' mean.

    Returns
    -------
    ndarray of shape (n_points, n_dimensions)
        Unit rows.
    """
    k = min(n_neighbours, len(vectors) // 10)
    if k < 1:
        return vectors
    means = np.empty_like(vectors)
    for start in range(0, len(vectors), BLOCK):
        block = slice(start, min(start + BLOCK, len(vectors)))
        nearness = vectors[block] @ vectors.T
        nearness[np.arange(len(nearness)), np.arange(block.start, block.stop)] = -2.0
        nearest = np.sort(np.argpartition(-nearness, k - 1, axis=1)[:, :k], axis=1)
        means[block] = vectors[nearest].mean(axis=1)
    mixed = (1 - neighbour_share) * vectors + neighbour_share * to_unit_rows(means)
    return to_unit_rows(mixed)


def to_unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return rows of length 1; a row of zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: NDArray[np.float32] = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return unit
