"""Give every text a place on a flat map, so that texts that kept company lie near each other."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from theming.canonical import tidy_text
from theming.results import ThemingResult

PERPLEXITY = 30.0
N_ROUNDS = 500
"""Rounds of t-SNE.

Rationale: on five sets of about 600 texts, places after 350, 500 and 1,000 rounds keep the same
neighbours (trustworthiness equal to 0.001); later rounds cost time alone.
"""
FEWEST_FOR_NEIGHBOURS = 5
"""Fewest different profiles for t-SNE; with fewer, plain scaling shows all distances as they are."""

MOST_ANCHORS = 1_000
"""Most profiles that t-SNE places; with more, an even part of them, and the rest between their nearest.

Rationale: its work grows faster than the number of profiles; a thousand take seconds on one thread.
"""
N_NEAREST = 3
START_SPREAD = 1e-4
NUDGE = 0.05
"""Share of the spread by which starting places are moved apart.

Rationale: profiles that are all equally far from each other have no place of their own on two axes, and
t-SNE cannot part two that begin in one spot.
"""
DIGITS = 4
GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
SPREAD = 0.5
"""How far texts of one profile spread around it, as a share of the usual gap between profiles."""


def map_texts(result: ThemingResult, texts: Sequence[str]) -> NDArray[np.float32]:
    """Place texts in two dimensions by the company that they kept over the runs.

    A text's row of `affinity` says how much company it kept with every leaf. Rows that point the same
    way lie near each other, whatever the number of themes that is looked at. Texts with one and the
    same row share a place and are spread a little around it, so that each can be seen.

    Parameters
    ----------
    result : ThemingResult
        Of the same texts; at most `n_micro` different rows, which bounds the work.
    texts : sequence of str
        In the order in which they were themed.

    Returns
    -------
    ndarray of shape (n_texts, 2)
        -1..1, the longer side of the map across; NaN for texts set aside. Near means "often grouped
        with the same others". Distances between far points, and the axes, mean nothing. The same texts
        in any order fill the same places.

    References
    ----------
    van der Maaten and Hinton (2008), Visualizing data using t-SNE.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    if len(texts) != len(result.leaf_of_text):
        raise ValueError(f"len(texts) == {len(texts)}, must be {len(result.leaf_of_text)}.")
    placed = np.flatnonzero(result.leaf_of_text >= 0)
    places = np.full((len(texts), 2), np.nan, np.float32)
    if not len(placed):
        return places
    # Rounded, so that a last digit that differs between processors does not move the whole map.
    rows: NDArray[np.float64] = result.affinity[placed].astype(np.float64).round(DIGITS)
    profiles, profile_of = np.unique(rows, axis=0, return_inverse=True)
    with threadpool_limits(1):
        centres = _place_profiles(profiles)
        spread = _spread_alike(centres, profile_of, [tidy_text(texts[text]) for text in placed.tolist()])
        places[placed] = _frame(spread)
    return places


def _place_profiles(profiles: NDArray[np.float64]) -> NDArray[np.float64]:
    """Place all different profiles: the anchors first, the others between the anchors nearest to them."""
    if len(profiles) <= MOST_ANCHORS:
        return _place_anchors(profiles)
    anchors = np.linspace(0, len(profiles) - 1, MOST_ANCHORS).astype(np.int64)
    found = _place_anchors(profiles[anchors])
    alike = np.round(_to_unit(profiles) @ _to_unit(profiles[anchors]).T, DIGITS + 1)
    nearest = np.argsort(-alike, axis=1, kind="stable")[:, :N_NEAREST]
    weights: NDArray[np.float64] = 1 / (1 - np.take_along_axis(alike, nearest, axis=1) + 10.0**-DIGITS)
    weights = weights / weights.sum(axis=1, keepdims=True)
    placed: NDArray[np.float64] = (found[nearest] * weights[:, :, None]).sum(axis=1)
    placed[anchors] = found
    return placed


