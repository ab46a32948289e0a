"""Which phrase is used in which text."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from theming.labelling.phrases import Phrase, find_phrases, learn_rules, split_parts

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

FEWEST_TEXTS = 2
"""Texts that must use a phrase before it may name a theme.

Rationale: a phrase that one text uses once speaks for nobody else.
"""

MOST_PHRASES = 20_000


@dataclass(frozen=True)
class PhraseTable:
    """Hold the phrases of a body of texts.

    Parameters
    ----------
    keys : tuple of str
        One for all forms of a phrase (school, schools), sorted.
    surfaces : tuple of str
        The form of each that people used most.
    uses : csr_matrix of shape (n_texts, n_phrases)
        1 where a text uses a phrase.
    """

    keys: tuple[str, ...]
    surfaces: tuple[str, ...]
    uses: "csr_matrix"


def tabulate_phrases(texts: Sequence[str]) -> PhraseTable:
    """Find the phrases of all texts that at least two of them use."""
    from scipy.sparse import csr_matrix

    split_texts = [split_parts(text) for text in texts]
    rules = learn_rules(split_texts)
    found = [list(find_phrases(parts, rules)) for parts in split_texts]
    n_texts_using = Counter(key for phrases in found for key in {phrase.key for phrase in phrases})
    often = [key for key, times in n_texts_using.items() if times >= FEWEST_TEXTS]
    often.sort(key=lambda key: (-n_texts_using[key], key))
    keys = tuple(sorted(often[:MOST_PHRASES]))
    column = {key: place for place, key in enumerate(keys)}
    rows, columns = [], []
    for row, phrases in enumerate(found):
        used = sorted({column[phrase.key] for phrase in phrases if phrase.key in column})
        rows.extend([row] * len(used))
        columns.extend(used)
    shape = (len(texts), len(keys))
    uses = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
    return PhraseTable(keys, _choose_surfaces(keys, found), uses)


def _choose_surfaces(keys: Sequence[str], found: Sequence[Sequence[Phrase]]) -> tuple[str, ...]:
    """Choose for each key the form used most; in a draw, the first in the alphabet."""
    forms: dict[str, Counter[str]] = {key: Counter() for key in keys}
    for phrases in found:
        for phrase in phrases:
            if phrase.key in forms:
                forms[phrase.key][phrase.surface] += 1
    return tuple(min(forms[key], key=lambda surface: (-forms[key][surface], surface)) for key in keys)
