"""A cluster that cannot be used is told of in sentences that say what to do."""

from __future__ import annotations

import pytest

from engagement.errors import EngagementError
from engagement.settings import Settings
from engagement.theming_runs import workers
from engagement.theming_runs.asking import propose_themes
from engagement.theming_runs.workers import open_workforce
from tests.server import find_free_port
from tests.theming.made_up_texts import TEXTS
from theming.errors import WorkersDiffer
from theming.scale import dask_workers
from theming.scale.tasks import ROUNDING


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a scheduler that is set, though none is there."""
    address = f"tcp://127.0.0.1:{find_free_port()}"
    monkeypatch.setenv("ENGAGEMENT_DASK_SCHEDULER", address)
    return address


def test_without_a_cluster_this_computer_does_all() -> None:
    with open_workforce() as workforce:
        assert workforce is None


def test_a_cluster_that_does_not_answer_is_named(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_workers, "CONNECT_S", 0.3)

    with pytest.raises(EngagementError, match=f"{address} cannot go on: the scheduler does not answer"):
        propose_themes(TEXTS[:40])


def test_a_cluster_without_the_package_says_what_to_install(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "find_spec", lambda name: None)

    with pytest.raises(EngagementError, match=r"Install requirements-scale\.txt"), open_workforce():
        pass


def test_a_worker_that_differs_is_named(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(address: str) -> None:
        raise WorkersDiffer("tcp://10.0.0.7:40331", ("numpy", "model"))

    monkeypatch.setattr(dask_workers, "DaskWorkers", refuse)

    with pytest.raises(EngagementError, match=r"10\.0\.0\.7:40331 differs .* numpy, model"), open_workforce():
        pass


def test_a_worker_whose_processor_rounds_otherwise_is_told_of_with_two_ways_out(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(address: str) -> None:
        raise WorkersDiffer("tcp://10.0.0.7:40331", (ROUNDING,))

    monkeypatch.setattr(dask_workers, "DaskWorkers", refuse)

    with (
        pytest.raises(
            EngagementError, match=r"kind of processor\. .* or leave ENGAGEMENT_DASK_SCHEDULER out"
        ),
        open_workforce(),
    ):
        pass


@pytest.mark.parametrize("address", ["10.0.0.5:8786", "http://10.0.0.5:8786", "tcp://10.0.0.5"])
def test_an_address_of_another_shape_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGAGEMENT_DASK_SCHEDULER", address)

    with pytest.raises(ValueError, match="dask_scheduler"):
        Settings()
