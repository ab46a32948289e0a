"""Loading what hints need before somebody waits for it: the first time takes seconds, later ones nothing."""

from __future__ import annotations

from functools import cache
from threading import Thread

from engagement.listen.personal_data.hints import find_hints


def warm_soon() -> None:
    """Begin to load what hints need, in the background; at once where that was begun before."""
    _begin()


def wait_until_warm() -> None:
    """Wait until what hints need is loaded. Ask before a transaction, so that no writer waits for it."""
    _begin().join()


@cache
def _begin() -> Thread:
    loading = Thread(target=find_hints, args=(["Loading"], ()), name="hints", daemon=True)
    loading.start()
    return loading
