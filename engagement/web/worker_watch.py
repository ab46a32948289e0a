"""The worker beside the server: started with it, started again when it dies, stopped with it."""

from __future__ import annotations

import asyncio
import subprocess
import sys

from engagement.worker import start_worker

LOOK_EVERY_S = 1.0
LONGEST_PAUSE_S = 60.0
PATIENCE_S = 10.0


async def watch_worker() -> None:
    """Keep a worker running until this task is cancelled; a worker that keeps dying is tried less often."""
    pause = LOOK_EVERY_S
    while True:
        worker = start_worker()
        try:
            lived_s = await _wait_for_end(worker)
        finally:
            await asyncio.shield(asyncio.to_thread(_stop, worker))
        pause = LOOK_EVERY_S if lived_s > LONGEST_PAUSE_S else min(2 * pause, LONGEST_PAUSE_S)
        print(
            f"The worker ended by itself ({worker.returncode}); it is started again.",
            file=sys.stderr,
            flush=True,
        )
        await asyncio.sleep(pause)


async def _wait_for_end(worker: subprocess.Popen[bytes]) -> float:
    lived_s = 0.0
    while worker.poll() is None:
        await asyncio.sleep(LOOK_EVERY_S)
        lived_s += LOOK_EVERY_S
    return lived_s


def _stop(worker: subprocess.Popen[bytes]) -> None:
    if worker.poll() is None:
        worker.terminate()
        try:
            worker.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()
