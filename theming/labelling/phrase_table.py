"""Which phrase is used in which text."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from theming.labelling.marking import MarkedText
from theming.labelling.phrases import Phrase, find_phrases

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

MOST_PHRASES = 20_000
"""Phrases kept, the most used first.

Rationale: far more than labels need; it only bounds memory for very many texts.
"""


@dataclass(frozen=True)
class PhraseTable:
    """Hold the phrases of a body of texts.

    Parameters
    ----------
    keys : tuple of str
        One for all forms of a phrase (school, schools), sorted.
    surfaces : tuple of str
        The form of each that people used most.
    wholeness : ndarray of shape (n_phrases,)
        0..1: the share of the uses of each in which it stood alone; 0 for mere pieces of longer
        phrases.
    thingness : ndarray of shape (n_phrases,)
        0..1: the share of the uses of each in which it was a thing (bus service), not a quality
        (friendly) or an action (waiting).
    uses : csr_matrix of shape (n_texts, n_phrases)
        1 where a text uses a phrase.
    """

    keys: tuple[str, ...]
    surfaces: tuple[str, ...]
    wholeness: NDArray[np.float64]
    thingness: NDArray[np.float64]
    uses: "csr_matrix"


def tabulate_phrases(marked: Sequence[MarkedText]) -> PhraseTable:
    """Find the phrases of all texts."""
    from scipy.sparse import csr_matrix

    found = [list(find_phrases(text)) for text in marked]
    n_texts_using = Counter(key for phrases in found for key in {phrase.key for phrase in phrases})
    by_use = sorted(n_texts_using, key=lambda key: (-n_texts_using[key], key))
    keys = tuple(sorted(by_use[:MOST_PHRASES]))
    column = {key: place for place, key in enumerate(keys)}
    rows, columns = [], []
    for row, phrases in enumerate(found):
        used = sorted({column[phrase.key] for phrase in phrases if phrase.key in column})
        rows.extend([row] * len(used))
        columns.extend(used)
    shape = (len(marked), len(keys))
    uses = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
    forms = _collect_forms(keys, found)
    return PhraseTable(
        keys,
        tuple(_choose_surface(forms[key]) for key in keys),
        np.array([_measure_wholeness(forms[key]) for key in keys]),
        _measure_thingness(column, found),
        uses,
    )


def _measure_thingness(column: Mapping[str, int], found: Sequence[Sequence[Phrase]]) -> NDArray[np.float64]:
    n_things, n_uses = np.zeros(len(column)), np.zeros(len(column))
    for phrases in found:
        for phrase in phrases:
            if phrase.key in column:
                n_things[column[phrase.key]] += phrase.is_thing
                n_uses[column[phrase.key]] += 1
    return n_things / np.maximum(n_uses, 1)


def _collect_forms(
    keys: Sequence[str], found: Sequence[Sequence[Phrase]]
) -> dict[str, Counter[tuple[str, bool]]]:
    """Count for each phrase its forms, apart for standing alone and for standing inside another."""
    forms: dict[str, Counter[tuple[str, bool]]] = {key: Counter() for key in keys}
    for phrases in found:
        for phrase in phrases:
            if phrase.key in forms:
                forms[phrase.key][phrase.surface, phrase.is_whole] += 1
    return forms


def _choose_surface(forms: Counter[tuple[str, bool]]) -> str:
    """Choose the form most used when standing alone; then the one with fewer capitals."""
    surfaces = {surface for surface, _ in forms}

    def rank(surface: str) -> tuple[int, int, int, str]:
        capitals = sum(character.isupper() for character in surface)
        return (-forms[surface, True], -forms[surface, False], capitals, surface)

    return min(surfaces, key=rank)


def _measure_wholeness(forms: Counter[tuple[str, bool]]) -> float:
    whole = sum(times for (_, is_whole), times in forms.items() if is_whole)
    return whole / sum(forms.values())
