"""Joining: codes, seats, who is here, and whoever guesses."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from engagement.errors import EngagementError, NotAllowedError, NotFoundError
from engagement.people.permissions import HeldSeat, Person
from engagement.people.seat_tokens import (
    SeatClaims,
    SeatLostError,
    find_seat_person,
    mint_seat_token,
    read_seat_token,
)
from engagement.workshop.attendance import Third, count_attendance
from engagement.workshop.boards import close_board, open_board, reopen_board
from engagement.workshop.join_codes import (
    ALPHABET,
    close_doors,
    find_key_for_code,
    open_doors,
    rotate_code,
    write_code,
)
from engagement.workshop.join_tries import (
    TRIES_FROM_A_NETWORK,
    TRIES_FROM_EVERYWHERE,
    TooManyCodesError,
    name_network,
    note_join_try,
    strike_out_join_try,
)
from engagement.workshop.seats import (
    choose_table,
    find_seat,
    give_up_seat,
    list_seats,
    note_seen,
    take_back_seat,
    take_seat,
)
from models.base import utc_now
from models.database import Record
from models.rooms import JoinTry, Room, Seat
from tests.builders import FACILITATOR
from tests.workshop.conftest import Table
from tests.workshop.seated import choose, join, open_room, sit_down


def age_seat(table: Table, seat_id: int | None, seconds: int) -> None:
    """Let the last sign of life of a seat be so long ago."""
    with table.record.writing() as session:
        session.get_one(Seat, seat_id).last_seen_at = utc_now() - timedelta(seconds=seconds)


def test_open_doors_have_a_code_that_can_be_read_across_a_hall(table: Table) -> None:
    room = open_room(table)

    assert room.is_open
    assert room.join_code is not None
    assert re.fullmatch(f"[{ALPHABET}]{{6}}", room.join_code)
    assert not set("01258OILSZBU") & set(ALPHABET)


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "grouped"])
def test_a_code_is_found_however_it_is_typed(table: Table, typed: str) -> None:
    room = open_room(table)
    code = room.join_code or ""
    said = {"lower": code.lower(), "grouped": write_code(code)}.get(typed, typed.format(code))

    with table.record.reading() as session:
        assert find_key_for_code(session, said) == room.join_key


def test_opening_open_doors_again_changes_nothing(table: Table) -> None:
    assert open_room(table).join_code == open_room(table).join_code


def test_a_rotated_code_lets_nobody_in_and_seats_stay(table: Table) -> None:
    old = open_room(table)
    sam = join(table)
    with table.record.writing() as session:
        rotate_code(session, FACILITATOR, table.workshop_id)

    with table.record.reading() as session:
        assert find_key_for_code(session, old.join_code or "") is None
        assert find_seat_person(session, sam).name == "Sam (resident)"
    with pytest.raises(NotFoundError, match="no longer good"), table.record.writing() as session:
        take_seat(session, old.join_key or "", "Late", "other")


def close_by_hand(session, table: Table) -> None:
    close_doors(session, FACILITATOR, table.workshop_id)


def close_with_board(session, table: Table) -> None:
    close_board(session, FACILITATOR, table.workshop_id)


def let_the_day_end(session, table: Table) -> None:
    session.get_one(Room, table.workshop_id).closes_at = utc_now() - timedelta(seconds=1)


@pytest.mark.parametrize("end", [close_by_hand, close_with_board, let_the_day_end])
def test_code_and_seats_end_with_the_workshop(table: Table, end) -> None:
    room = open_room(table)
    sam = sit_down(table)
    with table.record.writing() as session:
        end(session, table)

    with table.record.reading() as session:
        assert find_key_for_code(session, room.join_code or "") is None
    with pytest.raises(NotAllowedError, match="has closed"):
        table.look(by=sam)
    with pytest.raises(NotAllowedError, match="has closed"):
        table.move("move", by=sam, saw=0, voices=[table.voices[7]], to=table.themes["Online"])


def test_doors_of_a_closed_board_stay_closed_until_it_is_open_again(table: Table) -> None:
    with table.record.writing() as session:
        close_board(session, FACILITATOR, table.workshop_id)
    with pytest.raises(EngagementError, match="Open the board again first"):
        open_room(table)
    with table.record.writing() as session:
        reopen_board(session, FACILITATOR, table.workshop_id)

    assert open_room(table).is_open


def test_there_is_no_code_to_rotate_behind_closed_doors(table: Table) -> None:
    with pytest.raises(EngagementError, match="closed"), table.record.writing() as session:
        rotate_code(session, FACILITATOR, table.workshop_id)


def test_a_code_opens_its_own_workshop_only(table: Table) -> None:
    open_room(table)
    with table.record.writing() as session:
        second_id = open_board(session, FACILITATOR, table.room.engagement_id, "Second")
        open_doors(session, FACILITATOR, second_id)
    sam = sit_down(table)

    other = Table(table.room, second_id, {})
    with pytest.raises(NotAllowedError, match="another workshop"):
        other.look(by=sam)


def test_two_people_of_one_name_are_told_apart(table: Table) -> None:
    open_room(table)

    names = [sit_down(table, name).name for name in ("Sam", "sam", " Sam ")]

    assert names == ["Sam (resident)", "sam 2 (resident)", "Sam 3 (resident)"]


@pytest.mark.parametrize(
    ("nickname", "sector", "said"),
    [
        ("", "resident", "Your name is empty"),
        ("   ", "resident", "Your name is empty"),
        ("x" * 41, "resident", "41 characters, and 40 is the most"),
        ("S\x00am", "resident", "cannot be kept"),
        ("Sam", "", "Say where you come from"),
        ("Sam", "administrator", "Say where you come from"),
    ],
)
def test_a_seat_needs_a_name_and_a_sector(table: Table, nickname: str, sector: str, said: str) -> None:
    open_room(table)

    with pytest.raises(EngagementError, match=said):
        join(table, nickname, sector)


def test_a_seat_keeps_nothing_but_the_name_and_the_sector() -> None:
    about_the_room = {"id", "workshop_id", "table_number", "token_version"}
    times = {"joined_at", "last_seen_at", "left_at"}

    assert set(Seat.__table__.columns.keys()) == {"nickname", "sector", "label"} | about_the_room | times


def test_a_token_of_a_seat_is_read_back_and_no_other(own_secret: None) -> None:
    claims = SeatClaims(3, 14, 1)
    token = mint_seat_token(claims)

    assert read_seat_token(token) == claims
    for forged in ("", "x.y.z", token[:-2] + ("AA" if token[-2:] != "AA" else "BB"), token + "."):
        with pytest.raises(SeatLostError):
            read_seat_token(forged)


def test_a_seat_that_was_given_up_or_taken_back_is_lost(table: Table) -> None:
    open_room(table)
    left, shown_out = join(table, "Left"), join(table, "Shown out")
    with table.record.writing() as session:
        give_up_seat(session, find_seat_person(session, left))
        take_back_seat(session, FACILITATOR, shown_out.seat_id)

    for claims in (left, shown_out):
        with pytest.raises(SeatLostError), table.record.reading() as session:
            find_seat_person(session, claims)


@pytest.mark.parametrize("change", [{"workshop_id": 614}, {"seat_id": 614}, {"version": 2}])
def test_a_token_must_fit_its_seat(table: Table, change: dict) -> None:
    open_room(table)
    claims = join(table)
    asked = SeatClaims(**{**claims.__dict__, **change})

    with pytest.raises(SeatLostError), table.record.reading() as session:
        find_seat_person(session, asked)


def test_somebody_sits_down_at_a_table_that_is_there(table: Table) -> None:
    choose(table, n_tables=4)
    open_room(table)
    sam = sit_down(table)
    with table.record.writing() as session:
        choose_table(session, sam, 4)

    with table.record.reading() as session:
        seat = find_seat(session, sam)
    assert seat is not None
    assert seat.table_number == 4
    with pytest.raises(EngagementError, match="no table 5"), table.record.writing() as session:
        choose_table(session, sam, 5)


def test_the_mix_of_the_room_is_counted_and_kept(table: Table) -> None:
    open_room(table)
    people = [
        sit_down(table, f"P{n}", sector)
        for n, sector in enumerate(("resident", "resident", "VCSE", "council", "NHS", "police", "other"))
    ]
    age_seat(table, people[0].seat_id, 600)
    with table.record.writing() as session:
        give_up_seat(session, people[2])
        close_doors(session, FACILITATOR, table.workshop_id)

    with table.record.reading() as session:
        mix = count_attendance(session, FACILITATOR, table.workshop_id)
    assert (mix.n_joined, mix.n_here) == (7, 5)
    assert dict(mix.count_thirds(here=False)) == {
        Third.RESIDENTS: 2, Third.VCSE: 1, Third.PUBLIC_BODIES: 3, Third.OTHERS: 1,
    }  # fmt: skip
    assert mix.say(here=True) == "5 here: 1 resident · 0 VCSE · 3 from public bodies · 1 other"


def test_a_sleeping_phone_is_away_and_here_again_when_it_wakes(table: Table) -> None:
    open_room(table)
    sam = sit_down(table)
    assert sam.seat_id is not None
    age_seat(table, sam.seat_id, 300)
    with table.record.reading() as session:
        asleep = list_seats(session, FACILITATOR, table.workshop_id)[0].is_here
    with table.record.writing() as session:
        note_seen(session, [sam.seat_id])
    with table.record.reading() as session:
        awake = list_seats(session, FACILITATOR, table.workshop_id)[0].is_here

    assert (asleep, awake) == (False, True)


def test_a_seat_opens_no_other_room_of_the_house(table: Table) -> None:
    open_room(table)
    sam = sit_down(table)
    acts = (
        lambda session: open_doors(session, sam, table.workshop_id),
        lambda session: list_seats(session, sam, table.workshop_id),
        lambda session: take_back_seat(session, sam, 1),
        lambda session: close_board(session, sam, table.workshop_id),
    )
    for act in acts:
        with (
            pytest.raises(NotAllowedError, match="with a seat in one workshop"),
            table.record.writing() as session,
        ):
            act(session)


def test_nobody_is_a_participant_and_an_account_at_once() -> None:
    with pytest.raises(ValueError, match="one of the two"):
        Person(name="Both", role=FACILITATOR.role, seat=HeldSeat(1, 1, None))
    with pytest.raises(ValueError, match="one of the two"):
        Person(name="Neither", role=None)


def fill_tries(record: Record, network: str, count: int) -> None:
    with record.writing() as session:
        session.add_all(JoinTry(network=network, tried_at=utc_now()) for _ in range(count))


def test_a_guesser_is_stopped_and_others_are_not(record: Record) -> None:
    fill_tries(record, "192.0.2.7", TRIES_FROM_A_NETWORK)

    with pytest.raises(TooManyCodesError, match="Scan the QR code"), record.writing() as session:
        note_join_try(session, "192.0.2.7")
    with record.writing() as session:
        note_join_try(session, "192.0.2.8")


def test_a_guesser_with_many_addresses_is_stopped_too(record: Record) -> None:
    for n in range(6):
        fill_tries(record, f"192.0.2.{n}", TRIES_FROM_EVERYWHERE // 6)

    with pytest.raises(TooManyCodesError), record.writing() as session:
        note_join_try(session, "198.51.100.1")


def test_tries_are_forgotten_after_a_quarter_of_an_hour(record: Record) -> None:
    with record.writing() as session:
        old = utc_now() - timedelta(minutes=16)
        session.add_all(JoinTry(network="192.0.2.7", tried_at=old) for _ in range(TRIES_FROM_A_NETWORK))
    with record.writing() as session:
        note_join_try(session, "192.0.2.7")

    with record.reading() as session:
        assert session.query(JoinTry).count() == 1


def test_a_right_code_strikes_out_its_own_try_only(record: Record) -> None:
    with record.writing() as session:
        wrong = note_join_try(session, "192.0.2.7")
        right = note_join_try(session, "192.0.2.7")
        strike_out_join_try(session, right)

    with record.reading() as session:
        assert [each.id for each in session.query(JoinTry)] == [wrong]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:0:7:1:2:3:4", "2001:db8:0:7::/64"),
        ("testclient", "testclient"),
    ],
)
def test_one_line_of_a_provider_is_one_network(address: str, network: str) -> None:
    assert name_network(address) == network