def _place_anchors(profiles: NDArray[np.float64]) -> NDArray[np.float64]:
    """Place profiles by their neighbours where there are enough, else by scaling."""
    apart = _measure_distances(profiles)
    start = _nudge_apart(_scale_classically(apart))
    if len(profiles) < FEWEST_FOR_NEIGHBOURS:
        return start
    from sklearn.manifold import TSNE

    width = float(start[:, 0].std())
    placer = TSNE(
        2,
        perplexity=min(PERPLEXITY, (len(profiles) - 1) / 3),
        metric="precomputed",
        init=(start / max(width, 1e-12) * START_SPREAD).astype(np.float32),
        max_iter=N_ROUNDS,
        random_state=0,
        n_jobs=1,
    )
    found: NDArray[np.float64] = placer.fit_transform(apart.astype(np.float32)).astype(np.float64)
    return found


def _measure_distances(profiles: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the cosine distances between rows, 0 (same direction) to 1 (nothing in common)."""
    unit = _to_unit(profiles)
    apart: NDArray[np.float64] = np.clip(1 - unit @ unit.T, 0, 1).round(DIGITS + 1)
    np.fill_diagonal(apart, 0)
    return apart


def _to_unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    unit: NDArray[np.float64] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return unit


def _scale_classically(apart: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return coordinates that keep distances as well as two axes can (classical scaling)."""
    from scipy.linalg import eigh

    n = len(apart)
    squares = apart**2
    means = squares.mean(axis=0)
    inner = -0.5 * (squares - means - means[:, None] + squares.mean())
    wanted = [max(n - 2, 0), n - 1]
    values, axes = eigh(inner, subset_by_index=wanted)
    places = np.zeros((n, 2))
    for column, (value, axis) in enumerate(
        sorted(zip(values, axes.T, strict=True), key=lambda pair: -pair[0])
    ):
        places[:, column] = axis * np.sqrt(max(value, 0.0))
    return _fix_signs(places)


def _nudge_apart(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Move each place a little in a direction of its own."""
    turn = GOLDEN_ANGLE * np.arange(len(places))
    width = float(places.std(axis=0).max()) or 1.0
    return places + NUDGE * width * np.column_stack([np.cos(turn), np.sin(turn)])


def _spread_alike(
    centres: NDArray[np.float64], profile_of: NDArray[np.int64], texts: Sequence[str]
) -> NDArray[np.float64]:
    """Lay texts of one profile around it like the seeds of a sunflower, in the order of their words."""
    by_words = sorted(range(len(texts)), key=lambda text: (texts[text], text))
    order = np.array(by_words, np.int64)[np.argsort(profile_of[by_words], kind="stable")]
    sizes = np.bincount(profile_of)
    first = np.cumsum(sizes) - sizes
    seat = np.empty(len(texts), np.int64)
    seat[order] = np.arange(len(texts)) - first[profile_of[order]]
    radius = SPREAD * _measure_gap(centres) * np.sqrt(seat / sizes[profile_of])
    turn = GOLDEN_ANGLE * seat
    spread: NDArray[np.float64] = centres[profile_of] + radius[:, None] * np.column_stack(
        [np.cos(turn), np.sin(turn)]
    )
    return spread


def _measure_gap(centres: NDArray[np.float64]) -> float:
    """Return the usual distance from a place to its nearest neighbour; 1 where there is none."""
    from scipy.spatial import KDTree

    if len(centres) < 2:
        return 1.0
    nearest, _ = KDTree(centres).query(centres, k=2)
    return float(np.median(nearest[:, 1])) or 1.0


def _frame(places: NDArray[np.float64]) -> NDArray[np.float32]:
    """Turn the long side across, and fit everything between -1 and 1."""
    from scipy.linalg import eigh

    centred = places - places.mean(axis=0)
    _, axes = eigh(centred.T @ centred)
    turned = _fix_signs(centred @ axes[:, ::-1])
    middle = (turned.max(axis=0) + turned.min(axis=0)) / 2
    turned -= middle
    largest = float(np.abs(turned).max())
    framed: NDArray[np.float32] = np.round(turned / (largest or 1.0), DIGITS).astype(np.float32)
    return framed


def _fix_signs(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Let the outermost place of each axis be on its positive side: which way is up is a choice."""
    rounded = np.round(places, DIGITS + 2)
    outermost = np.abs(rounded).argmax(axis=0)
    signs = np.sign(rounded[outermost, np.arange(places.shape[1])])
    return places * np.where(signs < 0, -1.0, 1.0)
