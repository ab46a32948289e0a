"""T8: any number of themes at once, from the tree that is there."""

import time
from collections.abc import Iterator, Sequence

from benchmarks.find_with_ours import run_engine
from benchmarks.found import OURS
from benchmarks.theming_page import write_table
from benchmarks.theming_results import Choices, Goal, Part, Row, stamp
from benchmarks.theming_stability import list_bodies
from theming.results import ThemingResult

SLOWEST_WANTED = 100.0
N_TRIES = 3
"""Tries of each cut, of which the fastest counts.

Rationale: a cut takes about a millisecond, less than the machine's own hiccups.
"""


def measure(choices: Choices) -> list[Row]:
    """Return the slowest of all cuts on two sets."""
    if OURS not in choices.systems:
        return []
    rows = []
    for name, texts in list(list_bodies())[:2]:
        result = run_engine(texts)
        slowest = max(_time_cut(result, n) for n in range(2, result.n_leaves + 1))
        rows.append(
            stamp({"set": name, "system": OURS, "slowest_ms": 1000 * slowest, "n_leaves": result.n_leaves})
        )
    return rows


def _time_cut(result: ThemingResult, n_themes: int) -> float:
    took = []
    for _ in range(N_TRIES):
        started = time.perf_counter()
        result.cut(n_themes)
        took.append(time.perf_counter() - started)
    return min(took)


def list_goals(rows: Sequence[Row]) -> Iterator[Goal]:
    """Yield the goal of T8."""
    if rows:
        slowest = max(row["slowest_ms"] for row in rows)
        met = slowest <= SLOWEST_WANTED
        yield Goal("T8", "slowest cut of the tree", "100 ms or less", f"{slowest:.1f} ms", met)


def write_tables(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the slowest cuts."""
    yield from write_table(
        "T8: the slider",
        ("set", "slowest cut (ms)", "most themes"),
        [(row["set"], f"{row['slowest_ms']:.1f}", str(row["n_leaves"])) for row in rows],
    )


SLIDER = Part(measure, write_tables, list_goals)
