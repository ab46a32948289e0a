"""Long work is asked for once, done once, and can be stopped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from engagement import jobs
from engagement.errors import EngagementError, NotAllowedError
from models.base import utc_now
from models.database import Record
from models.jobs import Job, JobStatus
from tests.builders import FACILITATOR, VIEWER, add_voices


@pytest.fixture
def engagement_id(record: Record) -> int:
    with record.writing() as session:
        return add_voices(session, ["The 22 stops at six."]).id


def ask(record: Record, engagement_id: int) -> int:
    with record.writing() as session:
        return jobs.ask_for_job(session, FACILITATOR, engagement_id, "theming", {})


def claim(record: Record) -> jobs.JobView | None:
    with record.writing() as session:
        return jobs.claim_job(session)


def see(record: Record, job_id: int) -> jobs.JobView:
    with record.reading() as session:
        return jobs.get_job_or_raise(session, job_id)


def fall_silent(record: Record, job_id: int) -> None:
    """Put the worker's last sign of life so far back that it counts as dead."""
    with record.writing() as session:
        long_ago = utc_now() - jobs.LONGEST_SILENCE - timedelta(seconds=1)
        session.execute(update(Job).where(Job.id == job_id).values(heard_at=long_ago))


def test_asking_twice_gives_the_job_that_is_open_already(record: Record, engagement_id: int) -> None:
    assert ask(record, engagement_id) == ask(record, engagement_id)


def test_a_viewer_may_not_ask_for_long_work(record: Record, engagement_id: int) -> None:
    with pytest.raises(NotAllowedError), record.writing() as session:
        jobs.ask_for_job(session, VIEWER, engagement_id, "theming", {})


def test_a_claimed_job_is_not_claimed_again_while_its_worker_lives(
    record: Record, engagement_id: int
) -> None:
    job_id = ask(record, engagement_id)

    first, second = claim(record), claim(record)

    assert first is not None
    assert first.id == job_id
    assert second is None


def test_a_job_whose_worker_died_is_taken_up_again(record: Record, engagement_id: int) -> None:
    job_id = ask(record, engagement_id)
    claim(record)
    fall_silent(record, job_id)

    again = claim(record)

    assert again is not None
    assert again.id == job_id


def test_a_job_that_keeps_dying_is_given_up_with_a_reason(record: Record, engagement_id: int) -> None:
    job_id = ask(record, engagement_id)
    for _attempt in range(jobs.MOST_ATTEMPTS):
        assert claim(record) is not None
        fall_silent(record, job_id)

    assert claim(record) is None
    assert see(record, job_id).status is JobStatus.FAILED
    assert "memory" in see(record, job_id).error


def test_stopping_a_waiting_job_ends_it_at_once(record: Record, engagement_id: int) -> None:
    job_id = ask(record, engagement_id)

    with record.writing() as session:
        jobs.stop_job(session, FACILITATOR, job_id)

    assert see(record, job_id).status is JobStatus.STOPPED
    assert claim(record) is None


def test_a_stopped_job_keeps_nothing_even_if_it_finishes(record: Record, engagement_id: int) -> None:
    job_id = ask(record, engagement_id)
    claim(record)
    with record.writing() as session:
        jobs.stop_job(session, FACILITATOR, job_id)

    with pytest.raises(EngagementError, match="stopped"), record.writing() as session:
        jobs.finish_job(session, job_id, {"run_id": 1})

    assert see(record, job_id).result == {}
