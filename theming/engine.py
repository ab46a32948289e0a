"""Put the machinery together: texts in, themes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from theming.canonical import CanonicalTexts, check_texts, hash_texts, order_texts
from theming.clustering.choose_number import choose_number
from theming.clustering.consensus import count_company, run_groupings
from theming.clustering.micro import form_micro_clusters
from theming.clustering.shared_names import remove_shared_names
from theming.clustering.smoothing import prepare_points
from theming.clustering.tree import build_tree
from theming.describe import Grouping, describe_nodes
from theming.embedding.cached import embed_texts
from theming.embedding.choose import choose_embedder, choose_for_many
from theming.embedding.protocol import Embedder, EmbeddingCache, Vectors
from theming.errors import TooFewTexts
from theming.free_memory import return_free_memory
from theming.loading import loading_ahead
from theming.non_answers import find_non_answers
from theming.results import ThemeNode, ThemingResult
from theming.run_card import write_card
from theming.scale.estimates import Step, estimate_steps
from theming.scale.progress import Progress, Report
from theming.scale.workforce import ThisProcess, Workforce
from theming.settings import FLOOR, MAX_THEMES, ThemingSettings

__all__ = ["FLOOR", "MAX_THEMES", "ThemingSettings", "TooFewTexts", "find_themes"]

FINDING_NAMES = "Finding names for the themes in people's own words"


def find_themes(
    texts: Sequence[str],
    *,
    settings: ThemingSettings = ThemingSettings(),  # noqa: B008 - frozen, so safe to share
    embedder: Embedder | None = None,
    cache: EmbeddingCache | None = None,
    report: Report | None = None,
    workforce: Workforce | None = None,
) -> ThemingResult:
    """Find themes in texts: the same texts in any order give the same themes, byte for byte.

    Parameters
    ----------
    texts : sequence of str
        What was said, in any order and any script.
    settings : ThemingSettings
    embedder : Embedder, optional
        Chosen by `choose_embedder` if not given; with very many texts its rounded twin takes its place.
    cache : EmbeddingCache, optional
        Keeps vectors between runs.
    report : callable, optional
        Told what is being done and the share done, 0..1. Raising from it stops the run.
    workforce : Workforce, optional
        Who does what grows with the number of texts; this process, if not given. Never changes the
        result.

    Returns
    -------
    ThemingResult
        Every text is placed, but for those that answer nothing.

    Raises
    ------
    TypeError
        If one of the texts is no text.
    TooFewTexts
        If fewer than `FLOOR` texts say something.
    """
    check_texts(texts)
    progress = Progress(report or _tell_nobody)
    progress.plan(estimate_steps(texts, settings))
    set_aside, canonical = _sort_texts(texts, progress)
    chosen = _choose(embedder, settings, len(canonical.texts))
    run = _Run(settings, chosen, workforce or ThisProcess(settings.n_threads), progress)
    vectors = _embed(canonical, run, cache)
    grouped, nodes = _group_and_describe(canonical, vectors, run)
    scores = _list_scores(grouped, nodes)
    card = write_card(chosen, settings, input_hash=hash_texts(texts), scores=scores)
    progress.finish("Done")
    return _place_texts(canonical, grouped, nodes, set_aside, card)


@dataclass(frozen=True)
class _Run:
    """Hold what one run works with."""

    settings: ThemingSettings
    embedder: Embedder
    workforce: Workforce
    progress: Progress


def _tell_nobody(message: str, share: float) -> None:
    """Take a report and do nothing with it."""


def _sort_texts(texts: Sequence[str], progress: Progress) -> tuple[tuple[int, ...], CanonicalTexts]:
    """Set aside what says nothing, and put the rest in one order."""
    progress.start(Step.SORTING, "Looking for answers that say nothing")
    set_aside = find_non_answers(texts)
    if len(texts) - len(set_aside) < FLOOR:
        raise TooFewTexts(len(texts) - len(set_aside), FLOOR)
    return set_aside, order_texts(texts, set_aside)


def _choose(embedder: Embedder | None, settings: ThemingSettings, n_texts: int) -> Embedder:
    """Choose what embeds so many different texts."""
    chosen = embedder or choose_embedder(n_threads=settings.n_threads)
    return choose_for_many(chosen) if n_texts > settings.n_exact else chosen


def _embed(canonical: CanonicalTexts, run: _Run, cache: EmbeddingCache | None) -> Vectors:
    n_texts, progress = len(canonical.texts), run.progress
    message = f"Reading {n_texts:,} different texts"
    progress.start(Step.READING, message, sets_pace=run.workforce.is_this_process)

    def tell_read(n_there: int, done: float) -> None:
        if done == 0:
            progress.lessen(Step.READING, 1 - n_there / n_texts)
        progress.tell(f"Reading {n_there:,} of {n_texts:,} different texts", done)

    with loading_ahead():
        vectors = embed_texts(canonical.texts, run.embedder, cache, tell_read, run.workforce.embed_chunks)
    return_free_memory()
    return vectors


def _group_and_describe(
    canonical: CanonicalTexts, vectors: Vectors, run: _Run
) -> tuple[Grouping, tuple[ThemeNode, ...]]:
    """Group and describe on one thread for each sum: in another order, last digits would differ."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    with threadpool_limits(1):
        run.progress.start(Step.GATHERING, "Gathering texts that are nearly alike")
        vectors = remove_shared_names(vectors, canonical.texts)
        grouped = _group(vectors, canonical.weights, run)
        return_free_memory()
        run.progress.start(Step.NAMING, FINDING_NAMES)
        told = partial(run.progress.tell, FINDING_NAMES)
        return grouped, describe_nodes(canonical, vectors, grouped, run.embedder, told)


