"""Asking about words in a process of its own: the web process stays light, and nobody waits for its turn."""

from __future__ import annotations

import json
import subprocess  # the child is this very Python with a fixed module, and no shell
import sys
from typing import Any

from engagement.errors import EngagementError
from engagement.settings import HOUSE


def ask_child(module: str, asked: object, wall_seconds: float, refusal: str) -> Any:
    """Hand JSON to a module of ours in a process of its own, and read the JSON that it answers.

    Raises
    ------
    EngagementError
        With the words of ``refusal``, when it takes longer than ``wall_seconds`` or fails.
    """
    environment = {"PYTHONPATH": str(HOUSE), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    try:
        child = subprocess.run(  # noqa: S603
            [sys.executable, "-m", module],
            input=json.dumps(asked).encode("ascii"),
            capture_output=True,
            timeout=wall_seconds,
            cwd=HOUSE,
            env=environment,
            check=True,
            start_new_session=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise EngagementError(refusal) from error
    return json.loads(child.stdout)
