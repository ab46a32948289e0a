"""The room on the Workshops screen, through the front door."""

from __future__ import annotations

from engagement.workshop.rounds import USUAL_ROUNDS
from engagement.workshop.seats import list_seats
from models.rooms import RoundKind
from tests.builders import FACILITATOR, LEAD
from tests.screens.test_workshop_screen import fill_record, press, read_texts
from tests.workshop.seated import begin, choose, join, open_room, plan, see_room


def test_doors_are_opened_with_a_code_and_closed_again(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)
    app = signed_in_app(FACILITATOR, "workshop.py", table.room.engagement_id)

    press(app, "Open the doors")
    code = see_room(table).join_code or ""
    shown = [each.value for each in app.subheader]
    press(app, "Close the doors")

    assert not app.exception
    assert f"{code[:3]} {code[3:]}" in shown
    assert not see_room(table).is_open


def test_another_code_is_drawn(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)
    old = open_room(table).join_code
    app = signed_in_app(FACILITATOR, "workshop.py", table.room.engagement_id)

    press(app, "Draw another code")

    assert not app.exception
    assert see_room(table).join_code not in (None, old)


def test_who_is_here_is_told_by_sector_and_a_seat_is_taken_back(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)
    open_room(table)
    join(table, "Sam", "resident")
    join(table, "Jo", "NHS")
    app = signed_in_app(FACILITATOR, "workshop.py", table.room.engagement_id)
    told = read_texts(app)

    press(app, "Take back the seat of Jo (NHS)")

    assert not app.exception
    assert "2 here: 1 resident · 0 VCSE · 1 from public bodies" in told
    with screen_record.reading() as session:
        assert [seat.label for seat in list_seats(session, FACILITATOR, table.workshop_id)] == [
            "Sam (resident)"
        ]


def test_rounds_are_planned_and_run(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)
    app = signed_in_app(FACILITATOR, "workshop.py", table.room.engagement_id)

    press(app, "Plan the usual five")
    press(app, "Begin round 1: read")
    press(app, "Pause")
    paused = see_room(table).running
    press(app, "Go on")
    press(app, "Begin round 2: move and name")

    assert not app.exception
    running = see_room(table).running
    assert paused is not None
    assert running is not None
    assert paused.is_paused
    assert (running.round.kind, running.is_paused) == (RoundKind.THEME, False)


def test_what_people_may_do_is_saved(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)
    app = signed_in_app(FACILITATOR, "workshop.py", table.room.engagement_id)

    next(each for each in app.checkbox if each.label == "Vote").set_value(False)
    next(each for each in app.number_input if each.label.startswith("Tables")).set_value(6)
    press(app, "Save what people may do")

    assert not app.exception
    choices = see_room(table).choices
    assert (choices.allows_vote, choices.n_tables, choices.allows_move) == (False, 6, True)


def test_rounds_are_ended(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)
    plan(table, USUAL_ROUNDS)
    begin(table, 5)
    app = signed_in_app(FACILITATOR, "workshop.py", table.room.engagement_id)

    press(app, "End the rounds")

    assert not app.exception
    assert see_room(table).running is None


def test_a_lead_sees_no_code(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)
    open_room(table)

    app = signed_in_app(LEAD, "workshop.py", table.room.engagement_id)

    assert not app.exception
    assert not {"Open the doors", "Close the doors", "Draw another code"} & {
        each.label for each in app.button
    }
    assert [each.value for each in app.subheader] == []


def test_notes_are_put_on_another_table(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)
    choose(table, n_tables=3)
    app = signed_in_app(FACILITATOR, "workshop.py", table.room.engagement_id)

    next(each for each in app.number_input if each.label.startswith("Table of Lunch club")).set_value(3)
    press(app, "Save the tables")

    assert not app.exception
    assert list(table.look()["room"]["tables"].values()) == [3]


def test_people_without_a_phone_are_counted_in_and_taken_back(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)
    open_room(table)
    join(table, "Sam", "resident")
    app = signed_in_app(FACILITATOR, "workshop.py", table.room.engagement_id)

    next(each for each in app.selectbox if each.label == "Where they come from").set_value("VCSE")
    next(each for each in app.number_input if each.label == "How many").set_value(4)
    press(app, "Count them in")
    counted = read_texts(app)
    press(app, "Take back 4 people (VCSE)")

    assert not app.exception
    assert "5 here: 1 resident · 4 VCSE · 0 from public bodies (4 without a phone of their own)" in counted
    assert "1 here: 1 resident · 0 VCSE · 0 from public bodies" in read_texts(app)
