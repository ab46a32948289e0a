"""Find and rank the phrases that may name each theme."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from theming.embedding.protocol import Embedder
from theming.labelling.phrase_table import PhraseTable
from theming.labelling.topic_model import fit_topic_model, weigh_phrases

N_CANDIDATES = 20
LONE_FACTOR = 0.05
"""Factor for a phrase that a single text of the theme uses.

Rationale: it speaks for nobody else, so it names a theme only where its texts share no phrase.
"""
ENOUGH_SHARED = 5
"""Phrases that two texts of a theme share, from which on phrases of single texts are not needed."""

NO_THING_FACTOR = 0.5
"""Factor for a phrase that is only a quality or an action: it names a theme where no thing does better."""

COMMON_GROUND = 0.5
"""Share of the centre of all texts that is taken from a theme's own before phrases are compared with it.

Rationale: a label must tell a theme from the others; what is near to every theme tells nothing.
"""

COMMON_SHARE = 0.4
"""Share of all leaves in which a phrase is common to everything.

Rationale: the name of the town is in every theme of its people and tells none apart.
"""
FEWEST_LEAVES = 8
COMMON_FACTOR = 0.3


@dataclass(frozen=True)
class ThemesToName:
    """Hold what naming needs to know.

    Parameters
    ----------
    texts : sequence of str
        The different texts, in canonical order.
    vectors : ndarray of shape (n_texts, n_dimensions)
        Unit rows.
    leaf_of_text : ndarray of shape (n_texts,)
    members : ndarray of shape (n_themes, n_texts)
        How often each text counts in each theme; 0 where it is no member.
    typical : sequence of sequence of int
        Places of the typical texts of each theme.
    order : sequence of int
        Themes in the order in which they may choose their labels.
    """

    texts: Sequence[str]
    vectors: NDArray[np.float32]
    leaf_of_text: NDArray[np.int64]
    members: NDArray[np.float64]
    typical: Sequence[Sequence[int]]
    order: Sequence[int]


@dataclass(frozen=True)
class Candidates:
    """Hold the phrases that may name one theme, best first.

    Parameters
    ----------
    centre : ndarray of shape (n_dimensions,)
        Unit vector of the theme.
    pull : ndarray of shape (n_dimensions,)
        The theme's centre less a share of the centre of all: near it lies what is this theme's own.
    places : ndarray of shape (n_candidates,)
        Places in the phrase table.
    scores : ndarray of shape (n_candidates,)
    vectors : ndarray of shape (n_candidates, n_dimensions)
        Unit rows.
    """

    centre: NDArray[np.float32]
    pull: NDArray[np.float32]
    places: NDArray[np.int64]
    scores: NDArray[np.float64]
    vectors: NDArray[np.float32]


def rank_candidates(themes: ThemesToName, table: PhraseTable, embedder: Embedder) -> tuple[Candidates, ...]:
    """Rank the phrases of every theme: c-TF-IDF first, then nearness to the theme as KeyBERT does.

    Parameters
    ----------
    themes : ThemesToName
    table : PhraseTable
        At least two phrases.
    embedder : Embedder
        The one that embedded the texts.

    References
    ----------
    Grootendorst (2020), KeyBERT: minimal keyword extraction with BERT.
    """
    picked = _pick_by_weight(themes, table)
    used = np.unique(np.concatenate([places for places, _ in picked]))
    vectors = embedder.embed([table.surfaces[place] for place in used])
    centres = _find_centres(themes.members, themes.vectors)
    all_texts = _find_centres(themes.members.sum(axis=0, keepdims=True), themes.vectors)[0]
    ranked = []
    for (places, weights), centre in zip(picked, centres, strict=True):
        own = vectors[np.searchsorted(used, places)]
        ranked.append(_rank_by_nearness(centre, centre - COMMON_GROUND * all_texts, places, weights, own))
    return tuple(ranked)


def _pick_by_weight(
    themes: ThemesToName, table: PhraseTable
) -> list[tuple[NDArray[np.int64], NDArray[np.float64]]]:
    """Pick the phrases with the highest weight in each theme."""
    model = fit_topic_model(table, themes.vectors, themes.leaf_of_text)
    weighed = weigh_phrases(model, table, themes.members)
    using = (themes.members > 0).astype(np.float64) @ table.uses
    trust = np.sqrt(table.wholeness) * _discount_common(themes, table)
    trust *= NO_THING_FACTOR + (1 - NO_THING_FACTOR) * table.thingness
    picked = []
    for theme in range(len(themes.members)):
        row = weighed[theme]
        is_shared = using[theme][row.indices] >= 2
        weights = row.data * trust[row.indices] * np.where(is_shared, 1.0, LONE_FACTOR)
        keep = weights > 0
        if (keep & is_shared).sum() >= ENOUGH_SHARED:
            keep &= is_shared
        places, weights = row.indices[keep].astype(np.int64), np.round(weights[keep], 9)
        best = np.lexsort((places, -weights))[:N_CANDIDATES]
        picked.append((places[best], weights[best]))
    return picked


def _discount_common(themes: ThemesToName, table: PhraseTable) -> NDArray[np.float64]:
    """Return a factor for each phrase: below 1 if it holds a phrase that all themes share."""
    n_leaves = int(themes.leaf_of_text.max()) + 1
    factors = np.ones(len(table.keys))
    if n_leaves < FEWEST_LEAVES:
        return factors
    in_leaf = np.zeros((n_leaves, len(themes.leaf_of_text)))
    in_leaf[themes.leaf_of_text, np.arange(len(themes.leaf_of_text))] = 1
    share = ((in_leaf @ table.uses) > 0).mean(axis=0)
    common = [f" {table.keys[place]} " for place in np.flatnonzero(share >= COMMON_SHARE)]
    for place, key in enumerate(table.keys):
        if any(shared in f" {key} " for shared in common):
            factors[place] = COMMON_FACTOR
    return factors


def _find_centres(members: NDArray[np.float64], vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    sums = members @ vectors
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    centres: NDArray[np.float32] = (sums / np.maximum(lengths, 1e-12)).astype(np.float32)
    return centres


def _rank_by_nearness(
    centre: NDArray[np.float32],
    pull: NDArray[np.float32],
    places: NDArray[np.int64],
    weights: NDArray[np.float64],
    vectors: NDArray[np.float32],
) -> Candidates:
    relative = weights / weights.max(initial=1e-12)
    scores = np.round(np.sqrt(relative) * np.maximum(vectors @ pull, 0.01), 6)
    best = np.lexsort((places, -scores))
    return Candidates(centre, pull, places[best], scores[best], vectors[best])
