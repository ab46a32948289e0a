"""What servers take of the machine: processor, memory and open files, looked at again and again."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.server import AppServer

LOOKS = 240
SHORTEST_PAUSE_S = 1.0
WARM_UP = 0.2
FEWEST_LOOKS = 10


@dataclass(frozen=True)
class Look:
    """What all servers together held at one moment (seconds of `time.perf_counter`)."""

    at: float
    memory_mb: float
    n_files: int


async def keep_looking(servers: Sequence[AppServer], seconds: float, looks: list[Look]) -> None:
    """Look for ever, about so many times in so many seconds."""
    while True:
        looks.append(take_look(servers))
        await asyncio.sleep(max(SHORTEST_PAUSE_S, seconds / LOOKS))


def take_look(servers: Sequence[AppServer]) -> Look:
    """Look now."""
    return Look(
        time.perf_counter(),
        sum(_read_memory_mb(_find_pid(server)) for server in servers),
        sum(len(tuple(Path(f"/proc/{_find_pid(server)}/fd").iterdir())) for server in servers),
    )


def read_cpu_s(servers: Sequence[AppServer]) -> float:
    """Read the processor time that the servers have used so far."""
    return sum(_read_process_cpu_s(_find_pid(server)) for server in servers)


def measure_growth(looks: Sequence[Look]) -> tuple[float, float] | None:
    """Put a line through what was seen after the warm-up (the first fifth).

    Returns
    -------
    tuple of float, or None
        Megabytes an hour, and open files an hour; None when there were too few looks.

    Examples
    --------
    >>> measure_growth([Look(60.0 * each, 200 + each, 90) for each in range(20)])
    (60.0, 0.0)
    """
    warm = looks[round(len(looks) * WARM_UP) :]
    if len(warm) < FEWEST_LOOKS:
        return None
    hours = [look.at / 3600 for look in warm]
    memory = statistics.linear_regression(hours, [look.memory_mb for look in warm]).slope
    files = statistics.linear_regression(hours, [float(look.n_files) for look in warm]).slope
    return round(memory, 6), round(files, 6)


def _find_pid(server: AppServer) -> int:
    if server.process is None:
        raise ValueError("server.process == None, start the server first.")
    return server.process.pid


def _read_process_cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _read_memory_mb(pid: int) -> float:
    pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6
