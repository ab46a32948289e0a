"""Measure how well further themes of texts that say two things are found; writes `benchmarks/echoes.md`.

Run from the project's folder: ``python -m benchmarks.echoes``; ``--quick`` looks at one sample of each set.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score

from benchmarks.echoes_sets import (
    Question,
    Scores,
    ask_with_machine_themes,
    ask_with_peoples_codes,
    list_ways,
)
from benchmarks.marked_page import write_between_marks, write_head, write_row
from benchmarks.theming_sets import check_data, list_coded_sets
from theming.clauses.reading import CLEAR_ENOUGH

PAGE = Path(__file__).with_name("echoes.md")
FAMILIES = ("clinc150", "banking77", "scoop_nz", "nhs")
THRESHOLDS = (0.6, 0.8, CLEAR_ENOUGH, 1.2, 1.4)
ASKED = {"the machine's themes": ask_with_machine_themes, "people's own codes": ask_with_peoples_codes}

Answers = dict[tuple[str, str, str], list[tuple[Question, Scores]]]


def main() -> None:
    """Measure every way on every set and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one sample of each set")
    n_seeds = 1 if parser.parse_args().quick else 2
    check_data()
    answers: Answers = {}
    for coded in list_coded_sets(n_seeds):
        print(coded.name, coded.seed, file=sys.stderr)
        family = coded.name.split()[0]
        for kind, ask in ASKED.items():
            question = ask(coded)
            for way, scores in list_ways(question):
                answers.setdefault((kind, way, family), []).append((question, scores))
    write_between_marks(PAGE, "echoes", [*_table_ways(answers), *_table_thresholds(answers)])


def _table_ways(answers: Answers) -> Iterator[str]:
    """Yield how well each way ranks right further themes before wrong ones."""
    title = "Average precision, and the share of all right ones found where nine of ten offered are right"
    yield from write_head(title, ("themes", "way", *FAMILIES))
    for kind in ASKED:
        for way in dict.fromkeys(way for of, way, _ in answers if of == kind):
            cells = [_rank(answers[kind, way, family]) for family in FAMILIES]
            yield write_row(kind, way, *(f"{average:.2f}, {recall:.2f}" for average, recall in cells))


def _rank(found: list[tuple[Question, Scores]]) -> tuple[float, float]:
    is_asked = [np.isfinite(scores) & ~question.is_neutral for question, scores in found]
    right = np.concatenate([q.right[asked] for (q, _), asked in zip(found, is_asked, strict=True)])
    score = np.concatenate([s[asked] for (_, s), asked in zip(found, is_asked, strict=True)])
    n_right = sum(int(question.right.sum()) for question, _ in found)
    hits = np.cumsum(right[np.argsort(-score, kind="stable")])
    enough = np.flatnonzero(hits / np.arange(1, len(hits) + 1) >= 0.9)
    average = average_precision_score(right, score) * right.sum() / n_right if right.any() else 0.0
    return average, hits[enough[-1]] / n_right if len(enough) else 0.0


def _table_thresholds(answers: Answers) -> Iterator[str]:
    """Yield for clauses what each threshold would offer."""
    columns = ("themes", "set", *(f"from {threshold}" for threshold in THRESHOLDS))
    yield from write_head(
        "Clauses: precision of what is offered, recall on pairs, wrong ones on 1,000 single texts", columns
    )
    for kind in ASKED:
        for family in FAMILIES:
            found = answers[kind, "clauses, clearness", family]
            yield write_row(kind, family, *(_judge(found, threshold) for threshold in THRESHOLDS))


def _judge(found: list[tuple[Question, Scores]], threshold: float) -> str:
    offered = right = pairs_found = wrong_singles = n_pairs = n_singles = 0
    for question, scores in found:
        is_offered = (scores >= threshold) & ~question.is_neutral
        is_right = is_offered & question.right
        is_single = ~question.is_pair
        offered += int(is_offered.sum())
        right += int(is_right.sum())
        pairs_found += int(is_right[question.is_pair].any(axis=1).sum())
        wrong_singles += int((is_offered & ~question.right)[is_single].any(axis=1).sum())
        n_pairs += int(question.is_pair.sum())
        n_singles += int(is_single.sum())
    precision = f"{right / offered:.2f}" if offered else "none"
    return f"{precision}, {pairs_found / max(1, n_pairs):.2f}, {1000 * wrong_singles / n_singles:.0f}"


if __name__ == "__main__":
    main()
