"""Themes that people agreed before, and new texts: a home in one of them, or something new."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from theming.canonical import check_texts, order_texts
from theming.clustering.shared_names import remove_shared_names
from theming.embedding.cached import embed_texts, tell_share
from theming.embedding.choose import choose_embedder
from theming.embedding.protocol import Embedder, EmbeddingCache, Vectors
from theming.non_answers import find_non_answers
from theming.suggestion.homes import N_SUGGESTED, suggest_homes
from theming.suggestion.neighbours import to_unit

NEW_SHARE = 0.08
"""Share of the examples that are as far from their own theme as a text that counts as new.

Rationale: the border moves with the list, since broad themes reach further than narrow ones. From 5 %
to 10 %, precision and recall of "something new" cross on both sets that were measured.
"""

FEWEST_EXAMPLES = 10
"""Fewest examples in all from which a border can be learnt."""

NAMES_REACH = 2.0
"""Standard deviations above the nearness to other names, from which a text belongs to a name.

Rationale: used where there are no examples; the best of 1.5, 2, 2.5 and 3 taken over both sets.
"""

NEAREST_TO_NAME = 5
"""Texts nearest to a name that say, beside the name, what is meant by it."""

CLEAR_OF_BORDER = 0.2
"""Nearness above the border from which it says nothing against a home.

Rationale: homes of texts within 0.05 of the border were right for 20 to 67 % on the sets that were
measured, beyond 0.2 for 89 to 99 %; between them it rises evenly.
"""


@dataclass(frozen=True)
class KnownTheme:
    """Hold one agreed theme.

    Parameters
    ----------
    name : str
    description : str
        One sentence, if there is one.
    examples : tuple of str
        Texts that people put there.
    """

    name: str
    description: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class KnownHomes:
    """Hold up to three known themes for each text, and whether it fits any.

    Parameters
    ----------
    homes : ndarray of shape (n_texts, 3)
        Positions in the list of known themes, best first; -1 where there is none.
    sureness : ndarray of shape (n_texts, 3)
        0..1: how often a home suggested so surely is right; at the border of "something new" at most
        a half.
    nearness : ndarray of shape (n_texts,)
        -1..1: cosine to the middle of the nearest theme; 0 for a text that answers nothing.
    is_new : ndarray of shape (n_texts,)
        True where a text is something new: its nearness is below `border`.
    border : float
    set_aside : tuple of int
        Indices of texts that answer nothing: they have no home and are nothing new.
    """

    homes: NDArray[np.int64]
    sureness: NDArray[np.float32]
    nearness: NDArray[np.float32]
    is_new: NDArray[np.bool_]
    border: float
    set_aside: tuple[int, ...]


def find_known_homes(
    texts: Sequence[str],
    known: Sequence[KnownTheme],
    *,
    embedder: Embedder | None = None,
    cache: EmbeddingCache | None = None,
    report: Callable[[float], None] | None = None,
) -> KnownHomes:
    """Find for each text its home among known themes, or that it is something new.

    The texts in any order give the same homes.

    Parameters
    ----------
    texts : sequence of str
    known : sequence of KnownTheme
        At least one.
    embedder : Embedder, optional
        What turns texts into vectors; chosen by `choose_embedder` if not given.
    cache : EmbeddingCache, optional
    report : callable, optional
        Told the share done, 0..1; may raise to stop the work.

    Raises
    ------
    TypeError
        If one of the texts is no text.
    ValueError
        If there is no known theme.

    References
    ----------
    Grootendorst (2022), BERTopic: zero-shot topics assign by cosine to the names; here texts that people
    placed come first, and the border of "something new" is taken from how far these lie from their own theme,
    as in conformal prediction (Vovk, Gammerman and Shafer, 2005).
    """
    check_texts(texts)
    if not known:
        raise ValueError("len(known) == 0, must be >= 1.")
    set_aside = find_non_answers(texts)
    canonical = order_texts(texts, set_aside)
    chosen = embedder or choose_embedder()
    examples = [(text, place) for place, theme in enumerate(known) for text in _tidy_examples(theme)]
    words = [*(text for text, _ in examples), *canonical.texts]
    vectors = embed_texts(words, chosen, cache, tell_share(report))
    names = embed_texts([_write_name(theme) for theme in known], chosen, cache)
    found = _find_on_one_thread(words, vectors, np.array([place for _, place in examples], np.int64), names)
    return _spread_to_texts(found, canonical.position_of, tuple(set_aside))


def _find_on_one_thread(
    words: Sequence[str], vectors: Vectors, themes_of: NDArray[np.int64], names: Vectors
) -> KnownHomes:
    """Find homes for what follows the examples; on one thread, since in another order last digits differ."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    with threadpool_limits(1):
        if len(words):
            vectors = remove_shared_names(vectors, words)
        return _find(vectors[: len(themes_of)], themes_of, vectors[len(themes_of) :], names)


