"""Join phrases to one label where a single phrase speaks for too few of a theme's texts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from theming.labelling.candidates import Candidates
from theming.labelling.phrase_table import PhraseTable

MOST_PHRASES = 3
ENOUGH_COVER = 0.9
"""Share of a theme's texts that a label's phrases are used in, from which on no other is added.

Rationale: under that, too many readers of the cards would look for the label's words in vain.
"""
USEFUL_COVER = 0.05
MOST_ALIKE = 0.7
GOOD_ENOUGH = 0.4
FEWEST_WHOLE = 0.25
"""Share of the uses of a phrase in which it stands alone, under which it is a mere piece of another."""
MAX_JOINED_WORDS = 5
MOSTLY_THING = 0.5
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


@dataclass(frozen=True)
class PhrasesInTheme:
    """Hold the candidates of one theme and which of its texts use each.

    Parameters
    ----------
    own : Candidates
    keys : sequence of str
        The key of each candidate.
    whole, thing : ndarray of shape (n_candidates,)
        Whether each mostly stands alone often enough, and whether it is a thing.
    uses : ndarray of bool, shape (n_members, n_candidates)
    weights : ndarray of shape (n_members,)
        How often each text of the theme counts.
    """

    own: Candidates
    keys: Sequence[str]
    whole: NDArray[np.bool_]
    thing: NDArray[np.bool_]
    uses: NDArray[np.bool_]
    weights: NDArray[np.float64]


def look_up_phrases(members: NDArray[np.float64], own: Candidates, table: PhraseTable) -> PhrasesInTheme:
    """Look up how the texts of one theme use its candidates.

    Parameters
    ----------
    members : ndarray of shape (n_texts,)
        How often each text counts in the theme.
    own : Candidates
    table : PhraseTable
    """
    inside = np.flatnonzero(members)
    return PhrasesInTheme(
        own,
        [table.keys[place] for place in own.places],
        table.wholeness[own.places] >= FEWEST_WHOLE,
        table.thingness[own.places] >= MOSTLY_THING,
        table.uses[inside][:, own.places].toarray() > 0,
        members[inside],
    )


def list_label_ranks(phrases: PhrasesInTheme, scores: NDArray[np.float64], first: int) -> list[int]:
    """List the ranks of the phrases of one label: the first, and what covers texts that it leaves out.

    Parameters
    ----------
    phrases : PhrasesInTheme
    scores : ndarray of shape (n_candidates,)
    first : int
        Rank of the phrase that comes first.
    """
    weights, chosen = phrases.weights, [first]
    while len(chosen) < MOST_PHRASES:
        covered = np.asarray(phrases.uses[:, chosen].any(axis=1))
        if weights[covered].sum() >= ENOUGH_COVER * weights.sum():
            break
        adds = weights @ (phrases.uses & ~covered[:, None]) / weights.sum()
        good = (adds >= USEFUL_COVER) & (scores >= GOOD_ENOUGH * scores[first])
        fitting = [int(rank) for rank in np.flatnonzero(good) if _fits(int(rank), chosen, phrases)]
        if not fitting:
            break
        gains = np.round(scores[fitting] * np.sqrt(adds[fitting]), 6)
        chosen.append(fitting[int(np.argmax(gains))])
    return chosen


def extend_phrase(phrases: PhrasesInTheme, first: int) -> int:
    """Return the rank of a longer phrase that says more in most of the texts that use the first, or its own.

    Parameters
    ----------
    phrases : PhrasesInTheme
    first : int
        Rank of the phrase to look at.
    """
    words = set(phrases.keys[first].split())
    if len(words) > 1:
        return first
    cover = phrases.weights @ phrases.uses
    for rank, key in enumerate(phrases.keys):
        longer = key.split()
        says_more = words < set(longer) and len(longer) <= LONGEST_EXTENSION
        if says_more and cover[rank] >= MOST_OF_USES * cover[first]:
            return rank
    return first


def _fits(rank: int, chosen: Sequence[int], phrases: PhrasesInTheme) -> bool:
    """Say whether a phrase says something else than those chosen, is of their kind, and leaves it short."""
    words = {word for one in chosen for word in phrases.keys[one].split()}
    own_words = phrases.keys[rank].split()
    vectors = phrases.own.vectors
    return (
        bool(phrases.whole[rank])
        and phrases.thing[rank] == phrases.thing[chosen[0]]
        and not words & {*own_words, "and"}
        and "and" not in own_words
        and len(words) + len(own_words) + len(chosen) - 1 <= MAX_JOINED_WORDS
        and float((vectors[list(chosen)] @ vectors[rank]).max()) < MOST_ALIKE
    )
