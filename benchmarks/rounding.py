"""Measure what rounding for speed does to themes: agreement with people's codes, on whole public sets.

Run from the project's folder: ``python -m benchmarks.rounding``; writes its table in `benchmarks/scale.md`.
Each set is themed exactly, rounded, and exactly from another seed: so far themes differ by chance alone.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.find_with_ours import open_embedder
from benchmarks.marked_page import write_between_marks, write_row
from benchmarks.theming_sets import CATCH_ALL, check_data, read_rows
from benchmarks.vectors_on_disk import VectorsOnDisk
from theming.engine import find_themes
from theming.settings import ThemingSettings

PAGE = Path(__file__).with_name("scale.md")
SETS = ("nhs_fft_phase1_fine", "banking77")
EXACT = ThemingSettings(n_exact=1_000_000)
ROUNDED = ThemingSettings(n_exact=1)
BY_CHANCE = ThemingSettings(n_exact=1_000_000, seed=EXACT.seed + 1)
COLUMNS = (
    "set", "texts", "themes, exact", "themes, rounded", "AMI with codes, exact", "AMI with codes, rounded",
    "AMI with codes, other seed", "ARI, rounded to exact", "ARI, other seed to exact",
)  # fmt: skip


@dataclass(frozen=True)
class Themed:
    """Hold the theme of each text, -1 for those that say nothing."""

    labels: NDArray[np.int64]
    n_themes: int


def main() -> None:
    """Theme each set three times and write the table."""
    check_data()
    lines = ["", write_row(*COLUMNS), write_row(*("---" for _ in COLUMNS))]
    for name in SETS:
        lines.append(write_row(*_measure(name)))
        print(lines[-1], file=sys.stderr)
    write_between_marks(PAGE, "rounding", lines)


def _measure(name: str) -> Iterator[str]:
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

    rows = [row for row in read_rows(name) if row["label"] not in CATCH_ALL]
    texts, codes = [row["text"] for row in rows], [row["label"] for row in rows]
    exact, rounded, by_chance = (_theme(texts, settings) for settings in (EXACT, ROUNDED, BY_CHANCE))
    yield from (name, f"{len(texts):,}", str(exact.n_themes), str(rounded.n_themes))
    for themed in (exact, rounded, by_chance):
        yield f"{adjusted_mutual_info_score(codes, themed.labels):.3f}"
    for themed in (rounded, by_chance):
        yield f"{adjusted_rand_score(exact.labels, themed.labels):.2f}"


def _theme(texts: Sequence[str], settings: ThemingSettings) -> Themed:
    result = find_themes(texts, settings=settings, embedder=open_embedder(), cache=VectorsOnDisk())
    return Themed(result.cut(result.chosen_n).theme_of_text, result.chosen_n)


if __name__ == "__main__":
    main()
