"""How steady a theme is, seen over all the runs of the consensus."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def measure_stability(
    groupings: NDArray[np.int32],
    weights: NDArray[np.float64],
    leaf_of_point: NDArray[np.int64],
    members: Sequence[Sequence[int]],
) -> tuple[float, ...]:
    """Measure in what share of the runs the members of each theme stay together.

    In one run, the members stay together as far as they sit in one cluster (the run was coarser
    than the theme), or in clusters that are mostly theirs (the run was finer). The better of these
    two shares counts, so that small and large themes are measured alike.

    Parameters
    ----------
    groupings : ndarray of shape (n_runs, n_points)
    weights : ndarray of shape (n_points,)
    leaf_of_point : ndarray of shape (n_points,)
    members : sequence of sequence of int
        The leaves of each theme.

    Returns
    -------
    tuple of float
        For each theme 0..1. 1 means that no run ever parted its members; values near 0 mean that
        they were scattered every time.

    References
    ----------
    Hennig (2007), Cluster-wise assessment of cluster stability, from which the idea is taken; the
    two-sided share is ours.
    """
    n_leaves = int(leaf_of_point.max()) + 1
    chooser = np.zeros((len(members), n_leaves))
    for theme, leaves in enumerate(members):
        chooser[theme, list(leaves)] = 1
    scores = np.zeros(len(members))
    for labels in groupings:
        counts = np.zeros((n_leaves, int(labels.max()) + 1))
        np.add.at(counts, (leaf_of_point, labels), weights)
        scores += _share_together(chooser @ counts, counts.sum(axis=0))
    return tuple(float(score) for score in np.round(scores / len(groupings), 4))


def _share_together(counts: NDArray[np.float64], cluster_sizes: NDArray[np.float64]) -> NDArray[np.float64]:
    own = np.where(counts > cluster_sizes / 2, counts, 0).sum(axis=1)
    share: NDArray[np.float64] = np.maximum(counts.max(axis=1), own) / counts.sum(axis=1)
    return share
