"""Long work, asked for on a screen and done by the worker: one table, no other service needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.errors import EngagementError, NotFoundError
from engagement.people.permissions import Act, Person, check_may
from models.base import utc_now
from models.database import lock_chain
from models.jobs import Job, JobStatus

LONGEST_SILENCE = timedelta(seconds=20)
MOST_ATTEMPTS = 3


@dataclass(frozen=True)
class JobView:
    """A job as screens and the worker see it. ``share_done`` runs from 0 to 1."""

    id: int
    engagement_id: int
    kind: str
    payload: Mapping[str, Any]
    status: JobStatus
    share_done: float
    message: str
    error: str
    result: Mapping[str, Any]
    stop_asked: bool
    asked_by: str
    asked_at: datetime

    @property
    def is_open(self) -> bool:
        """Tell whether the job still waits or runs."""
        return self.status in (JobStatus.WAITING, JobStatus.RUNNING)


def ask_for_job(
    session: Session, person: Person, engagement_id: int, kind: str, payload: Mapping[str, Any]
) -> int:
    """Put a job in the queue; where one of this kind is open already, give that one instead."""
    check_may(person, Act.ASK_FOR_THEMES)
    lock_chain(session, "job")
    newest = find_newest_job(session, engagement_id, kind)
    if newest and newest.is_open:
        return newest.id
    job = Job(
        engagement_id=engagement_id,
        kind=kind,
        payload=dict(payload),
        status=JobStatus.WAITING,
        asked_by=person.name,
        message="Waiting for its turn",
    )
    session.add(job)
    session.flush()
    return job.id


def find_newest_job(session: Session, engagement_id: int, kind: str) -> JobView | None:
    """Find the job of this kind that was asked for last."""
    query = select(Job).where(Job.engagement_id == engagement_id, Job.kind == kind)
    job = session.scalars(query.order_by(Job.id.desc()).limit(1)).first()
    return _view(job) if job else None


def get_job_or_raise(session: Session, job_id: int) -> JobView:
    """Find a job by its number."""
    return _view(_get_row_or_raise(session, job_id))


def stop_job(session: Session, person: Person, job_id: int) -> None:
    """Ask a job to stop; one that has not begun stops at once."""
    check_may(person, Act.ASK_FOR_THEMES)
    job = _get_row_or_raise(session, job_id)
    job.stop_asked = True
    if job.status is JobStatus.WAITING:
        _end(job, JobStatus.STOPPED, "Stopped before it began")


def claim_job(session: Session) -> JobView | None:
    """Take the job that has waited longest, or one whose worker has died; None when nothing waits."""
    lock_chain(session, "job")
    silent_since = utc_now() - LONGEST_SILENCE
    is_lost = (Job.status == JobStatus.RUNNING) & (Job.heard_at < silent_since)
    query = select(Job).where((Job.status == JobStatus.WAITING) | is_lost).order_by(Job.id)
    for job in session.scalars(query):
        if job.attempts < MOST_ATTEMPTS:
            job.status, job.heard_at, job.attempts = JobStatus.RUNNING, utc_now(), job.attempts + 1
            return _view(job)
        job.error = (
            f"This stopped {MOST_ATTEMPTS} times without finishing; the computer may have too little memory. "
            "Close other programs, or ask for it again with fewer voices."
        )
        _end(job, JobStatus.FAILED, "")
    return None


def report_progress(session: Session, job_id: int, share_done: float, message: str) -> bool:
    """Note how far a job is, and tell whether somebody asked it to stop."""
    job = _get_row_or_raise(session, job_id)
    job.share_done, job.message, job.heard_at = share_done, message, utc_now()
    return job.stop_asked


def note_alive(session: Session, job_id: int) -> None:
    """Note that the worker of a job is still at it."""
    _get_row_or_raise(session, job_id).heard_at = utc_now()


def finish_job(session: Session, job_id: int, result: Mapping[str, Any]) -> None:
    """Note that a job is done, in the transaction that keeps what it made.

    Raises
    ------
    EngagementError
        When somebody stopped the job, so that nothing of it is kept.
    """
    job = _get_row_or_raise(session, job_id)
    if job.stop_asked or job.status is not JobStatus.RUNNING:
        raise EngagementError("This was stopped, so nothing of it was kept.")
    job.result, job.share_done = dict(result), 1.0
    _end(job, JobStatus.DONE, "Done")


def fail_job(session: Session, job_id: int, error: str) -> None:
    """Note why a job could not be done, or that it was stopped."""
    job = _get_row_or_raise(session, job_id)
    if job.stop_asked:
        _end(job, JobStatus.STOPPED, "Stopped")
        return
    job.error = error
    _end(job, JobStatus.FAILED, "")


def _end(job: Job, status: JobStatus, message: str) -> None:
    job.status, job.message, job.finished_at = status, message, utc_now()


def _get_row_or_raise(session: Session, job_id: int) -> Job:
    job = session.get(Job, job_id)
    if job is None:
        raise NotFoundError(f"There is no job {job_id}. Go back to the engagement and ask for it again.")
    return job


def _view(job: Job) -> JobView:
    names = (
        "id", "engagement_id", "kind", "payload", "status", "share_done", "message", "error", "result",
        "stop_asked", "asked_by", "asked_at",
    )  # fmt: skip
    return JobView(**{name: getattr(job, name) for name in names})
