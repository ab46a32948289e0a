"""Consent, seen and put right on the screens Sources and Voices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from engagement.listen.details import SourceDetails
from engagement.listen.sources import change_details, list_sources
from engagement.listen.voices import list_voices, withdraw_voice
from engagement.screens.components.details_form import AGREED, NOT_WRITTEN_DOWN
from engagement.screens.components.source_page import say_consent
from models.consent import KeptFile
from models.database import Record
from tests.builders import FACILITATOR, LEAD, VIEWER, add_voices
from tests.screens.conftest import OpenApp
from tests.screens.test_listen_screens import press, read_html

DETAILS = SourceDetails("A group")


@pytest.mark.parametrize(
    ("details", "said"),
    [
        (
            replace(DETAILS, consent_wording="Asked aloud."),
            "may be used, quoted and passed on; not told as a story",
        ),
        (
            replace(DETAILS, consent_wording=" ", may_pass_on=False),
            "how people agreed is not written down, and until it is the words are treated so: "
            "may be used and quoted; not passed on or told as a story",
        ),
    ],
)
def test_what_is_only_taken_for_agreed_is_not_said_to_be_agreed(details: SourceDetails, said: str) -> None:
    assert say_consent(details) == said


def test_the_boxes_say_that_nobody_wrote_down_how_people_agreed(
    signed_in_app: OpenApp, screen_record: Record, heard_id: int
) -> None:
    app = signed_in_app(FACILITATOR, "sources.py", heard_id)
    app.toggle(key="details-1").set_value(True).run()
    assert NOT_WRITTEN_DOWN in [each.value for each in app.text]

    app.text_area(key="source-1-consent").set_value("Asked aloud, all said yes.")
    press(app, "Save the details")

    assert AGREED in [each.value for each in app.text]
    assert NOT_WRITTEN_DOWN not in [each.value for each in app.text]


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

    assert app.radio(key="may_quote-1").options == ["as the source says: yes", "yes", "no"]
    assert app.radio(key="may_tell_story-1").options[0] == "as the source says: no"
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


def find_field(app: AppTest, label: str):
    return next(each for each in app.text_input if each.label == label)


def test_a_lead_erases_what_was_withdrawn_after_typing_the_word(
    signed_in_app: OpenApp, screen_record: Record, heard_id: int
) -> None:
    with screen_record.writing() as session:
        withdraw_voice(session, FACILITATOR, 1, "asked by phone")
    app = signed_in_app(LEAD, "voices.py", heard_id)
    app.selectbox(key="find-state").set_value("withdrawn").run()
    app.session_state["erase-1"] = True
    app.run()
    assert any("cannot be undone" in each.value for each in app.text)

    press(app, "Erase for good")
    assert "Type “erase”" in app.error[0].value

    find_field(app, "Type “erase” to confirm").set_value("erase")
    press(app, "Erase for good")

    assert "The words of 1 voice were erased for good" in app.success[0].value.replace("\\", "")
    assert "by the lead at the person's request" in unescape(read_html(app))
    app.switch_page("thread.py")
    app.query_params["voice"] = "1"
    app.run()
    assert "by the lead at the person's request" in unescape(read_html(app))


def test_a_source_whose_day_is_over_stands_in_a_list_of_its_own(
    signed_in_app: OpenApp, screen_record: Record, heard_id: int
) -> None:
    with screen_record.writing() as session:
        details = list_sources(session, VIEWER, heard_id)[0].details
        change_details(session, FACILITATOR, 1, replace(details, keep_until=date(2024, 3, 31)))

    shown = [each.value for each in signed_in_app(FACILITATOR, "sources.py", heard_id).text]
    assert "Lunch club: kept until 31 March 2024, 1 voice" in shown

    app = signed_in_app(LEAD, "sources.py", heard_id)
    app.session_state["erase-due-1"] = True
    app.run()
    app.radio(key="erase-file-due-1").set_value(KeptFile.NOTHING)
    find_field(app, "Type “erase” to confirm").set_value(" Erase ")
    press(app, "Erase for good")

    assert not any("Due for erasure" in each.value for each in app.header)
    assert "1 withdrawn, 1 of them erased" in read_html(app)


def test_a_translation_is_typed_shown_as_one_and_put_back(signed_in_app: OpenApp, heard_id: int) -> None:
    app = signed_in_app(FACILITATOR, "voices.py", heard_id)
    app.session_state["language-1"] = True
    app.run()
    app.text_area(key="translation-1-0").set_value("The bus ends early")
    press(app, "Save the translation")
    shown = "<p class='translation' lang='en' dir='auto'>In English: The bus ends early</p>"
    assert shown in read_html(app)

    app.session_state["language-1"] = True
    app.run()
    assert any("Amina Facilitator: “The bus ends early”" in each.value for each in app.text)
    press(app, "Put back the one before")

    assert shown not in read_html(app)


def test_a_language_is_said_shown_and_found(signed_in_app: OpenApp, heard_id: int) -> None:
    app = signed_in_app(FACILITATOR, "voices.py", heard_id)
    app.session_state["language-1"] = True
    app.run()
    app.selectbox(key="said-in-1").set_value("ur")
    press(app, "Save the language")

    assert "<blockquote dir='auto' lang='ur'>The 22 stops at six.</blockquote>" in read_html(app)
    assert "Urdu" in read_html(app)
    app.selectbox(key="find-language").set_value("ur").run()
    assert app.header[0].value == "1 voice"
