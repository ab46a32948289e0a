"""Many quick groupings, and how often each two texts sit together over all of them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from theming.clustering.kmeans import WeightedPoints, assign_to_centres, find_centres
from theming.settings import ThemingSettings

FEWEST_CLUSTERS = 10
MOST_CLUSTERS = 40


def run_groupings(
    points: WeightedPoints,
    settings: ThemingSettings,
    report: Callable[[float], None] | None = None,
) -> NDArray[np.int32]:
    """Group the points many times, each time with another number of clusters and another sample.

    Each run learns its centres from a random sample and then places every point. Runs are seeded
    one by one and computed on one thread each, so threads change the time and nothing else.

    Parameters
    ----------
    points : WeightedPoints
    settings : ThemingSettings
    report : callable, optional
        Told the share done, 0..1; may raise to stop the work.

    Returns
    -------
    ndarray of shape (n_runs, n_points)
        The cluster of each point in each run.

    References
    ----------
    Fred and Jain (2005), Combining multiple clusterings using evidence accumulation.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    seeds = np.random.SeedSequence(settings.seed).spawn(settings.n_runs)

    def run(seed: np.random.SeedSequence) -> NDArray[np.int32]:
        return _run_once(points, settings.sample_share, np.random.default_rng(seed))

    groupings = np.empty((settings.n_runs, len(points.vectors)), np.int32)
    with threadpool_limits(1), ThreadPoolExecutor(settings.n_threads) as pool:
        try:
            for place, labels in enumerate(pool.map(run, seeds)):
                groupings[place] = labels
                if report:
                    report((place + 1) / settings.n_runs)
        finally:
            pool.shutdown(cancel_futures=True)
    return groupings


def _run_once(points: WeightedPoints, sample_share: float, rng: np.random.Generator) -> NDArray[np.int32]:
    n_points = len(points.vectors)
    n_sampled = max(1, round(sample_share * n_points))
    sample = np.sort(rng.choice(n_points, n_sampled, replace=False))
    fewest, most = limit_clusters(n_sampled)
    n_clusters = int(rng.integers(fewest, most + 1))
    centres = find_centres(points.take(sample), n_clusters, rng)
    return assign_to_centres(points.vectors, centres).astype(np.int32)


def limit_clusters(n_points: int) -> tuple[int, int]:
    """Return the fewest and most clusters of a run for so many points.

    Rationale: 10 to 40 suits hundreds of texts or more; with fewer, a cluster should still hold
    about four texts on average.

    Examples
    --------
    >>> limit_clusters(614), limit_clusters(40)
    ((10, 40), (3, 10))
    """
    most = max(1, min(MOST_CLUSTERS, n_points // 4))
    fewest = max(1, min(FEWEST_CLUSTERS, most // 3)) if most < MOST_CLUSTERS else FEWEST_CLUSTERS
    return fewest, most


def count_company(groupings: NDArray[np.int32]) -> NDArray[np.float32]:
    """Return in what share of the runs each two points sit together.

    Parameters
    ----------
    groupings : ndarray of shape (n_runs, n_points)

    Returns
    -------
    ndarray of shape (n_points, n_points)
        0 (never together) to 1 (always together); the diagonal is 1.

    Examples
    --------
    >>> count_company(np.array([[0, 0, 1], [0, 1, 1]], np.int32))[0].tolist()
    [1.0, 0.5, 0.0]
    """
    n_points = groupings.shape[1]
    together = np.zeros((n_points, n_points), np.float32)
    for labels in groupings:
        order = np.argsort(labels, kind="stable")
        for members in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1):
            together[np.ix_(members, members)] += 1
    return together / np.float32(len(groupings))
