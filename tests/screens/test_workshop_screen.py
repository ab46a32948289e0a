"""The workshops of an engagement, through the front door."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from engagement.screens.components.branch_list import say_moves
from engagement.workshop.boards import list_workshops, open_board
from models.database import Record
from tests.builders import FACILITATOR, LEAD, VIEWER, add_voices
from tests.engagement.test_theming_runs import add_engagement, run_job
from tests.theming.made_up_texts import TEXTS
from tests.workshop.conftest import Table, make_room, make_table


def read_texts(app: AppTest) -> str:
    """Give all that the screen says."""
    return "\n".join(str(each.value) for each in [*app.text, *app.header, *app.success, *app.error])


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    return next(each for each in app.button if each.label == label).click().run()


def fill_record(record: Record) -> Table:
    """Put a board with two moves into the record."""
    table = make_table(make_room(record))
    table.move("rename", theme=table.themes["Online"], name="Going *online* :smile:")
    table.move("move", voices=[table.voices[7]], to=table.themes["Getting about"])
    return table


def list_all(table: Table):
    with table.record.reading() as session:
        return list_workshops(session, FACILITATOR, table.room.engagement_id)


def test_engagement_without_a_workshop_says_what_to_do_first(signed_in_app, screen_record) -> None:
    with screen_record.writing() as session:
        engagement_id = add_voices(session, ["The 22 stops at six."]).id
    app = signed_in_app(FACILITATOR, "workshop.py", engagement_id)

    assert not app.exception
    assert "theme the voices together" in read_texts(app)
    assert "Deal the cards unsorted" in [button.label for button in app.button]


def test_cards_can_be_dealt_unsorted_to_a_new_board(signed_in_app, screen_record) -> None:
    with screen_record.writing() as session:
        engagement_id = add_voices(session, ["The 22 stops at six."]).id
    app = signed_in_app(FACILITATOR, "workshop.py", engagement_id)

    press(app, "Deal the cards unsorted")

    assert not app.exception
    assert "The board is open" in read_texts(app)
    with screen_record.reading() as session:
        (workshop,) = list_workshops(session, FACILITATOR, engagement_id)
    assert (workshop.name, workshop.counts, workshop.n_themes) == ("Workshop 1", True, 0)


def test_a_board_of_two_runs_says_what_it_will_hold_before_it_is_made(signed_in_app, screen_record) -> None:
    engagement_id = add_engagement(screen_record, list(TEXTS))
    for _ in range(2):
        run_job(screen_record, engagement_id)
    app = signed_in_app(FACILITATOR, "workshop.py", engagement_id)

    (choice,) = app.multiselect
    app = choice.set_value([1, 2]).run()
    for each, n_themes in zip(app.number_input, (4, 3), strict=True):
        each.set_value(n_themes)
    app.run()

    said = read_texts(app)
    assert f"The board will hold 7 themes and {len(TEXTS)} voices: {len(TEXTS)} in themes" in said
    assert f"In themes of two runs or more: {len(TEXTS)} voices." in said
    planned = " ".join(each.proto.body for each in app.get("html"))
    assert planned.count("<td>run 1</td>") == 4
    assert planned.count("<td>run 2</td><td class='number'>0</td>") == 3
    press(app, "Make the board")
    assert "It began with run 1 of" in read_texts(app)
    with screen_record.reading() as session:
        (workshop,) = list_workshops(session, FACILITATOR, engagement_id)
    assert workshop.n_themes == 7


@pytest.mark.parametrize(("n_moves", "said"), [(1, "1 move"), (2, "2 moves"), (1200, "1,200 moves")])
def test_one_move_is_told_as_one(n_moves, said):
    assert say_moves(n_moves) == said


def test_what_happened_is_told_in_words_with_names_exactly_as_typed(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)

    app = signed_in_app(VIEWER, "workshop.py", table.room.engagement_id)

    tables = " ".join(each.proto.body for each in app.get("html"))
    assert "What happened: 2 moves" in [expander.label for expander in app.expander]
    assert "<td>renamed Online to Going *online* :smile:</td><td>Amina Facilitator</td>" in tables
    assert "<td>moved 1 voice to Getting about</td><td>Amina Facilitator</td>" in tables


def test_the_board_of_each_workshop_is_one_press_away(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)
    with screen_record.writing() as session:
        second = open_board(session, FACILITATOR, table.room.engagement_id, "Second")
    app = signed_in_app(VIEWER, "workshop.py", table.room.engagement_id)

    press(app, "Open the board of Second")

    assert not app.exception
    assert app.query_params["workshop"] == str(second)
    assert [title.value for title in app.title] == ["Board"]


def find_name(app):
    """Find the field of the workshop's name, whatever else can be typed on the screen."""
    return next(each for each in app.text_input if each.label == "Name")


def test_workshop_gets_another_name_and_date(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)
    app = signed_in_app(FACILITATOR, "workshop.py", table.room.engagement_id)

    find_name(app).set_value("Belgrave, the second")
    app.date_input[0].set_value(date(2026, 12, 3))
    press(app, "Save")

    assert not app.exception
    (workshop,) = list_all(table)
    assert (workshop.name, workshop.held_on) == ("Belgrave, the second", date(2026, 12, 3))


def test_empty_name_is_refused_in_words(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)
    app = signed_in_app(FACILITATOR, "workshop.py", table.room.engagement_id)

    find_name(app).set_value("  ")
    press(app, "Save")

    assert "is empty" in app.error[0].value
    assert list_all(table)[0].name == "Workshop 1"


def test_board_is_closed_and_opened_again(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)
    app = signed_in_app(FACILITATOR, "workshop.py", table.room.engagement_id)

    press(app, "Sign off and close the board")
    was_closed = list_all(table)[0].is_closed
    press(app, "Open the board again")

    assert not app.exception
    assert (was_closed, list_all(table)[0].is_closed) == (True, False)


def test_another_board_can_be_the_one_that_counts(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)
    app = signed_in_app(FACILITATOR, "workshop.py", table.room.engagement_id)

    press(app, "Deal the cards unsorted")
    press(app, "Let this board count")

    assert not app.exception
    assert [(each.name, each.counts) for each in list_all(table)] == [
        ("Workshop 2", True),
        ("Workshop 1", False),
    ]


def test_lead_sees_workshops_and_changes_none(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)

    app = signed_in_app(LEAD, "workshop.py", table.room.engagement_id)

    assert not app.exception
    assert "Workshop 1" in read_texts(app)
    assert not {"Sign off and close the board", "Save", "Deal the cards unsorted"} & {
        each.label for each in app.button
    }
