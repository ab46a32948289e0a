"""Running a module of ours in a process of its own: what it does to itself cannot reach this one."""

from __future__ import annotations

import subprocess  # the child is this very Python with a fixed module, and no shell
import sys

from engagement.settings import HOUSE


def run_module(
    module: str, *words: str, given: bytes, wall_seconds: float
) -> subprocess.CompletedProcess[bytes]:
    """Run a module with words on its command line and bytes on its standard input; nothing else is inherited.

    Raises
    ------
    TimeoutExpired
        When it takes longer than ``wall_seconds``; it is ended then.
    """
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", module, *words],
        input=given,
        capture_output=True,
        timeout=wall_seconds,
        cwd=HOUSE,
        env={"PYTHONPATH": str(HOUSE), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"},
        check=False,
        start_new_session=True,
    )
