"""Voices that say several things: read when a run is made, kept with it, shown at any number of themes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from engagement.embedding_cache import RecordEmbeddingCache
from engagement.people.permissions import Act, Person, check_may
from engagement.theming_runs.model_folder import chosen_embedder
from models.database import Record
from models.theming_runs import RunClauses
from theming.clauses.reading import ClauseReading, find_echoes
from theming.results import ThemingResult

if TYPE_CHECKING:
    from engagement.theming_runs.views import LoadedRun


@dataclass(frozen=True)
class EchoView:
    """A further candidate theme that a voice speaks of, and where in its themed words it does.

    ``start`` and ``end`` count characters of the English translation, where there is one.
    """

    voice_id: int
    node: int
    label: str
    start: int
    end: int


def read_run_clauses(
    texts: Sequence[str], result: ThemingResult, record: Record, report: Callable[[str, float], None]
) -> ClauseReading:
    """Read the clauses of texts against the tree that was found in them."""
    from theming.clauses.read import read_clauses

    message = "Looking for voices that say several things"
    with chosen_embedder() as embedder:
        return read_clauses(
            texts,
            result,
            embedder=embedder,
            cache=RecordEmbeddingCache(record),
            report=lambda done: report(message, done),
        )


def keep_clauses(session: Session, run_id: int, reading: ClauseReading) -> None:
    """Keep a reading with its run."""
    session.add(RunClauses(run_id=run_id, reading=reading.to_bytes()))
    session.flush()


def load_clauses(session: Session, person: Person, run_id: int) -> ClauseReading | None:
    """Load the reading of a run; None for a run that was made before clauses were read."""
    check_may(person, Act.READ)
    kept = session.get(RunClauses, run_id)
    return ClauseReading.from_bytes(kept.reading) if kept else None


def list_echoes(run: LoadedRun, n_themes: int) -> tuple[EchoView, ...]:
    """List the further candidate themes that voices clearly speak of, at one position of the slider."""
    if run.clauses is None:
        return ()
    cut = run.result.cut(n_themes)
    return tuple(
        EchoView(
            run.voice_ids[echo.text],
            cut.themes[echo.theme].id,
            cut.themes[echo.theme].label,
            echo.start,
            echo.end,
        )
        for echo in find_echoes(run.clauses, cut)
    )
