"""How long each step of a run will take, estimated from the sizes that are known at its start."""

from collections.abc import Sequence
from enum import StrEnum

from theming.scale.reading_for_names import MOST_PER_LEAF
from theming.settings import MAX_THEMES, ThemingSettings


class Step(StrEnum):
    """Name the steps of a run, in their order."""

    SORTING = "sorting"
    READING = "reading"
    GATHERING = "gathering"
    GROUPING = "grouping"
    TREE = "tree"
    NAMING = "naming"


ROUNDED = 0.6
"""Share of the time of exact reading that rounded reading takes."""

PER_TEXT_SORTED = 8e-6
PER_CHARACTER_READ = 3.5e-5
PER_TEXT_READ = 10 * PER_CHARACTER_READ
ALL_LOADED = 2.0
PER_PAIR_GATHERED = 6.5e-9
PER_PAIR_GROUPED = 1.7e-7
PER_PAIR_JOINED = 4e-7
PER_TEXT_NAMED = 3.2e-4
NAMING_PREPARED = 0.8
"""Seconds on two processor threads, from runs with 100 to 100,000 texts (`benchmarks/scale.md`).

Rationale: only how they stand to each other matters much; a run corrects them by its own pace. Model
and libraries are loaded while the first texts are read.
"""


def estimate_steps(texts: Sequence[str], settings: ThemingSettings) -> dict[str, float]:
    """Estimate the seconds that each step will take.

    Parameters
    ----------
    texts : sequence of str
    settings : ThemingSettings

    Returns
    -------
    dict of str to float
        In the order of the steps.
    """
    n_texts, n_characters = len(texts), sum(map(len, texts))
    n_points = min(n_texts, settings.n_micro)
    n_assigned = n_texts + 32 * settings.n_micro if n_texts > settings.n_micro else 0
    n_named = min(n_texts, MAX_THEMES * MOST_PER_LEAF)
    shared = 2 / settings.n_threads
    reading = PER_CHARACTER_READ * n_characters + PER_TEXT_READ * n_texts
    rounded = ROUNDED if n_texts > settings.n_exact else 1.0
    return {
        Step.SORTING: PER_TEXT_SORTED * n_texts,
        Step.READING: ALL_LOADED + shared * rounded * reading,
        Step.GATHERING: shared * PER_PAIR_GATHERED * n_assigned * settings.n_micro,
        Step.GROUPING: shared * PER_PAIR_GROUPED * settings.n_runs * n_points * MAX_THEMES,
        Step.TREE: PER_PAIR_JOINED * n_points**2,
        Step.NAMING: NAMING_PREPARED + PER_TEXT_NAMED * n_named,
    }
