"""Propose a number of themes."""

import numpy as np
from numpy.typing import NDArray

from theming.clustering.tree import TopTree

FEWEST_THEMES = 8
MOST_THEMES = 25
"""Fewest and most themes proposed.

Rationale: a workshop of an afternoon works with 8 to 25 headings.
"""

NEARLY_BEST = 0.97
"""How near to the best score a smaller number of themes must come to be proposed instead.

Rationale: the score flattens long before its peak, and a room does better with fewer headings. On
eight public sets this agreed with people's codes better than the best score or any fixed number.
"""

TEXTS_PER_THEME = 12
"""Texts for each proposed theme, on average at least."""


def limit_number(n_texts: float, n_leaves: int) -> tuple[int, int]:
    """Return the fewest and most themes that may be proposed for so many texts.

    Examples
    --------
    >>> limit_number(614, 60), limit_number(60, 12), limit_number(30, 6)
    ((8, 25), (3, 5), (2, 3))
    """
    most = max(1, min(MOST_THEMES, n_leaves, max(3, int(n_texts // TEXTS_PER_THEME))))
    return min(FEWEST_THEMES, most, max(2, most * 2 // 3)), most


def choose_number(tree: TopTree, weights: NDArray[np.float64]) -> tuple[int, dict[int, float]]:
    """Propose the smallest number of themes that parts the texts nearly as well as any.

    Returns
    -------
    tuple
        The number, and the score of each number that was looked at: the mean silhouette of the
        texts over their company in the runs, -1 to 1, where 1 means themes that no run mixed.

    References
    ----------
    Rousseeuw (1987), Silhouettes: a graphical aid to the interpretation of cluster analysis.
    """
    fewest, most = limit_number(float(weights.sum()), tree.n_leaves)
    scores = {n: _score_cut(tree, weights, n) for n in range(fewest, most + 1)}
    enough = NEARLY_BEST * max(scores.values())
    return min((n for n in scores if scores[n] >= enough), default=most), scores


def _score_cut(tree: TopTree, weights: NDArray[np.float64], n_themes: int) -> float:
    theme_of_leaf = cut_leaves(tree, n_themes)
    sizes = np.bincount(tree.leaf_of_point, weights, minlength=tree.n_leaves)
    to_theme = np.zeros((tree.n_leaves, n_themes))
    to_theme[np.arange(tree.n_leaves), theme_of_leaf] = sizes
    affinity = tree.affinity @ to_theme / to_theme.sum(axis=0)
    rows, own = np.arange(len(affinity)), theme_of_leaf[tree.leaf_of_point]
    inside = 1 - affinity[rows, own]
    if n_themes == 1:
        return 0.0
    affinity[rows, own] = -1
    outside = 1 - affinity.max(axis=1)
    silhouette = (outside - inside) / np.maximum(np.maximum(outside, inside), 1e-9)
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
