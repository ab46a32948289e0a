"""Consent, seen and put right on the screens Sources and Voices."""

from __future__ import annotations

from datetime import date

import pytest

from engagement.listen.sources import list_sources
from engagement.listen.voices import list_voices
from models.database import Record
from tests.builders import FACILITATOR, VIEWER, add_voices
from tests.screens.conftest import OpenApp
from tests.screens.test_listen_screens import press, read_html


@pytest.fixture
def heard_id(screen_record: Record) -> int:
    with screen_record.writing() as session:
        return add_voices(session, ["The 22 stops at six."]).id


def test_a_facilitator_keeps_what_one_person_agreed_to(
    signed_in_app: OpenApp, screen_record: Record, heard_id: int
) -> None:
    app = signed_in_app(FACILITATOR, "voices.py", heard_id)
    app.session_state["consent-1"] = True
    app.run()

    app.radio(key="may_quote-1").set_value(False)
    (how,) = [each for each in app.text_input if each.label == "How do we know? (no names)"]
    how.set_value("told me after the group")
    press(app, "Save the consent")

    assert "not to be quoted · agreed apart from the source" in read_html(app)
    with screen_record.reading() as session:
        assert [each.may_quote for each in list_voices(session, VIEWER, heard_id)] == [False]


def test_who_only_reads_is_not_offered_to_change_consent(signed_in_app: OpenApp, heard_id: int) -> None:
    app = signed_in_app(VIEWER, "voices.py", heard_id)

    assert "The 22 stops at six." in read_html(app)
    assert not [each for each in app.button if each.label == "Save the consent"]
    assert "consent-1" not in app.session_state


def test_the_day_until_which_words_are_kept_is_typed_and_shown(
    signed_in_app: OpenApp, screen_record: Record, heard_id: int
) -> None:
    app = signed_in_app(FACILITATOR, "sources.py", heard_id)
    app.toggle(key="details-1").set_value(True).run()
    app.date_input(key="source-1-keep-until").set_value(date(2031, 3, 31))

    press(app, "Save the details")

    assert "kept until 31 March 2031" in read_html(app)
    with screen_record.reading() as session:
        assert list_sources(session, VIEWER, heard_id)[0].details.keep_until == date(2031, 3, 31)
