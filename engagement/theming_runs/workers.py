"""Workers on other machines, for very many voices: used where the scheduler's address is set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from engagement.errors import EngagementError
from engagement.settings import read_settings

if TYPE_CHECKING:
    from theming.errors import WorkersDiffer
    from theming.scale.workforce import Workforce


@contextmanager
def open_workforce() -> Iterator[Workforce | None]:
    """Give the workers of the cluster that is set, or None where this computer does all by itself.

    Raises
    ------
    EngagementError
        When the cluster cannot be used, or is lost on the way.
    """
    address = read_settings().dask_scheduler
    if not address:
        yield None
        return
    if find_spec("distributed") is None:
        raise EngagementError(
            f"ENGAGEMENT_DASK_SCHEDULER is {address}, but the package distributed is not installed here. "
            "Install requirements-scale.txt, or leave that setting out."
        )
    from theming.errors import WorkersDiffer, WorkersLost
    from theming.scale.dask_workers import DaskWorkers

    try:
        with DaskWorkers(address) as workers:
            yield workers
    except WorkersLost as error:
        raise EngagementError(
            f"The cluster at {error.address} cannot go on: {error.reason}. No candidate themes were kept, "
            "but what was read is. Look after the cluster and ask again, or leave that setting out."
        ) from error
    except WorkersDiffer as error:
        raise EngagementError(_describe_difference(error)) from error


def _describe_difference(error: WorkersDiffer) -> str:
    from theming.scale.tasks import ROUNDING

    advice = "Install the same version of Common Thread there, start it from its folder, and ask again."
    if error.differing == (ROUNDING,):
        advice = (
            "With so many voices, candidate themes would hang on which worker read them. Use workers with "
            "the same kind of processor as this computer, or leave ENGAGEMENT_DASK_SCHEDULER out."
        )
    return (
        f"The worker at {error.worker} differs from this computer in: {', '.join(error.differing)}. {advice}"
    )
