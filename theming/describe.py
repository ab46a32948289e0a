"""Work out everything that people see of each theme, for every node of the tree at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from theming.canonical import CanonicalTexts
from theming.clustering.micro import MicroClusters
from theming.clustering.tree import TopTree
from theming.embedding.protocol import Embedder, Vectors
from theming.labelling.candidates import ThemesToName
from theming.labelling.labels import Wording, name_themes
from theming.results import ThemeNode
from theming.stability import measure_stability
from theming.typical import choose_typical


@dataclass(frozen=True)
class Grouping:
    """Hold what grouping found.

    Parameters
    ----------
    micro : MicroClusters
    groupings : ndarray of shape (n_runs, n_points)
    tree : TopTree
    chosen_n : int
    scores : dict of int to float
        Score of each number of themes that was looked at.
    """

    micro: MicroClusters
    groupings: NDArray[np.int32]
    tree: TopTree
    chosen_n: int
    scores: dict[int, float]


def describe_nodes(
    canonical: CanonicalTexts, vectors: Vectors, grouping: Grouping, embedder: Embedder
) -> tuple[ThemeNode, ...]:
    """Describe every node: size, stability, label, keywords and typical texts.

    Parameters
    ----------
    canonical : CanonicalTexts
    vectors : ndarray of shape (n_canonical, n_dimensions)
        Unit rows.
    grouping : Grouping
    embedder : Embedder
        Embeds the phrases that may become labels.
    """
    tree, weights = grouping.tree, grouping.micro.points.weights
    under = tree.list_members()
    leaf_of_text = tree.leaf_of_point[grouping.micro.point_of_text]
    members = _weigh_members(under, leaf_of_text, canonical.weights)
    typical = _list_typical(canonical, vectors, members)
    order = _order_for_naming(grouping, members.sum(axis=1))
    to_name = ThemesToName(canonical.texts, vectors, leaf_of_text, members, typical, order)
    wordings = name_themes(to_name, embedder)
    stability = measure_stability(grouping.groupings, weights, tree.leaf_of_point, under)
    return _make_nodes(grouping, canonical, (members, stability, wordings, typical))


def _weigh_members(
    under: Sequence[Sequence[int]], leaf_of_text: NDArray[np.int64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how often each text counts in each node, shape (n_nodes, n_canonical)."""
    members = np.zeros((len(under), len(leaf_of_text)))
    for node, leaves in enumerate(under):
        inside = np.isin(leaf_of_text, leaves)
        members[node, inside] = weights[inside]
    return members


def _list_typical(
    canonical: CanonicalTexts, vectors: Vectors, members: NDArray[np.float64]
) -> list[list[int]]:
    lengths = np.array([len(text.split()) for text in canonical.texts])
    typical = []
    for row in members:
        places = np.flatnonzero(row)
        centre = row[places] @ vectors[places]
        centre /= max(float(np.linalg.norm(centre)), 1e-12)
        chosen = choose_typical(vectors[places], lengths[places], centre.astype(np.float32))
        typical.append([int(places[place]) for place in chosen])
    return typical


def _order_for_naming(grouping: Grouping, sizes: NDArray[np.float64]) -> list[int]:
    """Let the themes that people see first choose their labels first; then the largest."""
    n_leaves = grouping.tree.n_leaves
    standing = set(range(n_leaves))
    for place, merge in enumerate(grouping.tree.merges[: n_leaves - grouping.chosen_n]):
        standing -= {merge.left, merge.right}
        standing.add(n_leaves + place)
    return sorted(range(len(sizes)), key=lambda node: (node not in standing, -sizes[node], node))


def _make_nodes(
    grouping: Grouping,
    canonical: CanonicalTexts,
    found: tuple[NDArray[np.float64], Sequence[float], Sequence[Wording], Sequence[Sequence[int]]],
) -> tuple[ThemeNode, ...]:
    members, stability, wordings, typical = found
    first_use = _find_first_use(canonical)
    n_leaves = grouping.tree.n_leaves
    nodes = []
    for node, wording in enumerate(wordings):
        merge = grouping.tree.merges[node - n_leaves] if node >= n_leaves else None
        nodes.append(
            ThemeNode(
                id=node,
                children=(merge.left, merge.right) if merge else None,
                height=merge.height if merge else 0.0,
                size=int(members[node].sum()),
                stability=stability[node],
                label=wording.label,
                keywords=wording.keywords,
                typical=tuple(int(first_use[place]) for place in typical[node]),
            )
        )
    return tuple(nodes)


def _find_first_use(canonical: CanonicalTexts) -> NDArray[np.int64]:
    """Return for each different text the first index at which it was given."""
    given = np.flatnonzero(canonical.position_of >= 0)[::-1]
    first_use = np.zeros(len(canonical.texts), np.int64)
    first_use[canonical.position_of[given]] = given
    return first_use
