"""Propose a number of themes."""

import numpy as np
from numpy.typing import NDArray

from theming.clustering.kmeans import WeightedPoints
from theming.clustering.tree import TopTree, sum_by_leaf

FEWEST_THEMES = 8
MOST_THEMES = 40
"""Fewest and most themes proposed.

Rationale: a workshop of an afternoon works with 8 to 25 headings, and texts that do not part
clearly never get more. Texts that do part clearly, such as requests about forty services, would
be mixed under fewer headings than they have subjects.
"""

PRICE_OF_MORE = 0.1
"""Power of the number of themes by which its silhouette is divided.

Rationale: the silhouette flattens long before its peak, and a room does better with fewer
headings: a third more of them must part the texts 3 % better. On eight public sets 0.1 agreed with
people's codes, and with itself on samples, better than 0, 0.15 or the first number within 5 % of
the best.
"""

NEIGHBOURS = 2
"""Numbers on either side whose silhouettes are averaged in, so that no lucky cut is chosen."""

TEXTS_PER_THEME = 12
"""Texts for each proposed theme, on average at least."""


def limit_number(n_texts: float, n_leaves: int) -> tuple[int, int]:
    """Return the fewest and most themes that may be proposed for so many texts.

    Examples
    --------
    >>> limit_number(614, 60), limit_number(60, 12), limit_number(30, 6)
    ((8, 40), (3, 5), (2, 3))
    """
    most = max(1, min(MOST_THEMES, n_leaves, max(3, int(n_texts // TEXTS_PER_THEME))))
    return min(FEWEST_THEMES, most, max(2, most * 2 // 3)), most


def choose_number(tree: TopTree, points: WeightedPoints) -> tuple[int, dict[int, float]]:
    """Propose the number of themes that parts the texts best for its size.

    Parameters
    ----------
    tree : TopTree
    points : WeightedPoints
        Unit rows, as they were grouped.

    Returns
    -------
    tuple
        The number, and the score of each number that was looked at: the mean silhouette of the
        texts by cosine distance, -1 to 1, where 1 means themes far from each other and values
        near 0 themes that run into each other.

    References
    ----------
    Rousseeuw (1987), Silhouettes: a graphical aid to the interpretation of cluster analysis.
    """
    fewest, most = limit_number(float(points.weights.sum()), tree.n_leaves)
    lowest, highest = max(2, fewest - NEIGHBOURS), min(tree.n_leaves, most + NEIGHBOURS)
    distances = _measure_distances(tree, points)
    scores = {n: _score_cut(tree, points.weights, distances, n) for n in range(lowest, highest + 1)}
    worth = {n: _average_around(scores, n) / n**PRICE_OF_MORE for n in range(fewest, most + 1) if n in scores}
    chosen = max(worth, key=lambda n: (round(worth[n], 6), -n), default=most)
    return chosen, {n: score for n, score in scores.items() if n in worth}


def _average_around(scores: dict[int, float], n: int) -> float:
    around = [scores[near] for near in range(n - NEIGHBOURS, n + NEIGHBOURS + 1) if near in scores]
    return sum(around) / len(around)


def _measure_distances(tree: TopTree, points: WeightedPoints) -> NDArray[np.float64]:
    """Return the summed cosine distance of each point to the texts of each leaf."""
    nearness = points.vectors @ points.vectors.T
    sums, sizes = sum_by_leaf(nearness, points.weights, tree.leaf_of_point)
    return sizes - sums


def _score_cut(
    tree: TopTree, weights: NDArray[np.float64], distances: NDArray[np.float64], n_themes: int
) -> float:
    theme_of_leaf = cut_leaves(tree, n_themes)
    to_theme = np.zeros((tree.n_leaves, n_themes))
    to_theme[np.arange(tree.n_leaves), theme_of_leaf] = 1
    own = theme_of_leaf[tree.leaf_of_point]
    sizes = np.bincount(own, weights, minlength=n_themes)
    sums, rows = distances @ to_theme, np.arange(len(own))
    inside = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    means = sums / sizes
    means[rows, own] = np.inf
    outside = means.min(axis=1)
    silhouette = (outside - inside) / np.maximum(np.maximum(outside, inside), 1e-9)
    silhouette[sizes[own] <= 1] = 0
    return round(float(np.average(silhouette, weights=weights)), 6)


def cut_leaves(tree: TopTree, n_themes: int) -> NDArray[np.int64]:
    """Return the theme of each leaf when the tree is cut into so many themes."""
    standing: dict[int, list[int]] = {leaf: [leaf] for leaf in range(tree.n_leaves)}
    for place, merge in enumerate(tree.merges[: tree.n_leaves - n_themes]):
        standing[tree.n_leaves + place] = standing.pop(merge.left) + standing.pop(merge.right)
    theme_of_leaf = np.zeros(tree.n_leaves, np.int64)
    for theme, leaves in enumerate(standing.values()):
        theme_of_leaf[leaves] = theme
    return theme_of_leaf
