"""What people say of a thing in one word (declined, noisy, waiting): told after the thing in a label."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from theming.labelling.lexicon import ACTION, PAST, QUALITY, VERB
from theming.labelling.marking import THINGS, MarkedText
from theming.labelling.word_lists import LEADING_WORDS, TRAILING_WORDS

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

FEWEST_LETTERS = 4
SAME_START = 4
"""Letters from which on two words with the same start are forms of one: pay, payment, paying."""
NOTS = frozenset({"not", "n't", "never", "no", "without", "hardly"})
REACH_OF_NOT = 3
"""Words after a "not" of which it may speak: not at all friendly."""
MOST_REMARKS = 2
FEWEST_TEXTS = 3
FEWEST_COVER = 0.2
"""Share of a theme's texts that must use a remark, so that it is no single person's."""
TIMES_ELSEWHERE = 2.0
"""How many times as often a remark must come in a theme as in the other texts."""
WORTH_ADDING = 0.05

_REMARKS = frozenset({QUALITY, ACTION, PAST, VERB})
_ENDINGS = ("ing", "ed", "es", "s", "e")


@dataclass(frozen=True)
class RemarkTable:
    """Hold the remarks of a body of texts.

    Parameters
    ----------
    keys : tuple of str
        One for all forms of a word (decline, declined), sorted.
    surfaces : tuple of str
        The form of each that people used most.
    uses : csr_matrix of shape (n_texts, n_remarks)
        1 where a text uses a remark.
    """

    keys: tuple[str, ...]
    surfaces: tuple[str, ...]
    uses: "csr_matrix"


def tabulate_remarks(marked: Sequence[MarkedText]) -> RemarkTable:
    """Find the remarks of all texts."""
    from scipy.sparse import csr_matrix

    found = [list(find_remarks(text)) for text in marked]
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for words in found:
        for word in words:
            forms[fold_remark(word)][word] += 1
    keys = tuple(sorted(forms))
    column = {key: place for place, key in enumerate(keys)}
    used = [sorted({column[fold_remark(word)] for word in words}) for words in found]
    starts = np.cumsum([0, *map(len, used)])
    columns = np.array([place for places in used for place in places], dtype=np.int64)
    uses = csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(marked), len(keys)))
    surfaces = tuple(_choose_surface(forms[key]) for key in keys)
    return RemarkTable(keys, surfaces, uses)


def _choose_surface(forms: Counter[str]) -> str:
    return min(forms, key=lambda word: (-forms[word], word))


def find_remarks(marked: MarkedText) -> Iterator[str]:
    """Yield every word of one text that says how a thing is or what is done, unless it is denied."""
    for place, word in enumerate(marked.words):
        if _is_remark(marked, place) and not _is_denied(marked, place):
            yield word


def fold_remark(word: str) -> str:
    """Fold the forms of a verb together.

    Examples
    --------
    >>> [fold_remark(word) for word in ("decline", "declined", "declining", "noisy")]
    ['declin', 'declin', 'declin', 'noisy']
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SAME_START:
            return word.removesuffix(ending)
    return word


def choose_remarks(members: NDArray[np.float64], table: RemarkTable, said: Sequence[str]) -> list[int]:
    """Choose the remarks that mark one theme: often made in it, seldom elsewhere, each by other texts.

    Parameters
    ----------
    members : ndarray of shape (n_texts,)
        How often each text counts in the theme.
    table : RemarkTable
    said : sequence of str
        Words of the label, so that none is said again in another form.

    Returns
    -------
    list of int
        Places in the table, the most telling first, at most `MOST_REMARKS`.
    """
    others = members == 0
    counts = table.uses.T @ members
    cover = counts / members.sum()
    elsewhere = (table.uses.T @ others.astype(np.float64) + 1) / (others.sum() + 1)
    fits = (counts >= FEWEST_TEXTS) & (cover >= FEWEST_COVER) & (cover >= TIMES_ELSEWHERE * elsewhere)
    places = np.flatnonzero(fits)
    used = table.uses[:, places].toarray() > 0
    tells = np.sqrt(cover[places]) * np.log(cover[places] / elsewhere[places])
    covered, words, chosen = np.zeros(len(members), bool), list(said), list[int]()
    while len(chosen) < MOST_REMARKS:
        adds = members @ (used & ~covered[:, None]) / members.sum()
        is_new = np.array([_is_new(table.keys[place], words) for place in places], bool)
        gains = np.round(np.where(is_new & (adds >= WORTH_ADDING), tells * np.sqrt(adds), 0.0), 9)
        if not gains.any():
            break
        best = int(np.argmax(gains))
        chosen.append(int(places[best]))
        words.append(table.keys[places[best]])
        covered |= used[:, best]
    return chosen


def _is_remark(marked: MarkedText, place: int) -> bool:
    word, kind = marked.words[place], marked.kinds[place]
    if kind not in _REMARKS or not marked.means[place] or len(word) < FEWEST_LETTERS:
        return False
    if not word.isalpha() or marked.is_name[place] or word in LEADING_WORDS | TRAILING_WORDS:
        return False
    return kind == VERB or not _belongs_to_next(marked, place)


def _belongs_to_next(marked: MarkedText, place: int) -> bool:
    """Say whether a word goes with the noun after it: supported housing."""
    return place + 1 < len(marked.kinds) and marked.kinds[place + 1] in THINGS


def _is_denied(marked: MarkedText, place: int) -> bool:
    before = marked.words[max(0, place - REACH_OF_NOT) : place]
    return any(word in NOTS or word.endswith("n't") for word in before)


def _is_new(key: str, words: Sequence[str]) -> bool:
    return not any(key[:SAME_START] == word[:SAME_START] for word in words)
