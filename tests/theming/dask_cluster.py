"""A Dask scheduler and workers in processes of their own, on this machine only."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

from tests.server import find_free_port

HOUSE = Path(__file__).resolve().parents[2]
PATIENCE_S = 90.0


class DaskCluster:
    """A scheduler on a free port, and the workers that were started for it."""

    def __init__(self, n_workers: int) -> None:
        self.address = f"tcp://127.0.0.1:{find_free_port()}"
        host, port = self.address.removeprefix("tcp://").split(":")
        self.scheduler = _start("scheduler", "--host", host, "--port", port, "--no-dashboard")
        _wait_for_port(host, int(port))
        self.workers = [
            _start("worker", self.address, "--host", host, "--no-nanny", "--nthreads", "1", "--no-dashboard")
            for _ in range(n_workers)
        ]

    def __enter__(self) -> "DaskCluster":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


def _wait_for_port(host: str, port: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            socket.create_connection((host, port)).close()
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, "the scheduler does not start"
            time.sleep(0.05)
        else:
            return


def kill_at_once(process: "subprocess.Popen[bytes]") -> None:
    """End a process as a power cut would."""
    process.send_signal(signal.SIGKILL)
    process.wait()


def _start(*words: str) -> "subprocess.Popen[bytes]":
    quiet = subprocess.DEVNULL
    return subprocess.Popen([sys.executable, "-m", "dask", *words], cwd=HOUSE, stdout=quiet, stderr=quiet)
