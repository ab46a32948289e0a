"""Which of the suggested homes are worth a person's look."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from theming.suggestion.homes import SuggestedHomes

FEWEST_DECIDED = 3
"""Texts that people must have placed before anything is offered: before, there is nothing to learn from."""

OFFERED_FROM = 0.25
"""Least sureness, 0..1, of a home that is offered.

Rationale: to move a text by hand costs four keys or more, to accept an offer one, to refuse it one. So an
offer pays as soon as one in four of its kind is right.
"""

MOST_EACH = 3
"""Most texts offered to one theme at a time: few enough to read, and the next ones learn from the answers."""


@dataclass(frozen=True)
class Offer:
    """Hold one text that is offered to one theme.

    Parameters
    ----------
    text : int
        Index of the text.
    theme : int
        Index of the theme.
    sureness : float
        0..1: how often offers made so surely are accepted.
    """

    text: int
    theme: int
    sureness: float


def choose_offers(
    found: SuggestedHomes, home_of_text: NDArray[np.int64], is_decided: NDArray[np.bool_]
) -> tuple[Offer, ...]:
    """Choose what to offer, surest first: texts that nobody placed, whose best home is not where they stand.

    Parameters
    ----------
    found : SuggestedHomes
    home_of_text : ndarray of shape (n_texts,)
        Theme in which each text stands now, or -1.
    is_decided : ndarray of shape (n_texts,)
        True where people put the text there.

    Returns
    -------
    tuple of Offer
        At most `MOST_EACH` for each theme.
    """
    if is_decided.sum() < FEWEST_DECIDED:
        return ()
    best, sureness = found.homes[:, 0], found.sureness[:, 0]
    is_open = ~is_decided & ~found.fits_nowhere & (best >= 0) & (best != home_of_text)
    texts = np.flatnonzero(is_open & (sureness >= OFFERED_FROM))
    offers, taken = [], Counter[int]()
    for text in texts[np.argsort(-np.round(sureness[texts], 6), kind="stable")]:
        theme = int(best[text])
        taken[theme] += 1
        if taken[theme] <= MOST_EACH:
            offers.append(Offer(int(text), theme, float(sureness[text])))
    return tuple(offers)
