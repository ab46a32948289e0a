"""Whether a theme's keywords belong together, and whether themes have keywords of their own."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import log
from statistics import mean


def measure_coherence(keywords: Sequence[Sequence[str]], texts: Sequence[str]) -> float:
    """Return the mean over themes of the mean NPMI of pairs of keywords.

    Two keywords meet where one text holds both; a phrase is held where its words stand in a row. Pairs that
    share a word are left out: "bus" is in every text that has "bus stop".

    Parameters
    ----------
    keywords : sequence of sequence of str
        Keywords of each theme.
    texts : sequence of str

    Returns
    -------
    float
        -1 (no two keywords of a theme ever meet) to 1 (they always do); 0 is chance, and is given
        where there is no pair.

    References
    ----------
    Bouma (2009), Normalized (pointwise) mutual information in collocation extraction.
    Lau, Newman and Baldwin (2014), Machine reading tea leaves.
    """
    padded = [_pad(text) for text in texts]
    places = {word: _find_places(_pad(word), padded) for words in keywords for word in words}
    of_themes = []
    for words in keywords:
        scores = [_measure_pair(places[a], places[b], len(texts)) for a, b in _list_pairs(words)]
        of_themes.extend([mean(scores)] if scores else [])
    return mean(of_themes) if of_themes else 0.0


def measure_diversity(keywords: Sequence[Sequence[str]]) -> float:
    """Return the share of different ones among the keywords of all themes.

    Returns
    -------
    float
        Near 0 (all themes have the same keywords) to 1 (none is used twice).

    References
    ----------
    Dieng, Ruiz and Blei (2020), Topic modeling in embedding spaces.
    """
    listed = [word.lower() for words in keywords for word in words]
    return len(set(listed)) / len(listed) if listed else 0.0


def split_words(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return re.findall(r"\w+", text.lower())


def _pad(text: str) -> str:
    """Return the words of a text between spaces, so that whole words can be looked for."""
    return f" {' '.join(split_words(text))} "


def _find_places(wanted: str, padded: Sequence[str]) -> frozenset[int]:
    return frozenset(i for i, text in enumerate(padded) if wanted in text)


def _list_pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for one, other in combinations(words, 2):
        if not set(split_words(one)) & set(split_words(other)):
            yield one, other


def _measure_pair(one: frozenset[int], other: frozenset[int], n_texts: int) -> float:
    together = len(one & other) / n_texts
    if not together:
        return -1.0
    if together == 1:
        return 1.0
    expected = (len(one) / n_texts) * (len(other) / n_texts)
    return log(together / expected) / -log(together)
