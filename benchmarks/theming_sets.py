"""Public sets with people's own codes, cut to the size of one engagement."""

import csv
import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REAL_TEXTS = Path(os.environ.get("ENGAGEMENT_SHARED_DATA", Path(__file__).parents[1] / "../shared/data"))
SIZE = 614
CATCH_ALL = {
    "Nothing to improve",
    "Everything was good/bad",
    "General",
    "Miscellaneous",
    "Nothing was good",
}
FEWEST_ROWS = 15


@dataclass(frozen=True)
class CodedSet:
    """Hold texts and the code that people gave each; a sample where the set is larger than one engagement."""

    name: str
    seed: int
    texts: tuple[str, ...]
    codes: tuple[str, ...]
    is_sample: bool


def check_data() -> None:
    """Stop with a plain sentence where the real texts are not beside the project."""
    if not (REAL_TEXTS / "bowling_green.csv").is_file():
        raise SystemExit(f"The real texts are missing: there is no bowling_green.csv in {REAL_TEXTS.name}.")


def read_rows(name: str) -> list[dict[str, str]]:
    """Read one file of real texts."""
    with (REAL_TEXTS / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def read_texts(name: str) -> tuple[str, ...]:
    """Read the words alone."""
    return tuple(row["text"] for row in read_rows(name))


def list_coded_sets(n_seeds: int) -> Iterator[CodedSet]:
    """Yield every set, sampled with so many seeds where it is larger than one engagement."""
    yield from _list_nhs_sets(n_seeds)
    yield from _sample("scoop_nz", read_rows("scoop_nz"), n_seeds)
    for name, n_codes in (("clinc150", 40), ("banking77", 20)):
        rows = [row for row in read_rows(name) if row["label"] != "oos"]
        codes = sorted({row["label"] for row in rows})
        for seed in range(n_seeds):
            chosen = set(random.Random(seed).sample(codes, n_codes))
            yield from _sample(name, [row for row in rows if row["label"] in chosen], 1, seed)


def _list_nhs_sets(n_seeds: int) -> Iterator[CodedSet]:
    """Yield each question by itself, without codes that say nothing of the content."""
    rows = [row for row in read_rows("nhs_fft_phase1_fine") if row["label"] not in CATCH_ALL]
    for question in sorted({row["question"] for row in rows}):
        asked = [row for row in rows if row["question"] == question]
        times = Counter(row["label"] for row in asked)
        kept = [row for row in asked if times[row["label"]] >= FEWEST_ROWS]
        yield from _sample(f"nhs {question}", kept, n_seeds)


def _sample(name: str, rows: list[dict[str, str]], n_seeds: int, first_seed: int = 0) -> Iterator[CodedSet]:
    if len(rows) <= SIZE:
        yield CodedSet(name, 0, *_split(rows), is_sample=False)
        return
    for seed in range(first_seed, first_seed + n_seeds):
        yield CodedSet(name, seed, *_split(random.Random(seed).sample(rows, SIZE)), is_sample=True)


def _split(rows: list[dict[str, str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(row["text"] for row in rows), tuple(row["label"] for row in rows)
