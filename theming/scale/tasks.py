"""What a worker on another machine is asked to do; each task first looks whether it is the right worker."""

import hashlib
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from threading import Lock
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from theming.embedding.choose import choose_embedder, choose_for_many
from theming.embedding.protocol import Embedder, Vectors
from theming.errors import WorkersDiffer
from theming.scale.workforce import assign_block

LIBRARIES = ("dask", "numpy", "onnxruntime", "tokenizers")
ROUNDING = "kind of processor"
"""What differs where a worker rounds numbers to other ones than this process does."""
_LOADING = Lock()

Held = TypeVar("Held")


def hold(value: Held) -> Held:
    """Return the value: a task whose result the scheduler can make anew when a worker dies."""
    return value


@lru_cache(maxsize=1)
def describe_self() -> dict[str, str]:
    """Return everything on this machine that may change a result: versions, the model, our own code."""
    return {
        "Python": f"{sys.version_info.major}.{sys.version_info.minor}",
        **{name: metadata.version(name) for name in LIBRARIES},
        "model": choose_embedder(n_threads=1).model_hash,
        "Common Thread": _hash_source(),
    }


@lru_cache(maxsize=1)
def describe_rounding() -> dict[str, str]:
    """Return what `describe_self` does, and how the processor rounds numbers where that is asked for."""
    return {**describe_self(), ROUNDING: _load_embedder(rounded=True).model_hash}


def embed_there(expected: Mapping[str, str], texts: Sequence[str]) -> Vectors:
    """Embed texts with the packaged model, or with its rounded twin where a way of rounding is expected.

    Raises
    ------
    WorkersDiffer
        If anything here is not as expected.
    """
    rounded = ROUNDING in expected
    _refuse_other_work(expected, describe_rounding() if rounded else describe_self())
    return _load_embedder(rounded=rounded).embed(texts)


def assign_block_there(
    shared: tuple[Mapping[str, str], NDArray[np.float32]], block: Vectors
) -> NDArray[np.int32]:
    """Return the nearest centre of each row.

    Raises
    ------
    WorkersDiffer
        If anything here is not as expected.
    """
    expected, centres = shared
    _refuse_other_work(expected, describe_self())
    _keep_to_one_thread()
    return assign_block(block, centres)


def list_differing(expected: Mapping[str, str], own: Mapping[str, str]) -> tuple[str, ...]:
    """List what is not as expected.

    Examples
    --------
    >>> list_differing({"numpy": "2.3", "dask": "1"}, {"numpy": "2.3", "dask": "2"})
    ('dask',)
    """
    return tuple(name for name, value in expected.items() if own.get(name) != value)


def _refuse_other_work(expected: Mapping[str, str], own: Mapping[str, str]) -> None:
    differing = list_differing(expected, own)
    if differing:
        raise WorkersDiffer(_name_worker(), differing)


def _name_worker() -> str:
    from distributed import get_worker

    return str(get_worker().address)


def _load_embedder(*, rounded: bool) -> Embedder:
    """Load the model once, whichever thread of the worker asks first."""
    with _LOADING:
        return _open_embedder(rounded)


@lru_cache(maxsize=2)
def _open_embedder(rounded: bool) -> Embedder:
    embedder = choose_embedder(n_threads=1)
    embedder = choose_for_many(embedder) if rounded else embedder
    embedder.embed(["The first text loads the model."])
    return embedder


@lru_cache(maxsize=1)
def _keep_to_one_thread() -> None:
    """Keep sums to one processor for good: spread over several, they differ in last digits."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    threadpool_limits(1)


def _hash_source() -> str:
    """Return a SHA-256 of all that `theming` is made of: its code, its words and its graph."""
    folder = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
