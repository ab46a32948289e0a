"""T2: agreement with people's own codes, and the keywords of the same themes."""

import sys
from collections.abc import Iterator, Sequence
from statistics import mean

from benchmarks.find_with_ours import find_kmeans, find_ours
from benchmarks.find_with_peers import Job, find_with_peers
from benchmarks.found import BERTOPIC, KMEANS, KMEANS_OURS, OURS, PEERS, SYSTEMS, Found
from benchmarks.keyword_measures import measure_coherence, measure_diversity
from benchmarks.theming_page import write_number, write_table
from benchmarks.theming_results import Choices, Goal, Part, Row, average, average_over_sets, stamp
from benchmarks.theming_sets import SIZE, CodedSet, list_coded_sets

MEAN_WANTED, LEAST_WANTED = 1.25, 1.0
FEWEST_THEMES = 4
"""Fewest themes of a fit that has not collapsed.

Rationale: now and then BERTopic as installed puts all texts into two or three topics; its AMI is then near 0.
"""
MEASURES = ("ami", "ari", "n_themes", "unplaced", "npmi", "diversity")


def measure(choices: Choices) -> list[Row]:
    """Return one row for each fit; every set gets as many fits of a system that throws dice."""
    throws = list(_list_throws(choices.n_seeds))
    rows = list(_measure_peers(throws, [system for system in PEERS if system in choices.systems]))
    done: dict[CodedSet, Found] = {}
    for coded, run in throws:
        rows.extend(_measure_own(coded, run, choices.systems, done))
        print(coded.name, coded.seed, run, file=sys.stderr)
    return rows


def _list_throws(n_seeds: int) -> Iterator[tuple[CodedSet, int]]:
    for coded in list_coded_sets(n_seeds):
        for run in (coded.seed,) if coded.is_sample else range(n_seeds):
            yield coded, run


def _measure_peers(throws: Sequence[tuple[CodedSet, int]], systems: Sequence[str]) -> Iterator[Row]:
    asked = [(system, coded, run) for coded, run in throws for system in systems]
    jobs = [Job(system, run, coded.texts) for system, coded, run in asked]
    for (system, coded, run), found in zip(asked, find_with_peers(jobs), strict=True):
        yield _score(coded, system, run, found)


def _measure_own(
    coded: CodedSet, run: int, systems: Sequence[str], done: dict[CodedSet, Found]
) -> Iterator[Row]:
    """Yield the rows of what runs in this process; ours has no chance in it and is fitted once."""
    if coded not in done and {OURS, KMEANS_OURS} & set(systems):
        done[coded] = find_ours(coded.texts)
        if OURS in systems:
            yield _score(coded, OURS, run, done[coded])
    if KMEANS in systems:
        yield _score(coded, KMEANS, run, find_kmeans(coded.texts, 20, run))
    if KMEANS_OURS in systems:
        yield _score(coded, KMEANS_OURS, run, find_kmeans(coded.texts, done[coded].n_themes, run))


def _score(coded: CodedSet, system: str, run: int, found: Found) -> Row:
    """Score one fit; texts that are nowhere count as one more group, and once more are left out."""
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

    placed = [i for i, label in enumerate(found.labels) if label >= 0]
    codes = [coded.codes[i] for i in placed]
    row: Row = {"set": coded.name, "sample": coded.seed, "run": run, "system": system}
    return stamp(
        row
        | {
            "ami": float(adjusted_mutual_info_score(coded.codes, found.labels)),
            "ari": float(adjusted_rand_score(coded.codes, found.labels)),
            "ami_placed": float(adjusted_mutual_info_score(codes, [found.labels[i] for i in placed])),
            "n_themes": found.n_themes,
            "unplaced": found.n_unplaced / len(coded.texts),
            "npmi": measure_coherence(found.keywords, coded.texts),
            "diversity": measure_diversity(found.keywords),
        }
    )


