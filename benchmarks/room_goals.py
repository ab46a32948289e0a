"""What a run of the room's benchmark has to reach (R1 and R2), and how it is shown."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from benchmarks.room_clients import Seen

BACK_WITHIN_S = 5.0
PAGES_WITHIN_S = 1.0


@dataclass(frozen=True)
class Figures:
    """The figures of one run; times in milliseconds unless the name says otherwise.

    ``lost`` counts acknowledged moves that are not in the record, ``twice`` those that are there more than
    once, ``unseen`` the moves that a page was never given (each page counts), and ``out_of_order`` the pages
    that got numbers out of order or twice over.
    """

    seats: int
    moves_per_second: float
    seconds: float
    seen_p50: float
    seen_p95: float
    seen_most: float
    answered_p95: float
    join_p95: float
    pages_s: float
    state_p95: float
    cpu_share: float
    memory_mb: float
    memory_grown_mb: float
    kb_per_seat: float
    acknowledged: int
    lost: int
    twice: int
    unseen: int
    out_of_order: int
    back_after_cut_s: float
    back_after_kill_s: float

    def to_json(self) -> dict[str, float]:
        """Return the figures rounded, by name."""
        return {name: round(figure, 3) for name, figure in asdict(self).items()}


def find_seen_limit(n_seats: int) -> float:
    """Return within how many milliseconds 95 in 100 moves must be seen by everybody else.

    Examples
    --------
    >>> find_seen_limit(100), find_seen_limit(1000)
    (75.0, 250.0)
    """
    return 75.0 if n_seats <= 100 else 250.0


def list_missed(figures: Figures) -> list[str]:
    """Name the goals that were missed."""
    return list(_find_missed(figures))


def _find_missed(figures: Figures) -> Iterator[str]:
    limit = find_seen_limit(figures.seats)
    if figures.seen_p95 > limit:
        yield f"R1: a move is seen within {figures.seen_p95:.0f} ms (p95); wanted: {limit:.0f} ms"
    if figures.seats <= 100 and figures.pages_s > PAGES_WITHIN_S:
        yield f"R1: all pages are served in {figures.pages_s:.1f} s; wanted: {PAGES_WITHIN_S:.0f} s"
    for name in ("lost", "twice", "unseen", "out_of_order"):
        if getattr(figures, name):
            yield f"R2: {getattr(figures, name)} {name.replace('_', ' ')}"
    for name, what in (("back_after_cut_s", "connections were cut"), ("back_after_kill_s", "kill -9")):
        if getattr(figures, name) > BACK_WITHIN_S:
            yield f"R2: everybody is back {getattr(figures, name):.1f} s after {what}; wanted: 5 s"


def quantile(figures: list[float], share: float) -> float:
    """Return the figure that so large a share of the figures does not exceed; share in (0, 1)."""
    return statistics.quantiles(figures, n=100)[round(share * 100) - 1]


def count_faults(seen: Seen, kept_ops: list[str], newest: int, first: int) -> dict[str, int]:
    """Hold what pages were given and what was acknowledged against the record.

    Parameters
    ----------
    seen : Seen
    kept_ops : list of str
        The client's numbers of all events in the record.
    newest, first : int
        Numbers of the last event, and of the last before anybody watched.
    """
    times = Counter(kept_ops)
    wanted = list(range(first + 1, newest + 1))
    return {
        "acknowledged": len(seen.acknowledged),
        "lost": sum(times[op] == 0 for op in seen.acknowledged),
        "twice": sum(n > 1 for n in times.values()),
        "unseen": sum(len(set(wanted) - set(numbers)) for numbers in seen.numbers),
        "out_of_order": sum(numbers != sorted(set(numbers)) for numbers in seen.numbers),
    }


def write_table(figures: Figures) -> str:
    """Write the figures as a table with one line each."""
    rows = "\n".join(
        f"| {name.replace('_', ' ')} | {figure:g} |" for name, figure in figures.to_json().items()
    )
    return f"| | |\n|---|--:|\n{rows}"
