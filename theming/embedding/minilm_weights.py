"""The weights of all-MiniLM-L6-v2 as the graph wants them, and its word vectors as texts need them."""

from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

N_LAYERS = 6
N_WORDS, N_DIMENSIONS = 30522, 384
LARGEST_ROUNDED = 63
"""Largest whole number that a weight is rounded to.

Rationale: processors without VNNI add two products of 255 and a weight in 16 bits; 2 * 255 * 63 is the
most that fits, so sums never overflow and every processor finds the same whole numbers.
"""
SMALLEST_STEP = np.float32(1e-12)


class WordVectors:
    """Hold the vectors of the words met so far; a text of a few hundred uses a tenth of the table.

    Parameters
    ----------
    path : Path
        The file of weights.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reading = Lock()
        self._place_of_id = np.full(N_WORDS, -1, np.int32)
        self._rows = np.empty((0, N_DIMENSIONS), np.float32)

    def read(self, token_ids: NDArray[np.int64]) -> None:
        """Read the vectors of words that are not held yet from the file; one thread reads at a time."""
        with self._reading:
            self._read_new(token_ids)

    def _read_new(self, token_ids: NDArray[np.int64]) -> None:
        from safetensors import safe_open

        new = np.unique(token_ids[self._place_of_id[token_ids] < 0])
        if not len(new):
            return
        with safe_open(self._path, framework="numpy") as held:
            table = held.get_slice("embeddings.word_embeddings.weight")
            rows = [table[int(token) : int(token) + 1] for token in new]
        n_held = len(self._rows)
        # Rows come before their places, as another thread may be looking words up.
        self._rows = np.concatenate([self._rows, *rows])
        self._place_of_id[new] = np.arange(n_held, n_held + len(new))

    def look_up(self, token_ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the vectors of words that were read before, one row for each id."""
        found: NDArray[np.float32] = self._rows[self._place_of_id[token_ids]]
        return found


def load_weights(path: Path) -> Mapping[str, NDArray[np.float32]]:
    """Read the weights under the names and in the shapes that the float32 graph declares.

    Query, key and value are packed into one matrix for each layer, and every matrix is turned
    so that rows are inputs.
    """
    from safetensors import safe_open

    weights: dict[str, NDArray[np.float32]] = {}
    with safe_open(path, framework="numpy") as held:
        read = held.get_tensor
        weights["embeddings.type_0"] = read("embeddings.token_type_embeddings.weight")[0].copy()
        for name in ("position_embeddings.weight", "LayerNorm.weight", "LayerNorm.bias"):
            weights[f"embeddings.{name}"] = read(f"embeddings.{name}")
        for layer in range(N_LAYERS):
            stem = f"encoder.layer.{layer}"
            weights.update({f"{stem}.{k}": v for k, v in _load_layer(read, stem).items()})
    return weights


def _load_layer(read: Any, stem: str) -> dict[str, NDArray[np.float32]]:
    parts = [f"{stem}.attention.self.{part}" for part in ("query", "key", "value")]
    packed = np.concatenate([read(f"{part}.weight") for part in parts])
    layer: dict[str, NDArray[np.float32]] = {
        "attention.self.qkv.weight": np.ascontiguousarray(packed.T),
        "attention.self.qkv.bias": np.concatenate([read(f"{part}.bias") for part in parts]),
    }
    for name in ("attention.output", "intermediate", "output"):
        matrix = read(f"{stem}.{name}.dense.weight")
        layer[f"{name}.dense.weight"] = np.ascontiguousarray(matrix.T)
        layer[f"{name}.dense.bias"] = read(f"{stem}.{name}.dense.bias")
    for name in ("attention.output.LayerNorm", "output.LayerNorm"):
        layer[f"{name}.weight"] = read(f"{stem}.{name}.weight")
        layer[f"{name}.bias"] = read(f"{stem}.{name}.bias")
    return layer


def round_weights(weights: Mapping[str, NDArray[np.float32]]) -> Mapping[str, NDArray[Any]]:
    """Round every matrix of the layers to whole numbers, each column in steps of its own.

    Parameters
    ----------
    weights : mapping of str to ndarray
        As `load_weights` gives them.

    Returns
    -------
    mapping of str to ndarray
        What the rounded graph declares: for ``x.weight`` of two dimensions ``x.rounded``, int8
        from -63 to 63, and ``x.steps``, float32, one for each column; all else as it is.
    """
    rounded: dict[str, NDArray[Any]] = {}
    for name, values in weights.items():
        stem = name.removesuffix(".weight")
        if values.ndim < 2 or not name.startswith("encoder."):
            rounded[name] = values
            continue
        steps = np.maximum(np.abs(values).max(axis=0) / LARGEST_ROUNDED, SMALLEST_STEP)
        rounded[f"{stem}.rounded"] = np.rint(values / steps).astype(np.int8)
        rounded[f"{stem}.steps"] = steps.astype(np.float32)
    return rounded
