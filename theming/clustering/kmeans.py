"""One seeded k-means run, the same on any number of threads."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ALIKE = 1e-5
"""Squared distance under which two points are the same."""

MAX_ROUNDS = 30
"""Most rounds of one run.

Rationale: a consensus wants many quick looks and not one polished one; centres hardly move later.
"""


@dataclass(frozen=True)
class WeightedPoints:
    """Hold points and how often each occurs.

    Parameters
    ----------
    vectors : ndarray of shape (n_points, n_dimensions)
    weights : ndarray of shape (n_points,)
    """

    vectors: NDArray[np.float32]
    weights: NDArray[np.float64]

    def take(self, places: NDArray[np.int64]) -> "WeightedPoints":
        """Return the points at these places."""
        return WeightedPoints(self.vectors[places], self.weights[places])


def find_centres(points: WeightedPoints, n_clusters: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Run k-means once from a k-means++ start.

    Parameters
    ----------
    points : WeightedPoints
    n_clusters : int
        At most the number of points.
    rng : Generator
        Decides the start.

    Returns
    -------
    ndarray of shape (n_clusters, n_dimensions)

    References
    ----------
    Arthur and Vassilvitskii (2007), k-means++: the advantages of careful seeding.
    """
    centres = _choose_start(points, n_clusters, rng)
    labels = np.full(len(points.vectors), -1, np.int64)
    for _ in range(MAX_ROUNDS):
        nearest = assign_to_centres(points.vectors, centres)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        centres = average_members(points, labels, centres)
    return centres


def assign_to_centres(vectors: NDArray[np.float32], centres: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the place of the nearest centre for each row, shape (n_points,)."""
    half_lengths = (centres * centres).sum(axis=1) / 2
    nearest: NDArray[np.int64] = np.argmin(half_lengths - vectors @ centres.T, axis=1)
    return nearest


def average_members(
    points: WeightedPoints, labels: NDArray[np.int64], centres: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the mean of each cluster's members; an empty cluster keeps its centre."""
    membership = np.zeros((len(centres), len(labels)), np.float32)
    membership[labels, np.arange(len(labels))] = points.weights
    totals = membership.sum(axis=1, keepdims=True)
    moved: NDArray[np.float32] = np.where(
        totals > 0, membership @ points.vectors / np.maximum(totals, 1e-9), centres
    )
    return moved


def _choose_start(points: WeightedPoints, n_clusters: int, rng: np.random.Generator) -> NDArray[np.float32]:
    vectors, weights = points.vectors, points.weights
    lengths = (vectors * vectors).sum(axis=1)
    chosen = [int(rng.choice(len(vectors), p=weights / weights.sum()))]
    distance = _squared_distance(vectors, lengths, chosen[0])
    while len(chosen) < n_clusters:
        chances = np.cumsum(distance * weights)
        if chances[-1] <= 0:
            chosen.append(chosen[-1])
            continue
        place = int(np.searchsorted(chances, rng.random() * chances[-1], side="right"))
        chosen.append(min(place, len(vectors) - 1))
        distance = np.minimum(distance, _squared_distance(vectors, lengths, chosen[-1]))
    return vectors[chosen]


def _squared_distance(
    vectors: NDArray[np.float32], lengths: NDArray[np.float32], place: int
) -> NDArray[np.float64]:
    squared: NDArray[np.float64] = (lengths + lengths[place] - 2 * (vectors @ vectors[place])).astype(
        np.float64
    )
    # Of a point to itself, or to its like, only noise of the last digit is left.
    squared[squared < ALIKE] = 0
    return squared
