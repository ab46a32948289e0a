"""Find themes with our engine, and with k-means on the same vectors."""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from benchmarks.found import N_KEYWORDS, Found, shorten_keywords
from benchmarks.places import find_cache, hash_engine, keep_file
from benchmarks.vectors_on_disk import VectorsOnDisk
from theming.embedding.cached import embed_texts
from theming.embedding.minilm import MiniLMEmbedder
from theming.engine import find_themes
from theming.results import ThemingResult


@cache
def open_embedder() -> MiniLMEmbedder:
    """Return the embedder that our engine chooses by itself."""
    return MiniLMEmbedder()


@cache
def open_vectors() -> VectorsOnDisk:
    """Return the vectors kept from earlier runs."""
    return VectorsOnDisk()


def run_engine(texts: Sequence[str]) -> ThemingResult:
    """Run our engine as it is by default, unless the same engine has met the same texts in the same order."""
    key = hashlib.sha256(json.dumps([hash_engine(), list(texts)]).encode()).hexdigest()
    kept = find_cache() / "benchmark-ours" / f"{key}.npz"
    if kept.is_file():
        return ThemingResult.from_bytes(kept.read_bytes())
    result = find_themes(texts, embedder=open_embedder(), cache=open_vectors())
    keep_file(kept, result.to_bytes())
    return result


def find_ours(texts: Sequence[str]) -> Found:
    """Return what our engine proposes, at the number of themes that it chooses."""
    result = run_engine(texts)
    cut = result.cut(result.chosen_n)
    keywords = shorten_keywords([theme.keywords for theme in cut.themes])
    return Found(tuple(cut.theme_of_text.tolist()), keywords, len(result.set_aside))


@cache
def open_published() -> MiniLMEmbedder:
    """Return the embedder as its model was published, which is what peers are given."""
    return MiniLMEmbedder(weigh_rarity=False)


def embed_as_published(texts: Sequence[str]) -> Any:
    """Return the vectors that every system but ours is given."""
    return embed_texts(texts, open_published(), open_vectors())


def find_kmeans(texts: Sequence[str], n_themes: int, run: int) -> Found:
    """Return k-means clusters, with keywords by BERTopic's c-TF-IDF over words that are no stop-words."""
    from sklearn.cluster import KMeans
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        labels = KMeans(n_themes, n_init=10, random_state=run).fit_predict(embed_as_published(texts))
    return Found(tuple(labels.tolist()), _weigh_words(texts, labels))


def _weigh_words(texts: Sequence[str], labels: Any) -> tuple[tuple[str, ...], ...]:
    from bertopic.vectorizers import ClassTfidfTransformer
    from sklearn.feature_extraction.text import CountVectorizer

    joined = [
        " ".join(text for text, own in zip(texts, labels, strict=True) if own == label)
        for label in sorted(set(labels.tolist()))
    ]
    counter = CountVectorizer(stop_words="english")
    weights = ClassTfidfTransformer().fit_transform(counter.fit_transform(joined)).toarray()
    words = counter.get_feature_names_out()
    best = np.argsort(-weights, axis=1, kind="stable")[:, :N_KEYWORDS]
    return tuple(tuple(words[row].tolist()) for row in best)
