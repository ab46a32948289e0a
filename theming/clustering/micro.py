"""Form micro-clusters of near-alike texts first, so that memory stays bounded."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from theming.clustering.kmeans import WeightedPoints
from theming.clustering.smoothing import to_unit_rows
from theming.scale.workforce import ThisProcess, Workforce
from theming.settings import ThemingSettings

BLOCK = 4096
"""Texts in one part of the work.

Rationale: a part of 6 MB takes a worker a tenth of a second, so handing it out costs little beside it.
"""
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
    vectors: NDArray[np.float32],
    weights: NDArray[np.float64],
    settings: ThemingSettings,
    workforce: Workforce | None = None,
) -> MicroClusters:
    """Form at most `n_micro` points; with fewer texts than that, each text is its own point.

    Centres are learnt from a sample whose size does not depend on the number of texts, so the cost
    of all texts is one pass over them.

    Parameters
    ----------
    vectors : ndarray of shape (n_texts, n_dimensions)
        Unit rows.
    weights : ndarray of shape (n_texts,)
        How often each text was said.
    settings : ThemingSettings
    workforce : Workforce, optional
        Who looks for the nearest centre of each text; never changes the result.
    """
    if len(vectors) <= settings.n_micro:
        return MicroClusters(WeightedPoints(vectors, weights), np.arange(len(vectors)))
    crew = workforce or ThisProcess(settings.n_threads)
    rng = np.random.default_rng(settings.seed)
    sample_size = min(len(vectors), SAMPLE_PER_CENTRE * settings.n_micro)
    sample = np.sort(rng.choice(len(vectors), sample_size, replace=False))
    learnt = WeightedPoints(vectors[sample], weights[sample])
    centres = learnt.vectors[np.sort(rng.choice(sample_size, settings.n_micro, replace=False))]
    for _ in range(ROUNDS):
        centres = _average_members(learnt, assign_all(learnt.vectors, centres, crew), centres)
    return _keep_used(WeightedPoints(vectors, weights), assign_all(vectors, centres, crew))


def assign_all(
    vectors: NDArray[np.float32], centres: NDArray[np.float32], crew: Workforce
) -> NDArray[np.int64]:
    """Return the nearest centre of each row, shape (n_rows,), looked for block by block."""
    blocks = (vectors[block] for block in _list_blocks(len(vectors)))
    return np.concatenate(list(crew.assign_blocks(blocks, centres))).astype(np.int64)


def _list_blocks(n_rows: int) -> Iterator[slice]:
    return (slice(start, start + BLOCK) for start in range(0, n_rows, BLOCK))


def _average_members(
    points: WeightedPoints, labels: NDArray[np.int64], centres: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the mean of each cluster's members, summed block by block; an empty one keeps its centre."""
    from scipy.sparse import csr_matrix

    sums = np.zeros(centres.shape, np.float64)
    for block in _list_blocks(len(labels)):
        members, n_rows = labels[block], len(labels[block])
        chosen = (points.weights[block], (members, np.arange(n_rows)))
        sums += csr_matrix(chosen, shape=(len(centres), n_rows)) @ points.vectors[block]
    totals = np.bincount(labels, points.weights, minlength=len(centres)).reshape(-1, 1)
    means = sums / np.maximum(totals, 1e-9)
    moved: NDArray[np.float32] = np.where(totals > 0, means, centres).astype(np.float32)
    return moved


def _keep_used(points: WeightedPoints, labels: NDArray[np.int64]) -> MicroClusters:
    used, point_of_text = np.unique(labels, return_inverse=True)
    empty = np.zeros((len(used), points.vectors.shape[1]), np.float32)
    centres = _average_members(points, point_of_text, empty)
    sizes = np.bincount(point_of_text, points.weights).astype(np.float64)
    return MicroClusters(WeightedPoints(to_unit_rows(centres), sizes), point_of_text)
