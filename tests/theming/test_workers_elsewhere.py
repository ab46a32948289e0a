"""Work on other machines gives the same bytes as in one process, also when a worker dies."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest

from tests.server import find_free_port
from tests.theming.dask_cluster import PATIENCE_S, DaskCluster, kill_at_once
from tests.theming.made_up_texts import TEXTS
from theming.clustering import micro
from theming.embedding import cached
from theming.embedding.minilm import MiniLMEmbedder
from theming.embedding.minilm_rounded import RoundedMiniLMEmbedder
from theming.engine import find_themes
from theming.errors import WorkersDiffer, WorkersLost
from theming.scale import dask_workers, tasks
from theming.scale.dask_workers import DaskWorkers
from theming.settings import ThemingSettings

MANY_TEXTS = [f"{' '.join(TEXTS[n % len(TEXTS)].split()[:5])} {n}" for n in range(1200)]
SMALL_CLUSTERS = ThemingSettings(n_runs=6, n_micro=120)


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts so small that there are many of each kind."""
    monkeypatch.setattr(cached, "CHUNK", 150)
    monkeypatch.setattr(micro, "BLOCK", 200)


@pytest.fixture
def cluster() -> Iterator[DaskCluster]:
    """A scheduler with two workers."""
    with DaskCluster(n_workers=2) as started:
        yield started


@pytest.mark.usefixtures("small_parts")
def test_a_worker_that_is_killed_in_mid_run_changes_no_byte(
    cluster: DaskCluster, embedder: MiniLMEmbedder
) -> None:
    killed_at: list[str] = []

    def kill_a_worker(message: str, share: float) -> None:
        if message.startswith("Reading 300 of") and not killed_at:
            killed_at.append(message)
            kill_at_once(cluster.workers[0])

    with DaskWorkers(cluster.address, patience_s=PATIENCE_S) as workers:
        workers._client.wait_for_workers(2)
        elsewhere = find_themes(
            MANY_TEXTS, settings=SMALL_CLUSTERS, embedder=embedder, workforce=workers, report=kill_a_worker
        )
    here = find_themes(MANY_TEXTS, settings=SMALL_CLUSTERS, embedder=embedder)

    assert killed_at
    assert elsewhere.to_bytes() == here.to_bytes()


@pytest.mark.usefixtures("small_parts")
def test_rounded_numbers_of_workers_are_those_of_this_process(
    cluster: DaskCluster, embedder: MiniLMEmbedder
) -> None:
    rounded = replace(SMALL_CLUSTERS, n_exact=1000)

    with DaskWorkers(cluster.address, patience_s=PATIENCE_S) as workers:
        elsewhere = find_themes(MANY_TEXTS, settings=rounded, embedder=embedder, workforce=workers)
    here = find_themes(MANY_TEXTS, settings=rounded, embedder=embedder)

    assert elsewhere.card["model"]["sha256"] != embedder.model_hash
    assert elsewhere.to_bytes() == here.to_bytes()


def test_a_worker_whose_processor_rounds_otherwise_is_refused(
    cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = RoundedMiniLMEmbedder(n_threads=1)
    monkeypatch.setattr(here, "model_hash", "made on another kind of processor")

    with (
        DaskWorkers(cluster.address, patience_s=PATIENCE_S) as workers,
        pytest.raises(WorkersDiffer) as refusal,
    ):
        workers.embed_chunks(here, [TEXTS[:3]])

    assert refusal.value.differing == (tasks.ROUNDING,)


@pytest.mark.usefixtures("small_parts")
def test_a_scheduler_that_dies_in_mid_run_ends_it_with_a_reason(
    cluster: DaskCluster, embedder: MiniLMEmbedder
) -> None:
    def kill_the_scheduler(message: str, share: float) -> None:
        if message.startswith("Reading 150 of"):
            kill_at_once(cluster.scheduler)

    with DaskWorkers(cluster.address, patience_s=PATIENCE_S) as workers:
        run = partial(find_themes, settings=SMALL_CLUSTERS, embedder=embedder, workforce=workers)

        with pytest.raises(WorkersLost, match="scheduler has gone"):
            run(MANY_TEXTS, report=kill_the_scheduler)


def test_a_worker_of_another_version_is_refused(
    cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "_hash_source", lambda: "changed since")
    tasks.describe_self.cache_clear()

    with pytest.raises(WorkersDiffer) as refusal:
        DaskWorkers(cluster.address, patience_s=PATIENCE_S)

    tasks.describe_self.cache_clear()
    assert refusal.value.differing == ("Common Thread",)
    assert refusal.value.worker.startswith("tcp://127.0.0.1:")


def test_a_scheduler_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_workers, "CONNECT_S", 0.5)

    with pytest.raises(WorkersLost, match="does not answer"):
        DaskWorkers(f"tcp://127.0.0.1:{find_free_port()}")


def test_a_scheduler_without_workers_is_said() -> None:
    with DaskCluster(n_workers=0) as cluster, pytest.raises(WorkersLost, match="no worker"):
        DaskWorkers(cluster.address, patience_s=0.5)
