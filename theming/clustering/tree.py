"""One tree over all points, of which the top is kept: at most sixty leaves and their merges."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SMALLEST_LEAF = 3
"""Fewest texts in a leaf.

Rationale: one or two texts are no theme; they go to the leaf they keep most company with.
"""

TEXTS_PER_LEAF = 5
"""Texts for each leaf that the top of the tree may have, on average.

Rationale: thirty texts then give up to six themes, and three hundred or more all sixty.
"""

REFINEMENT_ROUNDS = 5


@dataclass(frozen=True)
class Merge:
    """Hold one merge: two node ids and the height where they meet, 0 (always together) to 1."""

    left: int
    right: int
    height: float


@dataclass(frozen=True)
class TopTree:
    """Hold the top of a tree.

    Parameters
    ----------
    leaf_of_point : ndarray of shape (n_points,)
    affinity : ndarray of shape (n_points, n_leaves)
        0..1: mean share of the runs in which a point sat with the others of each leaf.
    merges : tuple of Merge
        Node ids follow those of the leaves, in the order of the merges.
    """

    leaf_of_point: NDArray[np.int64]
    affinity: NDArray[np.float32]
    merges: tuple[Merge, ...]

    @property
    def n_leaves(self) -> int:
        """Return the number of leaves."""
        return int(self.affinity.shape[1])

    def list_members(self) -> tuple[tuple[int, ...], ...]:
        """Return for each node the leaves under it."""
        members: list[tuple[int, ...]] = [(leaf,) for leaf in range(self.n_leaves)]
        for merge in self.merges:
            members.append(tuple(sorted(members[merge.left] + members[merge.right])))
        return tuple(members)


def build_tree(company: NDArray[np.float32], weights: NDArray[np.float64], max_leaves: int) -> TopTree:
    """Build the top of the average-linkage tree over points that kept the same company.

    Parameters
    ----------
    company : ndarray of shape (n_points, n_points)
        Share of the runs in which two points sat together, 0..1.
    weights : ndarray of shape (n_points,)
        How many texts each point stands for.
    max_leaves : int
        Most leaves kept.
    """
    n_leaves = limit_leaves(float(weights.sum()), len(company), max_leaves)
    alike = compare_company(company, weights)
    leaves = _refine_leaves(alike, weights, _cut_leaves(alike, weights, n_leaves))
    affinity = measure_affinity(company, weights, leaves)
    return TopTree(leaves, affinity, _merge_leaves(alike, weights, leaves))


def compare_company(company: NDArray[np.float32], weights: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return how alike the company is that each two points kept: the cosine of their rows.

    Rationale: two texts that often sat with the same others belong together even where chance
    parted them. Trees over this came out the same on 90 % samples more often than trees over the
    company itself (mean ARI 0.80 against 0.77 on five NHS questions, 20 themes).

    Returns
    -------
    ndarray of shape (n_points, n_points)
        0 (no company in common) to 1 (the same company).

    Examples
    --------
    >>> company = np.array([[1, 0.5, 0], [0.5, 1, 0], [0, 0, 1]], np.float32)
    >>> compare_company(company, np.ones(3))[0].round(2).tolist()
    [1.0, 0.8, 0.0]
    """
    rows = company * np.sqrt(weights).astype(np.float32)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    alike: NDArray[np.float32] = np.clip(rows @ rows.T, 0, 1)
    return alike


