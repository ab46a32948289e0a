"""Who does the heavy work: this process, or workers on other machines."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from theming.embedding.choose import is_rounded
from theming.embedding.protocol import Embedder, Vectors

AHEAD_PER_WORKER = 2
"""Parts handed out for each worker at a time.

Rationale: one that is worked on and one that waits keep a worker busy; more would only fill memory.
"""

CHUNKS_AT_ONCE = 2

Part = TypeVar("Part")
Done = TypeVar("Done")
Result = TypeVar("Result", covariant=True)


class Pending(Protocol[Result]):
    """Hold the place of a result that is on its way."""

    def result(self) -> Result:
        """Wait for the result and return it."""

    def cancel(self) -> object:
        """Ask that the work be left undone."""


class Workforce(Protocol):
    """Do the work that grows with the number of texts, part by part.

    Whoever does it, results come back in the order of the parts, and the parts are the same, so
    the result of a run does not depend on it.

    Attributes
    ----------
    is_this_process : bool
        Whether the time that work takes tells how fast this process is.
    """

    @property
    def is_this_process(self) -> bool:
        """Return whether the work is done in this process."""

    def embed_chunks(self, embedder: Embedder, chunks: Iterable[Sequence[str]]) -> Iterator[Vectors]:
        """Yield the vectors of each chunk of texts."""

    def assign_blocks(
        self, blocks: Iterable[Vectors], centres: NDArray[np.float32]
    ) -> Iterator[NDArray[np.int32]]:
        """Yield the place of the nearest centre for each row of each block."""


class ThisProcess:
    """Do all work in this process, on a number of threads.

    Parameters
    ----------
    n_threads : int
        Processor threads used. They never change the result.
    """

    is_this_process = True

    def __init__(self, n_threads: int = 2) -> None:
        self.n_threads = n_threads

    def embed_chunks(self, embedder: Embedder, chunks: Iterable[Sequence[str]]) -> Iterator[Vectors]:
        """Yield the vectors of each chunk; the embedder uses its threads within a chunk.

        Where there are very many, two chunks are read at a time, so that no thread waits at the end
        of each; with few, that would only take memory.
        """
        if not is_rounded(embedder):
            yield from (embedder.embed(chunk) for chunk in chunks)
            return
        with ThreadPoolExecutor(CHUNKS_AT_ONCE) as pool:
            yield from keep_order(lambda chunk: pool.submit(embedder.embed, chunk), chunks, 1)

    def assign_blocks(
        self, blocks: Iterable[Vectors], centres: NDArray[np.float32]
    ) -> Iterator[NDArray[np.int32]]:
        """Yield the nearest centres of each block, one block on each thread."""
        with _open_threads(self.n_threads) as pool:
            yield from keep_order(
                lambda block: pool.submit(assign_block, block, centres), blocks, self.n_threads
            )


def keep_order(
    hand_out: Callable[[Part], Pending[Done]], parts: Iterable[Part], n_workers: int
) -> Iterator[Done]:
    """Hand parts out a few ahead, and yield what comes of them in the order of the parts.

    Memory is bounded: parts are taken, and results are held, for a few parts only.

    Parameters
    ----------
    hand_out : callable
        Starts the work on one part.
    parts : iterable
    n_workers : int

    Examples
    --------
    >>> with ThreadPoolExecutor(2) as pool:
    ...     list(keep_order(lambda n: pool.submit(pow, n, 2), range(5), 2))
    [0, 1, 4, 9, 16]
    """
    waiting: deque[Pending[Done]] = deque()
    try:
        for part in parts:
            waiting.append(hand_out(part))
            if len(waiting) > AHEAD_PER_WORKER * n_workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for pending in waiting:
            pending.cancel()


def assign_block(vectors: Vectors, centres: NDArray[np.float32]) -> NDArray[np.int32]:
    """Return the place of the nearest centre for each row, shape (n_rows,).

    Nearness is worked out in place, so that a block needs one matrix of (n_rows, n_centres) only.
    """
    nearness = vectors @ centres.T
    nearness -= (centres * centres).sum(axis=1) / 2
    nearest: NDArray[np.int32] = nearness.argmax(axis=1).astype(np.int32)
    return nearest


@contextmanager
def _open_threads(n_threads: int) -> Iterator[ThreadPoolExecutor]:
    """Open threads that each keep to one processor: sums spread over several differ in last digits."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    with threadpool_limits(1), ThreadPoolExecutor(n_threads) as pool:
        yield pool
