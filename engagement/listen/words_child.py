"""Asking about words in a process of its own: the web process stays light, and nobody waits for its turn."""

from __future__ import annotations

import json
from subprocess import CalledProcessError, TimeoutExpired
from typing import Any

from engagement.errors import EngagementError
from engagement.listen.own_process import run_module


def ask_child(module: str, asked: object, wall_seconds: float, refusal: str) -> Any:
    """Hand JSON to a module of ours in a process of its own, and read the JSON that it answers.

    Raises
    ------
    EngagementError
        With the words of ``refusal``, when it takes longer than ``wall_seconds`` or fails.
    """
    try:
        child = run_module(module, given=json.dumps(asked).encode("ascii"), wall_seconds=wall_seconds)
        child.check_returncode()
    except (TimeoutExpired, CalledProcessError) as error:
        raise EngagementError(refusal) from error
    return json.loads(child.stdout)