def limit_leaves(n_texts: float, n_points: int, max_leaves: int) -> int:
    """Return how many leaves the top of the tree may have.

    Examples
    --------
    >>> limit_leaves(30, 30, 60), limit_leaves(614, 600, 60), limit_leaves(500, 1, 60)
    (6, 60, 1)
    """
    return max(1, min(max_leaves, n_points, int(n_texts // TEXTS_PER_LEAF)))


def measure_affinity(
    company: NDArray[np.float32], weights: NDArray[np.float64], leaves: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return each point's mean company with the texts of each leaf, itself left out.

    Returns
    -------
    ndarray of shape (n_points, n_leaves)
        0 (never together) to 1 (always together).
    """
    shared, sizes = sum_by_leaf(company, weights, leaves)
    rows = np.arange(len(leaves))
    counted = np.tile(sizes, (len(leaves), 1))
    shared[rows, leaves] -= 1
    counted[rows, leaves] -= 1
    affinity = np.divide(shared, counted, out=np.ones_like(shared), where=counted > 0)
    return affinity.clip(0, 1).astype(np.float32)


def sum_by_leaf(
    company: NDArray[np.float32], weights: NDArray[np.float64], leaves: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return each point's summed company with the texts of each leaf, and the size of each leaf."""
    membership = np.zeros((len(leaves), int(leaves.max()) + 1), np.float64)
    membership[np.arange(len(leaves)), leaves] = weights
    return company.astype(np.float64) @ membership, membership.sum(axis=0)


def _cut_leaves(
    company: NDArray[np.float32], weights: NDArray[np.float64], n_leaves: int
) -> NDArray[np.int64]:
    """Cut the full tree where enough clusters are large enough; place the rest among these."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if n_leaves == 1:
        return np.zeros(len(company), np.int64)
    apart = 1 - company.astype(np.float64)
    np.fill_diagonal(apart, 0)
    joined = linkage(squareform(apart, checks=False), "average")
    smallest = min(float(SMALLEST_LEAF), float(weights.sum()) / n_leaves)
    best, most_large = np.zeros(len(company), np.int64), 0
    for n_clusters in range(n_leaves, min(len(company), 6 * n_leaves) + 1):
        labels = fcluster(joined, n_clusters, "maxclust").astype(np.int64) - 1
        n_large = int((np.bincount(labels, weights) >= smallest).sum())
        if n_large > most_large:
            best, most_large = labels, n_large
        if n_large >= n_leaves:
            break
    return _dissolve_small(company, weights, best, smallest)


def _dissolve_small(
    company: NDArray[np.float32],
    weights: NDArray[np.float64],
    labels: NDArray[np.int64],
    smallest: float,
) -> NDArray[np.int64]:
    shared, sizes = sum_by_leaf(company, weights, labels)
    large = np.flatnonzero(sizes >= smallest)
    nearest = large[np.argmax(shared[:, large] / sizes[large], axis=1)]
    return _number_leaves(np.where(np.isin(labels, large), labels, nearest))


def _number_leaves(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give leaves new numbers, by the first point that each holds."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))
    numbered: NDArray[np.int64] = rank[inverse].astype(np.int64)
    return numbered


def _refine_leaves(
    company: NDArray[np.float32], weights: NDArray[np.float64], leaves: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Move points to the leaf they keep most company with, as long as no leaf becomes too small."""
    for _ in range(REFINEMENT_ROUNDS):
        affinity = measure_affinity(company, weights, leaves)
        rows = np.arange(len(leaves))
        best = affinity.argmax(axis=1)
        better = affinity[rows, best] > affinity[rows, leaves] + 1e-6
        moved = np.where(better, best, leaves)
        sizes = np.bincount(moved, weights, minlength=affinity.shape[1])
        if not better.any() or sizes.min() < min(SMALLEST_LEAF, np.bincount(leaves, weights).min()):
            break
        leaves = moved
    return _number_leaves(leaves)


def _merge_leaves(
    company: NDArray[np.float32], weights: NDArray[np.float64], leaves: NDArray[np.int64]
) -> tuple[Merge, ...]:
    """Merge the two nearest nodes until one is left, by the mean company of their texts."""
    shared, sizes = sum_by_leaf(company, weights, leaves)
    n_leaves = len(sizes)
    membership = np.zeros((n_leaves, len(leaves)))
    membership[leaves, np.arange(len(leaves))] = weights
    total = membership @ shared
    ids, merges, floor = list(range(n_leaves)), [], 0.0
    while len(ids) > 1:
        mean = total / np.outer(sizes, sizes)
        np.fill_diagonal(mean, -1)
        left, right = sorted(int(i) for i in np.unravel_index(mean.argmax(), mean.shape))
        floor = max(floor, float(1 - mean[left, right]))
        merges.append(Merge(ids[left], ids[right], round(floor, 6)))
        total[left] += total[right]
        total[:, left] += total[:, right]
        sizes[left] += sizes[right]
        total = np.delete(np.delete(total, right, 0), right, 1)
        sizes = np.delete(sizes, right)
        ids[left] = n_leaves + len(merges) - 1
        ids.pop(right)
    return tuple(merges)
