"""Suggest a home for each text, learned from the homes that people gave to others."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from theming.embedding.protocol import Vectors
from theming.suggestion.neighbours import Neighbours, find_neighbours, to_unit
from theming.suggestion.sureness import USUAL_SHARPNESS, find_sharpness, sharpen_shares, split_decided

Check = tuple[Vectors, int, bool]
"""Shares of a text, the theme that was (or would have been) suggested, and whether people agree."""

N_SUGGESTED = 3

PROPOSED_WEIGHT = 0.1
"""How much a home that the machine proposed counts, beside 1 for one that people decided."""

NAME_WEIGHT = 1.0
"""How much the name of a theme counts, beside 1 for a text that people put there."""

LIKENESS_WEIGHT, SPREAD_WEIGHT, SPREAD_FLOOR = 10.0, 1.0, 0.01
"""What likeness to a theme's middle (-1..1) and the share of what spread (0..1) weigh against each other."""

NOWHERE_LIKENESS = 0.3
"""A text less like the middle of every theme than this (-1..1) fits nowhere well.

Rationale: on clinc150 it finds 84 of 100 requests that belong to none of 40 themes, and calls fewer than
2 of 100 others so; on patients' answers, 2 to 6.
"""


@dataclass(frozen=True, eq=False)
class SuggestedHomes:
    """Hold up to three homes for each text.

    Parameters
    ----------
    homes : ndarray of shape (n_texts, n_suggested)
        Themes, best first; -1 where there are fewer themes.
    sureness : ndarray of shape (n_texts, n_suggested)
        0..1: how often a home suggested so surely is the one that people choose. 0 where there is none.
    fits_nowhere : ndarray of shape (n_texts,)
        True for a text that is unlike every theme: none of its homes is worth offering.
    """

    homes: NDArray[np.int64]
    sureness: NDArray[np.float32]
    fits_nowhere: NDArray[np.bool_]


def suggest_homes(
    texts: Vectors | Neighbours,
    home_of_text: NDArray[np.int64],
    is_decided: NDArray[np.bool_],
    *,
    n_themes: int,
    theme_vectors: Vectors | None = None,
    is_refused: NDArray[np.bool_] | None = None,
) -> SuggestedHomes:
    """Suggest up to three homes for each text, best first, with how sure that is.

    Parameters
    ----------
    texts : ndarray of shape (n_texts, n_dimensions), or Neighbours
        Unit rows, or what `find_neighbours` made of them.
    home_of_text : ndarray of shape (n_texts,)
        Theme in which each text stands now, 0 to n_themes - 1, or -1 for none.
    is_decided : ndarray of shape (n_texts,)
        True where people put the text there, False where only a machine proposed it.
    n_themes : int
        Number of themes, those without texts counted too.
    theme_vectors : ndarray of shape (n_themes, n_dimensions), optional
        Unit rows: the themes' names, embedded like the texts; a row of zeros for a name not known.
    is_refused : ndarray of shape (n_texts, n_themes), optional
        True where people said that a text does not belong in a theme: it is not suggested there.

    Returns
    -------
    SuggestedHomes

    Raises
    ------
    ValueError
        If shapes disagree, or a home is no theme.

    Examples
    --------
    >>> vectors = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], np.float32)
    >>> home, is_decided = np.array([0, -1, 1, -1]), np.array([True, False, True, False])
    >>> found = suggest_homes(vectors, home, is_decided, n_themes=2)
    >>> found.homes[:, 0].tolist()
    [0, 0, 1, 1]
    """
    known = texts if isinstance(texts, Neighbours) else find_neighbours(texts)
    _check_shapes(known, home_of_text, is_decided, n_themes, theme_vectors)
    evidence = _weigh_homes(home_of_text, is_decided, n_themes)
    refused = np.zeros(evidence.shape, bool) if is_refused is None else is_refused
    return _judge(known, evidence, is_decided, theme_vectors, refused)


def _judge(
    known: Neighbours,
    evidence: Vectors,
    is_decided: NDArray[np.bool_],
    theme_vectors: Vectors | None,
    is_refused: NDArray[np.bool_],
) -> SuggestedHomes:
    likeness, shares = _share_out(known, evidence, theme_vectors)
    checks = _check_decided(known, evidence, is_decided, theme_vectors) + _check_refused(shares, is_refused)
    allowed = np.where(is_refused, 0, shares).astype(np.float32)
    return _rank_homes(sharpen_shares(allowed, _sharpen(checks)), likeness)


def _check_shapes(
    known: Neighbours,
    home_of_text: NDArray[np.int64],
    is_decided: NDArray[np.bool_],
    n_themes: int,
    theme_vectors: Vectors | None,
) -> None:
    n_texts = len(known.vectors)
    for name, given in (("home_of_text", home_of_text), ("is_decided", is_decided)):
        if given.shape != (n_texts,):
            raise ValueError(f"{name}.shape == {given.shape}, must be ({n_texts},).")
    if n_texts and not (home_of_text.min() >= -1 and home_of_text.max() < n_themes):
        raise ValueError(f"home_of_text must be in [-1, {n_themes - 1}].")
    if theme_vectors is not None and len(theme_vectors) != n_themes:
        raise ValueError(f"len(theme_vectors) == {len(theme_vectors)}, must be n_themes == {n_themes}.")


