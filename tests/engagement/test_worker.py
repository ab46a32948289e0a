"""The worker does long work in other processes, and survives whatever happens to them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engagement import jobs
from engagement.settings import HOUSE
from engagement.theming_runs.asking import ask_for_themes
from engagement.theming_runs.keeping import find_newest_run
from models.database import Record
from models.jobs import JobStatus
from tests.builders import FACILITATOR, add_voices
from tests.theming.made_up_texts import TEXTS

PATIENCE_S = 90


@pytest.fixture
def worker(sqlite_url: str, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a process of its own, as the web process starts it."""
    environment = {**os.environ, "ENGAGEMENT_DATABASE_URL": sqlite_url, "ENGAGEMENT_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "engagement.worker"]
    with subprocess.Popen(command, cwd=HOUSE, env=environment, stderr=subprocess.DEVNULL) as process:
        yield process
        process.kill()


def ask(record: Record) -> int:
    with record.writing() as session:
        engagement = add_voices(session, TEXTS)
        return ask_for_themes(session, FACILITATOR, engagement.id)


def see(record: Record, job_id: int) -> jobs.JobView:
    with record.reading() as session:
        return jobs.get_job_or_raise(session, job_id)


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def find_children(process_id: int) -> list[int]:
    listed = Path(f"/proc/{process_id}/task/{process_id}/children").read_text(encoding="ascii")
    return [int(each) for each in listed.split()]


def test_the_worker_proposes_themes_when_asked(
    sqlite_record: Record, worker: subprocess.Popen[bytes]
) -> None:
    job_id = ask(sqlite_record)

    wait_until(lambda: not see(sqlite_record, job_id).is_open)

    job = see(sqlite_record, job_id)
    assert job.status is JobStatus.DONE, job.error
    with sqlite_record.reading() as session:
        run = find_newest_run(session, FACILITATOR, job.engagement_id)
    assert run is not None
    assert run.id == job.result["run_id"]


def test_work_that_is_killed_is_explained_and_the_worker_lives(
    sqlite_record: Record, worker: subprocess.Popen[bytes]
) -> None:
    job_id = ask(sqlite_record)
    wait_until(lambda: bool(find_children(worker.pid)))

    for child in find_children(worker.pid):
        os.kill(child, signal.SIGKILL)
    wait_until(lambda: not see(sqlite_record, job_id).is_open)

    job = see(sqlite_record, job_id)
    assert job.status is JobStatus.FAILED
    assert "Nothing was changed" in job.error
    assert worker.poll() is None


def test_work_that_is_stopped_ends_and_keeps_nothing(
    sqlite_record: Record, worker: subprocess.Popen[bytes]
) -> None:
    job_id = ask(sqlite_record)
    wait_until(lambda: see(sqlite_record, job_id).status is JobStatus.RUNNING)

    with sqlite_record.writing() as session:
        jobs.stop_job(session, FACILITATOR, job_id)
    wait_until(lambda: not see(sqlite_record, job_id).is_open)

    job = see(sqlite_record, job_id)
    assert job.status is JobStatus.STOPPED
    with sqlite_record.reading() as session:
        assert find_newest_run(session, FACILITATOR, job.engagement_id) is None


def test_a_worker_that_is_told_to_end_leaves_no_work_running(
    sqlite_record: Record, worker: subprocess.Popen[bytes]
) -> None:
    ask(sqlite_record)
    wait_until(lambda: bool(find_children(worker.pid)))
    children = find_children(worker.pid)

    worker.send_signal(signal.SIGINT)
    worker.terminate()

    assert worker.wait(PATIENCE_S) == 0
    wait_until(lambda: not any(Path(f"/proc/{child}").exists() for child in children))
