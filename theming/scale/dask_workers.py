"""Workers on other machines, reached through the scheduler of a Dask cluster."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Generic, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from theming.embedding.choose import is_rounded
from theming.embedding.protocol import Embedder, Vectors
from theming.errors import WorkersDiffer, WorkersLost
from theming.scale.tasks import (
    ROUNDING,
    assign_block_there,
    describe_rounding,
    describe_self,
    embed_there,
    hold,
    list_differing,
)
from theming.scale.workforce import keep_order

CONNECT_S = 15.0
PATIENCE_S = 60.0
"""Seconds that a run waits for a worker when there is none.

Rationale: a machine that restarts a worker needs some seconds; after a minute somebody must look.
"""
LOOK_S = 1.0
MAX_RETRIES = 3

Part = TypeVar("Part")
Done = TypeVar("Done")


class DaskWorkers:
    """Hand work out to the workers of a Dask cluster; the same bytes come back as from this process.

    A part whose worker dies is done again by another one. What the parts share is itself a result
    that the scheduler can make anew, so no worker's memory is needed twice.

    Parameters
    ----------
    address : str
        The scheduler's, such as ``tcp://10.0.0.5:8786``; nothing is sent anywhere else. With
        ``tls://`` the certificates come from Dask's own configuration.
    patience_s : float
        How long to wait where there is no worker.

    Raises
    ------
    WorkersLost
        If the scheduler cannot be reached or has no worker.
    WorkersDiffer
        If a worker runs another version of anything that may change a result.
    """

    is_this_process = False

    def __init__(self, address: str, *, patience_s: float = PATIENCE_S) -> None:
        from distributed import Client

        self.address = address
        self._patience_s = patience_s
        try:
            self._client = Client(address, timeout=CONNECT_S, set_as_default=False, name="common-thread")
        except (OSError, TimeoutError) as error:
            raise WorkersLost(address, "the scheduler does not answer") from error
        self._own = describe_self()
        try:
            self._await_worker()
            self._check_workers(describe_self, self._own)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "DaskWorkers":
        """Use the workers for the time of a block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the cluster; its workers go on for others."""
        self.close()

    def close(self) -> None:
        """Leave the cluster and let go of what was asked for."""
        self._client.close(timeout=2)

    def embed_chunks(self, embedder: Embedder, chunks: Iterable[Sequence[str]]) -> Iterator[Vectors]:
        """Yield the vectors of each chunk.

        An embedder that is not the packaged one or its rounded twin stays in this process: workers do
        not have it.

        Raises
        ------
        WorkersDiffer
            If numbers are to be rounded, and a worker's processor rounds otherwise than this one.
        """
        if is_rounded(embedder):
            expected = {**self._own, ROUNDING: embedder.model_hash}
            self._check_workers(describe_rounding, expected)
            return self._work_through(embed_there, expected, chunks)
        if embedder.model_hash != self._own["model"]:
            return (embedder.embed(chunk) for chunk in chunks)
        return self._work_through(embed_there, self._own, chunks)

    def assign_blocks(
        self, blocks: Iterable[Vectors], centres: NDArray[np.float32]
    ) -> Iterator[NDArray[np.int32]]:
        """Yield the nearest centres of each block."""
        return self._work_through(assign_block_there, (self._own, centres), blocks)

    def _work_through(
        self, task: Callable[[Any, Part], Done], shared: object, parts: Iterable[Part]
    ) -> Iterator[Done]:
        kept = self._client.submit(hold, shared, pure=False)

        def hand_out(part: Part) -> _Awaited[Done]:
            return _Awaited(self, self._client.submit(task, kept, part, pure=False, retries=MAX_RETRIES))

        yield from keep_order(hand_out, parts, self._count_threads())

    def wait_for(self, future: Any) -> Any:
        """Wait for a result for as long as the scheduler answers and there are workers.

        Raises
        ------
        WorkersLost
            If the scheduler or all workers are gone, or a part ended every worker that tried it.
        """
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError
        from distributed.comm import CommClosedError

        seen = time.monotonic()
        while True:
            try:
                return future.result(timeout=LOOK_S)
            except TimeoutError:
                if self._client.status != "running":
                    raise WorkersLost(self.address, "the scheduler has gone") from None
                seen = time.monotonic() if self._list_workers() else seen
                if time.monotonic() - seen > self._patience_s:
                    raise WorkersLost(self.address, "all workers have gone") from None
            except KilledWorker as error:
                reason = "a part of the work ended every worker that tried it"
                raise WorkersLost(self.address, reason) from error
            except (FutureCancelledError, CommClosedError) as error:
                raise WorkersLost(self.address, "the scheduler has gone") from error

    def _list_workers(self) -> list[dict[str, Any]]:
        return list(self._client.scheduler_info(n_workers=-1)["workers"].values())

    def _count_threads(self) -> int:
        return max(1, sum(int(worker["nthreads"]) for worker in self._list_workers()))

    def _await_worker(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=self._patience_s)
        except TimeoutError as error:
            raise WorkersLost(self.address, "the scheduler has no worker") from error

    def _check_workers(self, describe: Callable[[], dict[str, str]], expected: Mapping[str, str]) -> None:
        """Refuse workers on which anything differs that may change a result."""
        found: dict[str, Any] = self._client.run(describe, on_error="return")
        for worker, described in sorted(found.items()):
            if isinstance(described, BaseException):
                raise WorkersDiffer(worker, ("Common Thread",)) from described
            differing = list_differing(expected, described)
            if differing:
                raise WorkersDiffer(worker, differing)


class _Awaited(Generic[Done]):
    """Hold the place of a result that a worker will give."""

    def __init__(self, workers: DaskWorkers, future: Any) -> None:
        self._workers = workers
        self._future = future

    def result(self) -> Done:
        return cast("Done", self._workers.wait_for(self._future))

    def cancel(self) -> None:
        self._future.cancel()
