"""How sure: do surer voices agree with people's codes more often, and do steady themes come back."""

import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import mean

import numpy as np

from benchmarks.find_with_ours import run_engine
from benchmarks.found import OURS
from benchmarks.theming_page import write_number, write_table
from benchmarks.theming_results import Choices, Goal, Part, Row, stamp
from benchmarks.theming_sets import CodedSet, list_coded_sets
from theming.results import Cut, ThemingResult

STEPS = 10
THIRDS = ("least sure third", "middle third", "surest third")
SHARE, COMES_BACK = 0.9, 0.5
"""Share of the texts in a sample, and the overlap (Jaccard) from which a theme has come back.

Rationale: over a half, no other theme can overlap more; Hennig (2007) calls lower ones dissolved.
"""


def measure(choices: Choices) -> list[Row]:
    """Return one row for each text of each coded set, and one for each theme of the first samples."""
    rows = []
    for coded in list_coded_sets(choices.n_seeds):
        result = run_engine(coded.texts)
        rows.append(_measure_texts(coded, result))
        if coded.seed == 0:
            rows.append(_measure_themes(coded, result, max(3, choices.n_resamples // 2)))
        print(coded.name, coded.seed, file=sys.stderr)
    return rows


def _measure_texts(coded: CodedSet, result: ThemingResult) -> Row:
    """Return how often texts have the code that is most common in their theme, by strength."""
    cut = result.cut(result.chosen_n)
    agrees = _find_agreeing(coded.codes, cut)
    placed = np.flatnonzero(cut.theme_of_text >= 0)
    step = np.minimum((cut.strength[placed] * STEPS).astype(int), STEPS - 1)
    third = np.argsort(np.argsort(cut.strength[placed], kind="stable"), kind="stable") * 3 // len(placed)
    row: Row = {"set": coded.name, "sample": coded.seed, "system": OURS, "kind": "texts"}
    row["n"] = np.bincount(step, minlength=STEPS).tolist()
    row["agree"] = np.bincount(step, agrees[placed], minlength=STEPS).astype(int).tolist()
    return stamp(row | {"thirds": [float(agrees[placed][third == place].mean()) for place in range(3)]})


def _find_agreeing(codes: Sequence[str], cut: Cut) -> np.ndarray:
    common = {}
    for theme in range(len(cut.themes)):
        inside = [codes[i] for i in np.flatnonzero(cut.theme_of_text == theme)]
        common[theme] = Counter(inside).most_common(1)[0][0]
    themes = cut.theme_of_text.tolist()
    return np.array([common.get(theme) == code for theme, code in zip(themes, codes, strict=True)])


def _measure_themes(coded: CodedSet, result: ThemingResult, n_resamples: int) -> Row:
    """Return for each theme its stability, and in what share of 90 % samples it came back."""
    cut = result.cut(result.chosen_n)
    returns = np.zeros(len(cut.themes))
    for seed in range(n_resamples):
        kept = sorted(random.Random(seed).sample(range(len(coded.texts)), round(SHARE * len(coded.texts))))
        part = run_engine(tuple(coded.texts[i] for i in kept))
        returns += _find_returning(cut.theme_of_text[kept], part.cut(part.chosen_n).theme_of_text)
    row: Row = {"set": coded.name, "sample": coded.seed, "system": OURS, "kind": "themes"}
    row["stability"] = [theme.stability for theme in cut.themes]
    return stamp(row | {"returns": (returns / n_resamples).round(4).tolist()})


def _find_returning(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Say for each theme whether some theme of the sample overlaps with it by a half or more."""
    shared = np.zeros((before.max() + 1, after.max() + 1))
    placed = (before >= 0) & (after >= 0)
    np.add.at(shared, (before[placed], after[placed]), 1)
    either = shared.sum(axis=1, keepdims=True) + shared.sum(axis=0) - shared
    overlap = np.divide(shared, either, out=np.zeros_like(shared), where=either > 0)
    found: np.ndarray = overlap.max(axis=1) >= COMES_BACK
    return found


def list_goals(rows: Sequence[Row]) -> Iterator[Goal]:
    """Yield whether sureness means what it says."""
    thirds = _average_thirds(rows)
    if thirds:
        risen = sum(each[2] > each[0] for each in thirds.values())
        what = "the surest third agrees with people's codes more often than the least sure third"
        yield Goal("sureness", what, "on all sets", f"{risen} of {len(thirds)}", risen == len(thirds))


def write_tables(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the curve over all sets, the thirds of each set, and how often themes came back."""
    texts = [row for row in rows if row["kind"] == "texts"]
    n, agree = (np.sum([row[name] for row in texts], axis=0) for name in ("n", "agree"))
    yield from write_table(
        "How sure of a voice: strength against people's codes, all sets together",
        ("sat with its theme's voices in", "voices", "have the code that is most common in their theme", ""),
        [_write_step(step, int(n[step]), int(agree[step])) for step in range(STEPS) if n[step]],
    )
    yield from write_table(
        "The same, set by set",
        ("set", *THIRDS),
        [(name, *(f"{value:.0%}" for value in each)) for name, each in _average_thirds(rows).items()],
    )
    yield from write_table(
        "How sure of a theme: stability against coming back from 90 % samples, all sets together",
        ("holds together in", "themes", "came back in", ""),
        _write_returns([row for row in rows if row["kind"] == "themes"]),
    )


def _write_step(step: int, n_texts: int, n_agree: int) -> tuple[str, ...]:
    share = n_agree / n_texts
    return f"{step} to {step + 1} of {STEPS} runs", str(n_texts), f"{share:.0%}", _draw_bar(share)


def _draw_bar(share: float) -> str:
    return "█" * round(20 * share)


def _average_thirds(rows: Sequence[Row]) -> dict[str, list[float]]:
    texts = [row for row in rows if row["kind"] == "texts"]
    names = dict.fromkeys(row["set"] for row in texts)
    return {
        name: [mean(row["thirds"][place] for row in texts if row["set"] == name) for place in range(3)]
        for name in names
    }


def _write_returns(rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    stability = np.concatenate([row["stability"] for row in rows]) if rows else np.zeros(0)
    returns = np.concatenate([row["returns"] for row in rows]) if rows else np.zeros(0)
    tenth = np.round(stability * 10).astype(int)
    for step in sorted(set(tenth.tolist())):
        share = float(returns[tenth == step].mean())
        count = str(int((tenth == step).sum()))
        yield f"{step} of 10 runs", count, f"{write_number(100 * share, 0)}% of samples", _draw_bar(share)


SURENESS = Part(measure, write_tables, list_goals)