def compare_sets(rows: Sequence[Row]) -> dict[str, float]:
    """Return for each set our mean AMI divided by BERTopic's, on the samples that both have."""
    ratios = {}
    for name in dict.fromkeys(row["set"] for row in rows):
        ours, theirs = ([r for r in rows if r["set"] == name and r["system"] == s] for s in (OURS, BERTOPIC))
        shared = {row["sample"] for row in ours} & {row["sample"] for row in theirs}
        if shared:
            above, below = (mean(r["ami"] for r in part if r["sample"] in shared) for part in (ours, theirs))
            ratios[name] = above / below
    return ratios


def leave_out_collapsed(rows: Sequence[Row]) -> list[Row]:
    """Return the rows without BERTopic's fits that found hardly any theme: they flatter us."""
    return [row for row in rows if row["system"] != BERTOPIC or row["n_themes"] >= FEWEST_THEMES]


def list_goals(rows: Sequence[Row]) -> Iterator[Goal]:
    """Yield the goals of T2."""
    if ratios := compare_sets(rows):
        steady = mean(compare_sets(leave_out_collapsed(rows)).values() or [0.0])
        ratio, lowest = mean(ratios.values()), min(ratios, key=ratios.__getitem__)
        least = ratios[lowest]
        what = "AMI, ours divided by BERTopic's"
        measured = f"{ratio:.2f} ({steady:.2f} without its collapsed fits)"
        yield Goal(
            "T2", f"{what}: mean of {len(ratios)} sets", "1.25 or more", measured, ratio >= MEAN_WANTED
        )
        measured = f"{least:.2f} ({lowest})"
        yield Goal("T2", f"{what}: lowest set", "1.00 or more", measured, least >= LEAST_WANTED)
    if ours := [row for row in rows if row["system"] == OURS]:
        unplaced = max(row["unplaced"] for row in ours)
        yield Goal("T2", "texts unplaced, most on any sample", "0", f"{unplaced:.1%}", unplaced == 0)


def write_tables(rows: Sequence[Row]) -> Iterator[str]:
    """Yield AMI and ARI for each set, and all measures for each system."""
    systems = [system for system in SYSTEMS if any(row["system"] == system for row in rows)]
    ratios, steady = compare_sets(rows), compare_sets(leave_out_collapsed(rows))
    cells = list(_list_cells(rows, "ami", systems))
    yield from write_table(
        f"T2: agreement with people's codes (AMI), up to {SIZE} texts",
        ("set", *systems, "ours / BERTopic", "the same without its collapsed fits"),
        [(*each, *(write_number(part.get(each[0]), 2) for part in (ratios, steady))) for each in cells],
    )
    yield from write_table("T2: agreement by ARI", ("set", *systems), _list_cells(rows, "ari", systems))
    yield from write_table(
        "Systems side by side, mean over the sets",
        ("system", "AMI", "AMI of placed texts", "ARI", "themes", "unplaced", "NPMI", "diversity", "fits"),
        [_summarise(system, [row for row in rows if row["system"] == system]) for system in systems],
    )


def _list_cells(rows: Sequence[Row], measured: str, systems: Sequence[str]) -> Iterator[list[str]]:
    for name in dict.fromkeys(row["set"] for row in rows):
        own = [row for row in rows if row["set"] == name]
        means = [average((row for row in own if row["system"] == system), measured) for system in systems]
        yield [name, *(write_number(value) for value in means)]


def _summarise(system: str, rows: Sequence[Row]) -> tuple[str, ...]:
    means = {name: average_over_sets(rows, name) for name in (*MEASURES, "ami_placed")}
    unplaced = means["unplaced"]
    return (
        system,
        *(write_number(means[name]) for name in ("ami", "ami_placed", "ari")),
        write_number(means["n_themes"], 1),
        "–" if unplaced is None else f"{unplaced:.1%}",
        *(write_number(means[name]) for name in ("npmi", "diversity")),
        str(len(rows)),
    )


AGREEMENT = Part(measure, write_tables, list_goals)
