"""Batches of texts with equally many tokens, so that nothing is padded."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from theming.embedding.protocol import Vectors

if TYPE_CHECKING:
    from tokenizers import Encoding

BATCH_TOKENS = 256
"""Tokens in one batch.

Rationale: larger batches were not faster, and each thread keeps room for a whole one.
"""


def embed_by_length(
    encodings: Sequence["Encoding"], embed_batch: Callable[[NDArray[np.int64]], Vectors], n_threads: int
) -> Vectors:
    """Embed texts in batches of equal length; each batch stays on one thread.

    Threads that share a batch would wait for each other at every step of the model.

    Parameters
    ----------
    encodings : sequence of Encoding
        At least one.
    embed_batch : callable
        Takes token ids of shape (n_texts, n_tokens), gives unit rows.
    n_threads : int

    Returns
    -------
    ndarray of shape (n_texts, n_dimensions)
        In the order given.
    """
    batches = list(batch_by_length(encodings))
    token_ids = [np.array([encodings[place].ids for place in places], np.int64) for places in batches]
    with ThreadPoolExecutor(n_threads) as pool:
        rows = np.concatenate(list(pool.map(embed_batch, token_ids)))
    vectors = np.empty_like(rows)
    vectors[np.concatenate(batches)] = rows
    return vectors


def batch_by_length(encodings: Sequence["Encoding"]) -> Iterator[list[int]]:
    """Yield places of texts with equally many tokens, about as many tokens in each batch."""
    by_length: dict[int, list[int]] = {}
    for place, encoding in enumerate(encodings):
        by_length.setdefault(len(encoding.ids), []).append(place)
    for length, places in sorted(by_length.items()):
        step = max(1, BATCH_TOKENS // length)
        yield from (places[start : start + step] for start in range(0, len(places), step))


def average_tokens(token_vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the mean over the tokens of each text, summed in double precision."""
    mean: NDArray[np.float64] = token_vectors.mean(axis=1, dtype=np.float64)
    return mean


def to_unit_vectors(vectors: NDArray[np.float64]) -> Vectors:
    """Return rows of length 1 in single precision.

    Examples
    --------
    >>> to_unit_vectors(np.array([[3.0, 4.0]])).round(2).tolist()
    [[0.6000000238418579, 0.800000011920929]]
    """
    unit: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit
