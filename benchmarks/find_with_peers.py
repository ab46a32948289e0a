"""Find themes with peers in their own environment; each result is kept, so that only what is new is run."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from benchmarks.find_with_ours import embed_as_published
from benchmarks.found import Found, shorten_keywords
from benchmarks.places import HERE, REQUIREMENTS, find_cache, find_peers_python, keep_file

ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMBA")}
OFFLINE = {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}


@dataclass(frozen=True)
class Job:
    """Hold one fit of one peer."""

    system: str
    run: int
    texts: tuple[str, ...]

    @cached_property
    def key(self) -> str:
        """Return the hash of everything that the fit depends on, the pinned versions too."""
        parts = [REQUIREMENTS.read_text(encoding="utf-8"), self.system, self.run, self.texts]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    @property
    def kept(self) -> Path:
        """Return the file in which the result is kept."""
        return find_cache() / "benchmark-peers" / f"{self.key}.json"


def find_with_peers(jobs: Sequence[Job]) -> Iterator[Found]:
    """Return what each job finds, in order, fitting those whose results are not kept."""
    fit_missing(jobs)
    for job in jobs:
        held = json.loads(job.kept.read_text(encoding="utf-8"))
        yield Found(tuple(held["labels"]), shorten_keywords(held["keywords"]))


def fit_missing(jobs: Sequence[Job]) -> None:
    """Fit all jobs whose results are not kept, in one process, since starting one takes half a minute."""
    if missing := list({job.key: job for job in jobs if not job.kept.is_file()}.values()):
        _fit_all(missing)


def _fit_all(jobs: Sequence[Job]) -> None:
    kept = {job.key: job.kept for job in jobs}
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "jobs.json"
        listed.write_text(json.dumps([_describe(job, Path(folder)) for job in jobs]), encoding="utf-8")
        command = [find_peers_python(), "-P", HERE / "peer_process.py", listed]
        environment = os.environ | ONE_THREAD | OFFLINE
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
            for number, line in enumerate(process.stdout or [], start=1):
                keep_file(kept[json.loads(line)["key"]], line.encode())
                print(f"peers: {number} of {len(jobs)}", file=sys.stderr)
        if process.returncode:
            raise SystemExit(f"The peers stopped with {process.returncode}. What they had done is kept.")


def _describe(job: Job, folder: Path) -> dict[str, object]:
    vectors = folder / f"{hashlib.sha256(repr(job.texts).encode()).hexdigest()}.npy"
    if not vectors.is_file():
        np.save(vectors, embed_as_published(job.texts))
    return {
        "key": job.key,
        "system": job.system,
        "run": job.run,
        "vectors": str(vectors),
        "texts": job.texts,
    }
