"""The page with the room's table: each run puts its own row there, in place of the one it had before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.marked_page import write_between_marks, write_head, write_row
from benchmarks.room_goals import BACK_WITHIN_S, PAGES_WITHIN_S, Figures, find_seen_limit, list_missed

HERE = Path(__file__).parent
PAGE = HERE / "room.md"
RUNS = HERE / "results" / "room.json"
SEEN_COLUMNS = (
    "run", "seen p50 / p95 (ms)", "by the other process p95", "in browsers p50 / p95", "wanted (p95)",
    "100 pages (s)", "server, one core", "kB for each seat", "missed",
)  # fmt: skip
FAULT_COLUMNS = (
    "run", "acknowledged", "lost", "twice", "unseen", "out of order", "disagreeing", "cuts",
    "back after all cut (s)", "back after kill -9 (s)",
)  # fmt: skip
LONG_COLUMNS = (
    "run", "minutes", "memory (MB)", "MB an hour", "open files an hour", "screens run again",
    "of these p95 (ms)", "machine's load",
)  # fmt: skip


def keep_run(name: str, figures: Figures) -> None:
    """Keep the figures of a run under its name, and write the page anew."""
    runs = json.loads(RUNS.read_text(encoding="utf-8")) if RUNS.exists() else {}
    runs[name] = figures.to_json()
    RUNS.write_text(json.dumps(runs, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    write_between_marks(PAGE, "room", write_tables({each: Figures(**kept) for each, kept in runs.items()}))


def name_run(figures: Figures) -> str:
    """Name a run by what it was asked for; the same again takes the same row."""
    parts = [f"{figures.seats} seats, {figures.moves_per_second:g} moves/s"]
    if figures.processes > 1:
        parts.append(f"{figures.processes} processes on PostgreSQL")
    if figures.browsers:
        parts.append(f"{figures.browsers} browsers")
    if figures.desks:
        parts.append(f"{figures.desks} Streamlit screens")
    if figures.cuts:
        parts.append("lines cut at random")
    if figures.seconds >= 600:
        parts.append(f"{figures.seconds / 60:.0f} minutes")
    return ", ".join(parts)


def write_tables(runs: dict[str, Figures]) -> Iterator[str]:
    """Write what was seen and how soon, what faults cost, and what a long run takes."""
    rows = sorted(runs.items(), key=lambda run: (run[1].seats, run[0]))
    yield from write_head("How soon a move is seen (R1)", SEEN_COLUMNS)
    yield from (write_row(name, *_tell_seen(each)) for name, each in rows)
    yield from write_head(f"What faults cost (R2; wanted: 0, and back in {BACK_WITHIN_S:g} s)", FAULT_COLUMNS)
    yield from (write_row(name, *_tell_faults(each)) for name, each in rows)
    yield from write_head("What it takes", LONG_COLUMNS)
    yield from (write_row(name, *_tell_long(each)) for name, each in rows)


def _tell_seen(run: Figures) -> Iterator[str]:
    yield _tell_pair(run.seen_p50, run.seen_p95)
    yield _tell(run.across_p95)
    yield _tell_pair(run.browsers_p50, run.browsers_p95)
    yield f"{find_seen_limit(run.seats):.0f}"
    limit = f" (wanted: {PAGES_WITHIN_S:g})" if run.seats <= 100 else f" ({run.seats} pages)"
    yield f"{run.pages_s:.1f}{limit}"
    yield f"{run.cpu_share:.0%}"
    yield f"{run.kb_per_seat:.0f}"
    yield "; ".join(list_missed(run)) or "nothing"


def _tell_faults(run: Figures) -> Iterator[str]:
    yield from map(str, (run.acknowledged, run.lost, run.twice, run.unseen))
    yield from map(str, (run.out_of_order, run.disagreeing, run.cuts))
    yield f"{run.back_after_cut_s:.1f}"
    yield f"{run.back_after_kill_s:.1f}"


def _tell_long(run: Figures) -> Iterator[str]:
    yield f"{run.seconds / 60:.1f}"
    yield f"{run.memory_mb:.0f}"
    is_long = run.seconds >= 600
    yield _tell(run.memory_mb_per_hour, 1) if is_long else "too short to tell"
    yield _tell(run.files_per_hour, 1) if is_long else "too short to tell"
    yield str(run.reruns)
    yield _tell(run.rerun_p95)
    yield f"{run.load:.1f}"


def _tell(figure: float | None, places: int = 0) -> str:
    return "" if figure is None else f"{figure:.{places}f}"


def _tell_pair(middle: float | None, high: float | None) -> str:
    return "" if middle is None or high is None else f"{middle:.0f} / {high:.0f}"
