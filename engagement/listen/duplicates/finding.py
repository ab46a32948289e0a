"""Finding texts that are nearly the same among very many, without comparing each with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from engagement.listen.duplicates.comparing import (
    MIN_LIKENESS,
    MIN_WORDS,
    Words,
    measure_likeness,
    read_words,
)

LETTERS = 4
N_HASHES = 128
N_ROWS = 4
# Rationale: with 32 bands of 4, two texts that share half of their pieces are compared with a chance of 87 %,
# of those that share 0.6 of them 99 %.
MIN_SHARED_HASHES = 0.4
MANY_IN_A_BUCKET = 24
PIECES_AT_ONCE = 200_000
PAIRS_AT_ONCE = 50_000
SEED = 614

Numbers = NDArray[np.uint64]


@dataclass(frozen=True)
class LikeTexts:
    """Texts that are nearly the same: the first of them, and the others with their likeness to it.

    Texts are named by their place in what was asked, likeness runs from ``MIN_LIKENESS`` to 1.
    """

    first: int
    others: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Likenesses:
    """All groups of like texts; ``n_short`` texts are equal to another one and too short to tell anything."""

    groups: tuple[LikeTexts, ...]
    n_short: int


def find_like(texts: Sequence[str]) -> Likenesses:
    """Find groups of texts that are nearly the same.

    MinHash signatures of pieces of four letters, cut into bands, give the pairs worth comparing; these are
    compared word by word. A text belongs to the earliest text that it is like.

    Parameters
    ----------
    texts : sequence of str
        In the order in which they came in; 100,000 need some 200 MB.

    References
    ----------
    Broder (1997), On the resemblance and containment of documents; Leskovec, Rajaraman and Ullman, Mining of
    Massive Datasets, chapter 3.
    """
    words = [read_words(text) for text in texts]
    equal: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, each in enumerate(words):
        equal[each.folded].append(place)
    long = [places for folded, places in equal.items() if len(folded) >= MIN_WORDS]
    n_short = sum(len(places) - 1 for folded, places in equal.items() if 0 < len(folded) < MIN_WORDS)
    likeness = dict(_compare(words, long))
    return Likenesses(tuple(_gather(long, likeness)), n_short)


def _compare(words: Sequence[Words], equal: Sequence[list[int]]) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield pairs of groups of equal texts that are like each other, the earlier one first."""
    signatures = _sign([" ".join(words[places[0]].folded) for places in equal])
    for first, other in _find_candidates(signatures):
        likeness = measure_likeness(words[equal[first][0]], words[equal[other][0]])
        if likeness >= MIN_LIKENESS:
            yield (first, other), likeness


def _gather(equal: Sequence[list[int]], likeness: dict[tuple[int, int], float]) -> Iterator[LikeTexts]:
    """Put every text to the earliest one that it is like and that is not put to another one itself."""
    near: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for (first, other), share in likeness.items():
        near[first].append((other, share))
    taken: set[int] = set()
    for first, places in enumerate(equal):
        if first in taken:
            continue
        others = [(place, 1.0) for place in places[1:]]
        for other, share in near[first]:
            if other not in taken:
                taken.add(other)
                others += [(place, share) for place in equal[other]]
        if others:
            yield LikeTexts(places[0], tuple(sorted(others)))


def _sign(texts: Sequence[str]) -> NDArray[np.uint32]:
    """Compute the MinHash signature of each text from its pieces of four letters."""
    signatures = np.empty((len(texts), N_HASHES), np.uint32)
    chance = np.random.default_rng(SEED)
    factors = chance.integers(1, 2**63, N_HASHES, np.uint64) * np.uint64(2) + np.uint64(1)
    shifts = chance.integers(0, 2**63, N_HASHES, np.uint64)
    for start, end in _cut([len(text) + 2 for text in texts]):
        pieces, starts = _hash_pieces(texts[start:end])
        for number, (factor, shift) in enumerate(zip(factors, shifts, strict=True)):
            mixed = (pieces * factor + shift) >> np.uint64(32)
            signatures[start:end, number] = np.minimum.reduceat(mixed, starts)
    return signatures


def _hash_pieces(texts: Sequence[str]) -> tuple[Numbers, NDArray[np.intp]]:
    """Hash every piece of four letters, and tell where those of each text begin."""
    padded = [f" {text} ".ljust(LETTERS) for text in texts]
    lengths = np.array([len(text) for text in padded])
    letters = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), np.uint32)
    letters = letters.astype(np.uint64)
    whole = np.zeros(len(letters) - LETTERS + 1, np.uint64)
    for place in range(LETTERS):
        whole = whole * np.uint64(1_000_003) + letters[place : len(letters) - LETTERS + 1 + place]
    whole ^= whole >> np.uint64(29)
    ends = np.cumsum(lengths)
    keeps = np.ones(len(letters), bool)
    for back in range(1, LETTERS):
        keeps[ends - back] = False
    n_pieces = lengths - LETTERS + 1
    return whole[keeps[: len(whole)]], np.concatenate([[0], np.cumsum(n_pieces)[:-1]])


def _find_candidates(signatures: NDArray[np.uint32]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that share a band and enough of their signatures, in order, each once."""
    pairs = np.unique(np.fromiter(_list_bucket_pairs(signatures), np.int64))
    for start in range(0, len(pairs), PAIRS_AT_ONCE):
        first, other = np.divmod(pairs[start : start + PAIRS_AT_ONCE], len(signatures))
        shared = (signatures[first] == signatures[other]).mean(axis=1)
        is_near = shared >= MIN_SHARED_HASHES
        yield from zip(first[is_near].tolist(), other[is_near].tolist(), strict=True)


def _list_bucket_pairs(signatures: NDArray[np.uint32]) -> Iterator[int]:
    """Yield pairs of texts that share a band, each as one number: the first times the count plus the other.

    In a large bucket each text is paired with the first one and with its neighbour only.
    """
    n_texts = len(signatures)
    for band in range(0, N_HASHES, N_ROWS):
        rows = np.ascontiguousarray(signatures[:, band : band + N_ROWS])
        keys = rows.view(np.dtype((np.void, rows.dtype.itemsize * N_ROWS))).ravel()
        _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
        order = np.argsort(inverse, kind="stable")
        ends = np.cumsum(counts)
        for bucket in np.flatnonzero(counts > 1):
            members = order[ends[bucket] - counts[bucket] : ends[bucket]].tolist()
            if len(members) <= MANY_IN_A_BUCKET:
                yield from (first * n_texts + other for first, other in combinations(members, 2))
            else:
                yield from (members[0] * n_texts + other for other in members[1:])
                yield from (a * n_texts + b for a, b in pairwise(members[1:]))


def _cut(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Cut texts into runs of about ``PIECES_AT_ONCE`` letters."""
    start, n_letters = 0, 0
    for place, length in enumerate(lengths):
        n_letters += length
        if n_letters >= PIECES_AT_ONCE:
            yield start, place + 1
            start, n_letters = place + 1, 0
    if start < len(lengths):
        yield start, len(lengths)
