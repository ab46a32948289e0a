"""Measure the theming engine on real public text, and write the tables of `benchmarks/README.md`.

Run from the project's folder: ``python -m benchmarks.theming``; ``--quick`` looks at fewer samples.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import mean

from benchmarks.theming_measures import (
    Agreement,
    is_same_when_shuffled,
    measure_agreement,
    measure_stability,
    time_slider,
)
from benchmarks.theming_sets import SIZE, check_data, list_coded_sets, read_texts

README = Path(__file__).with_name("README.md")
START, END = "<!-- theming: written by benchmarks/theming.py -->", "<!-- theming: end -->"
SYSTEMS = ("ours", "k-means, 20", "k-means, our number")


def main() -> None:
    """Measure everything and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one sample of each set, three resamples")
    quick = parser.parse_args().quick
    check_data()
    n_seeds, n_resamples = (1, 3) if quick else (5, 10)
    parts = [
        *_table_whole_processes(1 if quick else 3),
        *_table_agreement(n_seeds),
        *_table_stability(n_resamples),
    ]
    _write_tables("\n".join(parts))


def _table_whole_processes(n_rounds: int) -> Iterator[str]:
    """Yield wall time and peak memory of whole cold processes, run in turn."""
    took: dict[str, list[dict[str, float]]] = {"ours": [], "kmeans": []}
    for _ in range(n_rounds):
        for system, runs in took.items():
            runs.append(_run_process(system, "bowling_green"))
    yield from _head(
        f"From file to themes, whole process, 607 civic statements, median of {n_rounds}",
        ("system", "wall (s)", "processor (s)", "peak memory (MB)", "themes"),
    )
    names = {"ours": "ours: themes, labels, stability, tree", "kmeans": "k-means alone, no labels"}
    for system, runs in took.items():
        median = sorted(runs, key=lambda run: run["wall"])[len(runs) // 2]
        yield _row(
            names[system],
            f"{median['wall']:.1f}",
            f"{median['cpu']:.1f}",
            f"{median['peak_mb']:.0f}",
            f"{median['themes']:.0f}",
        )


def _run_process(system: str, name: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.theming_process", system, name]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {key: float(value) for key, value in json.loads(done.stdout).items()}


def _table_agreement(n_seeds: int) -> Iterator[str]:
    """Yield agreement with people's codes; the engine chooses its number by itself."""
    found: list[Agreement] = []
    for coded in list_coded_sets(n_seeds):
        found.extend(measure_agreement(coded))
        print(coded.name, coded.seed, " ".join(f"{each.ami:.3f}" for each in found[-3:]), file=sys.stderr)
    yield from _head(
        f"Agreement with people's codes, {SIZE} texts, mean of {n_seeds} samples where the set is larger",
        ("set", *(f"AMI {system}" for system in SYSTEMS), "ARI ours", "themes", "unplaced"),
    )
    names = list(dict.fromkeys(each.name for each in found))
    for name in names:
        yield _row(name, *_summarise([each for each in found if each.name == name]))
    by_name = [mean(e.ami for e in found if e.name == n and e.system == s) for s in SYSTEMS for n in names]
    means = [mean(by_name[i * len(names) : (i + 1) * len(names)]) for i in range(len(SYSTEMS))]
    yield _row("**mean**", *(f"**{value:.3f}**" for value in means), "", "", "")


def _summarise(found: Iterable[Agreement]) -> list[str]:
    by_system = {system: [each for each in found if each.system == system] for system in SYSTEMS}
    ours = by_system["ours"]
    return [
        *(f"{mean(each.ami for each in by_system[system]):.3f}" for system in SYSTEMS),
        f"{mean(each.ari for each in ours):.3f}",
        f"{mean(each.n_themes for each in ours):.0f}",
        f"{sum(each.n_unplaced for each in ours)}",
    ]


def _table_stability(n_resamples: int) -> Iterator[str]:
    """Yield shuffling, 90 % samples and the slider."""
    yield from _head(
        f"The same themes again ({n_resamples} samples of 90 %), and the slider",
        ("set", "shuffled rows", "ARI mean", "ARI lowest", "slowest cut (ms)", "most themes"),
    )
    nhs = next(each for each in list_coded_sets(1) if each.name.startswith("nhs"))
    for name, texts in (("bowling_green", read_texts("bowling_green")), (nhs.name, nhs.texts)):
        same = "identical" if is_same_when_shuffled(texts) else "DIFFERENT"
        scores = measure_stability(texts, n_resamples)
        slowest, n_leaves = time_slider(texts)
        yield _row(name, same, f"{mean(scores):.3f}", f"{min(scores):.3f}", f"{slowest:.1f}", str(n_leaves))


def _head(title: str, columns: Sequence[str]) -> Iterator[str]:
    yield from ("", f"### {title}", "", _row(*columns), _row(*("---" for _ in columns)))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _write_tables(tables: str) -> None:
    """Put the tables between the two marks of the README and print them."""
    before, _, rest = README.read_text(encoding="utf-8").partition(START)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{START}\n{tables}\n\n{END}{after}", encoding="utf-8")
    print(tables)


if __name__ == "__main__":
    main()