def _tidy_examples(theme: KnownTheme) -> tuple[str, ...]:
    return order_texts(theme.examples, find_non_answers(theme.examples)).texts


def _write_name(theme: KnownTheme) -> str:
    return " ".join(f"{theme.name}. {theme.description}".split()) if theme.description else theme.name


def _find(examples: Vectors, themes_of: NDArray[np.int64], texts: Vectors, names: Vectors) -> KnownHomes:
    if not len(texts):
        return _make_empty()
    together = np.concatenate([examples, texts]) if len(examples) else texts
    home_of = np.concatenate([themes_of, np.full(len(texts), -1, np.int64)])
    suggested = suggest_homes(together, home_of, home_of >= 0, n_themes=len(names), theme_vectors=names)
    sums = names.copy()
    np.add.at(sums, themes_of, examples)
    if len(examples) >= FEWEST_EXAMPLES:
        nearness, border = _measure_by_examples(examples, themes_of, texts, sums)
    else:
        nearness, border = _measure_by_names(texts, to_unit(sums))
    homes, sureness = suggested.homes[len(examples) :], suggested.sureness[len(examples) :]
    ceiling = (0.5 + 0.5 * (nearness - border) / CLEAR_OF_BORDER).clip(0, 1).astype(np.float32)
    return KnownHomes(homes, np.minimum(sureness, ceiling[:, None]), nearness, nearness < border, border, ())


def _make_empty() -> KnownHomes:
    homes, sureness = np.zeros((0, N_SUGGESTED), np.int64), np.zeros((0, N_SUGGESTED), np.float32)
    return KnownHomes(homes, sureness, np.zeros(0, np.float32), np.zeros(0, np.bool_), 0.0, ())


def _measure_by_examples(
    examples: Vectors, themes_of: NDArray[np.int64], texts: Vectors, sums: Vectors
) -> tuple[NDArray[np.float32], float]:
    """Compare each text's nearness with that of the examples, each left out of its own theme's middle."""
    own = to_unit(sums[themes_of] - examples)
    left_out = np.round(np.einsum("nd,nd->n", own, examples), 4)
    nearness = np.round((texts @ to_unit(sums).T).max(axis=1), 4).astype(np.float32)
    return nearness, round(float(np.quantile(left_out, NEW_SHARE)), 4)


def _measure_by_names(texts: Vectors, names: Vectors) -> tuple[NDArray[np.float32], float]:
    """Compare each text's nearness to its best name with the nearness of all texts to all other names."""
    near = np.round(texts @ names.T, 5)
    spread = np.maximum(near.std(axis=0), 1e-6)
    best = ((near - near.mean(axis=0)) / spread).argmax(axis=1)
    middles = names.copy()
    for theme in range(len(names)):
        own = np.flatnonzero(best == theme)
        own = own[np.argsort(-near[own, theme], kind="stable")][:NEAREST_TO_NAME]
        if len(own):
            middles[theme] = names[theme] + texts[own].mean(axis=0)
    near = np.round(texts @ to_unit(middles).T, 4)
    nearest = near.argmax(axis=1)
    others = np.ones(near.shape, np.bool_)
    others[np.arange(len(near)), nearest] = False
    rest = near[others] if others.any() else near
    border = round(float(rest.mean() + NAMES_REACH * rest.std()), 4)
    return near.max(axis=1).astype(np.float32), border


def _spread_to_texts(
    found: KnownHomes, position_of: NDArray[np.int64], set_aside: tuple[int, ...]
) -> KnownHomes:
    """Carry what was found for different texts over to the texts as they were given."""
    placed = position_of >= 0
    homes = np.full((len(position_of), N_SUGGESTED), -1, np.int64)
    sureness = np.zeros(homes.shape, np.float32)
    nearness = np.zeros(len(position_of), np.float32)
    is_new = np.zeros(len(position_of), np.bool_)
    for whole, part in (
        (homes, found.homes), (sureness, found.sureness), (nearness, found.nearness), (is_new, found.is_new)
    ):  # fmt: skip
        whole[placed] = part[position_of[placed]]
    return KnownHomes(homes, sureness, nearness, is_new, found.border, set_aside)
