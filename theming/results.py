"""What a theming run found; loads with numpy alone, so that a web process may read it.

The result holds the top of one tree with everything that people see already worked out for every
node, so that any number of themes is only a choice of nodes.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, field
from functools import cached_property
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

MAX_ALTERNATIVES = 3
FORMAT_VERSION = 1


@dataclass(frozen=True)
class ThemeNode:
    """Hold one possible theme: a leaf of the top of the tree, or the merge of two others.

    Parameters
    ----------
    id : int
        Place in `ThemingResult.nodes`.
    children : tuple of two int, or None
        The nodes that it merges; None for a leaf.
    height : float
        Where the merge stands in the tree, 0 (always together) to 1 (never together).
    size : int
        Number of texts.
    stability : float
        0..1: the share of the runs' groupings in which its members stay together. 1 is rock solid;
        values under about 0.5 say that another run may well draw this theme differently.
    label : str
        One to six words that people used, unique over all nodes.
    keywords : tuple of str
        Further words and phrases, best first.
    typical : tuple of int
        Up to ten indices of texts that show what it is about, varied, best first.
    """

    id: int
    children: tuple[int, int] | None
    height: float
    size: int
    stability: float
    label: str
    keywords: tuple[str, ...]
    typical: tuple[int, ...]


@dataclass(frozen=True)
class ClassWords:
    """Hold the phrases that mark one theme within one class of texts.

    Parameters
    ----------
    kind : str
        What the classes are, such as "source".
    name : str
        The class.
    node : int
        The theme, as a place in `ThemingResult.nodes`.
    words : tuple of str
        Best first; each was used by at least two texts of the class in the theme.
    """

    kind: str
    name: str
    node: int
    words: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Cut:
    """Hold the themes at one position of the slider.

    Parameters
    ----------
    themes : tuple of ThemeNode
        Largest first.
    theme_of_text : ndarray of shape (n_texts,)
        Position in `themes`, or -1 for a text that was set aside.
    strength : ndarray of shape (n_texts,)
        0..1: the share of the runs in which a text sat with the texts of its theme, on average.
        1 means that all of them sat together every time; 0 for a text set aside.
        Rationale: surer voices agree with people's codes more often the whole way up
        (benchmarks/README.md); the share of a text's company that its theme holds does not.
    alternatives : tuple of tuple of int
        Up to three other positions in `themes` for each text, nearest first.
    """

    themes: tuple[ThemeNode, ...]
    theme_of_text: NDArray[np.int64]
    strength: NDArray[np.float32]
    alternatives: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, eq=False)
class ThemingResult:
    """Hold everything that a theming run found.

    Parameters
    ----------
    nodes : tuple of ThemeNode
        Leaves first, then merges in the order in which they happen; ids are positions.
    leaf_of_text : ndarray of shape (n_texts,)
        The leaf of each text; -1 where it was set aside as a non-answer.
    affinity : ndarray of shape (n_texts, n_leaves)
        0..1: mean share of the runs in which a text was grouped with the texts of each leaf.
    chosen_n : int
        Number of themes that the engine proposes.
    set_aside : tuple of int
        Indices of texts that answer nothing.
    card : dict
        Where the result came from: model and its SHA-256, versions, seeds, settings, input hash,
        scores. Holds only what JSON can hold.
    positions : ndarray of shape (n_texts, 2), or None
        Place of each text on the map (see `theming.map_texts`); None where no map was drawn.
    class_words : tuple of ClassWords
        Phrases that mark themes within classes of texts (see `theming.labelling.class_words`).
    """

    nodes: tuple[ThemeNode, ...]
    leaf_of_text: NDArray[np.int64]
    affinity: NDArray[np.float32]
    chosen_n: int
    set_aside: tuple[int, ...]
    card: dict[str, Any] = field(default_factory=dict)
    positions: NDArray[np.float32] | None = None
    class_words: tuple[ClassWords, ...] = ()

    @property
    def n_leaves(self) -> int:
        """Return the largest number of themes that can be cut."""
        return int(self.affinity.shape[1])

    @cached_property
    def leaf_sizes(self) -> NDArray[np.int64]:
        """Return the number of texts in each leaf, shape (n_leaves,)."""
        return np.array([node.size for node in self.nodes[: self.n_leaves]], np.int64)

    def cut(self, n_themes: int) -> Cut:
        """Cut the tree into any number of themes from 2 to `n_leaves`, at once.

        Parameters
        ----------
        n_themes : int
            Number of themes wanted. Where there is a single leaf (all texts alike), only 1.

        Raises
        ------
        ValueError
            If the tree has no cut with so many themes.
        """
        smallest = min(2, self.n_leaves)
        if not smallest <= n_themes <= self.n_leaves:
            raise ValueError(f"n_themes == {n_themes}, must be in [{smallest}, {self.n_leaves}].")
        themes = self._choose_nodes(n_themes)
        theme_of_leaf = self._map_leaves(themes)
        theme_of_text = np.where(self.leaf_of_text < 0, -1, theme_of_leaf[np.maximum(self.leaf_of_text, 0)])
        company = self._sum_company(theme_of_leaf)
        sizes = np.array([node.size for node in themes], np.float32)
        nearness: NDArray[np.float32] = np.divide(company, sizes, dtype=np.float32)
        strength = _measure_strength(nearness, theme_of_text)
        return Cut(themes, theme_of_text, strength, _rank_alternatives(nearness, theme_of_text))

    def _choose_nodes(self, n_themes: int) -> tuple[ThemeNode, ...]:
        """Undo the last merges until so many nodes stand; return them, largest first."""
        standing = set(range(self.n_leaves))
        for node in self.nodes[self.n_leaves : 2 * self.n_leaves - n_themes]:
            standing -= set(node.children or ())
            standing.add(node.id)
        return tuple(sorted((self.nodes[i] for i in standing), key=lambda node: (-node.size, node.id)))

    def _map_leaves(self, themes: Sequence[ThemeNode]) -> NDArray[np.int64]:
        theme_of_leaf = np.full(self.n_leaves, -1, np.int64)
        for position, theme in enumerate(themes):
            theme_of_leaf[list(self.leaves_under(theme.id))] = position
        return theme_of_leaf

    def leaves_under(self, node_id: int) -> tuple[int, ...]:
        """Return the ids of the leaves that a node is made of, in ascending order."""
        waiting, found = [node_id], []
        while waiting:
            node = self.nodes[waiting.pop()]
            if node.children is None:
                found.append(node.id)
            else:
                waiting.extend(node.children)
        return tuple(sorted(found))

    def _sum_company(self, theme_of_leaf: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return how much company each text kept with each theme, shape (n_texts, n_themes).

        Added row by row and not as a product of matrices, whose last digits depend on where in the
        matrix a row stands: shuffled texts must get the same strengths.
        """
        order = np.argsort(theme_of_leaf, kind="stable")
        starts = np.flatnonzero(np.diff(theme_of_leaf[order], prepend=-1))
        company = (self.affinity * self.leaf_sizes.astype(np.float32))[:, order]
        return cast("NDArray[np.float32]", np.add.reduceat(company, starts, axis=1))

    def to_bytes(self) -> bytes:
        """Return the result as bytes (npz and JSON, no pickle); equal results, equal bytes."""
        written = {
            "format": FORMAT_VERSION,
            "nodes": [asdict(node) for node in self.nodes],
            "chosen_n": self.chosen_n,
            "set_aside": list(self.set_aside),
            "card": self.card,
            "class_words": [astuple(words) for words in self.class_words],
        }
        text = json.dumps(written, ensure_ascii=False, sort_keys=True).encode()
        arrays: dict[str, Any] = {"leaf_of_text": self.leaf_of_text, "affinity": self.affinity}
        if self.positions is not None:
            arrays["positions"] = self.positions
        buffer = io.BytesIO()
        np.savez_compressed(buffer, **arrays, described=np.frombuffer(text, np.uint8))
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, written: bytes) -> "ThemingResult":
        """Read a result back from `to_bytes`.

        Raises
        ------
        ValueError
            If the bytes hold no result, or one of an unknown format.
        """
        with np.load(io.BytesIO(written), allow_pickle=False) as held:
            described = json.loads(held["described"].tobytes())
            leaf_of_text, affinity = held["leaf_of_text"], held["affinity"]
            positions = held["positions"] if "positions" in held.files else None
        if described.get("format") != FORMAT_VERSION:
            raise ValueError(f"format == {described.get('format')}, must be {FORMAT_VERSION}.")
        return cls(
            nodes=tuple(_read_node(node) for node in described["nodes"]),
            leaf_of_text=leaf_of_text,
            affinity=affinity,
            chosen_n=described["chosen_n"],
            set_aside=tuple(described["set_aside"]),
            card=described["card"],
            positions=positions,
            class_words=tuple(_read_class_words(words) for words in described.get("class_words", ())),
        )


