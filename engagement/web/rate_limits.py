"""Slowing down machines that fill in a public form, in memory alone: nothing of it is ever written down."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from threading import Lock

WINDOW_S = 15 * 60
EVERYWHERE = ""


class RateLimit:
    """Count tries in the last quarter of an hour, from one network and from everywhere.

    Rationale of the usual limits: a library or a school shares one address, and thirty people there may
    answer twice each; 600 in a quarter of an hour are more than a person can read in a day.

    Parameters
    ----------
    from_network, from_everywhere : int
        How many tries are let in, at least 1.
    """

    def __init__(self, from_network: int = 60, from_everywhere: int = 600) -> None:
        self._limits = (from_network, from_everywhere)
        self._tries: dict[tuple[str, str], deque[float]] = defaultdict(deque)
        self._lock = Lock()

    def let_in(self, place: str, network: str, now: float | None = None) -> bool:
        """Count one more try at a place, and tell whether it is let in; one that is not does not count."""
        moment = time.monotonic() if now is None else now
        with self._lock:
            self._forget(moment)
            kept = [self._tries[(place, each)] for each in (network, EVERYWHERE)]
            is_let_in = all(len(tries) < limit for tries, limit in zip(kept, self._limits, strict=True))
            for tries in kept if is_let_in else ():
                tries.append(moment)
        return is_let_in

    def count_networks(self) -> int:
        """Count the networks that are known of just now."""
        return sum(network != EVERYWHERE for _place, network in self._tries)

    def _forget(self, now: float) -> None:
        for key in list(self._tries):
            tries = self._tries[key]
            while tries and tries[0] <= now - WINDOW_S:
                tries.popleft()
            if not tries:
                del self._tries[key]
