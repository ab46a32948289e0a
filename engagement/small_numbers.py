"""Small numbers of people in a table: hidden, together with whatever would give them away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

THRESHOLD = 5
"""Fewest people whose number is shown.

Rationale: most councils hide what is under 5; one or two people in a ward can be known by their neighbours.
"""
Counts: TypeAlias = NDArray[np.int64]
Table: TypeAlias = tuple[tuple[int | None, ...], ...]


def protect_counts(
    counts: Sequence[Sequence[int]], people: Sequence[Sequence[int]], threshold: int = THRESHOLD
) -> Table:
    """Hide cells of a table whose row and column totals are known; None stands for a hidden cell.

    A cell is small when it comes from 1 to ``threshold`` - 1 people. Each small cell is hidden together with
    further cells, so that by the totals it might be any of ``threshold`` + 1 numbers (or of as many as its
    totals allow), and no hidden cell can be worked out. Where that cannot be had, all cells are hidden.

    Parameters
    ----------
    counts : sequence of sequence of int
        What would be shown; 0 or more.
    people : sequence of sequence of int
        From how many people each of them comes.

    References
    ----------
    Repsilber (1994), the hypercube method: a cell in a rectangle of four hidden cells can move by as much as
    the smaller of the cells that move against it.
    """
    cells = np.array(counts, np.int64)
    small = (np.array(people, np.int64) > 0) & (np.array(people, np.int64) < threshold)
    if min(np.count_nonzero(cells.sum(axis=axis)) for axis in (0, 1)) < 2:
        return _write_table(cells, np.zeros(cells.shape, bool))
    hidden = small.copy()
    for row, column in sorted(np.argwhere(small).tolist(), key=lambda at: (-cells[at[0], at[1]], at)):
        if not _hide_around(cells, hidden, row, column, threshold):
            holds_something = np.outer(cells.any(axis=1), cells.any(axis=0))
            return _write_table(cells, holds_something)
    return _write_table(cells, hidden)


def choose_joined(people: Mapping[str, int], threshold: int = THRESHOLD) -> frozenset[str]:
    """Choose the classes to be counted as one, so that every class that is shown holds enough people.

    Examples
    --------
    >>> sorted(choose_joined({"Belgrave": 40, "Evington": 2, "Rushey Mead": 9}))
    ['Evington', 'Rushey Mead']
    """
    by_size = sorted(people, key=lambda name: (people[name], name))
    joined: list[str] = []
    for name in by_size:
        if people[name] >= threshold and (not joined or sum(people[each] for each in joined) >= threshold):
            break
        joined.append(name)
    return frozenset(joined)


def _hide_around(cells: Counts, hidden: NDArray[np.bool_], row: int, column: int, threshold: int) -> bool:
    """Hide rectangles around a small cell until it can move far enough; tell whether it can."""
    wanted = min(threshold, _measure_freedom(cells, row, column))
    may_fall = int(cells[row, column])
    rows_left, columns_left = np.ones(len(cells), bool), np.ones(cells.shape[1], bool)
    rows_left[row] = columns_left[column] = False
    while wanted > 0:
        rise = np.minimum(cells[row][None, :], cells[:, column][:, None])
        fall = np.minimum(cells, may_fall)
        gain = np.minimum(rise + fall, wanted) * np.outer(rows_left, columns_left)
        if not gain.any():
            return False
        price = _price_corners(cells, hidden, row, column)
        best = np.where(gain > 0, price / np.maximum(gain, 1), np.inf).argmin()
        other_row, other_column = (int(place) for place in np.unravel_index(best, cells.shape))
        hidden[row, other_column] = hidden[other_row, column] = hidden[other_row, other_column] = True
        rows_left[other_row] = columns_left[other_column] = False
        may_fall -= int(fall[other_row, other_column])
        wanted -= int(gain[other_row, other_column])
    return True


def _measure_freedom(cells: Counts, row: int, column: int) -> int:
    """Return by how much a cell could differ if every cell were hidden (Fréchet's bounds)."""
    across, down, everything = int(cells[row].sum()), int(cells[:, column].sum()), int(cells.sum())
    return min(across, down) - max(0, across + down - everything)


def _price_corners(cells: Counts, hidden: NDArray[np.bool_], row: int, column: int) -> NDArray[np.float64]:
    """Return what hiding the other three corners of each rectangle would take away from readers."""
    price: NDArray[np.float64] = np.where(hidden, 0.0, cells + 1.0)
    total: NDArray[np.float64] = price + price[row][None, :] + price[:, column][:, None]
    return total


def _write_table(cells: Counts, hidden: NDArray[np.bool_]) -> Table:
    return tuple(
        tuple(None if is_hidden else int(cell) for cell, is_hidden in zip(row, mask, strict=True))
        for row, mask in zip(cells.tolist(), hidden.tolist(), strict=True)
    )
