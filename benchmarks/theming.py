"""Measure theming beside its peers on real public text, and write the tables of `benchmarks/README.md`.

Run from the project's folder: ``python -m benchmarks.theming``; `--help` tells how to measure less.
"""

import argparse
from collections.abc import Iterator

from benchmarks.found import SYSTEMS
from benchmarks.theming_agreement import AGREEMENT
from benchmarks.theming_cold import COLD
from benchmarks.theming_page import put_on_page, write_goals
from benchmarks.theming_results import Choices, keep_rows, read_rows
from benchmarks.theming_sets import check_data
from benchmarks.theming_slider import SLIDER
from benchmarks.theming_stability import STABILITY
from benchmarks.theming_sureness import SURENESS

PARTS = {"cold": COLD, "agreement": AGREEMENT, "stability": STABILITY, "slider": SLIDER, "sureness": SURENESS}


def main() -> None:
    """Measure what was asked for, keep the rows, and write all tables anew."""
    asked = _make_parser().parse_args()
    choices = Choices(asked.quick, tuple(asked.systems))
    if not asked.tables:
        check_data()
        for name in (name for name in PARTS if name in asked.only):
            keep_rows(name, PARTS[name].measure(choices), choices)
    put_on_page(_write_page())


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.theming", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one sample of each set, three resamples")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="measure only these")
    parser.add_argument(
        "--systems",
        nargs="+",
        choices=SYSTEMS,
        default=SYSTEMS,
        help="measure only these; keep the others' rows",
    )
    parser.add_argument(
        "--tables", action="store_true", help="measure nothing; write the tables from results/"
    )
    return parser


def _write_page() -> Iterator[str]:
    rows = {name: read_rows(name) for name in PARTS}
    yield from write_goals(goal for name, part in PARTS.items() for goal in part.list_goals(rows[name]))
    for name, part in PARTS.items():
        if rows[name]:
            yield from part.write_tables(rows[name])


if __name__ == "__main__":
    main()
