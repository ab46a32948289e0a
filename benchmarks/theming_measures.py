"""Agreement with people's codes, stability, and the slider, each as rows of a table."""

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.theming_sets import CodedSet
from theming.embedding.cached import embed_texts
from theming.embedding.minilm import MiniLMEmbedder
from theming.engine import find_themes
from theming.results import ThemingResult


class VectorsInMemory:
    """Keep vectors, so that measuring quality does not embed the same text again."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    def get_many(self, model_hash: str, text_hashes: Sequence[str]) -> Mapping[str, bytes]:
        """Return the vectors that are held."""
        return {key: self._held[key] for key in text_hashes if key in self._held}

    def put_many(self, model_hash: str, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors."""
        self._held.update(vectors)


@dataclass(frozen=True)
class Agreement:
    """Hold how well one system agrees with people's codes on one set."""

    name: str
    system: str
    ami: float
    ari: float
    n_themes: int
    n_unplaced: int


EMBEDDER = MiniLMEmbedder()
CACHE = VectorsInMemory()


def measure_agreement(coded: CodedSet) -> Iterator[Agreement]:
    """Measure our engine, k-means with twenty clusters, and k-means told our number."""
    from sklearn.cluster import KMeans

    result = find_themes(coded.texts, embedder=EMBEDDER, cache=CACHE)
    cut = result.cut(result.chosen_n)
    yield _score(coded, "ours", cut.theme_of_text)
    vectors = embed_texts(coded.texts, EMBEDDER, CACHE)
    for system, n in (("k-means, 20", 20), ("k-means, our number", result.chosen_n)):
        yield _score(coded, system, KMeans(n, n_init=10, random_state=coded.seed).fit_predict(vectors))


def _score(coded: CodedSet, system: str, labels: np.ndarray) -> Agreement:
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

    return Agreement(
        coded.name,
        system,
        adjusted_mutual_info_score(coded.codes, labels),
        adjusted_rand_score(coded.codes, labels),
        len(set(labels.tolist()) - {-1}),
        int((labels < 0).sum()),
    )


def is_same_when_shuffled(texts: Sequence[str]) -> bool:
    """Say whether shuffled rows give the same themes and labels."""
    shuffled = list(texts)
    random.Random(0).shuffle(shuffled)
    first = find_themes(texts, embedder=EMBEDDER, cache=CACHE)
    second = find_themes(shuffled, embedder=EMBEDDER, cache=CACHE)
    return _name_texts(first, texts) == _name_texts(second, shuffled)


def _name_texts(result: ThemingResult, texts: Sequence[str]) -> set[tuple[str, str]]:
    cut = result.cut(result.chosen_n)
    return {
        (text, cut.themes[theme].label if theme >= 0 else "")
        for text, theme in zip(texts, cut.theme_of_text, strict=True)
    }


def measure_stability(texts: Sequence[str], n_resamples: int) -> list[float]:
    """Return the ARI between the themes of all texts and those of 90 % samples."""
    from sklearn.metrics import adjusted_rand_score

    whole = find_themes(texts, embedder=EMBEDDER, cache=CACHE)
    themes = whole.cut(whole.chosen_n).theme_of_text
    scores = []
    for seed in range(n_resamples):
        kept = sorted(random.Random(seed).sample(range(len(texts)), round(0.9 * len(texts))))
        part = find_themes([texts[i] for i in kept], embedder=EMBEDDER, cache=CACHE)
        scores.append(adjusted_rand_score(themes[kept], part.cut(part.chosen_n).theme_of_text))
    return scores


def time_slider(texts: Sequence[str]) -> tuple[float, int]:
    """Return the slowest cut in milliseconds over every number of themes, and the most themes."""
    result = find_themes(texts, embedder=EMBEDDER, cache=CACHE)
    slowest = 0.0
    for n_themes in range(2, result.n_leaves + 1):
        started = time.perf_counter()
        result.cut(n_themes)
        slowest = max(slowest, time.perf_counter() - started)
    return 1000 * slowest, result.n_leaves
