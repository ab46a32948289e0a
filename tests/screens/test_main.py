"""The frame around the screens: who is let in, and what the menu lists."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from engagement.engagements import start_engagement
from engagement.screens import visit
from engagement.screens.contents import CONTENTS, SCREENS, STEPS, find_screen
from tests.builders import ADMINISTRATOR, FACILITATOR, VIEWER, add_voices
from tests.screens.conftest import MAIN


@pytest.mark.parametrize("token", [None, "", "guess"])
def test_nobody_sees_a_screen_without_a_sign_in(screen_record, monkeypatch, token):
    monkeypatch.setattr(visit, "read_sign_in_cookie", lambda: token)

    app = AppTest.from_file(str(MAIN), default_timeout=30).run()

    assert not app.exception
    assert not app.title
    assert "signed out" in app.info[0].value


def test_sign_in_is_looked_up_again_at_every_run(signed_in_app, screen_record):
    app = signed_in_app(FACILITATOR)
    with screen_record.writing() as session:
        session.connection().exec_driver_sql("UPDATE sign_in SET ended_at = started_at")

    app.run()

    assert not app.title
    assert "signed out" in app.info[0].value


@pytest.mark.parametrize("screen", CONTENTS, ids=lambda screen: screen.file)
@pytest.mark.parametrize("person", [ADMINISTRATOR, VIEWER], ids=lambda p: p.role.value)
def test_every_screen_opens_for_every_role_on_an_engagement_with_voices(
    signed_in_app, screen_record, screen, person
):
    with screen_record.writing() as session:
        engagement_id = add_voices(session, ["The 22 stops at six.", "Nobody rings."]).id

    app = signed_in_app(person, screen.file, engagement_id)

    assert not app.exception
    assert app.title[0].value


@pytest.mark.parametrize("screen", [s for s in CONTENTS if s.step in STEPS], ids=lambda screen: screen.file)
def test_every_screen_opens_on_an_engagement_with_nothing_in_it(signed_in_app, screen_record, screen):
    with screen_record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Just started")

    app = signed_in_app(FACILITATOR, screen.file, engagement_id)

    assert not app.exception
    assert app.title[0].value


@pytest.mark.parametrize("asked", ["999", "-1", "x", "1; DROP TABLE voice", "٣"])
def test_engagement_that_is_not_there_leads_to_the_list(signed_in_app, screen_record, asked):
    app = signed_in_app(FACILITATOR, "voices.py", engagement_id=asked)

    assert not app.exception
    assert app.title[0].value == "Engagements"


def test_engagement_stays_chosen_from_screen_to_screen(signed_in_app, screen_record):
    with screen_record.writing() as session:
        add_voices(session, ["One."], engagement="First")
        second = add_voices(session, ["Two."], engagement="Second").id
    app = signed_in_app(FACILITATOR, "voices.py", second)

    app.switch_page("sources.py").run()

    assert app.text[0].value == "Second"
    assert app.query_params["engagement"] == str(second)


def test_every_screen_file_is_in_the_contents():
    files = {path.name for path in SCREENS.glob("*.py")}
    frame = {"__init__.py", "main.py", "visit.py", "strip.py", "contents.py"}

    assert files - frame == {screen.file for screen in CONTENTS}


def test_screen_that_is_not_there_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="must be one of"):
        find_screen("nowhere.py")
