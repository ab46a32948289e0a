"""Readers that choose a theme for a text from the labels alone."""

from collections.abc import Sequence

import numpy as np

from theming.embedding.protocol import Embedder


def read_by_meaning(embedder: Embedder, vectors: np.ndarray, labels: Sequence[str]) -> np.ndarray:
    """Return the cosine of each text's vector with each label's, shape (n_texts, n_labels)."""
    return vectors @ embedder.embed(list(labels)).T


def read_by_letters(known: Sequence[str], texts: Sequence[str], labels: Sequence[str]) -> np.ndarray:
    """Return how many rare runs of three to five letters each text shares with each label.

    This reader knows no meaning and took no part in choosing any label.

    Parameters
    ----------
    known : sequence of str
        Texts from which it learns which runs of letters are rare.
    texts, labels : sequence of str
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    reader = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True).fit(known)
    return (reader.transform(texts) @ reader.transform(labels).T).toarray()


def score_reader(likeness: np.ndarray, themes: np.ndarray, n_tries: int) -> float:
    """Return the share of texts whose theme is among the first choices, 0 to 1.

    Parameters
    ----------
    likeness : ndarray of shape (n_texts, n_labels)
    themes : ndarray of shape (n_texts,)
        The right theme of each.
    n_tries : int
        How many choices a reader may make. Where labels are equally like, the reader throws a die.
    """
    likeness = np.round(likeness, 6)
    own = likeness[np.arange(len(themes)), themes][:, None]
    better = (likeness > own).sum(axis=1)
    equal = (likeness == own).sum(axis=1)
    return float(np.clip((n_tries - better) / equal, 0, 1).mean())
