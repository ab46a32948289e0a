"""Last year's themes, through the front door: bringing them in, the dry run, and the board from it."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from engagement.jobs import claim_job, fail_job, find_newest_job
from engagement.theming_runs.agreed_lists import bring_in_board, find_newest_list
from engagement.theming_runs.home_findings import HOMES_JOB, ask_for_homes, run_homes_job
from engagement.workshop.boards import ProposedTheme, list_workshops, open_board
from models.database import Record
from models.jobs import JobStatus
from models.voices import Voice
from tests.builders import FACILITATOR, VIEWER, add_voices
from tests.theming.made_up_texts import BUSES, LONELINESS

SCREEN = "last_years_themes.py"
OLD = [line for block in (BUSES, LONELINESS) for line in block.strip().splitlines()[:8]]
NEW = [line for block in (BUSES, LONELINESS) for line in block.strip().splitlines()[8:]]
STRANGE = "The pigeons on the market roof <b>ruin</b> the fruit stalls below"


@pytest.fixture
def last_year(screen_record: Record) -> int:
    """Last year's engagement: a board with two agreed themes."""
    with screen_record.writing() as session:
        engagement_id = add_voices(session, OLD, engagement="Listening 2025").id
        ids = session.scalars(select(Voice.id).where(Voice.engagement_id == engagement_id)).all()
        themes = (
            ProposedTheme(None, "Getting about", tuple(ids[:8])),
            ProposedTheme(None, "Being alone", tuple(ids[8:])),
        )
        open_board(session, FACILITATOR, engagement_id, "Workshop 2025", themes)
    return engagement_id


@pytest.fixture
def this_year(screen_record: Record, last_year: int) -> int:
    """This year's engagement, with voices and no themes yet."""
    with screen_record.writing() as session:
        return add_voices(session, [*NEW, STRANGE, "n/a"], engagement="Listening 2026").id


@pytest.fixture
def tried(screen_record: Record, last_year: int, this_year: int) -> int:
    """This year's engagement after a dry run of last year's themes."""
    with screen_record.writing() as session:
        list_id = bring_in_board(session, FACILITATOR, this_year, last_year)
        ask_for_homes(session, FACILITATOR, list_id)
        job = claim_job(session)
    run_homes_job(screen_record, job)
    return this_year


def read_html(app: AppTest) -> str:
    return "".join(str(each.proto.body) for each in app.get("html"))


def read_texts(app: AppTest) -> str:
    return " ".join(each.value for each in app.text)


def press(app: AppTest, label: str) -> AppTest:
    return next(each for each in app.button if each.label == label).click().run()


def test_another_engagements_themes_are_brought_in_and_tried(
    signed_in_app, screen_record: Record, last_year: int, this_year: int
) -> None:
    app = signed_in_app(FACILITATOR, SCREEN, this_year)

    press(app, "Try these themes on the voices")

    assert not app.exception
    with screen_record.reading() as session:
        kept = find_newest_list(session, VIEWER, this_year)
        job = find_newest_job(session, this_year, HOMES_JOB)
    assert kept is not None
    assert kept.origin == "the board “Workshop 2025” of “Listening 2025”"
    assert job is not None
    assert job.status is JobStatus.WAITING


def test_a_list_from_a_file_is_brought_in_and_tried(
    signed_in_app, screen_record: Record, this_year: int
) -> None:
    app = signed_in_app(FACILITATOR, SCREEN, this_year)
    app.file_uploader[0].set_value(("themes.csv", b"Theme,Example\nBuses,late\nDamp,mould\n", "text/csv"))

    press(app, "Try this list on the voices")

    assert not app.exception
    with screen_record.reading() as session:
        kept = find_newest_list(session, VIEWER, this_year)
    assert kept is not None
    assert (kept.origin, kept.n_themes) == ("the file themes.csv", 2)


def test_a_bad_file_is_refused_and_nothing_is_kept(
    signed_in_app, screen_record: Record, this_year: int
) -> None:
    app = signed_in_app(FACILITATOR, SCREEN, this_year)
    app.file_uploader[0].set_value(("themes.csv", b"Name of it,Count\nBuses,3\nDamp,4\n", "text/csv"))

    press(app, "Try this list on the voices")

    assert not app.exception
    assert "no column called Theme" in app.error[0].value
    with screen_record.reading() as session:
        assert find_newest_list(session, VIEWER, this_year) is None


def test_the_dry_run_shows_sums_and_voices_and_decides_nothing(
    signed_in_app, screen_record: Record, tried: int
) -> None:
    app = signed_in_app(FACILITATOR, SCREEN, tried)

    assert not app.exception
    assert "Nothing is decided yet" in read_texts(app)
    assert "1 voice says nothing" in read_texts(app)
    shown = read_html(app)
    assert "Getting about" in shown
    assert "The bus app says one thing" in shown
    assert "<b>ruin</b>" not in shown
    with screen_record.reading() as session:
        assert list_workshops(session, VIEWER, tried) == ()


def test_a_board_is_made_from_the_dry_run(signed_in_app, screen_record: Record, tried: int) -> None:
    app = signed_in_app(FACILITATOR, SCREEN, tried)
    next(each for each in app.text_input if each.label == "Name of the workshop").set_value("Workshop 1")

    press(app, "Make the board")

    with screen_record.reading() as session:
        [workshop] = list_workshops(session, VIEWER, tried)
    assert (workshop.name, workshop.n_themes) == ("Workshop 1", 2)


def test_a_viewer_may_look_but_not_bring_anything_in(signed_in_app, tried: int) -> None:
    app = signed_in_app(VIEWER, SCREEN, tried)

    assert not app.exception
    assert "Getting about" in read_html(app)
    assert [each.label for each in app.button if "ry" in each.label or "board" in each.label] == []


def test_a_dry_run_that_failed_says_why(
    signed_in_app, screen_record: Record, last_year: int, this_year: int
) -> None:
    with screen_record.writing() as session:
        job_id = ask_for_homes(
            session, FACILITATOR, bring_in_board(session, FACILITATOR, this_year, last_year)
        )
        claim_job(session)
        fail_job(session, job_id, "The computer ran out of memory.")

    app = signed_in_app(FACILITATOR, SCREEN, this_year)

    assert [each.value for each in app.error] == ["The computer ran out of memory."]
