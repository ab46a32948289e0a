"""Measure the engine on very many real texts and write the table of `benchmarks/scale.md`.

Run from the project's folder: ``python -m benchmarks.scale``. Each size runs in a whole cold process.
``--sizes`` takes other sizes; ``--record`` keeps vectors in a record, so that the steps after the embedding
are seen by themselves the next time.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.theming_sets import check_data

PAGE = Path(__file__).with_name("scale.md")
START, END = "<!-- scale: written by benchmarks/scale.py -->", "<!-- scale: end -->"
SIZES = (12_500, 25_000, 50_000, 100_000)
COLUMNS = ("texts", "step", "wall (s)", "processor (s)", "most memory (MB)")


def main() -> None:
    """Measure each size in a process of its own, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--record", default="", help="address of a record that keeps the vectors")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    check_data()
    rows = [_row(*COLUMNS), _row(*("---" for _ in COLUMNS))]
    for n_texts in given.sizes:
        rows.extend(_list_rows(_run_process(n_texts, given.record, given.threads)))
        _write_table("\n".join(rows))
    print("\n".join(rows))


def _run_process(n_texts: int, record: str, n_threads: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.scale_process", str(n_texts), record, str(n_threads)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _list_rows(took: dict[str, Any]) -> Iterator[str]:
    n_texts = f"{took['texts']:,}"
    for step, each in took["steps"].items():
        yield _row(n_texts, step, f"{each['wall']:.1f}", f"{each['cpu']:.1f}", f"{each['peak_mb']:.0f}")
    whole = f"**all**; reported share off by at most {took['largest_gap']:.2f}"
    yield _row(n_texts, whole, f"{took['wall']:.1f}", f"{took['cpu']:.1f}", f"{took['peak_mb']:.0f}")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _write_table(table: str) -> None:
    """Put the table between the two marks of the page."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{START}\n\n{table}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
