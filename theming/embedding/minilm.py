"""all-MiniLM-L6-v2 on ONNX Runtime: no torch, no network, no second copy of the weights."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from theming.embedding.protocol import Vectors
from theming.embedding.weights import (
    TOKENIZER_SHA256,
    WEIGHTS_SHA256,
    ModelFiles,
    find_packaged_files,
    verify_file,
)

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

GRAPH_PATH = Path(__file__).with_name("minilm_graph.onnx")
MAX_TOKENS = 256
"""Tokens read of a text; the rest is left unread, as the published model does."""

BATCH_TOKENS = 2048
"""Tokens in one batch.

Rationale: fills two processors; larger batches were not faster and took more memory.
"""
N_LAYERS = 6
N_DIMENSIONS = 384


class MiniLMEmbedder:
    """Embed with all-MiniLM-L6-v2 in float32.

    Each batch holds texts with the same number of tokens, so that nothing is padded and a vector
    depends on its own text alone: neither company in the batch, nor the cache, nor the number of
    threads changes a bit of it.

    Parameters
    ----------
    n_threads : int
        Processor threads used.
    files : ModelFiles, optional
        Where weights and tokenizer lie; found among the installed packages if not given.
    """

    name = "all-MiniLM-L6-v2"

    def __init__(self, n_threads: int = 2, files: ModelFiles | None = None) -> None:
        self.n_threads = n_threads
        self._files = files or find_packaged_files()
        self.model_hash = verify_file(self._files.weights, WEIGHTS_SHA256)
        verify_file(self._files.tokenizer, TOKENIZER_SHA256)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts.

        Parameters
        ----------
        texts : sequence of str
            Only the first 256 tokens of each are read.

        Returns
        -------
        ndarray of shape (n_texts, 384)
            Unit rows, in the order given.
        """
        vectors = np.empty((len(texts), N_DIMENSIONS), np.float32)
        encodings = self._tokenizer.encode_batch(list(texts))
        for places in _batch_by_length(encodings):
            token_ids = np.array([encodings[place].ids for place in places], np.int64)
            vectors[places] = self._embed_batch(token_ids)
        return vectors

    def _embed_batch(self, token_ids: NDArray[np.int64]) -> Vectors:
        (token_vectors,) = self._session.run(None, {"token_ids": token_ids})
        mean = np.asarray(token_vectors).mean(axis=1, dtype=np.float64)
        unit: Vectors = (mean / np.linalg.norm(mean, axis=1, keepdims=True)).astype(np.float32)
        return unit

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._files.tokenizer))
        tokenizer.no_padding()
        tokenizer.enable_truncation(MAX_TOKENS)
        return tokenizer

    @cached_property
    def _session(self) -> "InferenceSession":
        import onnxruntime

        weights = load_weights(self._files.weights)
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(w) for w in weights.values()]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.n_threads
        options.inter_op_num_threads = 1
        # Threads that wait must not burn the processor that the board's server needs.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.add_external_initializers(list(weights), values)
        return onnxruntime.InferenceSession(str(GRAPH_PATH), options, providers=["CPUExecutionProvider"])


def _batch_by_length(encodings: Sequence["Encoding"]) -> Iterator[list[int]]:
    """Yield places of texts with equally many tokens, shortest first."""
    by_length: dict[int, list[int]] = {}
    for place, encoding in enumerate(encodings):
        by_length.setdefault(len(encoding.ids), []).append(place)
    for length, places in sorted(by_length.items()):
        step = max(1, BATCH_TOKENS // length)
        yield from (places[start : start + step] for start in range(0, len(places), step))


def load_weights(path: Path) -> Mapping[str, NDArray[np.float32]]:
    """Read the weights under the names and in the shapes that the graph declares.

    Query, key and value are packed into one matrix for each layer, and every matrix is turned
    so that rows are inputs.
    """
    from safetensors import safe_open

    weights: dict[str, NDArray[np.float32]] = {}
    with safe_open(path, framework="numpy") as held:
        read = held.get_tensor
        for name in ("word_embeddings.weight", "position_embeddings.weight"):
            weights[f"embeddings.{name}"] = read(f"embeddings.{name}")
        weights["embeddings.type_0"] = read("embeddings.token_type_embeddings.weight")[0].copy()
        for name in ("LayerNorm.weight", "LayerNorm.bias"):
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
