"""A theming run that was killed goes on from the texts that were read, and ends with the same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from engagement import jobs
from engagement.settings import HOUSE
from engagement.theming_runs.asking import ask_for_themes, run_theming_job
from engagement.theming_runs.keeping import find_newest_run, load_run
from models.base import utc_now
from models.database import Record
from models.jobs import Job
from models.theming_runs import EmbeddingVector
from tests.builders import FACILITATOR, add_voices
from tests.theming.made_up_texts import TEXTS
from theming.embedding.minilm import MiniLMEmbedder
from theming.embedding.protocol import Vectors, hash_text
from theming.engine import find_themes

PATIENCE_S = 90
MANY_TEXTS = [f"{' '.join(TEXTS[n % len(TEXTS)].split()[:4])} {n}" for n in range(1300)]


def list_kept(record: Record) -> set[str]:
    with record.reading() as session:
        return set(session.scalars(select(EmbeddingVector.text_hash)))


def count_kept(record: Record) -> int:
    with record.reading() as session:
        return session.scalar(select(func.count()).select_from(EmbeddingVector)) or 0


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def do_job_until_killed(url: str, data_dir: Path, job_id: int, is_time: Callable[[], bool]) -> None:
    """Do a job in a process of its own, and kill that when it is time."""
    environment = {**os.environ, "ENGAGEMENT_DATABASE_URL": url, "ENGAGEMENT_DATA_DIR": str(data_dir)}
    command = [sys.executable, "-m", "engagement.worker", str(job_id)]
    with subprocess.Popen(command, cwd=HOUSE, env=environment) as process:
        wait_until(is_time)
        process.send_signal(signal.SIGKILL)


def take_up_again(record: Record, job_id: int) -> None:
    """Take the job up as a worker does that finds it silent for too long."""
    with record.writing() as session:
        session.get_one(Job, job_id).heard_at = utc_now() - jobs.LONGEST_SILENCE - timedelta(seconds=1)
    with record.writing() as session:
        job = jobs.claim_job(session)
    assert job is not None
    assert job.id == job_id
    run_theming_job(record, job)


def test_a_killed_run_reads_only_what_is_missing_and_ends_the_same(
    sqlite_record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_record.writing() as session:
        engagement_id = add_voices(session, MANY_TEXTS).id
        job_id = ask_for_themes(session, FACILITATOR, engagement_id)
        jobs.claim_job(session)
    do_job_until_killed(sqlite_record.url, tmp_path, job_id, lambda: count_kept(sqlite_record) > 0)
    kept = list_kept(sqlite_record)
    read: list[str] = []
    embed = MiniLMEmbedder.embed

    def embed_and_note(self: MiniLMEmbedder, texts: Sequence[str]) -> Vectors:
        read.extend(texts)
        return embed(self, texts)

    monkeypatch.setattr(MiniLMEmbedder, "embed", embed_and_note)
    take_up_again(sqlite_record, job_id)

    monkeypatch.undo()
    voices_read = {hash_text(text) for text in read} & {hash_text(text) for text in MANY_TEXTS}
    assert 0 < len(kept) < len(MANY_TEXTS)
    assert voices_read == {hash_text(text) for text in MANY_TEXTS} - kept
    with sqlite_record.reading() as session:
        newest = find_newest_run(session, FACILITATOR, engagement_id)
        assert newest is not None
        result = load_run(session, FACILITATOR, newest.id).result
    found = replace(result, positions=None, class_words=())
    assert found.to_bytes() == find_themes(MANY_TEXTS).to_bytes()


def test_two_runs_may_keep_the_same_vectors(record: Record) -> None:
    from engagement.embedding_cache import RecordEmbeddingCache

    cache = RecordEmbeddingCache(record)
    cache.put_many("model", {"bus": b"first", "park": b"first"})

    cache.put_many("model", {"bus": b"second", "lift": b"second"})

    assert cache.get_many("model", ["bus", "lift", "park"]) == {
        "bus": b"first",
        "lift": b"second",
        "park": b"first",
    }
