"""Vectors from the texts alone, for when there is no embedding model."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from theming.embedding.protocol import Vectors

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

N_DIMENSIONS = 384
MAX_COMPONENTS = 100
"""Components of the decomposition.

Rationale: latent semantic analysis of short texts gains little past a hundred; the other
dimensions stay zero.
"""


class TfidfEmbedder:
    """Embed by TF-IDF over words and parts of words, then a truncated SVD.

    The first call learns from the texts that it is given; later calls use what was learnt. It
    finds shared words and not shared meaning, so it is the last resort.
    """

    name = "TF-IDF and SVD"
    model_hash = ""

    def __init__(self, seed: int = 614) -> None:
        self._seed = seed
        self._vectorizer: TfidfVectorizer | None = None
        self._decomposition: TruncatedSVD | None = None

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts.

        Returns
        -------
        ndarray of shape (n_texts, 384)
            Unit rows. Texts without one known word share the last dimension.
        """
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

        if not texts:
            return np.zeros((0, N_DIMENSIONS), np.float32)
        # Sums in another order, as several threads make them, would differ in their last digits.
        with threadpool_limits(1):
            return self._embed(texts)

    def _embed(self, texts: Sequence[str]) -> Vectors:
        counted = self._count(texts)
        if self._decomposition is None:
            self._learn(counted)
        vectors = np.zeros((len(texts), N_DIMENSIONS), np.float64)
        if self._decomposition is not None:
            reduced = self._decomposition.transform(counted)
            vectors[:, : reduced.shape[1]] = reduced
        length = np.linalg.norm(vectors, axis=1)
        vectors[length < 1e-9, -1] = 1.0
        unit: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
        return unit

    def _count(self, texts: Sequence[str]) -> "csr_matrix":
        from sklearn.feature_extraction.text import TfidfVectorizer

        if self._vectorizer is None:
            self._vectorizer = TfidfVectorizer(
                analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, max_features=20_000
            )
            # A word that cannot occur keeps the vocabulary from being empty.
            self._vectorizer.fit([*texts, "\ue000\ue000"])
        return self._vectorizer.transform(texts)

    def _learn(self, counted: "csr_matrix") -> None:
        from sklearn.decomposition import TruncatedSVD

        n_components = min(MAX_COMPONENTS, counted.shape[0] - 1, counted.shape[1] - 1)
        if n_components >= 1:
            svd = TruncatedSVD(n_components, algorithm="randomized", random_state=self._seed)
            # Texts that are all alike have no variance; the share of it explained is never read.
            with np.errstate(invalid="ignore"):
                self._decomposition = svd.fit(counted)
