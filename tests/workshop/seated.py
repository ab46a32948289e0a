"""A workshop with open doors and people in its room."""

from __future__ import annotations

from collections.abc import Sequence

from engagement.people.permissions import Person
from engagement.people.seat_tokens import SeatClaims, find_seat_person
from engagement.workshop.join_codes import open_doors
from engagement.workshop.rooms import RoomChoices, RoomView, choose_for_room, get_room
from engagement.workshop.rounds import RoundPlan, plan_rounds, start_round
from engagement.workshop.seats import take_seat
from tests.builders import FACILITATOR
from tests.workshop.conftest import Table


def see_room(table: Table) -> RoomView:
    """Look at the room as its facilitator does."""
    with table.record.reading() as session:
        return get_room(session, FACILITATOR, table.workshop_id)


def open_room(table: Table) -> RoomView:
    """Open the doors of the workshop."""
    with table.record.writing() as session:
        open_doors(session, FACILITATOR, table.workshop_id)
    return see_room(table)


def choose(table: Table, **choices: object) -> None:
    """Choose what participants may do, and how many tables and dots there are."""
    with table.record.writing() as session:
        choose_for_room(session, FACILITATOR, table.workshop_id, RoomChoices(**choices))


def plan(table: Table, plans: Sequence[RoundPlan]) -> None:
    """Plan rounds."""
    with table.record.writing() as session:
        plan_rounds(session, FACILITATOR, table.workshop_id, plans)


def begin(table: Table, number: int) -> None:
    """Begin the round with this number."""
    with table.record.writing() as session:
        round_id = get_room(session, FACILITATOR, table.workshop_id).rounds[number - 1].id
        start_round(session, FACILITATOR, table.workshop_id, round_id)


def join(table: Table, nickname: str = "Sam", sector: str = "resident") -> SeatClaims:
    """Take a seat through the open doors."""
    key = see_room(table).join_key
    assert key is not None
    with table.record.writing() as session:
        return take_seat(session, key, nickname, sector)


def sit_down(table: Table, nickname: str = "Sam", sector: str = "resident") -> Person:
    """Take a seat, and give the person as services see them."""
    claims = join(table, nickname, sector)
    with table.record.reading() as session:
        return find_seat_person(session, claims)
