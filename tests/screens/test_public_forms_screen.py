"""Public forms: opened, shared, closed; and the answers that came in, through the front door."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from engagement.engagements import start_engagement
from engagement.listen.sources import change_details, list_sources
from engagement.listen.typed.answers import SentAnswer, list_answers, receive_answer
from engagement.listen.typed.forms import list_forms
from engagement.listen.voices import list_voices
from models.database import Record
from models.typed import AnswerState
from tests.builders import ADMINISTRATOR, FACILITATOR, LEAD, VIEWER
from tests.screens.conftest import OpenApp
from tests.screens.test_listen_screens import press, read_headings, read_html


@pytest.fixture
def app(signed_in_app: OpenApp, screen_record: Record) -> AppTest:
    """The screen of an engagement with one prompt, with a form opened on it."""
    with screen_record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives", prompts=["What works well?"])
    app = signed_in_app(FACILITATOR, "public_forms.py", engagement_id)
    next(each for each in app.text_input if each.label.startswith("Who reads")).set_value("Amina")
    press(app, "Open the form to the public")
    assert not app.exception
    return app


def answer(record: Record, *said: str) -> None:
    with record.writing() as session:
        link = list_forms(session, FACILITATOR, 1)[0].link_key
        for words in said:
            receive_answer(session, link, SentAnswer(words, words))


def test_a_form_is_opened_with_a_link_and_a_qr_code(app: AppTest, screen_record: Record) -> None:
    with screen_record.reading() as session:
        (form,) = list_forms(session, FACILITATOR, 1)
    assert (form.is_open, form.read_by, form.prompt) == (True, "Amina", "What works well?")
    assert form.closes_on > date.today()
    assert any(each.value.endswith(f"/say/{form.link_key}") for each in app.code)


def test_another_link_closing_and_opening_again(app: AppTest, screen_record: Record) -> None:
    (old,) = [each.value for each in app.code]

    press(app, "Make another link")
    (new,) = [each.value for each in app.code]
    press(app, "Close the form")

    assert new != old
    assert not app.code
    assert any(each.value.startswith("Closed · 0 waiting") for each in app.text)
    press(app, "Open it again")
    assert [each.value for each in app.code] == [new]


def test_answers_are_let_in_and_set_aside_and_taken_back(app: AppTest, screen_record: Record) -> None:
    answer(screen_record, "The <b>bus</b> :smile:", "Watches")
    app.run()
    assert read_headings(app)[0] == "2 answers wait for you"
    assert "The &lt;b&gt;bus&lt;/b&gt; :smile:" in read_html(app)

    press(app, "Let it in")
    press(app, "Set it aside")

    assert not app.exception
    with screen_record.reading() as session:
        assert [each.text for each in list_voices(session, FACILITATOR, 1)] == ["The <b>bus</b> :smile:"]
        (aside,) = list_answers(session, FACILITATOR, 1, AnswerState.ASIDE)
        assert (aside.text, aside.reason) == ("Watches", "sent by a machine")
    press(app, "Undo the last")
    assert read_headings(app)[0] == "1 answer waits for you"
    press(app, "Put it back")
    assert read_headings(app)[0] == "2 answers wait for you"
    with screen_record.reading() as session:
        assert [each.is_withdrawn for each in list_voices(session, FACILITATOR, 1)] == [True]


def test_a_form_that_does_not_say_who_reads_is_not_opened(
    signed_in_app: OpenApp, screen_record: Record
) -> None:
    with screen_record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives", prompts=["What works well?"])
    app = signed_in_app(FACILITATOR, "public_forms.py", engagement_id)

    press(app, "Open the form to the public")

    assert [each.value for each in app.error] == [
        "Write who reads the answers in 1 to 300 characters: people read it before they answer."
    ]


def test_without_a_prompt_the_screen_says_what_to_do_first(
    signed_in_app: OpenApp, screen_record: Record
) -> None:
    with screen_record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")

    app = signed_in_app(FACILITATOR, "public_forms.py", engagement_id)

    assert not app.exception
    assert any("there is none yet" in each.value for each in app.text)


def test_a_viewer_sees_no_answers(signed_in_app: OpenApp, app: AppTest, screen_record: Record) -> None:
    answer(screen_record, "The bus")

    seen = signed_in_app(VIEWER, "public_forms.py", 1)

    assert "may not add sources" in seen.error[0].value
    assert "The bus" not in read_html(seen)


def test_a_lead_erases_an_answer_that_was_set_aside_on_the_screen_sources(
    app: AppTest, signed_in_app: OpenApp, screen_record: Record
) -> None:
    answer(screen_record, "My brother Zebulon drinks", "Watches")
    app.run()
    press(app, "Set it aside")
    press(app, "Set it aside")
    with screen_record.writing() as session:
        source = list_sources(session, FACILITATOR, 1)[0]
        details = replace(source.details, keep_until=date(2024, 3, 31))
        change_details(session, FACILITATOR, source.id, details)

    lead = signed_in_app(LEAD, "sources.py", 1)
    shown = [each.value for each in lead.text]
    assert f"{source.details.title}: kept until 31 March 2024, 2 answers set aside" in shown
    lead.toggle(key=f"details-{source.id}").set_value(True).run()
    assert "My brother Zebulon drinks" in read_html(lead)
    lead.text_input(key="erase-word-answer-1").set_value("erase")
    next(each for each in lead.button if each.form_id == "erase-form-answer-1").click().run()

    assert not lead.exception
    assert lead.success[0].value == "The words of 1 answer were erased for good."
    assert "Zebulon" not in read_html(lead)
    lead.text_input(key=f"erase-word-due-answers-{source.id}").set_value("erase")
    next(each for each in lead.button if each.form_id == f"erase-form-due-answers-{source.id}").click().run()

    assert not any("Due for erasure" in each.value for each in lead.header)
    again = signed_in_app(ADMINISTRATOR, "public_forms.py", 1)
    assert sum("its words were erased for good" in each.value for each in again.text) == 2
    assert not [each for each in again.button if each.label == "Put it back"]
