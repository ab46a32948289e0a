"""Measure labels on real public text, and write the tables of `labels.md` and the page of labels.

Run from the project's folder: ``python -m benchmarks.labels`` measures; ``--quick`` looks at one sample of
each set and one split; ``--page`` writes `docs/reference/labels.md` instead.
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import numpy as np

from benchmarks.find_with_ours import open_embedder, open_vectors
from benchmarks.label_readers import read_by_letters, read_by_meaning, score_reader
from benchmarks.label_rivals import N_WORDS, RIVALS, name_by_bertopic
from benchmarks.label_sets import NamedSet, list_named_sets, split_texts
from benchmarks.labels_page import write_page
from benchmarks.theming_sets import check_data
from theming.embedding.cached import embed_texts
from theming.labelling.candidates import ThemesToName
from theming.labelling.labels import Wording, name_themes
from theming.labelling.word_lists import CONNECTORS

REPORT = Path(__file__).with_name("labels.md")
START, END = "<!-- labels: written by benchmarks/labels.py -->", "<!-- labels: end -->"
OURS, FILLED = "ours", "ours, four words"
SYSTEMS = (OURS, FILLED, *RIVALS)
READERS = ("meaning, first", "meaning, first three", "letters, first", "letters, first three")


@dataclass(frozen=True)
class Reading:
    """Hold how often the readers find the right theme by one system's labels, in the order of `READERS`."""

    set_name: str
    grouping: str
    system: str
    found: tuple[float, ...]
    n_themes: int
    n_words: float


def main() -> None:
    """Measure and write the tables, or write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one sample of each set, one split")
    parser.add_argument("--page", action="store_true", help="write docs/reference/labels.md instead")
    asked = parser.parse_args()
    check_data()
    if asked.page:
        write_page()
        return
    n_seeds, n_splits = (1, 1) if asked.quick else (2, 3)
    readings = [reading for named in list_named_sets(n_seeds) for reading in measure_labels(named, n_splits)]
    _write_report("\n".join([*_table_means(readings), *_table_sets(readings)]))


def measure_labels(named: NamedSet, n_splits: int) -> Iterator[Reading]:
    """Name the themes of one set, grouped in two ways, from several splits of its texts."""
    vectors = embed_texts(named.texts, open_embedder(), open_vectors())
    for grouping, themes in named.group(vectors).items():
        for seed in range(n_splits):
            yield from _read_split(named, vectors, (grouping, themes), seed)
            print(named.name, grouping, seed, file=sys.stderr)


def _read_split(
    named: NamedSet, vectors: np.ndarray, grouped: tuple[str, np.ndarray], seed: int
) -> Iterator[Reading]:
    """Name the themes by 80 in 100 of each theme's texts and let the readers place the others."""
    grouping, themes = grouped
    shown, hidden = split_texts(themes, seed)
    texts, groups = [named.texts[place] for place in shown], themes[shown].tolist()
    wordings = name_by_us(texts, vectors[shown], groups)
    labels = {
        OURS: [wording.label for wording in wordings],
        FILLED: [fill_label(wording) for wording in wordings],
        **name_by_bertopic(texts, vectors[shown], groups, open_embedder()),
    }
    unread = [named.texts[place] for place in hidden]
    for system in SYSTEMS:
        meaning = read_by_meaning(open_embedder(), vectors[hidden], labels[system])
        letters = read_by_letters(texts, unread, labels[system])
        found = [score_reader(each, themes[hidden], n) for each in (meaning, letters) for n in (1, 3)]
        n_words = mean(len(label.split()) for label in labels[system])
        yield Reading(named.name, grouping, system, tuple(found), len(set(groups)), n_words)


def name_by_us(texts: Sequence[str], vectors: np.ndarray, groups: Sequence[int]) -> tuple[Wording, ...]:
    """Return our labels and keywords for groups that are known."""
    members = (np.arange(max(groups) + 1)[:, None] == np.asarray(groups)).astype(float)
    typical = [np.flatnonzero(row)[:10].tolist() for row in members]
    order = sorted(range(len(members)), key=lambda group: (-members[group].sum(), group))
    themes = ThemesToName(texts, vectors, np.asarray(groups), members, typical, order)
    return name_themes(themes, open_embedder())


def fill_label(wording: Wording) -> str:
    """Return the first four words of a label and the keywords that stand below it, without "and" or "of"."""
    words = re.findall(r"[\w’'-]+", " ".join((wording.label, *wording.keywords)))
    return " ".join([word for word in words if word.lower() not in CONNECTORS][:N_WORDS])


def _table_means(readings: Sequence[Reading]) -> Iterator[str]:
    """Yield the mean over sets for each grouping and system."""
    for grouping in dict.fromkeys(each.grouping for each in readings):
        own = [each for each in readings if each.grouping == grouping]
        yield from ("", f"### Mean of all sets, themes of {grouping}", "")
        yield from ("| labels | " + " | ".join(READERS) + " | words in a label |", "| --- " * 6 + "|")
        for system in SYSTEMS:
            by_set = _average_by_set([each for each in own if each.system == system])
            found = zip(*(each for each, _ in by_set.values()), strict=True)
            cells = [f"{mean(values):.3f}" for values in found]
            words = mean(n_words for _, n_words in by_set.values())
            yield f"| {system} | {' | '.join(cells)} | {words:.1f} |"
        chance = mean(1 / each.n_themes for each in own)
        yield f"| chance | {chance:.3f} | {3 * chance:.3f} | {chance:.3f} | {3 * chance:.3f} | |"


def _average_by_set(readings: Sequence[Reading]) -> dict[str, tuple[tuple[float, ...], float]]:
    by_set: dict[str, list[Reading]] = defaultdict(list)
    for each in readings:
        by_set[each.set_name].append(each)
    return {
        name: (
            tuple(mean(values) for values in zip(*(each.found for each in own), strict=True)),
            mean(each.n_words for each in own),
        )
        for name, own in by_set.items()
    }


def _table_sets(readings: Sequence[Reading]) -> Iterator[str]:
    """Yield the first choices of both readers on every set, with the engine's themes."""
    own = [each for each in readings if each.grouping == "the engine"]
    for reader, place in (("meaning", 0), ("letters", 2)):
        yield from ("", f"### First choice by {reader}, set by set, themes of the engine", "")
        yield from (f"| set | {' | '.join(SYSTEMS)} | chance |", "| --- " * (len(SYSTEMS) + 2) + "|")
        for name in dict.fromkeys(each.set_name for each in own):
            rows = [each for each in own if each.set_name == name]
            cells = [mean(e.found[place] for e in rows if e.system == system) for system in SYSTEMS]
            chance = mean(1 / each.n_themes for each in rows)
            yield f"| {name} | {' | '.join(f'{cell:.3f}' for cell in cells)} | {chance:.3f} |"


def _write_report(tables: str) -> None:
    before, _, rest = REPORT.read_text(encoding="utf-8").partition(START)
    _, _, after = rest.partition(END)
    REPORT.write_text(f"{before}{START}\n{tables}\n\n{END}{after}", encoding="utf-8")
    print(tables)


if __name__ == "__main__":
    main()
