"""all-MiniLM-L6-v2 on ONNX Runtime: no torch, no network, no second copy of the weights."""

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from theming.embedding.batches import average_tokens, embed_by_length, to_unit_vectors
from theming.embedding.minilm_weights import N_DIMENSIONS, WordVectors, load_weights
from theming.embedding.protocol import Vectors
from theming.embedding.rarity import RARITY_SCHEME, mark_scheme, weigh_tokens
from theming.embedding.weights import (
    TOKENIZER_SHA256,
    WEIGHTS_SHA256,
    ModelFiles,
    find_packaged_files,
    verify_file,
)
from theming.free_memory import return_free_memory

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

GRAPH_PATH = Path(__file__).with_name("minilm_graph.onnx")
MAX_TOKENS = 256
"""Tokens read of a text; the rest is left unread, as the published model does."""


class MiniLMEmbedder:
    """Embed with all-MiniLM-L6-v2 in float32, words that are rare in the language weighing more.

    Each batch holds texts with the same number of tokens, so that nothing is padded and a vector
    depends on its own text alone: neither company in the batch, nor the cache, nor the number of
    threads changes a bit of it.

    Parameters
    ----------
    n_threads : int
        Processor threads used.
    files : ModelFiles, optional
        Where weights and tokenizer lie; found among the installed packages if not given.
    weigh_rarity : bool
        Whether rare words weigh more. False gives the plain mean of the published model, equal to
        sentence-transformers'.
    """

    def __init__(
        self, n_threads: int = 2, files: ModelFiles | None = None, *, weigh_rarity: bool = True
    ) -> None:
        self.n_threads = n_threads
        self.weigh_rarity = weigh_rarity
        self.files = files or find_packaged_files()
        weights_hash = verify_file(self.files.weights, WEIGHTS_SHA256)
        verify_file(self.files.tokenizer, TOKENIZER_SHA256)
        self.name = f"all-MiniLM-L6-v2{RARITY_SCHEME if weigh_rarity else ''}"
        self._exact_hash = mark_scheme(weights_hash, RARITY_SCHEME) if weigh_rarity else weights_hash

    @cached_property
    def model_hash(self) -> str:
        """Return a hash of the weights and of what is done with them."""
        return self._exact_hash

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
        if not texts:
            return np.zeros((0, N_DIMENSIONS), np.float32)
        encodings = self._tokenizer.encode_batch(list(texts))
        self._words.read(np.concatenate([encoding.ids for encoding in encodings]))
        return embed_by_length(encodings, partial(self._embed_batch, self._session), self.n_threads)

    def _embed_batch(self, session: "InferenceSession", token_ids: NDArray[np.int64]) -> Vectors:
        (token_vectors,) = session.run(None, {"word_vectors": self._words.look_up(token_ids)})
        mean = weigh_tokens(token_vectors, token_ids) if self.weigh_rarity else average_tokens(token_vectors)
        return to_unit_vectors(mean)

    @cached_property
    def _words(self) -> WordVectors:
        return WordVectors(self.files.weights)

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.files.tokenizer))
        tokenizer.no_padding()
        tokenizer.enable_truncation(MAX_TOKENS)
        return tokenizer

    @cached_property
    def _session(self) -> "InferenceSession":
        return open_session(GRAPH_PATH, load_weights(self.files.weights))


def open_session(graph: Path, weights: Mapping[str, NDArray[Any]]) -> "InferenceSession":
    """Open a graph that holds no weights, and hand it those that it declares."""
    import onnxruntime

    values = [onnxruntime.OrtValue.ortvalue_from_numpy(each) for each in weights.values()]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Batches differ in shape, so a plan made for one is only memory held.
    options.enable_mem_pattern = False
    options.add_external_initializers(list(weights), values)
    session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    del weights, values, options
    return_free_memory()
    return session
