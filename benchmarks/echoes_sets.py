"""Made-up texts that say two things, and ways of finding the second, each as a table of scores."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.find_with_ours import open_embedder, open_vectors
from benchmarks.theming_sets import CodedSet
from theming.canonical import tidy_text
from theming.clauses.reading import measure_clearness
from theming.clauses.split import split_clauses
from theming.embedding.cached import embed_texts
from theming.engine import find_themes

JOINTS = (". ", " and ", "; also ", ", but ")
SHARE_OF_PAIRS = 0.15
WORDS = range(3, 31)
MAIN_SHARE = 0.3
"""Share of a code's texts that a theme must hold to be a right home for the code."""

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Question:
    """Hold texts with one or two codes, the theme of each, and which further themes are right.

    Parameters
    ----------
    texts : tuple of str
    theme_of : ndarray of shape (n_texts,)
        -1 where a text was set aside.
    right : ndarray of shape (n_texts, n_themes)
        For texts made of two alone.
    is_neutral : ndarray of shape (n_texts, n_themes)
        Other homes of a single text's own code: neither right nor wrong.
    is_pair : ndarray of shape (n_texts,)
        Texts made of two, whose second code has a theme of its own.
    affinity : ndarray of shape (n_texts, n_themes), or None
        Company kept in the runs, where the machine made the themes.
    """

    name: str
    texts: tuple[str, ...]
    theme_of: NDArray[np.int64]
    right: NDArray[np.bool_]
    is_neutral: NDArray[np.bool_]
    is_pair: NDArray[np.bool_]
    affinity: Scores | None


def join_pairs(coded: CodedSet) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Join some of the texts two by two, each with one of another code."""
    rng = random.Random(coded.seed)
    order = [i for i, text in enumerate(coded.texts) if len(text.split()) in WORDS]
    rng.shuffle(order)
    texts, codes, used = [], [], set()
    while len(texts) < SHARE_OF_PAIRS * len(coded.texts):
        first = order.pop()
        second = next(i for i in order if coded.codes[i] != coded.codes[first])
        order.remove(second)
        joint = JOINTS[len(texts) % len(JOINTS)]
        texts.append(coded.texts[first].strip().rstrip(".!?") + joint + coded.texts[second].strip())
        codes.append((coded.codes[first], coded.codes[second]))
        used |= {first, second}
    left = [i for i in range(len(coded.texts)) if i not in used]
    singles, single_codes = [coded.texts[i] for i in left], [(coded.codes[i],) for i in left]
    return (*singles, *texts), (*single_codes, *codes)


def ask_with_machine_themes(coded: CodedSet) -> Question:
    """Let the engine make the themes; a theme is right for a code when much of the code is in it."""
    texts, codes = join_pairs(coded)
    result = find_themes(texts, embedder=open_embedder(), cache=open_vectors())
    cut = result.cut(result.chosen_n)
    sizes = np.array([theme.size for theme in cut.themes])
    theme_of_leaf = np.zeros(result.n_leaves, np.int64)
    for place, theme in enumerate(cut.themes):
        theme_of_leaf[list(result.leaves_under(theme.id))] = place
    spread = np.zeros((result.n_leaves, len(sizes)))
    spread[np.arange(result.n_leaves), theme_of_leaf] = result.leaf_sizes
    affinity = result.affinity @ spread / sizes
    homes = _find_homes_of_codes(codes, cut.theme_of_text)
    return _ask(coded.name, texts, codes, cut.theme_of_text, homes, affinity)


def ask_with_peoples_codes(coded: CodedSet) -> Question:
    """Take people's codes as the themes; a pair has its home with the code that is nearer to the whole."""
    texts, codes = join_pairs(coded)
    names = sorted({code for own in codes for code in own})
    theme_of = np.array([names.index(own[0]) for own in codes], np.int64)
    vectors = embed(texts)
    n_singles = sum(len(own) == 1 for own in codes)
    near = vectors @ average_themes(vectors[:n_singles], theme_of[:n_singles], len(names)).T
    for text in range(n_singles, len(texts)):
        theme_of[text] = max((names.index(code) for code in codes[text]), key=lambda place: near[text, place])
    homes = {name: {place} for place, name in enumerate(names)}
    return _ask(coded.name, texts, codes, theme_of, homes, None)


def _find_homes_of_codes(
    codes: Sequence[tuple[str, ...]], theme_of: NDArray[np.int64]
) -> dict[str, set[int]]:
    times: dict[str, Counter[int]] = {}
    for own, theme in zip(codes, theme_of, strict=True):
        if len(own) == 1 and theme >= 0:
            times.setdefault(own[0], Counter())[int(theme)] += 1
    return {
        code: {theme for theme, n in held.items() if n >= MAIN_SHARE * held.total()}
        for code, held in times.items()
    }


