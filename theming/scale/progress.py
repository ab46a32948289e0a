"""How far a run is: a share that grows as evenly as time does, and how long is left."""

import time
from collections.abc import Callable, Mapping

Report = Callable[[str, float], None]

TRUSTED_SHARE = 0.1
"""Share of a step from which on its own pace counts and no longer the estimate made before.

Rationale: the first chunks are the shortest texts, and the model loads with them.
"""
TRUSTED_SECONDS = 2.0
"""Seconds that the estimate counts for when it is compared with the time a step took."""

FASTEST_PACE = 0.5
"""Least share of their estimates that later steps are believed to take.

Rationale: a step that took no time at all says nothing about the others.
"""

WORTH_TELLING = 20.0
"""Seconds left under which people are told nothing: it is over before they have read it."""


class Progress:
    """Tell how far a run is, as a share of the time that it takes.

    The steps' times are estimated first. The step that runs corrects its own estimate by its pace,
    and a long step done by this process those of the steps after it, so that a slow machine is told
    of as it is. The share never goes back.

    Parameters
    ----------
    report : callable
        Told what is being done and the share done, 0..1. Raising from it stops the run.
    clock : callable
        Gives seconds.
    """

    def __init__(self, report: Report, clock: Callable[[], float] = time.monotonic) -> None:
        self._report = report
        self._clock = clock
        self._started = clock()
        self._estimates: dict[str, float] = {}
        self._pace = 1.0
        self._step, self._step_started, self._sets_pace = "", self._started, False
        self._share = 0.0

    def plan(self, estimates: Mapping[str, float]) -> None:
        """Set the seconds that each step will take, in the order of the steps."""
        self._estimates = dict(estimates)

    def lessen(self, step: str, share: float) -> None:
        """Say that only a share of a step's work has to be done, 0..1."""
        self._estimates[step] = share * self._estimates.get(step, 0.0)

    def start(self, step: str, message: str, *, sets_pace: bool = False) -> None:
        """Begin a step; the one before it is over.

        Parameters
        ----------
        step : str
            One of the steps planned.
        message : str
            What is being done, in plain words.
        sets_pace : bool
            Whether the time that this step takes tells how fast later ones will be.
        """
        self._close_step()
        self._step, self._step_started, self._sets_pace = step, self._clock(), sets_pace
        self.tell(message, 0.0)

    def _close_step(self) -> None:
        planned = self._estimates.pop(self._step, 0.0)
        if self._sets_pace:
            self._pace = _measure_pace(self._clock() - self._step_started, planned)

    def tell(self, message: str, done: float) -> None:
        """Report a message with the share of the whole run, given the share of this step, 0..1."""
        left = self._estimate_left(done)
        elapsed = self._clock() - self._started
        share = elapsed / max(elapsed + left, 1e-9)
        self._share = max(self._share, round(min(share, 0.999), 4))
        self._report(message + _describe_left(left), self._share)

    def finish(self, message: str) -> None:
        """Report that all is done."""
        self._report(message, 1.0)

    def _estimate_left(self, done: float) -> float:
        """Return the seconds left: this step by its own pace, later ones by the estimates."""
        planned = self._estimates.get(self._step, 0.0)
        whole = planned * self._pace
        if done > 0:
            trust = min(1.0, done / TRUSTED_SHARE)
            whole = trust * (self._clock() - self._step_started) / done + (1 - trust) * whole
        pace = _measure_pace(whole, planned) if self._sets_pace else self._pace
        later = sum(seconds for step, seconds in self._estimates.items() if step != self._step)
        return max(0.0, (1 - done) * whole) + later * pace


def _measure_pace(seconds: float, planned: float) -> float:
    """Return how many times longer than planned something takes."""
    return max(FASTEST_PACE, (seconds + TRUSTED_SECONDS) / (planned + TRUSTED_SECONDS))


def _describe_left(seconds: float) -> str:
    """Say how long is left, in words.

    Examples
    --------
    >>> [_describe_left(seconds) for seconds in (10, 40, 100, 7300)]
    ['', ', less than a minute left', ', about 2 minutes left', ', about 2 hours left']
    """
    if seconds < WORTH_TELLING:
        return ""
    if seconds < 50:
        return ", less than a minute left"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f", about {max(1, minutes)} minute{'s' if minutes > 1 else ''} left"
    return f", about {round(minutes / 60)} hours left"
