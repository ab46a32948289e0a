"""T3: the same themes again, from shuffled rows and from 90 % samples."""

import random
import sys
from collections.abc import Callable, Iterator, Sequence
from statistics import mean

from benchmarks.find_with_ours import find_kmeans, find_ours, run_engine
from benchmarks.find_with_peers import Job, find_with_peers, fit_missing
from benchmarks.found import KMEANS, OURS, PEERS, SYSTEMS, Found
from benchmarks.theming_page import write_number, write_table
from benchmarks.theming_results import Choices, Goal, Part, Row, average, stamp
from benchmarks.theming_sets import list_coded_sets, read_texts
from theming.results import ThemingResult

CIVIC, CIVIC_WANTED, NHS_WANTED = "bowling_green", 0.80, 0.75
SHARE = 0.9

Texts = tuple[str, ...]
FindAll = Callable[[Sequence[tuple[int, Texts]]], Iterator[Found]]


def measure(choices: Choices) -> list[Row]:
    """Return one row for each comparison of a run on shuffled or fewer rows with one on all rows."""
    rows = []
    fit_missing(list(_list_jobs(choices)))
    for name, texts in list_bodies():
        for system, find_all in _list_systems(choices.systems):
            rows.extend(_compare_runs(name, texts, system, find_all, choices.n_resamples))
            print(name, system, file=sys.stderr)
        if OURS in choices.systems:
            row = {"set": name, "system": OURS, "kind": "identical", "same": is_same_when_shuffled(texts)}
            rows.append(stamp(row))
    return rows


def _list_jobs(choices: Choices) -> Iterator[Job]:
    """Yield all that peers will be asked, so that they start once."""
    for _name, texts in list_bodies():
        for system in (system for system in choices.systems if system in PEERS):
            yield from (Job(system, *each) for each in _list_asked(texts, choices.n_resamples))


def list_bodies() -> Iterator[tuple[str, Texts]]:
    """Yield the civic statements, and one sample of each NHS question."""
    yield CIVIC, read_texts(CIVIC)
    yield from ((each.name, each.texts) for each in list_coded_sets(1) if each.name.startswith("nhs"))


def _list_systems(systems: Sequence[str]) -> Iterator[tuple[str, FindAll]]:
    own: dict[str, FindAll] = {
        OURS: lambda asked: (find_ours(texts) for _run, texts in asked),
        KMEANS: lambda asked: (find_kmeans(texts, 20, run) for run, texts in asked),
    }
    for system in systems:
        if system in own:
            yield system, own[system]
        elif system in PEERS:
            yield system, lambda asked, name=system: find_with_peers([Job(name, *each) for each in asked])


def _compare_runs(name: str, texts: Texts, system: str, find_all: FindAll, n_resamples: int) -> Iterator[Row]:
    from sklearn.metrics import adjusted_rand_score

    orders = _list_orders(len(texts), n_resamples)
    whole, *others = find_all(_list_asked(texts, n_resamples))
    for run, (order, found) in enumerate(zip(orders[1:], others, strict=True), start=1):
        agreed = float(adjusted_rand_score([whole.labels[i] for i in order], found.labels))
        kind = "shuffled" if run == 1 else "sample"
        yield stamp({"set": name, "system": system, "kind": kind, "run": run, "ari": agreed})


def _list_orders(n_texts: int, n_resamples: int) -> list[list[int]]:
    """Return the places of all texts, of all in another order, and of each 90 % sample."""
    return [list(range(n_texts)), _shuffle(n_texts), *_resample(n_texts, n_resamples)]


def _list_asked(texts: Texts, n_resamples: int) -> list[tuple[int, Texts]]:
    orders = _list_orders(len(texts), n_resamples)
    return [(run, tuple(texts[i] for i in order)) for run, order in enumerate(orders)]


def _shuffle(n_texts: int) -> list[int]:
    return random.Random(0).sample(range(n_texts), n_texts)


def _resample(n_texts: int, n_resamples: int) -> Iterator[list[int]]:
    for seed in range(n_resamples):
        yield sorted(random.Random(seed).sample(range(n_texts), round(SHARE * n_texts)))


def is_same_when_shuffled(texts: Texts) -> bool:
    """Say whether shuffled rows give the same themes with the same labels and keywords."""
    shuffled = tuple(texts[i] for i in _shuffle(len(texts)))
    return _describe(run_engine(texts), texts) == _describe(run_engine(shuffled), shuffled)


def _describe(result: ThemingResult, texts: Texts) -> list[tuple[str, str, tuple[str, ...], float]]:
    cut = result.cut(result.chosen_n)
    themes = [(theme.label, theme.keywords) for theme in cut.themes]
    return sorted(
        (text, *(themes[theme] if theme >= 0 else ("", ())), float(strength))
        for text, theme, strength in zip(texts, cut.theme_of_text.tolist(), cut.strength, strict=True)
    )


def list_goals(rows: Sequence[Row]) -> Iterator[Goal]:
    """Yield the goals of T3."""
    same = [row["same"] for row in rows if row["kind"] == "identical"]
    if same:
        count = f"{sum(same)} of {len(same)} sets"
        yield Goal("T3", "shuffled rows give the same themes, labels, strengths", "all", count, all(same))
    means = _average_samples(rows, OURS)
    if CIVIC in means:
        met = means[CIVIC] >= CIVIC_WANTED
        yield Goal(
            "T3", f"90 % samples (ARI): {CIVIC}", f"{CIVIC_WANTED:.2f} or more", f"{means[CIVIC]:.3f}", met
        )
    if nhs := {name: value for name, value in means.items() if name != CIVIC}:
        value, lowest = mean(nhs.values()), min(nhs, key=nhs.__getitem__)
        measured = f"{value:.3f} (lowest {nhs[lowest]:.3f}, {lowest})"
        what = f"90 % samples (ARI): NHS, mean of {len(nhs)} questions"
        yield Goal("T3", what, f"{NHS_WANTED:.2f} or more", measured, value >= NHS_WANTED)


def _average_samples(rows: Sequence[Row], system: str) -> dict[str, float]:
    own = [row for row in rows if row["system"] == system and row["kind"] == "sample"]
    return {
        name: mean(row["ari"] for row in own if row["set"] == name)
        for name in dict.fromkeys(row["set"] for row in own)
    }


def write_tables(rows: Sequence[Row]) -> Iterator[str]:
    """Yield both kinds of stability, for each set and system."""
    measured = [row for row in rows if row["kind"] != "identical"]
    systems = [system for system in SYSTEMS if any(row["system"] == system for row in measured)]
    titles = {
        "sample": "T3: 90 % samples against all rows (ARI, mean)",
        "shuffled": "T3: shuffled rows against the first order (ARI)",
    }
    for kind, title in titles.items():
        part = [row for row in measured if row["kind"] == kind]
        yield from write_table(title, ("set", *systems), _list_cells(part, systems))


def _list_cells(rows: Sequence[Row], systems: Sequence[str]) -> Iterator[list[str]]:
    names = list(dict.fromkeys(row["set"] for row in rows))
    for name in names:
        of_set = [row for row in rows if row["set"] == name]
        yield [
            name,
            *(write_number(average((r for r in of_set if r["system"] == s), "ari")) for s in systems),
        ]


STABILITY = Part(measure, write_tables, list_goals)
