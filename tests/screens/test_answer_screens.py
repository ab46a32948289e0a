"""The ledger, the thread and the report, through the front door."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from engagement.engagements import start_engagement
from engagement.plan.actions import ActionDetails, add_action
from engagement.plan.named_people import NamedPerson
from engagement.plan.referrals import pass_on_theme
from models.database import Record
from tests.builders import FACILITATOR, LEAD, VIEWER
from tests.plan.states import TODAY, Board, add_board, add_priority

WORDS = "Nobody knocks from Friday to Monday."


def fill_record(record: Record) -> tuple[Board, int]:
    """Put a board, a priority with an action, and a referral into the record."""
    with record.writing() as session:
        board = add_board(session)
        priority_id = add_priority(session, board, "Being alone")
        action_id = add_action(session, LEAD, priority_id, ActionDetails("Knock on doors", NamedPerson("Jo")))
        doctor = board.themes["Seeing a doctor"]
        pass_on_theme(session, LEAD, board.engagement_id, doctor, recipient="The NHS", sent_on=TODAY)
    return board, action_id


def read_html(app: AppTest) -> str:
    return "\n".join(str(each.proto.body) for each in app.get("html"))


def read_texts(app: AppTest) -> str:
    return "\n".join(str(each.value) for each in [*app.text, *app.subheader, *app.header])


def follow(signed_in_app, board: Board, **asked: int) -> AppTest:
    app = signed_in_app(VIEWER, None, board.engagement_id)
    for name, number in asked.items():
        app.query_params[name] = str(number)
    return app.switch_page("thread.py").run()


def list_links(app: AppTest) -> list[str]:
    """Give the links that lead on along the thread, as they read."""
    drawn = [json.loads(each.proto.json) for each in app.get("bidi_component") if each.proto.json]
    return [f"{link['what']} {link['label']}" for data in drawn for link in data.get("links", ())]


def test_ledger_shows_the_sum_and_each_source(signed_in_app, screen_record) -> None:
    board, _ = fill_record(screen_record)

    app = signed_in_app(VIEWER, "ledger.py", board.engagement_id)

    assert not app.exception
    html = read_html(app)
    assert "1 + 2 + 2 + 2 + 0 + 0 = 7" in html
    assert "<th scope='row'>Lunch club</th>" in html
    assert "each of the 7 voices is in exactly one state" in read_texts(app)


@pytest.mark.parametrize("screen", ["ledger.py", "thread.py", "report.py"])
def test_every_answer_screen_says_what_to_do_first(signed_in_app, screen_record, screen: str) -> None:
    with screen_record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Only begun")

    app = signed_in_app(FACILITATOR, screen, engagement_id)

    assert not app.exception
    assert "There are no voices yet" in read_texts(app)


def test_voice_shows_its_line_and_what_became_of_it(signed_in_app, screen_record) -> None:
    board, _ = fill_record(screen_record)

    app = follow(signed_in_app, board, voice=board.voices[WORDS])

    assert not app.exception
    assert f">{WORDS}</blockquote>" in read_html(app)
    assert "Lunch club, line 3" in read_html(app)
    assert "In the ledger: in a priority" in read_texts(app)
    assert "Priority: Loneliness" in list_links(app)
    assert "Action: Knock on doors (Jo, not started)" in list_links(app)


def test_words_are_shown_as_words_and_never_as_markup(signed_in_app, screen_record) -> None:
    awkward = "<b>bold</b> *star* :smile: [x](http://y)"
    with screen_record.writing() as session:
        board = add_board(session, {"<i>Theme</i> *one*": (awkward,)})

    app = follow(signed_in_app, board, voice=board.voices[awkward])

    assert "&lt;b&gt;bold&lt;/b&gt; *star* :smile: [x](http://y)" in read_html(app)
    assert awkward not in "".join(each.value for each in app.markdown)


def test_action_leads_to_its_priority_theme_and_voices(signed_in_app, screen_record) -> None:
    board, action_id = fill_record(screen_record)

    app = follow(signed_in_app, board, action=action_id)

    assert not app.exception
    assert "Action: Knock on doors" in read_texts(app)
    assert "Theme: Being alone, 2 voices" in read_texts(app)
    assert "Priority: Loneliness" in list_links(app)


@pytest.mark.parametrize("name", ["voice", "action", "theme", "priority", "referral"])
def test_thread_of_what_is_not_there_says_so(signed_in_app, screen_record, name: str) -> None:
    board, _ = fill_record(screen_record)

    app = follow(signed_in_app, board, **{name: 99})

    assert not app.exception
    assert f"There is no {name} 99" in app.error[0].value


def test_thread_of_another_engagement_is_not_shown(signed_in_app, screen_record) -> None:
    _, action_id = fill_record(screen_record)
    with screen_record.writing() as session:
        other = start_engagement(session, FACILITATOR, "Another")
    app = signed_in_app(VIEWER, None, other)
    app.query_params["action"] = str(action_id)

    app.switch_page("thread.py").run()

    assert "belongs to another engagement" in app.error[0].value
    assert "Knock on doors" not in read_texts(app)


def test_report_tells_what_goes_in_before_it_is_downloaded(signed_in_app, screen_record) -> None:
    board, _ = fill_record(screen_record)

    app = signed_in_app(LEAD, "report.py", board.engagement_id)

    assert not app.exception
    assert "1 not yet themed + 2 themed" in read_html(app)
    (button,) = app.get("download_button")
    assert button.proto.label == "Download the spreadsheet (xlsx)"


def test_report_offers_no_download_to_those_who_only_read(signed_in_app, screen_record) -> None:
    board, _ = fill_record(screen_record)

    app = signed_in_app(VIEWER, "report.py", board.engagement_id)

    assert not app.get("download_button")
    assert "Ask a facilitator" in read_texts(app)


def draw_lines_that_moved() -> None:
    from engagement.answer.source_lines import LinesAround, SourceLine, Standing
    from engagement.screens.components.voice_thread import show_lines

    show_lines(LinesAround(Standing.ELSEWHERE, (SourceLine(3, "- ", "A bench.", ""),)), "")
    show_lines(LinesAround(Standing.NOT_FOUND), "")
    show_lines(LinesAround(Standing.AS_KEPT), "")


def test_a_file_that_is_read_in_a_newer_way_frightens_nobody() -> None:
    app = AppTest.from_function(draw_lines_that_moved).run()

    assert not app.exception
    assert "- <mark>A bench.</mark>" in read_html(app)
    elsewhere, not_found = [each.value for each in app.text]
    assert all(each.startswith("The words are as they were kept.") for each in (elsewhere, not_found))
    assert elsewhere.endswith("here is where the words stand in it.")