def _read_node(held: Mapping[str, Any]) -> ThemeNode:
    children = held["children"]
    return ThemeNode(
        **{
            **held,
            "children": None if children is None else (children[0], children[1]),
            "keywords": tuple(held["keywords"]),
            "typical": tuple(held["typical"]),
        }
    )


def _read_class_words(held: Sequence[Any]) -> ClassWords:
    kind, name, node, words = held
    return ClassWords(kind, name, node, tuple(words))


def _measure_strength(nearness: NDArray[np.float32], theme_of_text: NDArray[np.int64]) -> NDArray[np.float32]:
    own = nearness[np.arange(len(nearness)), np.maximum(theme_of_text, 0)]
    return cast("NDArray[np.float32]", np.where(theme_of_text < 0, 0, own).clip(0, 1))


def _rank_alternatives(
    nearness: NDArray[np.float32], theme_of_text: NDArray[np.int64]
) -> tuple[tuple[int, ...], ...]:
    left = nearness.copy()
    rows = np.arange(len(left))
    left[rows, np.maximum(theme_of_text, 0)] = 0
    left[theme_of_text < 0] = 0
    columns = []
    for _ in range(min(MAX_ALTERNATIVES, left.shape[1] - 1)):
        best = left.argmax(axis=1)
        columns.append(np.where(left[rows, best] > 0, best, -1))
        left[rows, best] = 0
    if not columns:
        return ((),) * len(left)
    ranked = np.stack(columns, axis=1).tolist()
    return tuple(tuple(theme for theme in row if theme >= 0) for row in ranked)
