"""Reading for a hall: as much work as for one person, and each is judged alone."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from engagement.people.seat_tokens import SeatClaims, find_seat_person
from engagement.web.board_reads import find_let_in
from engagement.workshop.seats import give_up_seat
from models.database import Record
from tests.workshop.conftest import Table, make_room, make_table
from tests.workshop.seated import join, open_room


@pytest.fixture
def hall(record: Record) -> tuple[Table, list[SeatClaims]]:
    """Twelve people with a seat."""
    table = make_table(make_room(record))
    open_room(table)
    return table, [join(table, f"Person {number}") for number in range(12)]


def test_a_hall_is_let_in_by_as_many_queries_as_one_person(hall: tuple[Table, list[SeatClaims]]) -> None:
    table, seats = hall
    place, asked = (table.record, table.workshop_id), list[str]()
    event.listen(table.record.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))

    assert find_let_in(place, seats[:1]) == frozenset(seats[:1])
    n_for_one = len(asked)
    assert find_let_in(place, seats) == frozenset(seats)

    assert len(asked) == 2 * n_for_one


def test_whoever_left_is_let_in_no_more_and_the_others_are(hall: tuple[Table, list[SeatClaims]]) -> None:
    table, seats = hall
    gone = seats[3]
    with table.record.writing() as session:
        give_up_seat(session, find_seat_person(session, gone))
    stranger = SeatClaims(table.workshop_id, 10_000, 1)

    assert find_let_in((table.record, table.workshop_id), [*seats, stranger]) == {*seats} - {gone}
