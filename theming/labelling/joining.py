"""Join phrases to one label where a single phrase speaks for too few of a theme's texts."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from theming.labelling.candidates import Candidates
from theming.labelling.phrase_table import PhraseTable

MOST_PHRASES = 3
ENOUGH_COVER = 0.5
"""Share of a theme's texts that a label's phrases must be used in to name the theme.

Rationale: under a half, most readers of the cards would look for the label's words in vain.
"""
USEFUL_COVER = 0.08
MOST_ALIKE = 0.7
GOOD_ENOUGH = 0.4
MAX_JOINED_WORDS = 5
LONGEST_EXTENSION = 3
MOST_OF_USES = 0.5
"""Share of the uses of a word inside one longer phrase from which on that phrase says it better."""


def join_phrases(phrases: Sequence[str]) -> str:
    """Join phrases as people list things.

    Examples
    --------
    >>> join_phrases(["parks"]), join_phrases(["parks", "trees"]), join_phrases(["parks", "trees", "bins"])
    ('parks', 'parks and trees', 'parks, trees and bins')
    """
    *first, last = phrases
    return f"{', '.join(first)} and {last}" if first else last


def list_label_places(
    weights: NDArray[np.float64], own: Candidates, table: PhraseTable, scores: NDArray[np.float64], first: int
) -> list[int]:
    """List the ranks of the phrases of one label: the first, and what covers texts that it leaves out.

    Parameters
    ----------
    weights : ndarray of shape (n_texts,)
        How often each text counts in the theme.
    own : Candidates
    table : PhraseTable
    scores : ndarray of shape (n_candidates,)
    first : int
        Rank of the phrase that comes first.
    """
    uses = table.uses[:, own.places].toarray() > 0
    chosen = [first]
    while len(chosen) < MOST_PHRASES:
        covered = uses[:, chosen].any(axis=1)
        if weights[covered].sum() >= ENOUGH_COVER * weights.sum():
            break
        adds = weights @ (uses & ~covered[:, None]) / weights.sum()
        fitting = [rank for rank in range(len(scores)) if _fits(rank, chosen, own, table)]
        good = [
            rank for rank in fitting if adds[rank] >= USEFUL_COVER and scores[rank] >= GOOD_ENOUGH * scores[first]
        ]
        if not good:
            break
        chosen.append(max(good, key=lambda rank: (round(float(scores[rank] * adds[rank] ** 0.5), 6), -rank)))
    return chosen


def extend_phrase(
    weights: NDArray[np.float64], own: Candidates, table: PhraseTable, first: int
) -> int:
    """Return the rank of a longer phrase that says more in most of the texts that use the first, or its own.

    Parameters
    ----------
    weights, own, table, first
        As for `list_label_places`.
    """
    words = set(table.keys[own.places[first]].split())
    if len(words) > 1:
        return first
    uses = table.uses[:, own.places].toarray() > 0
    cover = weights @ uses
    for rank, place in enumerate(own.places):
        longer = table.keys[place].split()
        says_more = words < set(longer) and len(longer) <= LONGEST_EXTENSION
        if says_more and cover[rank] >= MOST_OF_USES * cover[first] and own.scores[rank] > 0:
            return rank
    return first


def _is_thing(rank: int, own: Candidates, table: PhraseTable) -> bool:
    return bool(table.thingness[own.places[rank]] >= 0.5)


def _fits(rank: int, chosen: Sequence[int], own: Candidates, table: PhraseTable) -> bool:
    """Say whether a phrase says something else than those chosen, and leaves the label short."""
    keys = [table.keys[own.places[one]].split() for one in chosen]
    words = {word for key in keys for word in key}
    own_words = table.keys[own.places[rank]].split()
    alike_in_kind = _is_thing(rank, own, table) == _is_thing(chosen[0], own, table)
    return (
        alike_in_kind
        and not words & {*own_words, "and"}
        and len(words) + len(own_words) <= MAX_JOINED_WORDS - len(chosen) + 1
        and "and" not in own_words
        and float((own.vectors[list(chosen)] @ own.vectors[rank]).max()) < MOST_ALIKE
    )
