"""Keep labels apart: no label twice, and no two themes side by side that sound alike."""

from collections.abc import Sequence

import numpy as np

from theming.labelling.candidates import ThemesToName

SAME_WORDS, SHARED_WORD = 0.4, 0.7
"""Factors for a phrase that another theme's label holds whole, or shares a word with.

Rationale: both only weigh where the two themes can stand side by side; a theme and a part of it may well
share a word, because they are never seen together.
"""


class TakenLabels:
    """Hold the labels that themes have taken so far."""

    def __init__(self, themes: ThemesToName) -> None:
        n_leaves = int(themes.leaf_of_text.max(initial=0)) + 1
        in_leaf = np.zeros((len(themes.members), n_leaves), bool)
        for theme, row in enumerate(themes.members):
            in_leaf[theme, themes.leaf_of_text[row > 0]] = True
        self._meets = (in_leaf.astype(np.int64) @ in_leaf.T.astype(np.int64)) > 0
        self._labels: set[str] = set()
        self._phrases: dict[int, list[frozenset[str]]] = {}

    def measure_freedom(self, theme: int, key: str) -> float:
        """Return a factor for a phrase: 1 where no theme beside this one uses its words, less otherwise."""
        words = frozenset(key.split())
        freedom = 1.0
        for other, phrases in self._phrases.items():
            if self._meets[theme, other]:
                continue
            for taken in phrases:
                if words & taken:
                    freedom = min(freedom, SAME_WORDS if words <= taken or taken <= words else SHARED_WORD)
        return freedom

    def take(self, theme: int, label: str, keys: Sequence[str]) -> bool:
        """Take a label for a theme, and say whether it was free."""
        folded = " ".join(sorted(word for key in keys for word in key.split()))
        if folded in self._labels or not label:
            return False
        self._labels.add(folded)
        self._phrases[theme] = [frozenset(key.split()) for key in keys]
        return True
