"""Voices go to the machine as texts; candidate themes come back, are kept, and are copied to a board once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engagement import jobs
from engagement.errors import EngagementError
from engagement.theming_runs.asking import ask_for_themes, run_theming_job
from engagement.theming_runs.dealing import send_to_board
from engagement.theming_runs.keeping import find_newest_run, load_run
from engagement.theming_runs.views import LoadedRun, cut_run, describe_stability
from engagement.workshop.homes import list_agreed_themes
from models.database import Record
from models.jobs import JobStatus
from models.theming_runs import EmbeddingVector
from tests.builders import FACILITATOR, VIEWER, add_voices
from tests.theming.made_up_texts import TEXTS

N_THEMES = 6


def add_engagement(record: Record, texts: list[str]) -> int:
    with record.writing() as session:
        return add_voices(session, texts).id


def run_job(record: Record, engagement_id: int) -> int:
    with record.writing() as session:
        job_id = ask_for_themes(session, FACILITATOR, engagement_id)
        job = jobs.claim_job(session)
    assert job is not None
    run_theming_job(record, job)
    return job_id


def load_newest(record: Record, engagement_id: int) -> LoadedRun:
    with record.reading() as session:
        newest = find_newest_run(session, VIEWER, engagement_id)
        assert newest is not None
        return load_run(session, VIEWER, newest.id)


def test_every_voice_is_in_one_candidate_theme_or_set_aside(record: Record) -> None:
    engagement_id = add_engagement(record, [*TEXTS, "n/a"])

    job_id = run_job(record, engagement_id)

    run = load_newest(record, engagement_id)
    for n_themes in (2, N_THEMES, run.most_themes):
        cut = cut_run(run, n_themes)
        homes = [voice_id for theme in cut.themes for voice_id in theme.voice_ids]
        assert len(cut.themes) == n_themes
        assert sorted([*homes, *cut.set_aside]) == sorted(run.voice_ids)
    assert len(cut_run(run, N_THEMES).set_aside) == 1
    with record.reading() as session:
        assert jobs.get_job_or_raise(session, job_id).status is JobStatus.DONE
    assert run.clauses is not None
    assert {run.voice_ids[text] for text in run.clauses.text_of} <= set(run.voice_ids)


def test_candidate_themes_are_copied_to_the_board_with_all_their_voices(sqlite_record: Record) -> None:
    engagement_id = add_engagement(sqlite_record, list(TEXTS))
    run_job(sqlite_record, engagement_id)
    run = load_newest(sqlite_record, engagement_id)
    proposed = {theme.label: theme.size for theme in cut_run(run, N_THEMES).themes}

    with sqlite_record.writing() as session:
        send_to_board(session, FACILITATOR, run.view.id, N_THEMES, "Workshop 1")

    with sqlite_record.reading() as session:
        agreed = {theme.name: theme.n_voices for theme in list_agreed_themes(session, engagement_id)}
    assert agreed == proposed


def test_a_second_run_embeds_no_text_again(sqlite_record: Record) -> None:
    engagement_id = add_engagement(sqlite_record, list(TEXTS))
    run_job(sqlite_record, engagement_id)
    with sqlite_record.reading() as session:
        first = set(session.scalars(select(EmbeddingVector.text_hash)))
    before = load_newest(sqlite_record, engagement_id)

    run_job(sqlite_record, engagement_id)

    with sqlite_record.reading() as session:
        assert set(session.scalars(select(EmbeddingVector.text_hash))) == first
    assert load_newest(sqlite_record, engagement_id).result.to_bytes() == before.result.to_bytes()


def test_too_few_voices_are_told_what_to_do_instead(sqlite_record: Record) -> None:
    engagement_id = add_engagement(sqlite_record, ["The 22 stops at six.", "Nobody knocks."])

    with pytest.raises(EngagementError, match=r"Only 2 voices .* theme them by hand"):
        run_job(sqlite_record, engagement_id)


def test_no_voices_at_all_point_to_the_sources(sqlite_record: Record) -> None:
    engagement_id = add_engagement(sqlite_record, [])

    with pytest.raises(EngagementError, match="Sources"), sqlite_record.writing() as session:
        ask_for_themes(session, FACILITATOR, engagement_id)


def test_stability_is_said_in_words() -> None:
    assert describe_stability(0.92) == "holds together in 9 of 10 runs"
