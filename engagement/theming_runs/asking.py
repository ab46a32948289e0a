"""Proposing candidate themes: asked for on a screen, done by the worker, kept whole or not at all."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.embedding_cache import RecordEmbeddingCache
from engagement.errors import EngagementError
from engagement.jobs import JobView, ask_for_job, finish_job, report_progress
from engagement.listen.voices import list_texts
from engagement.people.permissions import Act, Person, check_may
from engagement.settings import read_settings
from engagement.theming_runs.clauses import keep_clauses, read_run_clauses
from engagement.theming_runs.drawing import draw_pictures, list_classes
from engagement.theming_runs.keeping import keep_memberships
from engagement.theming_runs.model_folder import chosen_embedder
from engagement.theming_runs.workers import open_workforce
from models.database import Record
from models.people import Role
from models.theming_runs import CandidateTheme, ThemingRun
from theming.results import ThemingResult

THEMING_JOB = "theming"
PROGRESS_PAUSE_S = 0.4
CLAUSES_START, DRAWING_START = 0.65, 0.85
"""Shares of a job's time after which clauses are read and pictures drawn, as measured on 607 voices."""


def ask_for_themes(session: Session, person: Person, engagement_id: int) -> int:
    """Ask the worker to propose candidate themes for every voice; give the job's number."""
    check_may(person, Act.ASK_FOR_THEMES)
    if not list_texts(session, engagement_id):
        raise EngagementError("There are no voices yet. Add notes or a survey under Sources first.")
    return ask_for_job(session, person, engagement_id, THEMING_JOB, {})


def run_theming_job(record: Record, job: JobView) -> None:
    """Do a theming job: read the voices, find themes, keep the run, all of it or nothing."""
    started = time.monotonic()
    asker = Person(name=job.asked_by, role=Role.FACILITATOR)
    with record.reading() as session:
        texts = list_texts(session, job.engagement_id)
        classes = list_classes(session, asker, job.engagement_id, texts)
    report = make_reporter(record, job.id)
    words = [each.text for each in texts]
    result = propose_themes(words, record=record, report=scale_report(report, 0.0, CLAUSES_START))
    clauses = read_run_clauses(words, result, record, scale_report(report, CLAUSES_START, DRAWING_START))
    report("Drawing the map of voices", DRAWING_START)
    result = draw_pictures(result, words, classes)
    took_s = round(time.monotonic() - started, 1)
    with record.writing() as session:
        voice_ids = [each.voice_id for each in texts]
        run_id = _keep_run(session, asker, job.engagement_id, voice_ids, result, took_s)
        keep_clauses(session, run_id, clauses)
        finish_job(session, job.id, {"run_id": run_id})


def propose_themes(
    texts: Sequence[str],
    *,
    n_themes: int | None = None,
    record: Record | None = None,
    report: Callable[[str, float], None] | None = None,
) -> ThemingResult:
    """Find candidate themes in texts; vectors are kept in the record, where one is given.

    Raises
    ------
    EngagementError
        When too few of the texts say something, or the embedding model cannot be used.
    """
    from theming.engine import TooFewTexts, find_themes
    from theming.settings import ThemingSettings

    settings = ThemingSettings(n_themes=n_themes, n_threads=read_settings().worker_threads)
    cache = RecordEmbeddingCache(record) if record else None
    try:
        with chosen_embedder() as embedder, open_workforce() as workforce:
            return find_themes(
                texts,
                settings=settings,
                embedder=embedder,
                cache=cache,
                report=report,
                workforce=workforce,
            )
    except TooFewTexts as error:
        voices = "1 voice says" if error.count == 1 else f"{error.count} voices say"
        raise EngagementError(
            f"Only {voices} something, and at least {error.floor} are needed before "
            "the machine can propose themes. Deal them unsorted onto a workshop board and theme them by hand."
        ) from error


def _keep_run(
    session: Session,
    person: Person,
    engagement_id: int,
    voice_ids: list[int],
    result: ThemingResult,
    took_s: float | None = None,
) -> int:
    run = ThemingRun(
        engagement_id=engagement_id,
        chosen_n=result.chosen_n,
        n_voices=len(voice_ids),
        n_set_aside=len(result.set_aside),
        card=result.card,
        voice_ids=voice_ids,
        result=result.to_bytes(),
        took_s=took_s,
        made_by=person.name,
    )
    session.add(run)
    session.flush()
    session.add_all(
        CandidateTheme(
            run_id=run.id,
            node=node.id,
            label=node.label,
            keywords=list(node.keywords),
            size=node.size,
            stability=node.stability,
        )
        for node in result.nodes
    )
    keep_memberships(session, run.id, voice_ids, result, result.chosen_n)
    details = {"n_themes": result.chosen_n, "n_voices": len(voice_ids)}
    record_decision(
        session,
        person,
        "proposed candidate themes",
        subject="theming_run",
        subject_id=run.id,
        engagement_id=engagement_id,
        details=details,
    )
    return run.id


def scale_report(
    report: Callable[[str, float], None], start: float, end: float
) -> Callable[[str, float], None]:
    """Let a step of a job report its own share, 0 to 1, as a part of the whole job."""
    return lambda message, done: report(message, start + (end - start) * done)


def make_reporter(record: Record, job_id: int) -> Callable[[str, float], None]:
    """Make a reporter that writes at most a few times a second, and stops the run when somebody asked."""
    last = 0.0

    def report(message: str, share_done: float) -> None:
        nonlocal last
        if time.monotonic() - last < PROGRESS_PAUSE_S and share_done < 1:
            return
        last = time.monotonic()
        with record.writing() as session:
            is_stop_asked = report_progress(session, job_id, share_done, message)
        if is_stop_asked:
            raise EngagementError("This was stopped, so no candidate themes were kept.")

    return report
