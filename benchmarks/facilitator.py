"""Measure suggested homes on public sets with people's own codes, and write `benchmarks/suggestions.md`.

Run from the project's folder: ``python -m benchmarks.facilitator``; ``--quick`` looks at fewer samples.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from benchmarks.facilitator_simulation import Effort, run_workshop, start_wall
from benchmarks.theming_measures import CACHE, EMBEDDER
from benchmarks.theming_sets import CodedSet, check_data, list_coded_sets
from theming.embedding.cached import embed_texts
from theming.embedding.protocol import Vectors
from theming.engine import find_themes
from theming.suggestion.homes import suggest_homes

PAGE = Path(__file__).with_name("suggestions.md")
START, END = "<!-- suggestions: written by benchmarks/facilitator.py -->", "<!-- suggestions: end -->"
N_PLACED, N_SPLITS = 100, 5
SAMPLED = ("clinc150", "banking77")
BANDS = (0.0, 0.25, 0.4, 0.55, 0.7, 0.8, 0.9, 1.01)

Judged = list[tuple[float, bool]]


@dataclass(frozen=True)
class Scores:
    """Hold F1 of the first suggested home, with names of themes and without."""

    macro: float
    micro: float
    weighted: float
    macro_nameless: float


def main() -> None:
    """Measure everything and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one sample and one split of each set")
    quick = parser.parse_args().quick
    check_data()
    n_seeds = 1 if quick else N_SPLITS
    sets = [each for each in list_coded_sets(n_seeds) if each.seed == 0 or each.name in SAMPLED]
    placed: dict[str, Judged] = {}
    parts = [*_table_homes(sets, 1 if quick else N_SPLITS, placed)]
    efforts = {(each.name, each.seed): _simulate(each) for each in sets if each.seed < 2}
    parts += [*_table_effort(efforts), *_table_sureness(placed, efforts)]
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    tables = "\n".join(parts)
    PAGE.write_text(f"{before}{START}\n{tables}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    print(tables)


def _table_homes(sets: Iterable[CodedSet], n_splits: int, placed: dict[str, Judged]) -> Iterator[str]:
    """Yield F1 of the first home for new texts, given an agreed list and a hundred placed texts."""
    found: dict[str, list[Scores]] = {}
    for coded in sets:
        splits = range(coded.seed, coded.seed + 1) if coded.name in SAMPLED else range(n_splits)
        judged = placed.setdefault(_name_family(coded.name), [])
        found.setdefault(coded.name, []).extend(_score_split(coded, split, judged) for split in splits)
        print(coded.name, coded.seed, found[coded.name][-1], file=sys.stderr)
    head = ("set", "codes agreed on by", "F1 macro", "F1 micro", "F1 weighted", "F1 macro without names")
    yield from _head(f"Home of a new text, {N_PLACED} placed, {n_splits} splits", head)
    for name, scores in found.items():
        figures = [mean(getattr(each, field) for each in scores) for field in Scores.__dataclass_fields__]
        yield _row(name, _say_agreement(name), *(f"{figure:.3f}" for figure in figures))
    yield _row("Consult, for comparison: AI to human", "its own set, an LLM", "0.76 to 0.82", "", "", "")
    yield _row("Consult, for comparison: human to human", "its own set", "0.71 to 0.74", "", "", "")


def _say_agreement(name: str) -> str:
    if name in SAMPLED:
        return "nearly all: one clear intent each"
    return "one coder; overlapping codes" if name.startswith("nhs") else "the conversation it comes from"


def _score_split(coded: CodedSet, split: int, judged: Judged) -> Scores:
    from sklearn.metrics import f1_score

    vectors, codes, names = _embed_set(coded)
    home = np.full(len(codes), -1)
    chosen = np.random.default_rng(split).permutation(len(codes))[:N_PLACED]
    home[chosen] = codes[chosen]
    asked = home < 0
    found = suggest_homes(vectors, home, ~asked, n_themes=len(names), theme_vectors=names)
    nameless = suggest_homes(vectors, home, ~asked, n_themes=len(names)).homes[asked, 0]
    first, right = found.homes[asked, 0], codes[asked]
    judged.extend(zip(found.sureness[asked, 0].tolist(), (first == right).tolist(), strict=True))
    scores = [f1_score(right, first, average=kind) for kind in ("macro", "micro", "weighted")]
    return Scores(*scores, f1_score(right, nameless, average="macro"))


def _embed_set(coded: CodedSet) -> tuple[Vectors, NDArray[np.int64], Vectors]:
    names = sorted(set(coded.codes))
    codes = np.array([names.index(code) for code in coded.codes])
    words = [name.replace("_", " ").strip("?").lower() for name in names]
    return embed_texts(coded.texts, EMBEDDER, CACHE), codes, embed_texts(words, EMBEDDER, CACHE)


def _simulate(coded: CodedSet) -> tuple[int, Effort]:
    """Let the facilitator turn candidate themes into people's codes; give the moves by hand alone, too."""
    vectors, codes, _names = _embed_set(coded)
    result = find_themes(coded.texts, embedder=EMBEDDER, cache=CACHE)
    wall = start_wall(vectors, codes, result.cut(result.chosen_n).theme_of_text)
    by_hand_alone = int(wall.is_wrong.sum())
    effort = run_workshop(wall, coded.seed)
    print(coded.name, coded.seed, by_hand_alone, effort.by_hand, effort.refused, file=sys.stderr)
    return by_hand_alone, effort


def _table_effort(efforts: dict[tuple[str, int], tuple[int, Effort]]) -> Iterator[str]:
    """Yield how many moves by hand the suggestions save, and how many looks in vain they cost."""
    columns = ("set", "moves without", "moves with", "fewer", "accepted", "refused (looks in vain)")
    yield from _head("Effort of the room: candidate themes turned into people's codes", columns)
    shares: dict[str, list[float]] = {}
    for name in dict.fromkeys(name for name, _seed in efforts):
        runs = [run for (of, _seed), run in efforts.items() if of == name]
        saved = mean(1 - effort.by_hand / alone for alone, effort in runs)
        shares.setdefault(_name_family(name), []).append(saved)
        counts = [
            mean(alone for alone, _effort in runs),
            mean(effort.by_hand for _alone, effort in runs),
            mean(effort.accepted for _alone, effort in runs),
            mean(effort.refused for _alone, effort in runs),
        ]
        texts = [f"{count:.0f}" for count in counts]
        yield _row(name, texts[0], texts[1], f"{saved:.0%}", texts[2], texts[3])
    whole = mean(mean(each) for each in shares.values())
    yield _row("**mean of the four kinds of text**", "", "", f"**{whole:.0%}**", "", "")


def _table_sureness(
    placed: dict[str, Judged], efforts: dict[tuple[str, int], tuple[int, Effort]]
) -> Iterator[str]:
    """Yield how often homes suggested so surely were right."""
    columns = ["suggested where", *(f"{low:.2f} to {min(high, 1):.2f}" for low, high in _list_bands())]
    yield from _head("How sure: share that was right, by how sure it was said to be", columns)
    for family, judged in placed.items():
        yield _row(f"{family}, new texts", *_list_shares(judged))
    for family in placed:
        runs = [effort.judged for (name, _s), (_a, effort) in efforts.items() if _name_family(name) == family]
        yield _row(f"{family}, offers on the board", *_list_shares([each for run in runs for each in run]))


def _list_bands() -> list[tuple[float, float]]:
    return list(pairwise(BANDS))


def _list_shares(judged: Judged) -> list[str]:
    cells = []
    for low, high in _list_bands():
        band = [is_right for sureness, is_right in judged if low <= sureness < high]
        cells.append(f"{mean(band):.2f} of {len(band)}" if len(band) >= 10 else "")
    return cells


def _name_family(name: str) -> str:
    return "nhs" if name.startswith("nhs") else name


def _head(title: str, columns: Sequence[str]) -> Iterator[str]:
    yield from ("", f"### {title}", "", _row(*columns), _row(*("---" for _ in columns)))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
