"""People without a phone count in the mix of the room, are kept, and are taken back."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from engagement.answer.decision_log import read_decision_log
from engagement.answer.decision_log_exports import export_log_page
from engagement.errors import EngagementError, NotAllowedError, NotFoundError
from engagement.workshop.attendance import Attendance, Third, count_attendance
from engagement.workshop.boards import close_board
from engagement.workshop.guests import add_guests, list_guests, take_back_guests
from engagement.workshop.join_codes import close_doors
from models.decisions import Decision
from models.rooms import Guest
from tests.builders import FACILITATOR, LEAD
from tests.workshop.conftest import Table
from tests.workshop.seated import join, open_room


def count_in(table: Table, sector: str, **who: object) -> int:
    with table.record.writing() as session:
        return add_guests(session, FACILITATOR, table.workshop_id, sector, **who)


def see_mix(table: Table) -> Attendance:
    with table.record.reading() as session:
        return count_attendance(session, FACILITATOR, table.workshop_id)


def test_the_mix_counts_phones_and_paper_together(table: Table) -> None:
    open_room(table)
    join(table, "Sam", "resident")
    count_in(table, "resident", nickname="Jo")
    count_in(table, "NHS", n_people=3)

    mix = see_mix(table)

    assert mix.say(here=True) == "5 here: 2 residents · 0 VCSE · 3 from public bodies"
    assert (mix.n_joined, mix.n_without_phone) == (5, 4)
    assert mix.count_thirds(here=False)[Third.PUBLIC_BODIES] == 3
    assert mix.say_without_phone() == "4 without a phone of their own"


def test_pages_hear_of_people_without_a_phone_and_of_no_name(table: Table) -> None:
    count_in(table, "VCSE", nickname="Jo")

    room = table.look()["room"]

    assert room["attendance"]["thirds"]["vcse"] == 1
    assert (room["attendance"]["here"], room["attendance"]["without_phone"]) == (1, 1)
    assert "Jo" not in str(room)


def test_taken_back_they_count_no_more_and_the_record_keeps_both(table: Table) -> None:
    guest_id = count_in(table, "police", nickname="Jo")

    for _ in range(2):
        with table.record.writing() as session:
            take_back_guests(session, FACILITATOR, guest_id)

    assert see_mix(table).n_joined == 0
    with table.record.reading() as session:
        assert list_guests(session, FACILITATOR, table.workshop_id) == ()
        assert session.scalars(select(Guest.nickname)).all() == ["Jo"]
        kinds = session.scalars(select(Decision.kind).order_by(Decision.seq)).all()
    assert kinds[-2:] == ["added without phone", "took back without phone"]


def test_they_are_here_until_the_doors_close_and_came_for_good(table: Table) -> None:
    open_room(table)
    count_in(table, "resident", n_people=2)

    with table.record.writing() as session:
        close_doors(session, FACILITATOR, table.workshop_id)

    mix = see_mix(table)
    assert (mix.n_here, mix.n_joined) == (0, 2)


def test_in_a_room_on_paper_alone_they_are_here_until_the_board_is_signed_off(sqlite_table: Table) -> None:
    count_in(sqlite_table, "resident", n_people=2)
    before = see_mix(sqlite_table).n_here

    with sqlite_table.record.writing() as session:
        close_board(session, FACILITATOR, sqlite_table.workshop_id)

    assert (before, see_mix(sqlite_table).n_here) == (2, 0)


def test_the_decision_log_says_who_came_without_their_names(sqlite_table: Table) -> None:
    count_in(sqlite_table, "resident", nickname="Joanna")
    count_in(sqlite_table, "council", n_people=2)

    with sqlite_table.record.writing() as session:
        log = read_decision_log(session, FACILITATOR, sqlite_table.workshop_id)
        page = export_log_page(session, FACILITATOR, sqlite_table.workshop_id, date(2026, 11, 26)).decode()

    assert log.came == ("3 came: 1 resident · 0 VCSE · 2 from public bodies, 3 without a phone of their own.")
    assert [line.what for line in log.lines][-2:] == [
        "counted in, without a phone: 1 person (resident)",
        "counted in, without a phone: 2 people (council)",
    ]
    assert log.came in page
    assert "Joanna" not in page


@pytest.mark.parametrize(
    ("sector", "who", "said"),
    [
        ("martian", {}, "Say where you come from"),
        ("NHS", {"n_people": 0}, "0 people cannot be added"),
        ("NHS", {"n_people": 201}, "201 people cannot be added"),
        ("NHS", {"nickname": "Jo", "n_people": 2}, "“Jo” is one name, and 2 people"),
        ("NHS", {"nickname": "J" * 41}, "has 41 characters"),
    ],
)
def test_what_cannot_be_counted_in_is_refused(sqlite_table: Table, sector: str, who: dict, said: str) -> None:
    with pytest.raises(EngagementError, match=said):
        count_in(sqlite_table, sector, **who)


def test_only_who_runs_workshops_counts_people_in(sqlite_table: Table) -> None:
    with pytest.raises(NotAllowedError), sqlite_table.record.writing() as session:
        add_guests(session, LEAD, sqlite_table.workshop_id, "NHS")
    with pytest.raises(NotAllowedError), sqlite_table.record.writing() as session:
        take_back_guests(session, LEAD, 1)


def test_an_entry_that_is_not_there_cannot_be_taken_back(sqlite_table: Table) -> None:
    with pytest.raises(NotFoundError, match="no entry 614"), sqlite_table.record.writing() as session:
        take_back_guests(session, FACILITATOR, 614)