def _ask(
    name: str,
    texts: Sequence[str],
    codes: Sequence[tuple[str, ...]],
    theme_of: NDArray[np.int64],
    homes: dict[str, set[int]],
    affinity: Scores | None,
) -> Question:
    right = np.zeros((len(texts), int(theme_of.max()) + 1), np.bool_)
    for text, own in enumerate(codes):
        right[
            text, sorted(set().union(*(homes.get(code, set()) for code in own)) - {int(theme_of[text])})
        ] = True
    is_double = np.array([len(own) == 2 for own in codes])[:, None]
    is_pair = (right & is_double).any(axis=1)
    return Question(name, tuple(texts), theme_of, right & is_double, right & ~is_double, is_pair, affinity)


def list_ways(question: Question) -> Iterator[tuple[str, Scores]]:
    """Yield each way of finding further themes, and its score for each text and theme (-inf: not offered)."""
    yield "clauses, clearness", score_clauses(question)
    yield "whole text, second nearest", _keep_best(question, score_whole_texts(question))
    yield "BERTopic's approximate_distribution", _keep_best(question, score_distribution(question))
    if question.affinity is not None:
        yield "company kept in the runs", _keep_best(question, question.affinity)


def score_clauses(question: Question) -> Scores:
    """Score by the clause that speaks most clearly of a theme."""
    pieces = [(i, piece) for i, text in enumerate(question.texts) for piece in split_clauses(text)]
    n_pieces = Counter(i for i, _ in pieces)
    pieces = [(i, piece) for i, piece in pieces if n_pieces[i] > 1]
    vectors = embed([question.texts[i][piece.start : piece.end] for i, piece in pieces])
    means = average_themes(embed(question.texts), question.theme_of, question.right.shape[1])
    text_of = np.array([i for i, _ in pieces])
    nearest, clearness = measure_clearness((vectors @ means.T).astype(float), question.theme_of[text_of])
    scores = np.full(question.right.shape, -np.inf)
    np.maximum.at(scores, (text_of, nearest), clearness)
    scores[np.arange(len(scores)), question.theme_of] = -np.inf
    return scores


def score_whole_texts(question: Question) -> Scores:
    """Score by how near the whole text is to each theme, less how near it is to its home."""
    vectors = embed(question.texts)
    near = vectors @ average_themes(vectors, question.theme_of, question.right.shape[1]).T
    return np.asarray(near - near[np.arange(len(near)), question.theme_of][:, None], float)


def score_distribution(question: Question) -> Scores:
    """Score by BERTopic's approximate distribution over the same themes: words in a moving window."""
    from bertopic import BERTopic
    from bertopic.backend import BaseEmbedder
    from bertopic.cluster import BaseCluster
    from bertopic.dimensionality import BaseDimensionalityReduction
    from sklearn.feature_extraction.text import CountVectorizer

    model = BERTopic(
        embedding_model=BaseEmbedder(),
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=BaseCluster(),
        vectorizer_model=CountVectorizer(stop_words="english", ngram_range=(1, 2)),
    )
    model.fit(list(question.texts), embeddings=embed(question.texts), y=question.theme_of)
    spread, _ = model.approximate_distribution(list(question.texts), min_similarity=0.1)
    mapping = model.topic_mapper_.get_mappings()
    scores = np.zeros(question.right.shape)
    columns = sorted(topic for topic in set(mapping.values()) if topic >= 0)
    for theme, topic in mapping.items():
        if theme >= 0:
            scores[:, theme] = spread[:, columns.index(topic)]
    return scores


def _keep_best(question: Question, scores: Scores) -> Scores:
    """Keep only the best theme that is not the home, as a tray would offer."""
    rows = np.arange(len(scores))
    scores = scores.astype(float).copy()
    scores[rows, question.theme_of] = -np.inf
    kept = np.full(scores.shape, -np.inf)
    best = scores.argmax(axis=1)
    kept[rows, best] = scores[rows, best]
    return kept


def average_themes(vectors: Scores, theme_of: NDArray[np.int64], n_themes: int) -> Scores:
    """Return the unit mean of the texts of each theme."""
    sums = np.stack([vectors[theme_of == theme].sum(axis=0) for theme in range(n_themes)])
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12))


def embed(texts: Sequence[str]) -> Scores:
    """Embed texts as the engine does."""
    return embed_texts([tidy_text(text) for text in texts], open_embedder(), open_vectors())
