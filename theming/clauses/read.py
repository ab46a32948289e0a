"""Read the clauses of texts against the tree of themes that was found in them."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from theming.canonical import CanonicalTexts, order_texts, tidy_text
from theming.clauses.reading import ClauseReading
from theming.clauses.split import split_clauses
from theming.embedding.cached import embed_texts, tell_share
from theming.embedding.choose import choose_embedder
from theming.embedding.protocol import Embedder, EmbeddingCache, Vectors
from theming.non_answers import is_non_answer
from theming.results import ThemingResult

MOST_TEXTS = 5_000
"""Above so many texts no clause is read.

Rationale: echoes are looked at by people one by one; for more texts than that, nobody does, and
the clauses would take longer to embed than the texts.
"""


def read_clauses(
    texts: Sequence[str],
    result: ThemingResult,
    *,
    embedder: Embedder | None = None,
    cache: EmbeddingCache | None = None,
    report: Callable[[float], None] | None = None,
) -> ClauseReading:
    """Read how near the clauses of each text are to every node of the tree.

    Parameters
    ----------
    texts : sequence of str
        The same texts, in the same order, as `result` was made from.
    result : ThemingResult
    embedder : Embedder, optional
        The one that the result was made with.
    cache : EmbeddingCache, optional
    report : callable, optional
        Told the share done, 0..1; may raise to stop the work.

    Returns
    -------
    ClauseReading
        Of texts with two clauses or more; empty above `MOST_TEXTS` texts.
    """
    clauses = _list_clauses(texts, set(result.set_aside)) if len(texts) <= MOST_TEXTS else []
    if not clauses:
        return _make_reading(clauses, np.zeros((0, len(result.nodes)), np.float16))
    chosen = embedder or choose_embedder()
    canonical = order_texts(texts, result.set_aside)
    vectors = embed_texts(canonical.texts, chosen, cache)
    words = [tidy_text(texts[text][start:end]) for text, start, end in clauses]
    different = sorted(set(words))
    place = {clause: position for position, clause in enumerate(different)}
    clause_vectors = embed_texts(different, chosen, cache, tell_share(report))
    nearness = _measure_nearness(clause_vectors, _average_nodes(canonical, vectors, result))
    return _make_reading(clauses, nearness[[place[clause] for clause in words]])


def _list_clauses(texts: Sequence[str], set_aside: set[int]) -> list[tuple[int, int, int]]:
    clauses: list[tuple[int, int, int]] = []
    for index, text in enumerate(texts):
        pieces = () if index in set_aside else split_clauses(text)
        if len(pieces) > 1:
            clauses.extend(
                (index, piece.start, piece.end)
                for piece in pieces
                if not is_non_answer(text[piece.start : piece.end])
            )
    return clauses


def _average_nodes(canonical: CanonicalTexts, vectors: Vectors, result: ThemingResult) -> NDArray[np.float64]:
    """Return the unit mean of the texts of each node, summed in canonical order."""
    leaf_of = np.zeros(len(canonical.texts), np.int64)
    placed = canonical.position_of >= 0
    leaf_of[canonical.position_of[placed]] = result.leaf_of_text[placed]
    weighted = vectors.astype(np.float64) * canonical.weights[:, None]
    sums = np.zeros((len(result.nodes), vectors.shape[1]))
    np.add.at(sums, leaf_of, weighted)
    for node in result.nodes[result.n_leaves :]:
        left, right = node.children or (node.id, node.id)
        sums[node.id] = sums[left] + sums[right]
    unit: NDArray[np.float64] = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    return unit


def _measure_nearness(clauses: Vectors, means: NDArray[np.float64]) -> NDArray[np.float16]:
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    with threadpool_limits(1):
        nearness: NDArray[np.float16] = np.round(clauses.astype(np.float64) @ means.T, 3).astype(np.float16)
    return nearness


def _make_reading(clauses: Sequence[tuple[int, int, int]], nearness: NDArray[np.float16]) -> ClauseReading:
    table = np.array(clauses, np.int32).reshape(-1, 3)
    return ClauseReading(table[:, 0].copy(), table[:, 1:].copy(), nearness)
