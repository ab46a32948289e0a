"""Texts whose themes are to be named, and two ways to group them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.find_with_ours import open_embedder, open_vectors
from benchmarks.theming_sets import SIZE, list_coded_sets, read_texts
from theming.engine import find_themes

UNCODED = ("bowling_green", "bg2050", "polis_uk_small", "uk_petitions")
HIDDEN_SHARE = 0.2
N_KMEANS = 20


@dataclass(frozen=True)
class NamedSet:
    """Hold different texts, without what the engine sets aside."""

    name: str
    texts: tuple[str, ...]

    def group(self, vectors: np.ndarray) -> dict[str, np.ndarray]:
        """Return the theme of every text by the engine and by k-means."""
        from sklearn.cluster import KMeans

        result = find_themes(self.texts, embedder=open_embedder(), cache=open_vectors())
        by_kmeans = KMeans(N_KMEANS, n_init=3, random_state=0).fit_predict(vectors)
        by_engine = result.cut(result.chosen_n).theme_of_text
        return {"the engine": _number_anew(by_engine), "k-means": _number_anew(by_kmeans)}


def _number_anew(themes: np.ndarray) -> np.ndarray:
    return np.unique(themes, return_inverse=True)[1]


def list_named_sets(n_seeds: int) -> Iterator[NamedSet]:
    """Yield every public set, sampled with so many seeds where it is larger than one engagement."""
    for name in UNCODED:
        texts = read_texts(name)
        for seed in range(n_seeds if len(texts) > SIZE else 1):
            sample = random.Random(seed).sample(texts, SIZE) if len(texts) > SIZE else texts
            yield _keep_different(name, sample)
    for coded in list_coded_sets(n_seeds):
        yield _keep_different(coded.name, coded.texts)


def _keep_different(name: str, texts: tuple[str, ...] | list[str]) -> NamedSet:
    """Keep each text once, so that no hidden text was seen, and none that says nothing."""
    from theming.non_answers import is_non_answer

    different = dict.fromkeys(" ".join(text.split()) for text in texts)
    return NamedSet(name, tuple(text for text in different if not is_non_answer(text)))


def split_texts(themes: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the places of the texts shown to whoever names the themes, and of those hidden from them."""
    chance = random.Random(seed)
    hidden: list[int] = []
    for theme in range(int(themes.max()) + 1):
        places = np.flatnonzero(themes == theme).tolist()
        if len(places) > 1:
            hidden.extend(chance.sample(places, max(1, round(HIDDEN_SHARE * len(places)))))
    is_hidden = np.isin(np.arange(len(themes)), hidden)
    return np.flatnonzero(~is_hidden), np.flatnonzero(is_hidden)
