"""The worker: does long work outside the web process, each job in a process of its own.

A job that runs out of memory or is killed takes nothing else down; the worker notes why and takes the next.
Start it with ``python -m engagement.worker``; the web process does so by itself. Ctrl-C is left to the web
process, whose end the worker notices.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from threading import Event

from engagement.errors import EngagementError
from engagement.jobs import JobView, claim_job, fail_job, get_job_or_raise, note_alive
from engagement.record import open_record
from engagement.settings import HOUSE, read_settings
from models.database import Record

PAUSE_S = 0.3
SIGN_OF_LIFE_S = 5.0


def start_worker() -> subprocess.Popen[bytes]:
    """Start the worker beside this process; it ends by itself when this process ends."""
    return _start_python("engagement.worker")


def run_worker(record: Record, is_wanted: Callable[[], bool]) -> None:
    """Do one job after another for as long as the worker is wanted."""
    while is_wanted():
        with record.writing() as session:
            job = claim_job(session)
        if job:
            _run_in_own_process(record, job, is_wanted)
        else:
            time.sleep(PAUSE_S)


def do_job(record: Record, job_id: int) -> None:
    """Do one job in this process, to its end; what a person must know is kept with the job."""
    from engagement.listen.duplicates.searches import run_duplicates_job
    from engagement.theming_runs.asking import run_theming_job
    from engagement.theming_runs.home_findings import run_homes_job

    with record.reading() as session:
        job = get_job_or_raise(session, job_id)
    try:
        jobs = {"theming": run_theming_job, "known homes": run_homes_job, "duplicates": run_duplicates_job}
        jobs[job.kind](record, job)
    except EngagementError as error:
        with record.writing() as session:
            fail_job(session, job_id, str(error))


def _run_in_own_process(record: Record, job: JobView, is_wanted: Callable[[], bool]) -> None:
    process = _start_python("engagement.worker", str(job.id))
    last_sign = time.monotonic()
    while process.poll() is None:
        time.sleep(PAUSE_S)
        if not is_wanted() or _is_stop_asked(record, job.id):
            process.kill()
        elif time.monotonic() - last_sign > SIGN_OF_LIFE_S:
            last_sign = time.monotonic()
            with record.writing() as session:
                note_alive(session, job.id)
    if process.returncode != 0 and is_wanted():
        with record.writing() as session:
            fail_job(session, job.id, _explain_end(process.returncode))


def _is_stop_asked(record: Record, job_id: int) -> bool:
    with record.reading() as session:
        return get_job_or_raise(session, job_id).stop_asked


def _explain_end(return_code: int) -> str:
    if return_code < 0:
        return (
            "This was ended from outside, most likely because the computer ran out of memory. "
            "Nothing was changed. Close other programs and ask for it again."
        )
    return (
        "The software made a mistake and could not finish this. Nothing was changed. The window in which "
        "Common Thread was started shows what happened; send that to whoever looks after it."
    )


def _start_python(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(command, cwd=HOUSE, stdin=subprocess.DEVNULL)  # noqa: S603  our own words only


def _main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    record = open_record(read_settings().record_url)
    if len(sys.argv) > 1:
        do_job(record, int(sys.argv[1]))
        return
    parent, is_over = os.getppid(), Event()
    signal.signal(signal.SIGTERM, lambda *_: is_over.set())
    run_worker(record, is_wanted=lambda: not is_over.is_set() and os.getppid() == parent)


if __name__ == "__main__":
    _main()
