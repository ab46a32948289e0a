"""No hidden number can be worked out from the table: a solver tries, on any table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from engagement.small_numbers import choose_joined, protect_counts

THRESHOLD = 5


@st.composite
def tables(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Any table of counts, mostly small ones, and from how many people each cell comes."""
    n_rows, n_columns = draw(st.integers(2, 5)), draw(st.integers(2, 4))
    cell = st.one_of(st.integers(0, 4), st.integers(0, 30))
    counts = draw(st.lists(cell, min_size=n_rows * n_columns, max_size=n_rows * n_columns))
    shares = draw(st.lists(st.integers(1, 4), min_size=len(counts), max_size=len(counts)))
    cells = np.array(counts).reshape(n_rows, n_columns)
    people = np.array([-(-count // share) for count, share in zip(counts, shares, strict=True)])
    return cells, people.reshape(n_rows, n_columns)


def solve_range(cells: np.ndarray, hidden: list[tuple[int, int]], asked: int) -> tuple[int, int]:
    """Find between which numbers a hidden cell must lie, knowing all else and all totals."""
    n_rows, n_columns = cells.shape
    equations = np.zeros((n_rows + n_columns, len(hidden)))
    left = np.zeros(n_rows + n_columns)
    for place, (row, column) in enumerate(hidden):
        equations[row, place] = equations[n_rows + column, place] = 1
        left[row] += cells[row, column]
        left[n_rows + column] += cells[row, column]
    ends = []
    for sign in (1, -1):
        aim = np.zeros(len(hidden))
        aim[asked] = sign
        solved = linprog(aim, A_eq=equations, b_eq=left, bounds=(0, None))
        assert solved.status == 0
        ends.append(round(sign * solved.fun))
    return ends[0], ends[1]


def measure_freedom(cells: np.ndarray, row: int, column: int) -> int:
    across, down = cells[row].sum(), cells[:, column].sum()
    return min(across, down) - max(0, across + down - cells.sum())


@settings(max_examples=30, deadline=None)
@given(tables())
def test_no_hidden_number_can_be_worked_out_from_the_rest_and_the_totals(drawn) -> None:
    cells, people = drawn
    shown = protect_counts(cells.tolist(), people.tolist(), THRESHOLD)
    hidden = [(r, c) for r, row in enumerate(shown) for c, cell in enumerate(row) if cell is None]
    is_one_line = min((cells.sum(axis=0) > 0).sum(), (cells.sum(axis=1) > 0).sum()) < 2

    for place, (row, column) in enumerate(hidden):
        low, high = solve_range(cells, hidden, place)
        assert high - low >= 1
        if 0 < people[row, column] < THRESHOLD:
            assert high - low >= min(THRESHOLD, measure_freedom(cells, row, column))
    for row, column in np.ndindex(*cells.shape):
        is_small = 0 < people[row, column] < THRESHOLD
        assert not (is_small and shown[row][column] is not None) or is_one_line


def test_the_solver_finds_out_what_hiding_small_numbers_alone_gives_away() -> None:
    cells = np.array([[3, 20, 7], [9, 14, 30]])

    assert solve_range(cells, [(0, 0)], 0) == (3, 3)


def test_what_is_large_enough_is_shown_as_it_is() -> None:
    assert protect_counts([[5, 0], [12, 40]], [[5, 0], [9, 38]]) == ((5, 0), (12, 40))


def test_many_voices_of_few_people_are_hidden_too() -> None:
    shown = protect_counts([[7, 20, 9], [9, 14, 30]], [[1, 20, 9], [9, 14, 30]])

    assert shown[0][0] is None


def test_few_numbers_are_hidden_in_a_large_table() -> None:
    rng = np.random.default_rng(614)
    cells = rng.integers(5, 40, (19, 6))
    cells[4, 2] = 2

    shown = protect_counts(cells.tolist(), cells.tolist())

    assert sum(cell is None for row in shown for cell in row) == 4


@pytest.mark.parametrize(
    ("people", "joined"),
    [
        ({"A": 40, "B": 12}, set()),
        ({"A": 40, "B": 12, "C": 2}, {"B", "C"}),
        ({"A": 40, "B": 12, "C": 2, "D": 4}, {"C", "D"}),
        ({"A": 3}, {"A"}),
        ({}, set()),
    ],
)
def test_areas_of_few_people_are_counted_as_one(people: dict[str, int], joined: set[str]) -> None:
    assert choose_joined(people) == joined