def _share_out(
    known: Neighbours, evidence: Vectors, theme_vectors: Vectors | None
) -> tuple[Vectors, Vectors]:
    """Work out how like each theme each text is, and the share of what speaks for each theme."""
    likeness = _measure_likeness(known, evidence, theme_vectors)
    spread = _spread_homes(known, evidence, theme_vectors)
    leaning = LIKENESS_WEIGHT * likeness + SPREAD_WEIGHT * np.log(spread + SPREAD_FLOOR)
    grown = np.exp(leaning - leaning.max(axis=1, keepdims=True, initial=-1e9))
    return likeness, grown / np.maximum(grown.sum(axis=1, keepdims=True), 1e-12)


def _check_decided(
    known: Neighbours, evidence: Vectors, is_decided: NDArray[np.bool_], theme_vectors: Vectors | None
) -> list[Check]:
    """Hide a fifth of what people decided, suggest homes for it, and see whether they are the same."""
    checks: list[Check] = []
    for hidden in split_decided(known.vectors, is_decided):
        seen = evidence.copy()
        seen[hidden] = 0
        shares = _share_out(known, seen, theme_vectors)[1][hidden]
        best = shares.argmax(axis=1)
        is_right = evidence[hidden, best] > 0
        checks += [
            (row, int(theme), bool(right)) for row, theme, right in zip(shares, best, is_right, strict=True)
        ]
    return checks


def _check_refused(shares: Vectors, is_refused: NDArray[np.bool_]) -> list[Check]:
    texts, themes = np.nonzero(is_refused)
    return [(shares[text], int(theme), False) for text, theme in zip(texts, themes, strict=True)]


def _sharpen(checks: list[Check]) -> float:
    """Find how far the shares can be taken at their word on this board."""
    if not checks:
        return USUAL_SHARPNESS
    first = [np.r_[row[theme], np.delete(row, theme)] for row, theme, _is_right in checks]
    return find_sharpness(np.array(first, np.float64), np.array([right for *_rest, right in checks]))


def _weigh_homes(home_of_text: NDArray[np.int64], is_decided: NDArray[np.bool_], n_themes: int) -> Vectors:
    evidence = np.zeros((len(home_of_text), n_themes), np.float32)
    placed = np.flatnonzero(home_of_text >= 0)
    evidence[placed, home_of_text[placed]] = np.where(is_decided[placed], 1, PROPOSED_WEIGHT)
    return evidence


def _measure_likeness(known: Neighbours, evidence: Vectors, theme_vectors: Vectors | None) -> Vectors:
    """Measure how like the middle of each theme each text is, -1..1; shape (n_texts, n_themes)."""
    middles = evidence.T @ known.vectors
    if theme_vectors is not None:
        middles = middles + NAME_WEIGHT * theme_vectors
    likeness: Vectors = known.vectors @ to_unit(middles).T
    return likeness


def _spread_homes(known: Neighbours, evidence: Vectors, theme_vectors: Vectors | None) -> Vectors:
    """Spread homes from neighbour to neighbour; a row holds each theme's share, 0..1, and sums to 1 or 0."""
    start = evidence if theme_vectors is None else evidence + _place_names(known, theme_vectors)
    flow = known.spread(start)
    # A large theme sends out more than a small one: half of that (as a power) is taken away.
    flow = flow / np.sqrt(np.maximum(start.sum(axis=0), 1e-9))
    shares: Vectors = flow / np.maximum(flow.sum(axis=1, keepdims=True), 1e-12)
    return shares


def _place_names(known: Neighbours, theme_vectors: Vectors) -> Vectors:
    """Give each theme's name as evidence to the few texts that are most like it."""
    likeness = to_unit(theme_vectors - known.mean) @ known.centred.T
    k = min(5, likeness.shape[1])
    nearest = np.argsort(-np.round(likeness, 5), axis=1, kind="stable")[:, :k]
    themes = np.arange(len(theme_vectors))[:, None]
    weights = np.maximum(likeness[themes, nearest], 0) * theme_vectors.any(axis=1, keepdims=True)
    placed = np.zeros((likeness.shape[1], len(theme_vectors)), np.float32)
    total = np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    placed[nearest, themes] = NAME_WEIGHT * weights / total
    return placed


def _rank_homes(shares: Vectors, likeness: Vectors) -> SuggestedHomes:
    n_texts, n_themes = shares.shape
    k = min(N_SUGGESTED, n_themes)
    homes = np.full((n_texts, N_SUGGESTED), -1, np.int64)
    sureness = np.zeros((n_texts, N_SUGGESTED), np.float32)
    order = np.argsort(-np.round(shares, 6), axis=1, kind="stable")[:, :k]
    sureness[:, :k] = np.take_along_axis(shares, order, axis=1)
    homes[:, :k] = np.where(sureness[:, :k] > 0, order, -1)
    best = likeness.max(axis=1, initial=-1)
    return SuggestedHomes(homes, sureness, best < NOWHERE_LIKENESS)
