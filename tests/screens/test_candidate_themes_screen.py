"""Candidate themes, through the front door: asking, looking at any number, sending to a board."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from engagement.jobs import claim_job, fail_job, find_newest_job
from engagement.theming_runs.asking import THEMING_JOB, ask_for_themes, run_theming_job
from engagement.workshop.boards import list_workshops
from models.database import Record
from models.jobs import JobStatus
from tests.builders import FACILITATOR, VIEWER, add_voices
from tests.theming.made_up_texts import TEXTS

SCREEN = "candidate_themes.py"


def add_engagement(record: Record, texts: tuple[str, ...]) -> int:
    with record.writing() as session:
        return add_voices(session, texts).id


@dataclass(frozen=True)
class ThemedFile:
    """A record whose one engagement was themed, to be copied by each test."""

    path: Path
    engagement_id: int


def theme_all(record: Record, engagement_id: int) -> None:
    with record.writing() as session:
        ask_for_themes(session, FACILITATOR, engagement_id)
        job = claim_job(session)
    run_theming_job(record, job)


@pytest.fixture(scope="module")
def themed_file(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> ThemedFile:
    path = tmp_path_factory.mktemp("themed") / "record.db"
    shutil.copy(empty_sqlite, path)
    record = Record(f"sqlite:///{path}")
    engagement_id = add_engagement(record, (*TEXTS, "n/a"))
    theme_all(record, engagement_id)
    record.close()
    return ThemedFile(path, engagement_id)


@pytest.fixture
def themed(themed_file: ThemedFile, screen_record: Record) -> int:
    """An engagement whose voices the machine has themed, and one that says nothing."""
    shutil.copy(themed_file.path, screen_record.engine.url.database)
    return themed_file.engagement_id


def read_list(app: AppTest) -> str:
    return "".join(str(each.proto.body) for each in app.get("html"))


def test_without_voices_it_points_to_the_sources(signed_in_app, screen_record: Record) -> None:
    app = signed_in_app(FACILITATOR, SCREEN, add_engagement(screen_record, ()))

    assert not app.exception
    assert "There are no voices yet" in "".join(each.value for each in app.text)
    assert [each.label for each in app.button if "Propose" in each.label] == []


def test_asking_puts_one_job_in_the_queue(signed_in_app, screen_record: Record) -> None:
    engagement_id = add_engagement(screen_record, TEXTS)
    app = signed_in_app(FACILITATOR, SCREEN, engagement_id)

    next(each for each in app.button if each.label == "Propose candidate themes").click().run()

    assert not app.exception
    with screen_record.reading() as session:
        job = find_newest_job(session, engagement_id, THEMING_JOB)
    assert job is not None
    assert job.status is JobStatus.WAITING
    assert [each.label for each in app.button if each.label == "Stop"] == ["Stop"]


def test_a_viewer_may_look_but_not_ask(signed_in_app, screen_record: Record) -> None:
    app = signed_in_app(VIEWER, SCREEN, add_engagement(screen_record, TEXTS))

    assert not app.exception
    assert [each.label for each in app.button if "Propose" in each.label] == []


def test_a_run_that_failed_says_why(signed_in_app, screen_record: Record) -> None:
    engagement_id = add_engagement(screen_record, TEXTS)
    with screen_record.writing() as session:
        job_id = ask_for_themes(session, FACILITATOR, engagement_id)
        claim_job(session)
        fail_job(session, job_id, "The computer ran out of memory.")

    app = signed_in_app(FACILITATOR, SCREEN, engagement_id)

    assert [each.value for each in app.error] == ["The computer ran out of memory."]


def test_any_number_of_themes_is_shown_at_once(signed_in_app, themed: int) -> None:
    app = signed_in_app(FACILITATOR, SCREEN, themed)

    for n_themes in (2, 9):
        app.slider[0].set_value(n_themes).run()
        assert not app.exception
        assert read_list(app).count("class='candidate'") == n_themes
    assert "of 10 runs" in read_list(app)
    assert "n/a" in read_list(app)


def test_candidate_themes_are_sent_to_a_board_of_the_name_that_was_typed(
    signed_in_app, screen_record: Record, themed: int
) -> None:
    app = signed_in_app(FACILITATOR, SCREEN, themed)
    app.slider[0].set_value(5).run()

    next(each for each in app.text_input if each.label == "Name of the workshop").input("Workshop 1")
    next(each for each in app.button if each.label == "Make the board").click().run()

    assert not app.exception
    with screen_record.reading() as session:
        workshops = list_workshops(session, FACILITATOR, themed)
    assert [(each.name, each.n_themes) for each in workshops] == [("Workshop 1", 5)]


def test_how_this_was_made_is_told_by_the_run_itself(signed_in_app, themed: int) -> None:
    app = signed_in_app(FACILITATOR, SCREEN, themed)

    app.segmented_control[0].set_value("How this was made").run()

    assert not app.exception
    html = "\n".join(str(each.proto.body) for each in app.get("html"))
    assert "<strong>Group.</strong> The texts are grouped 200 times" in html
    assert "machine: python" in html
    assert "Apache 2.0" in html


def test_words_that_look_like_markup_are_shown_as_they_are(signed_in_app, screen_record: Record) -> None:
    tricky = "<b>Buses</b> :smile: 1) *late* & never on time at the stop"
    engagement_id = add_engagement(screen_record, (*TEXTS, *[tricky] * 12))
    theme_all(screen_record, engagement_id)

    app = signed_in_app(FACILITATOR, SCREEN, engagement_id)

    assert "&lt;b&gt;Buses&lt;/b&gt; :smile: 1) *late* &amp; never on time" in read_list(app)
    assert "<b>Buses</b>" not in read_list(app)


@pytest.mark.parametrize("view", ["Map of voices", "Tree", "By source", "By prompt", "By area", "Over time"])
def test_each_picture_has_a_summary_and_a_table_at_any_number(signed_in_app, themed: int, view: str) -> None:
    app = signed_in_app(VIEWER, SCREEN, themed)
    app.button_group(key="candidate_view").set_value(view).run()

    for n_themes in (2, 9):
        app.slider[0].set_value(n_themes).run()
        assert not app.exception
        said = " ".join(each.value for each in app.text)
        assert any(words in said for words in ("“", "nothing to compare", "No voice has"))
        assert "<table>" in read_list(app) or "No voice has" in said


def test_a_voice_chosen_from_the_list_shows_its_words(signed_in_app, themed: int) -> None:
    app = signed_in_app(VIEWER, SCREEN, themed)
    app.button_group(key="candidate_view").set_value("Map of voices").run()
    voice_box = next(each for each in app.selectbox if each.label.startswith("Voice ("))

    voice_box.select_index(1).run()

    chosen = next(each for each in app.selectbox if each.label.startswith("Voice ("))
    shown = read_list(app)
    assert not app.exception
    assert chosen.format_func(chosen.value)[:20] in shown.replace("&#x27;", "'")
    assert "<blockquote" in shown


def test_a_board_is_made_without_typing_a_name(signed_in_app, screen_record: Record, themed: int) -> None:
    app = signed_in_app(FACILITATOR, SCREEN, themed)

    next(each for each in app.button if each.label == "Make the board").click().run()

    assert not app.exception
    with screen_record.reading() as session:
        assert [board.name for board in list_workshops(session, FACILITATOR, themed)] == ["Workshop 1"]
