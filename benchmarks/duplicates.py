"""Measure how many kept pairs of voices that came in twice are found, and how many found pairs are right.

The pairs stand among the 614 voices of the example, so that a wrong pair with one of these counts, too. Run
from the project's folder: ``python -m benchmarks.duplicates`` prints the tables and writes them into
`duplicates.md`.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.marked_page import write_between_marks, write_head, write_row
from engagement.listen.duplicates import finding
from engagement.listen.duplicates.comparing import measure_likeness, read_words
from engagement.listen.duplicates.finding import find_like
from engagement.listen.example import EXAMPLES
from engagement.listen.preview import preview_import, suggest_mapping
from engagement.listen.reading import read_uploads

CASES = Path(__file__).with_name("duplicates_cases.txt")
REPORT = Path(__file__).with_name("duplicates.md")
SIZES = (1_000, 10_000, 100_000)
THRESHOLDS = (0.7, 0.74, 0.76, 0.78, 0.8, 0.84, 0.88)
SEED = 614


@dataclass(frozen=True)
class Case:
    """Two voices, and whether they are one thing that came in twice; ``is_kept`` only for measuring."""

    first: str
    other: str
    is_same: bool
    is_kept: bool


@dataclass(frozen=True)
class Score:
    """How many pairs are the same thing twice, how many were found, and how many of these are right."""

    n_same: int
    n_found: int
    n_right: int


def main() -> None:
    """Measure, print and write the tables."""
    if len(sys.argv) > 1:
        print(*measure_speed(int(sys.argv[1])))
        return
    write_between_marks(REPORT, "duplicates", _write_tables())


def read_cases() -> list[Case]:
    """Read the pairs."""
    chosen, kept = CASES.read_text(encoding="utf-8").split("# kept\n")
    return [
        Case(first, other, kind == "same", is_kept)
        for is_kept, part in ((False, chosen), (True, kept))
        for kind, first, other in (
            line.split(" | ") for line in part.splitlines() if line and not line.startswith("#")
        )
    ]


def read_example() -> list[str]:
    """Read the voices of the example."""
    files = [path for path in sorted(EXAMPLES.iterdir()) if path.suffix in (".docx", ".xlsx")]
    read_files = read_uploads([(path.name, path.read_bytes()) for path in files])
    contents = [each.contents for each in read_files if each.contents is not None]
    previews = [preview_import(each, suggest_mapping(each)) for each in contents]
    return [voice.text for preview in previews for voice in preview.voices]


def measure_pairs(cases: Sequence[Case], around: Sequence[str]) -> Score:
    """Find like texts among these, and compare with what the pairs say.

    The two kinds of pairs are looked through apart, since some say the same in more and in fewer words. A
    text that is found with one of another pair or with one of ``around`` counts as wrong.
    """
    same = [case for case in cases if case.is_same]
    found = _find_pairs(same, around) | _find_pairs([case for case in cases if not case.is_same], around)
    return Score(len(same), len(found), len(found & {(case.first, case.other) for case in same}))


def _find_pairs(cases: Sequence[Case], around: Sequence[str]) -> set[tuple[str, str]]:
    own = dict.fromkeys(text for case in cases for text in (case.first, case.other))
    texts = [*own, *around]
    pairs = (
        (texts[group.first], texts[place]) for group in find_like(texts).groups for place, _ in group.others
    )
    return {pair for pair in pairs if own.keys() & pair}


def measure_speed(n_texts: int) -> tuple[float, int]:
    """Find like texts among made-up ones, one in fifty a copy; give seconds and peak memory in MB."""
    chance = random.Random(SEED)
    words = [word for case in read_cases() for word in f"{case.first} {case.other}".split()]
    texts = [" ".join(chance.choices(words, k=chance.randint(3, 25))) for _ in range(n_texts)]
    for place in range(0, n_texts, 50):
        texts[place] = f"{texts[(place * 7 + 13) % n_texts]} indeed"
    started = time.perf_counter()
    find_like(texts)
    n_seconds = round(time.perf_counter() - started, 1)
    return n_seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _write_tables() -> Iterator[str]:
    columns = ("pairs", "the same twice", "found", "right", "precision", "recall")
    yield from write_head("How many are found", columns)
    example = read_example()
    for name, is_kept in (("by which the rules were chosen", False), ("**kept for measuring**", True)):
        score = measure_pairs([case for case in read_cases() if case.is_kept is is_kept], example)
        shares = [f"{score.n_right / whole:.2f}" for whole in (score.n_found, score.n_same)]
        yield write_row(name, str(score.n_same), str(score.n_found), str(score.n_right), *shares)
    yield from write_head("The threshold, on the first pairs", ("likeness", "precision", "recall", "F2"))
    yield from _write_thresholds([case for case in read_cases() if not case.is_kept])
    yield from write_head("Time and memory", ("voices", "seconds", "peak memory of the process, MB"))
    for n_texts in SIZES:
        command = [sys.executable, "-m", "benchmarks.duplicates", str(n_texts)]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
        yield write_row(f"{n_texts:,}", *answer.stdout.split())


def _write_thresholds(cases: Sequence[Case]) -> Iterator[str]:
    likenesses = [
        (case.is_same, measure_likeness(read_words(case.first), read_words(case.other))) for case in cases
    ]
    for threshold in THRESHOLDS:
        found = [is_same for is_same, likeness in likenesses if likeness >= threshold]
        precision, recall = sum(found) / len(found), sum(found) / sum(is_same for is_same, _ in likenesses)
        f2 = 5 * precision * recall / (4 * precision + recall)
        name = f"**{threshold}**" if threshold == finding.MIN_LIKENESS else str(threshold)
        yield write_row(name, f"{precision:.2f}", f"{recall:.2f}", f"{f2:.3f}")


if __name__ == "__main__":
    main()
