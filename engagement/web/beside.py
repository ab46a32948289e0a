"""Work beside the requests, for as long as the server runs: should it die, somebody must hear of it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from functools import partial
from typing import Any


def start_beside(work: Coroutine[Any, Any, None], lost: str) -> asyncio.Task[None]:
    """Start work in the running loop. Should it die of a fault, the log says in words what is ``lost``."""
    task = asyncio.get_running_loop().create_task(work)
    task.add_done_callback(partial(_say_fault, lost))
    return task


def _say_fault(lost: str, task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        task.get_loop().call_exception_handler(
            {"message": f"{lost} Start the server again.", "exception": task.exception(), "task": task}
        )
