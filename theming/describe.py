"""Work out everything that people see of each theme, for every node of the tree at once."""

from collections.abc import Callable, Sequence
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
from theming.scale.reading_for_names import choose_texts_to_read, scale_weights
from theming.stability import measure_stability
from theming.typical import choose_typical

BLOCK = 8192
"""Texts whose vectors are summed at a time, so that memory does not grow with their number."""


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


@dataclass(frozen=True)
class _PlacedTexts:
    """Hold the texts with their vectors, the leaf of each, and the leaves under each node."""

    canonical: CanonicalTexts
    vectors: Vectors
    leaf_of_text: NDArray[np.int64]
    under: Sequence[Sequence[int]]


def describe_nodes(
    canonical: CanonicalTexts,
    vectors: Vectors,
    grouping: Grouping,
    embedder: Embedder,
    report: Callable[[float], None] | None = None,
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
    report : callable, optional
        Told the share done, 0..1; may raise to stop the work.
    """
    tree, weights = grouping.tree, grouping.micro.points.weights
    under = tree.list_members()
    placed = _PlacedTexts(canonical, vectors, tree.leaf_of_point[grouping.micro.point_of_text], under)
    sizes = np.bincount(placed.leaf_of_text, canonical.weights) @ _choose_leaves(under).T
    typical = _list_typical(placed)
    to_name = _read_for_names(placed, typical, _order_for_naming(grouping, sizes))
    wordings = name_themes(to_name, embedder, report)
    stability = measure_stability(grouping.groupings, weights, tree.leaf_of_point, under)
    return _make_nodes(grouping, canonical, (sizes, stability, wordings, typical))


def _choose_leaves(under: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """Return 1 where a leaf is under a node, shape (n_nodes, n_leaves)."""
    chooser = np.zeros((len(under), len(under[-1])))
    for node, leaves in enumerate(under):
        chooser[node, list(leaves)] = 1
    return chooser


def _list_typical(placed: _PlacedTexts) -> list[list[int]]:
    lengths = np.array([len(text.split()) for text in placed.canonical.texts])
    sums = _choose_leaves(placed.under) @ _sum_by_leaf(placed)
    centres = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    return [
        choose_typical(placed.vectors, np.flatnonzero(np.isin(placed.leaf_of_text, leaves)), lengths, centre)
        for leaves, centre in zip(placed.under, centres.astype(np.float32), strict=True)
    ]


def _sum_by_leaf(placed: _PlacedTexts) -> NDArray[np.float64]:
    """Return the weighted sum of the vectors of each leaf, shape (n_leaves, n_dimensions)."""
    leaf_of_text, weights, n_texts = placed.leaf_of_text, placed.canonical.weights, len(placed.vectors)
    sums = np.zeros((int(leaf_of_text.max()) + 1, placed.vectors.shape[1]))
    for start in range(0, n_texts, BLOCK):
        block = slice(start, min(start + BLOCK, n_texts))
        membership = np.zeros((len(sums), block.stop - start))
        membership[leaf_of_text[block], np.arange(block.stop - start)] = weights[block]
        sums += membership @ placed.vectors[block]
    return sums


def _read_for_names(
    placed: _PlacedTexts, typical: Sequence[Sequence[int]], order: Sequence[int]
) -> ThemesToName:
    """Hand over the texts that are read for names: all, or a bounded number of each leaf."""
    leaf_of_text, texts = placed.leaf_of_text, placed.canonical.texts
    read = choose_texts_to_read(leaf_of_text, (place for places in typical for place in places))
    weights = scale_weights(placed.canonical.weights, leaf_of_text, read)
    return ThemesToName(
        texts=[texts[place] for place in read],
        vectors=placed.vectors if len(read) == len(texts) else placed.vectors[read],
        leaf_of_text=leaf_of_text[read],
        members=np.where(_choose_leaves(placed.under)[:, leaf_of_text[read]] > 0, weights, 0.0),
        typical=[np.searchsorted(read, places).tolist() for places in typical],
        order=order,
    )


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
    sizes, stability, wordings, typical = found
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
                size=int(sizes[node]),
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
