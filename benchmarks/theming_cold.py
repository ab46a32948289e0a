"""T1: from a csv file to candidate themes, whole cold processes, run in turn."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from benchmarks.find_with_peers import OFFLINE
from benchmarks.found import BERTOPIC, OURS
from benchmarks.places import HERE, find_peers_python
from benchmarks.theming_page import write_number, write_table
from benchmarks.theming_results import Choices, Goal, Part, Row, stamp
from benchmarks.theming_sets import REAL_TEXTS

SET, N_TEXTS = "bowling_green", 607
WALL_WANTED, MEMORY_WANTED = 1 / 6, 1 / 4


def measure(choices: Choices) -> list[Row]:
    """Return what each process took; systems take turns, so that a busy minute meets them all."""
    file = str(REAL_TEXTS / f"{SET}.csv")
    commands = {
        OURS: [sys.executable, "-m", "engagement", "theme", file, "--out"],
        BERTOPIC: [str(find_peers_python()), "-P", str(HERE / "peer_cold.py"), file],
    }
    rows = []
    for number in range(choices.n_rounds):
        for system in (system for system in commands if system in choices.systems):
            took = run_cold(commands[system])
            rows.append(stamp({"set": SET, "system": system, "round": number} | took))
            print(system, took, file=sys.stderr)
    return rows


def run_cold(command: Sequence[str]) -> Row:
    """Run one process that writes into a folder; return wall and processor seconds, and peak memory."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        measured = subprocess.run(
            [sys.executable, "-I", "-S", str(HERE / "measure_process.py"), *command, folder],
            cwd=HERE.parent,
            env=os.environ | OFFLINE,
            capture_output=True,
            check=True,
        )
        took: Row = json.loads(measured.stdout)
        written = ", ".join(path.name for path in Path(folder).iterdir()) or "nothing"
    code = took.pop("code")
    if code or written == "nothing":
        raise SystemExit(f"{' '.join(command)} ended with {code} and wrote {written}.")
    return took | {"load": load}


def list_goals(rows: Sequence[Row]) -> Iterator[Goal]:
    """Yield the goals of T1."""
    ours, theirs = (_take_medians(rows, system) for system in (OURS, BERTOPIC))
    if not ours or not theirs:
        return
    wanted = {"wall": ("wall time", WALL_WANTED), "peak_mb": ("peak memory", MEMORY_WANTED)}
    for measured, (what, most) in wanted.items():
        times = theirs[measured] / ours[measured]
        yield Goal(
            "T1",
            f"{what} of the cold process, {N_TEXTS} texts, against BERTopic's",
            f"1/{1 / most:.0f} or less",
            f"1/{times:.1f}",
            times >= 1 / most,
        )


def _take_medians(rows: Sequence[Row], system: str) -> dict[str, float]:
    own = [row for row in rows if row["system"] == system]
    return {name: median(row[name] for row in own) for name in ("wall", "cpu", "peak_mb", "load") if own}


def write_tables(rows: Sequence[Row]) -> Iterator[str]:
    """Yield what whole processes took."""
    names = {OURS: "ours (`python -m engagement theme`)", BERTOPIC: "BERTopic (`peer_cold.py`)"}
    taken = {system: _take_medians(rows, system) for system in names}
    rounds = max((row["round"] + 1 for row in rows), default=0)
    yield from write_table(
        f"T1: from csv to themes, whole cold process, {N_TEXTS} civic statements, median of {rounds}",
        ("system", "wall (s)", "processor (s)", "peak memory (MB)", "load of the machine"),
        [
            (names[system], *(write_number(took.get(name), 1) for name in ("wall", "cpu", "peak_mb", "load")))
            for system, took in taken.items()
        ],
    )


COLD = Part(measure, write_tables, list_goals)
