"""What a run of the room's benchmark has to reach (R1 and R2), and how it is shown."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from benchmarks.room_clients import Seen

BACK_WITHIN_S = 5.0
PAGES_WITHIN_S = 1.0
LONG_RUN_S = 600.0
MOST_MB_PER_HOUR = 5.0
"""Growth of memory that counts as none.

Rationale: the line through what one quiet hour shows wavers by a few megabytes; a day of eight hours with
this growth would add a fifth to what a server holds.
"""
MOST_FILES_PER_HOUR = 5.0


@dataclass(frozen=True)
class Figures:
    """The figures of one run; times in milliseconds unless the name says otherwise; None: not measured.

    ``lost`` counts acknowledged moves that are not in the record, ``twice`` those that are there more than
    once, ``unseen`` the moves that a page was never given (each page counts), ``out_of_order`` the events
    that a page got twice or too late, and ``disagreeing`` the pages that ended with a voice elsewhere than
    the record has it.
    """

    seats: int
    moves_per_second: float
    seconds: float
    processes: int
    seen_p50: float
    seen_p95: float
    seen_most: float
    across_p95: float | None
    answered_p95: float
    browsers: int
    browsers_p50: float | None
    browsers_p95: float | None
    desks: int
    reruns: int
    rerun_p95: float | None
    join_p95: float
    pages_s: float
    state_p95: float
    cpu_share: float
    clients_cpu_share: float
    memory_mb: float
    memory_mb_per_hour: float | None
    files_per_hour: float | None
    kb_per_seat: float
    cuts: int
    acknowledged: int
    lost: int
    twice: int
    unseen: int
    out_of_order: int
    disagreeing: int
    back_after_cut_s: float
    back_after_kill_s: float
    load: float

    def to_json(self) -> dict[str, float | None]:
        """Return the figures rounded, by name."""
        named = asdict(self).items()
        return {name: None if figure is None else round(figure, 3) for name, figure in named}


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
    return [*_find_slow(figures), *_find_grown(figures), *_find_faults(figures)]


def _find_slow(figures: Figures) -> Iterator[str]:
    limit = find_seen_limit(figures.seats)
    seen = {"by plain pages": figures.seen_p95, "by the other process": figures.across_p95}
    for who, wait in (seen | {"in real browsers": figures.browsers_p95}).items():
        if wait is not None and wait > limit:
            yield f"R1: a move is seen {who} within {wait:.0f} ms (p95); wanted: {limit:.0f} ms"
    if figures.seats <= 100 and figures.pages_s > PAGES_WITHIN_S:
        yield f"R1: all pages are served in {figures.pages_s:.1f} s; wanted: {PAGES_WITHIN_S:.0f} s"


def _find_grown(figures: Figures) -> Iterator[str]:
    """Name what grew in a long run; in a short one the start alone would look like growth."""
    if figures.seconds < LONG_RUN_S:
        return
    grown = ((figures.memory_mb_per_hour, MOST_MB_PER_HOUR, "MB of memory"),)
    for growth, most, what in (*grown, (figures.files_per_hour, MOST_FILES_PER_HOUR, "open files")):
        if growth is None or growth > most:
            told = "not measured" if growth is None else f"{growth:.1f}"
            yield f"S3: {told} {what} more in an hour; wanted: none (at most {most:.0f})"


def _find_faults(figures: Figures) -> Iterator[str]:
    for name in ("lost", "twice", "unseen", "out_of_order", "disagreeing"):
        if getattr(figures, name):
            yield f"R2: {getattr(figures, name)} {name.replace('_', ' ')}"
    for name, what in (("back_after_cut_s", "connections were cut"), ("back_after_kill_s", "kill -9")):
        if getattr(figures, name) > BACK_WITHIN_S:
            yield f"R2: everybody is back {getattr(figures, name):.1f} s after {what}; wanted: 5 s"


def quantile(figures: Sequence[float], share: float) -> float:
    """Return the figure that so large a share of the figures does not exceed; share in (0, 1)."""
    return statistics.quantiles(figures, n=100)[round(share * 100) - 1]


def find_quantile(figures: Sequence[float], share: float) -> float | None:
    """Return the quantile, or None where nothing (or one thing only) was measured."""
    return quantile(figures, share) if len(figures) > 1 else None


def count_faults(
    seen: Seen, events: Iterable[tuple[str, int]], homes: Mapping[int, int], n_disagreeing: int = 0
) -> dict[str, int]:
    """Hold what pages were given and what was acknowledged against the record.

    Parameters
    ----------
    seen : Seen
    events : iterable of (str, int)
        The client's number and the number of all events in the record.
    homes : mapping
        The theme of each placed voice, as the record has it.
    n_disagreeing : int
        Real browsers that ended with another board.
    """
    kept = dict(times := list(events))
    counted = Counter(op for op, _seq in times)
    newest = max(kept.values(), default=seen.first_seq)
    return {
        "acknowledged": len(seen.acknowledged),
        "lost": sum(kept.get(op) != seq for op, seq in seen.acknowledged.items()),
        "twice": sum(n > 1 for n in counted.values()),
        "unseen": seen.unseen + sum(newest - last for last in seen.last),
        "out_of_order": seen.out_of_order,
        "disagreeing": n_disagreeing + sum(each != homes for each in seen.homes),
    }


def write_table(figures: Figures) -> str:
    """Write the figures as a table with one line each."""
    rows = "\n".join(
        f"| {name.replace('_', ' ')} | {figure:g} |"
        for name, figure in figures.to_json().items()
        if figure is not None
    )
    return f"| | |\n|---|--:|\n{rows}"