def _group(vectors: Vectors, weights: NDArray[np.float64], run: _Run) -> Grouping:
    settings, progress = run.settings, run.progress

    def tell_run(done: float) -> None:
        number = round(done * settings.n_runs)
        progress.tell(f"Grouping what belongs together, {number} of {settings.n_runs}", done)

    micro = form_micro_clusters(vectors, weights, settings, run.workforce)
    progress.start(Step.GROUPING, "Grouping what belongs together", sets_pace=True)
    points = prepare_points(micro.points)
    groupings = run_groupings(points, settings, tell_run)
    progress.start(Step.TREE, "Building the tree of themes")
    tree = build_tree(count_company(groupings), micro.points.weights, MAX_THEMES)
    chosen_n, scores = choose_number(tree, points)
    if settings.n_themes is not None:
        chosen_n = min(settings.n_themes, tree.n_leaves)
    return Grouping(micro, groupings, tree, chosen_n, scores)


def _place_texts(
    canonical: CanonicalTexts,
    grouped: Grouping,
    nodes: tuple[ThemeNode, ...],
    set_aside: tuple[int, ...],
    card: dict[str, Any],
) -> ThemingResult:
    """Carry what was found for points over to the texts, in the order in which they came."""
    tree, n_texts = grouped.tree, len(canonical.position_of)
    placed = canonical.position_of >= 0
    point_of = grouped.micro.point_of_text[canonical.position_of[placed]]
    leaf_of_text = np.full(n_texts, -1, np.int64)
    leaf_of_text[placed] = tree.leaf_of_point[point_of]
    affinity = np.zeros((n_texts, tree.n_leaves), np.float32)
    affinity[placed] = tree.affinity[point_of]
    return ThemingResult(nodes, leaf_of_text, affinity, grouped.chosen_n, set_aside, card)


def _list_scores(grouped: Grouping, nodes: Sequence[ThemeNode]) -> dict[str, Any]:
    leaves = nodes[: grouped.tree.n_leaves]
    n_texts = sum(node.size for node in leaves)
    steadiness = sum(node.stability * node.size for node in leaves) / n_texts
    return {
        "n_leaves": len(leaves),
        "mean_leaf_stability": round(steadiness, 4),
        "silhouette_by_number": {str(n): score for n, score in grouped.scores.items()},
    }
