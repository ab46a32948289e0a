"""What the engine asks of whatever turns texts into vectors."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turn texts into unit vectors.

    Attributes
    ----------
    name : str
        What people may call it.
    model_hash : str
        SHA-256 of the weights; empty where vectors depend on the texts given and must not be kept.
    """

    @property
    def name(self) -> str:
        """Return what people may call it."""

    @property
    def model_hash(self) -> str:
        """Return the SHA-256 of the weights, or nothing where vectors must not be kept."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return unit rows of shape (n_texts, n_dimensions)."""


class EmbeddingCache(Protocol):
    """Keep vectors by model hash and text hash; the record has one, a test may have a dict."""

    def get_many(self, model_hash: str, text_hashes: Sequence[str]) -> Mapping[str, bytes]:
        """Return the vectors that are held, as bytes of little-endian float32."""

    def put_many(self, model_hash: str, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors."""


def hash_text(text: str) -> str:
    """Return the SHA-256 of one text.

    Examples
    --------
    >>> hash_text("bus")[:8]
    '04e027e4'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
