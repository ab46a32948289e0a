"""Rooms and their rounds: what is planned, what runs, what its clock shows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from engagement.errors import EngagementError, NotAllowedError, NotFoundError
from engagement.workshop.rooms import RoomChoices, choose_for_room, get_room
from engagement.workshop.rounds import (
    USUAL_ROUNDS,
    RoundPlan,
    end_rounds,
    pause_round,
    plan_rounds,
    resume_round,
    start_round,
)
from models.decisions import Decision
from models.rooms import Room, RoundKind
from tests.builders import FACILITATOR, LEAD, VIEWER
from tests.workshop.conftest import Table
from tests.workshop.seated import begin, choose, plan, see_room


def let_time_pass(table: Table, seconds: int) -> None:
    """Let the running round have begun so much earlier."""
    with table.record.writing() as session:
        room = session.get_one(Room, table.workshop_id)
        assert room.running_since is not None
        room.running_since -= timedelta(seconds=seconds)


def read_kinds(table: Table) -> list[str]:
    """Read which decisions were noted about the room."""
    with table.record.reading() as session:
        kinds = session.scalars(select(Decision.kind).where(Decision.subject == "workshop"))
        return [kind for kind in kinds if kind != "opened board"]


def test_a_room_begins_closed_with_what_is_usual(table: Table) -> None:
    room = see_room(table)

    assert (room.is_open, room.join_code, room.rounds, room.running) == (False, None, (), None)
    assert room.choices == RoomChoices()


def test_what_a_facilitator_chooses_is_kept_and_noted_once(table: Table) -> None:
    choose(table, allows_vote=False, n_tables=6, dots_per_person=3)
    choose(table, allows_vote=False, n_tables=6, dots_per_person=3)

    assert see_room(table).choices == RoomChoices(allows_vote=False, n_tables=6, dots_per_person=3)
    assert read_kinds(table) == ["chose for room"]


@pytest.mark.parametrize("choices", [{"n_tables": 41}, {"n_tables": -1}, {"dots_per_person": 0}])
def test_a_room_refuses_tables_and_dots_that_cannot_be_had(table: Table, choices: dict) -> None:
    with pytest.raises(EngagementError, match="cannot be had"):
        choose(table, **choices)


def test_rounds_are_planned_in_order(table: Table) -> None:
    plan(table, USUAL_ROUNDS)

    rounds = see_room(table).rounds
    assert [each.number for each in rounds] == [1, 2, 3, 4, 5]
    assert [(each.kind, each.minutes) for each in rounds] == [
        (each.kind, each.minutes) for each in USUAL_ROUNDS
    ]


def test_a_new_plan_takes_the_place_of_the_old_one(table: Table) -> None:
    plan(table, USUAL_ROUNDS)
    plan(table, [RoundPlan(RoundKind.VOTE, 5)])

    assert [(each.number, each.kind) for each in see_room(table).rounds] == [(1, RoundKind.VOTE)]


@pytest.mark.parametrize("minutes", [0, -1, 481])
def test_a_round_of_no_length_is_refused(table: Table, minutes: int) -> None:
    with pytest.raises(EngagementError, match="Choose from 1 to 480"):
        plan(table, [RoundPlan(RoundKind.READ, minutes)])


def test_more_rounds_than_a_day_holds_are_refused(table: Table) -> None:
    with pytest.raises(EngagementError, match="20 is the most"):
        plan(table, [RoundPlan(RoundKind.READ)] * 21)


def test_the_clock_of_a_round_stands_still_while_it_is_paused(table: Table) -> None:
    plan(table, [RoundPlan(RoundKind.THEME, 10)])
    begin(table, 1)
    let_time_pass(table, 90)
    with table.record.writing() as session:
        pause_round(session, FACILITATOR, table.workshop_id)
    paused = see_room(table).running
    with table.record.writing() as session:
        resume_round(session, FACILITATOR, table.workshop_id)
    let_time_pass(table, 600)
    resumed = see_room(table).running

    assert paused is not None
    assert resumed is not None
    assert paused.is_paused
    assert 500 <= (paused.left_s or 0) <= 510
    assert not resumed.is_paused
    assert (resumed.left_s or 0) < 0


def test_a_round_without_minutes_has_no_clock(table: Table) -> None:
    plan(table, [RoundPlan(RoundKind.CHOOSE)])
    begin(table, 1)

    running = see_room(table).running
    assert running is not None
    assert running.left_s is None


def test_beginning_the_next_round_ends_the_one_before(table: Table) -> None:
    plan(table, USUAL_ROUNDS)
    begin(table, 1)
    begin(table, 2)

    running = see_room(table).running
    assert running is not None
    assert (running.round.number, running.is_paused) == (2, False)


def test_rounds_can_be_ended_without_another_one(table: Table) -> None:
    plan(table, USUAL_ROUNDS)
    begin(table, 1)
    with table.record.writing() as session:
        end_rounds(session, FACILITATOR, table.workshop_id)

    assert see_room(table).running is None
    assert read_kinds(table) == ["planned rounds", "began round", "ended rounds"]


def test_the_running_round_is_not_planned_away(table: Table) -> None:
    plan(table, USUAL_ROUNDS)
    begin(table, 3)

    with pytest.raises(EngagementError, match="Round 3 is running"):
        plan(table, USUAL_ROUNDS[:2])


def test_a_round_of_another_workshop_is_not_begun(table: Table) -> None:
    with pytest.raises(NotFoundError, match="no round 614"), table.record.writing() as session:
        start_round(session, FACILITATOR, table.workshop_id, 614)


@pytest.mark.parametrize("person", [VIEWER, LEAD], ids=lambda person: str(person.role))
def test_only_who_runs_workshops_sees_and_changes_a_room(table: Table, person) -> None:
    acts = (
        lambda session: get_room(session, person, table.workshop_id),
        lambda session: choose_for_room(session, person, table.workshop_id, RoomChoices()),
        lambda session: plan_rounds(session, person, table.workshop_id, USUAL_ROUNDS),
        lambda session: start_round(session, person, table.workshop_id, 1),
        lambda session: pause_round(session, person, table.workshop_id),
        lambda session: resume_round(session, person, table.workshop_id),
        lambda session: end_rounds(session, person, table.workshop_id),
    )
    for act in acts:
        with pytest.raises(NotAllowedError, match="run workshops"), table.record.writing() as session:
            act(session)


def test_a_room_of_no_workshop_is_not_found(table: Table) -> None:
    with pytest.raises(NotFoundError), table.record.reading() as session:
        get_room(session, FACILITATOR, table.workshop_id + 1)
