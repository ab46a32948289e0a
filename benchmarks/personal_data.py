"""Measure how many marked pieces of personal data are hinted at, and how many hints are right.

Run from the project's folder: ``python -m benchmarks.personal_data`` prints the table and writes it into
`personal_data.md`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.marked_page import write_between_marks, write_row
from engagement.listen.personal_data.hints import HintKind, find_hints

CASES = Path(__file__).with_name("personal_data_cases.txt")
REPORT = Path(__file__).with_name("personal_data.md")
MARK = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")

Found = tuple[int, HintKind, str]


def main() -> None:
    """Measure, print and write the table."""
    marked, found, texts = measure_hints()
    write_between_marks(REPORT, "personal_data", _write_table(marked, found))
    for number, kind, words in sorted(found ^ marked, key=lambda each: each[0]):
        told = "hinted at and not marked" if (number, kind, words) in found else "marked and not hinted at"
        print(f"{told}: {kind} “{words}” in “{texts[number]}”")


def measure_hints() -> tuple[set[Found], set[Found], list[str]]:
    """Return what is marked, what is hinted at, and the texts."""
    lines = CASES.read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if line and not line.startswith("#")]
    texts = [MARK.sub(lambda match: match[2], line) for line in lines]
    marked = {
        (number, HintKind(match[1]), match[2])
        for number, line in enumerate(lines)
        for match in MARK.finditer(line)
    }
    found = {
        (number, hint.kind, texts[number][hint.start : hint.end])
        for number, hints in enumerate(find_hints(texts))
        for hint in hints
    }
    return marked, found, texts


def _write_table(marked: set[Found], found: set[Found]) -> Iterator[str]:
    counts = [Counter(kind for _, kind, _ in each) for each in (marked, found, marked & found)]
    yield write_row("kind", "marked", "hinted at", "right", "precision", "recall")
    yield write_row(*("---" for _ in range(6)))
    for kind in HintKind:
        yield _write_kind(str(kind), *(count[kind] for count in counts))
    yield _write_kind("**all**", *(count.total() for count in counts))


def _write_kind(name: str, n_marked: int, n_found: int, n_right: int) -> str:
    shares = [f"{n_right / whole:.2f}" if whole else "" for whole in (n_found, n_marked)]
    return write_row(name, str(n_marked), str(n_found), str(n_right), *shares)


if __name__ == "__main__":
    main()
