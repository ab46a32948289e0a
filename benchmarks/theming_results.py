"""What was measured, one row for each fit, kept in `results/` so that tables can be made anew from it."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import mean
from typing import Any

from benchmarks.places import RESULTS, hash_engine

Row = dict[str, Any]
DIGITS = 4


@dataclass(frozen=True)
class Choices:
    """Hold how much is measured, and of which systems."""

    quick: bool
    systems: tuple[str, ...]

    @property
    def n_seeds(self) -> int:
        """Return the number of samples of each set."""
        return 1 if self.quick else 5

    @property
    def n_resamples(self) -> int:
        """Return the number of 90 % samples."""
        return 3 if self.quick else 10

    @property
    def n_rounds(self) -> int:
        """Return the number of cold processes of each system."""
        return 1 if self.quick else 3


@dataclass(frozen=True)
class Goal:
    """Hold one goal, what was measured, and whether that is enough."""

    name: str
    what: str
    wanted: str
    measured: str
    is_met: bool


@dataclass(frozen=True)
class Part:
    """Hold one part of the benchmark: how it is measured, shown and held against its goals."""

    measure: Callable[[Choices], list[Row]]
    write_tables: Callable[[Sequence[Row]], Iterable[str]]
    list_goals: Callable[[Sequence[Row]], Iterable[Goal]]


def read_rows(part: str) -> list[Row]:
    """Return the rows that were kept of one part."""
    file = RESULTS / f"{part}.json"
    return json.loads(file.read_text(encoding="utf-8"))["rows"] if file.is_file() else []


def keep_rows(part: str, measured: Sequence[Row], choices: Choices) -> None:
    """Keep new rows in the place of the old rows of the same systems; others stay."""
    others = [row for row in read_rows(part) if row["system"] not in choices.systems]
    rows = [json.dumps(_shorten(row), ensure_ascii=False) for row in [*measured, *others]]
    RESULTS.mkdir(exist_ok=True)
    listed = ",\n".join(rows)
    (RESULTS / f"{part}.json").write_text(f'{{"rows": [\n{listed}\n]}}\n', encoding="utf-8")


def stamp(row: Row) -> Row:
    """Add the day, and which state of our engine was measured."""
    day = datetime.now(UTC).date().isoformat()
    return {**row, "day": day} | ({"engine": hash_engine()} if row["system"] == "ours" else {})


def average(rows: Iterable[Row], measure: str) -> float | None:
    """Return the mean of one measure, or None where nothing was measured."""
    values = [row[measure] for row in rows if row.get(measure) is not None]
    return mean(values) if values else None


def average_over_sets(rows: Sequence[Row], measure: str) -> float | None:
    """Return the mean over sets of their means, so that each set counts once."""
    sets = dict.fromkeys(row["set"] for row in rows)
    means = [average((row for row in rows if row["set"] == name), measure) for name in sets]
    return mean(each for each in means if each is not None) if means else None


def _shorten(row: Row) -> Row:
    return {key: round(value, DIGITS) if isinstance(value, float) else value for key, value in row.items()}
