"""Form micro-clusters of near-alike texts first, so that memory stays bounded."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from theming.clustering.kmeans import WeightedPoints, assign_to_centres
from theming.clustering.smoothing import to_unit_rows
from theming.settings import ThemingSettings

BLOCK = 4096
SAMPLE_PER_CENTRE = 8
ROUNDS = 4
"""Rounds of k-means for micro-clusters.

Rationale: they only need to be small and tight; later rounds moved under two texts in a hundred.
"""


@dataclass(frozen=True)
class MicroClusters:
    """Hold the points that are grouped, and the point of each text.

    Parameters
    ----------
    points : WeightedPoints
    point_of_text : ndarray of shape (n_texts,)
    """

    points: WeightedPoints
    point_of_text: NDArray[np.int64]


def form_micro_clusters(
    vectors: NDArray[np.float32], weights: NDArray[np.float64], settings: ThemingSettings
) -> MicroClusters:
    """Form at most `n_micro` points; with fewer texts than that, each text is its own point.

    Parameters
    ----------
    vectors : ndarray of shape (n_texts, n_dimensions)
        Unit rows.
    weights : ndarray of shape (n_texts,)
        How often each text was said.
    settings : ThemingSettings
    """
    if len(vectors) <= settings.n_micro:
        return MicroClusters(WeightedPoints(vectors, weights), np.arange(len(vectors)))
    rng = np.random.default_rng(settings.seed)
    sample_size = min(len(vectors), SAMPLE_PER_CENTRE * settings.n_micro)
    sample = np.sort(rng.choice(len(vectors), sample_size, replace=False))
    learnt = WeightedPoints(vectors[sample], weights[sample])
    centres = learnt.vectors[np.sort(rng.choice(sample_size, settings.n_micro, replace=False))]
    for _ in range(ROUNDS):
        labels = assign_in_blocks(learnt.vectors, centres, settings.n_threads)
        centres = _average_sparse(learnt, labels, centres)
    return _keep_used(vectors, weights, assign_in_blocks(vectors, centres, settings.n_threads))


def assign_in_blocks(
    vectors: NDArray[np.float32], centres: NDArray[np.float32], n_threads: int
) -> NDArray[np.int64]:
    """Return the nearest centre of each row, block by block; threads never change the result."""
    blocks = [vectors[start : start + BLOCK] for start in range(0, len(vectors), BLOCK)]
    with ThreadPoolExecutor(n_threads) as pool:
        parts = list(pool.map(lambda block: assign_to_centres(block, centres), blocks))
    return np.concatenate(parts)


def _average_sparse(
    points: WeightedPoints, labels: NDArray[np.int64], centres: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Average members without a dense membership matrix, which would be too large here."""
    from scipy.sparse import csr_matrix

    n_points = len(labels)
    shape = (len(centres), n_points)
    membership = csr_matrix((points.weights, (labels, np.arange(n_points))), shape=shape)
    totals = np.asarray(membership.sum(axis=1)).reshape(-1, 1)
    means = membership @ points.vectors / np.maximum(totals, 1e-9)
    moved: NDArray[np.float32] = np.where(totals > 0, means, centres).astype(np.float32)
    return moved


def _keep_used(
    vectors: NDArray[np.float32], weights: NDArray[np.float64], labels: NDArray[np.int64]
) -> MicroClusters:
    used, point_of_text = np.unique(labels, return_inverse=True)
    empty = np.zeros((len(used), vectors.shape[1]), np.float32)
    centres = _average_sparse(WeightedPoints(vectors, weights), point_of_text, empty)
    sizes = np.bincount(point_of_text, weights).astype(np.float64)
    return MicroClusters(WeightedPoints(to_unit_rows(centres), sizes), point_of_text)
