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

from theming.embedding.choose import choose_embedder
from theming.embedding.protocol import Embedder, Vectors
from theming.errors import WorkersDiffer
from theming.scale.workforce import assign_block

LIBRARIES = ("dask", "numpy", "onnxruntime", "tokenizers")
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


def embed_there(expected: Mapping[str, str], texts: Sequence[str]) -> Vectors:
    """Embed texts with the packaged model.

    Raises
    ------
    WorkersDiffer
        If anything here is not as expected.
    """
    _refuse_other_work(expected)
    return _load_embedder().embed(texts)


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
    _refuse_other_work(expected)
    _keep_to_one_thread()
    return assign_block(block, centres)


def _refuse_other_work(expected: Mapping[str, str]) -> None:
    own = describe_self()
    differing = tuple(name for name, value in expected.items() if own.get(name) != value)
    if differing:
        raise WorkersDiffer(_name_worker(), differing)


def _name_worker() -> str:
    from distributed import get_worker

    return str(get_worker().address)


def _load_embedder() -> Embedder:
    """Load the model once, whichever thread of the worker asks first."""
    with _LOADING:
        return _open_embedder()


@lru_cache(maxsize=1)
def _open_embedder() -> Embedder:
    embedder = choose_embedder(n_threads=1)
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
