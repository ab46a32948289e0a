"""What the clauses of all texts are near to; loads with numpy alone, so that a web process may read it."""

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from theming.results import Cut

CLEAR_ENOUGH = 1.0
"""Clearness from which a further theme is worth showing to people.

Rationale: docs/decisions/0019 shows what other borders give. A facilitator forgives a missing echo
sooner than a silly one.
"""

MOST_ECHOES = 3
"""Most further themes for one text.

Rationale: a card has room for no more, and a text that seems to speak of five themes is mostly vague.
"""


@dataclass(frozen=True)
class FoundEcho:
    """Hold one further theme that a text speaks of, and the clause that says so.

    Parameters
    ----------
    text : int
        Index of the text.
    theme : int
        Position in `Cut.themes`; never the text's home.
    start, end : int
        The clause: ``texts[text][start:end]``.
    clearness : float
        -3..3: how near the clause is to the theme (cosine), plus its lead over the home, plus its
        lead over every other theme. Above 1 it is clear, below 0.5 it is a guess.
    """

    text: int
    theme: int
    start: int
    end: int
    clearness: float


@dataclass(frozen=True, eq=False)
class ClauseReading:
    """Hold the clauses of the texts that have several, and how near each is to every node of a tree.

    Parameters
    ----------
    text_of : ndarray of shape (n_clauses,)
        Index of the text of each clause, ascending.
    ranges : ndarray of shape (n_clauses, 2)
        Start and end of each clause in its text.
    nearness : ndarray of shape (n_clauses, n_nodes)
        -1..1: cosine of a clause and the mean of a node's texts.
    """

    text_of: NDArray[np.int32]
    ranges: NDArray[np.int32]
    nearness: NDArray[np.float16]

    def to_bytes(self) -> bytes:
        """Return the reading as bytes (npz, no pickle); equal readings, equal bytes."""
        buffer = io.BytesIO()
        np.savez_compressed(buffer, text_of=self.text_of, ranges=self.ranges, nearness=self.nearness)
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, written: bytes) -> "ClauseReading":
        """Read back what `to_bytes` wrote."""
        with np.load(io.BytesIO(written), allow_pickle=False) as held:
            return cls(held["text_of"], held["ranges"], held["nearness"])


def find_echoes(
    reading: ClauseReading, cut: Cut, clear_enough: float = CLEAR_ENOUGH
) -> tuple[FoundEcho, ...]:
    """Find the further themes that texts clearly speak of, at one position of the slider.

    Parameters
    ----------
    reading : ClauseReading
    cut : Cut
        From the same result as the reading.
    clear_enough : float
        Least clearness; see `CLEAR_ENOUGH`.

    Returns
    -------
    tuple of FoundEcho
        By text, the clearest first; at most three for a text, each theme once.
    """
    if len(cut.themes) < 2 or not len(reading.text_of):
        return ()
    nearness = reading.nearness[:, [theme.id for theme in cut.themes]].astype(np.float64)
    homes = cut.theme_of_text[reading.text_of]
    best, clearness = measure_clearness(nearness, homes)
    found: dict[int, dict[int, FoundEcho]] = {}
    for clause in np.flatnonzero((clearness >= clear_enough) & (homes >= 0) & (best != homes)):
        echo = FoundEcho(
            int(reading.text_of[clause]),
            int(best[clause]),
            int(reading.ranges[clause, 0]),
            int(reading.ranges[clause, 1]),
            float(clearness[clause]),
        )
        of_text = found.setdefault(echo.text, {})
        if echo.theme not in of_text or of_text[echo.theme].clearness < echo.clearness:
            of_text[echo.theme] = echo
    return tuple(echo for text in sorted(found) for echo in _keep_clearest(found[text]))


def measure_clearness(
    nearness: NDArray[np.float64], homes: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Measure how clearly each clause speaks of its nearest theme.

    Parameters
    ----------
    nearness : ndarray of shape (n_clauses, n_themes)
        At least two themes.
    homes : ndarray of shape (n_clauses,)
        The home of the text of each clause; what stands at -1 means nothing.

    Returns
    -------
    nearest : ndarray of shape (n_clauses,)
    clearness : ndarray of shape (n_clauses,)
        -3..3, rounded to four digits.
    """
    rows = np.arange(len(nearness))
    nearest = nearness.argmax(axis=1)
    top = nearness[rows, nearest]
    others = nearness.copy()
    others[rows, nearest] = -1.0
    lead_over_home = top - nearness[rows, np.maximum(homes, 0)]
    return nearest, np.round(top + lead_over_home + (top - others.max(axis=1)), 4)


def _keep_clearest(echoes: dict[int, FoundEcho]) -> list[FoundEcho]:
    ranked = sorted(echoes.values(), key=lambda echo: (-echo.clearness, echo.theme))
    return ranked[:MOST_ECHOES]
