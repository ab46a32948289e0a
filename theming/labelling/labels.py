"""Give each theme a label of its own and keywords, in words that people used."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from theming.embedding.protocol import Embedder
from theming.labelling.phrase_table import PhraseTable, tabulate_phrases
from theming.labelling.phrases import split_parts
from theming.labelling.topic_model import choose_varied, fit_topic_model, weigh_phrases

N_CANDIDATES = 25
N_KEYWORDS = 8
KEYWORD_DIVERSITY = 0.4
MAX_LABEL_WORDS = 5
FEWEST_PHRASES = 2
"""Fewest shared phrases with which weighing phrases against each other means anything."""


@dataclass(frozen=True)
class Wording:
    """Hold the words for one theme."""

    label: str
    keywords: tuple[str, ...]


@dataclass(frozen=True)
class ThemesToName:
    """Hold what naming needs to know.

    Parameters
    ----------
    texts : sequence of str
        The different texts, in canonical order.
    vectors : ndarray of shape (n_texts, n_dimensions)
        Unit rows.
    leaf_of_text : ndarray of shape (n_texts,)
    members : ndarray of shape (n_themes, n_texts)
        How often each text counts in each theme; 0 where it is no member.
    typical : sequence of sequence of int
        Places of the typical texts of each theme.
    order : sequence of int
        Themes in the order in which they may choose their labels.
    """

    texts: Sequence[str]
    vectors: NDArray[np.float32]
    leaf_of_text: NDArray[np.int64]
    members: NDArray[np.float64]
    typical: Sequence[Sequence[int]]
    order: Sequence[int]


@dataclass(frozen=True)
class _Candidates:
    """Hold the phrases that may name one theme, best first."""

    places: NDArray[np.int64]
    scores: NDArray[np.float64]


def name_themes(themes: ThemesToName, embedder: Embedder) -> tuple[Wording, ...]:
    """Name every theme; no two themes get the same label.

    Returns
    -------
    tuple of Wording
        One for each theme, in the order of `members`.
    """
    table = tabulate_phrases(themes.texts)
    if len(table.keys) < FEWEST_PHRASES:
        return _name_from_texts(themes)
    candidates = _find_candidates(themes, table)
    used = sorted({int(place) for each in candidates for place in each.places})
    vector_of = _embed_surfaces(embedder, table, used)
    centres = _find_centres(themes)
    ranked = [_rank(each, centre, vector_of) for each, centre in zip(candidates, centres, strict=True)]
    return _word_themes(themes, table, ranked, centres, vector_of)


def _find_candidates(themes: ThemesToName, table: PhraseTable) -> list[_Candidates]:
    """Keep the phrases with the highest c-TF-IDF of each theme that two of its texts use."""
    model = fit_topic_model(table, themes.vectors, themes.leaf_of_text)
    weighed = weigh_phrases(model, table, themes.members)
    using = (themes.members > 0).astype(np.float64) @ table.uses
    found = []
    for theme in range(len(themes.members)):
        row = weighed[theme]
        keep = (row.data > 0) & (using[theme][row.indices] >= 2)
        places, scores = row.indices[keep].astype(np.int64), row.data[keep]
        best = np.lexsort((places, -scores))[:N_CANDIDATES]
        found.append(_Candidates(places[best], scores[best]))
    return found


def _embed_surfaces(
    embedder: Embedder, table: PhraseTable, places: Sequence[int]
) -> dict[int, NDArray[np.float32]]:
    if not places:
        return {}
    vectors = embedder.embed([table.surfaces[place] for place in places])
    return dict(zip(places, vectors, strict=True))


def _find_centres(themes: ThemesToName) -> NDArray[np.float32]:
    sums = themes.members @ themes.vectors
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    centres: NDArray[np.float32] = (sums / np.maximum(lengths, 1e-12)).astype(np.float32)
    return centres


def _rank(
    candidates: _Candidates, centre: NDArray[np.float32], vector_of: dict[int, NDArray[np.float32]]
) -> _Candidates:
    """Rank again as KeyBERT does, by nearness to the theme, with c-TF-IDF kept in view."""
    if not len(candidates.places):
        return candidates
    nearness = np.array([float(vector_of[int(p)] @ centre) for p in candidates.places])
    relative = candidates.scores / candidates.scores.max()
    scores = np.round(np.sqrt(relative) * np.maximum(nearness, 0.01), 6)
    best = np.lexsort((candidates.places, -scores))
    return _Candidates(candidates.places[best], scores[best])


def _word_themes(
    themes: ThemesToName,
    table: PhraseTable,
    ranked: Sequence[_Candidates],
    centres: NDArray[np.float32],
    vector_of: dict[int, NDArray[np.float32]],
) -> tuple[Wording, ...]:
    taken: set[str] = set()
    wordings: dict[int, Wording] = {}
    for theme in themes.order:
        places = [int(place) for place in ranked[theme].places]
        free = [place for place in places if _fold_label(table.keys[place]) not in taken]
        if free:
            label = capitalise(table.surfaces[free[0]])
            taken.add(_fold_label(table.keys[free[0]]))
        else:
            label = _quote_label(themes, theme, taken)
        keywords = _choose_keywords(table, places, centres[theme], vector_of)
        wordings[theme] = Wording(label, keywords)
    return tuple(wordings[theme] for theme in range(len(wordings)))


def _choose_keywords(
    table: PhraseTable,
    places: Sequence[int],
    centre: NDArray[np.float32],
    vector_of: dict[int, NDArray[np.float32]],
) -> tuple[str, ...]:
    if not places:
        return ()
    words = [table.surfaces[place] for place in places]
    vectors = np.stack([vector_of[place] for place in places])
    chosen = set(choose_varied(centre, vectors, words, N_KEYWORDS, KEYWORD_DIVERSITY))
    return tuple(word for word in words if word in chosen)


def _name_from_texts(themes: ThemesToName) -> tuple[Wording, ...]:
    taken: set[str] = set()
    labels = {theme: _quote_label(themes, theme, taken) for theme in themes.order}
    return tuple(Wording(labels[theme], ()) for theme in range(len(labels)))


def _quote_label(themes: ThemesToName, theme: int, taken: set[str]) -> str:
    """Quote the first words of a typical text where no phrase is shared."""
    for place in themes.typical[theme]:
        words = [part.text for part in split_parts(themes.texts[place]) if not part.text.isspace()]
        for n_words in range(min(MAX_LABEL_WORDS, len(words)), 0, -1):
            label = capitalise(" ".join(words[:n_words]).strip(" ,;:-"))
            if label and _fold_label(label) not in taken:
                taken.add(_fold_label(label))
                return label
    label = f"Theme {theme + 1}"
    taken.add(_fold_label(label))
    return label


def _fold_label(label: str) -> str:
    return " ".join(label.casefold().split())


def capitalise(phrase: str) -> str:
    """Put a phrase in sentence case without touching names and abbreviations.

    Examples
    --------
    >>> capitalise("bus service"), capitalise("NHS dentists")
    ('Bus service', 'NHS dentists')
    """
    return phrase[:1].upper() + phrase[1:]
