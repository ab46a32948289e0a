"""Boards are dealt once, named, closed and opened again; one of them counts."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from engagement.decisions import find_broken_decision
from engagement.errors import ConflictError, EngagementError, NotAllowedError, NotFoundError
from engagement.workshop.boards import (
    ProposedTheme,
    change_workshop,
    close_board,
    get_workshop_or_raise,
    list_workshops,
    make_board_count,
    open_board,
    reopen_board,
)
from engagement.workshop.homes import list_agreed_themes
from engagement.workshop.state import read_state
from models.decisions import Decision
from models.theming_runs import CandidateTheme, Membership, ThemingRun
from tests.builders import FACILITATOR, LEAD, VIEWER
from tests.workshop.conftest import Room, Table, make_room


def test_proposed_themes_are_dealt_in_order_and_the_other_voices_are_not_placed(table: Table) -> None:
    state = table.look()

    assert [theme["position"] for theme in state["themes"]] == [0, 1, 2]
    assert [card["home"] for card in state["cards"]] == [
        *[table.themes["Getting about"]] * 2,
        *[table.themes["Nobody listens"]] * 2,
        *[table.themes["Online"]] * 2,
        None,
        None,
    ]
    assert {card["version"] for card in state["cards"]} == {0}


def test_cards_can_be_dealt_unsorted(room: Room) -> None:
    with room.record.writing() as session:
        workshop_id = open_board(session, FACILITATOR, room.engagement_id, "By hand")
        state = read_state(session, FACILITATOR, workshop_id)

    assert (state["themes"], {card["home"] for card in state["cards"]}) == ([], {None})


def test_candidate_themes_of_one_name_are_told_apart_on_the_board(room: Room) -> None:
    proposed = [
        ProposedTheme(None, name, ()) for name in ("Buses", "buses", "BUSES", " ", "x" * 130, "x" * 130)
    ]
    with room.record.writing() as session:
        workshop_id = open_board(session, FACILITATOR, room.engagement_id, "Workshop", proposed)
        names = [theme["name"] for theme in read_state(session, FACILITATOR, workshop_id)["themes"]]

    assert names == ["Buses", "buses (2)", "BUSES (3)", "Theme", "x" * 120, "x" * 116 + " (2)"]


def test_a_voice_cannot_be_dealt_twice_or_from_elsewhere(room: Room) -> None:
    twice = [ProposedTheme(None, "A", room.voices[:1]), ProposedTheme(None, "B", room.voices[:1])]
    elsewhere = [ProposedTheme(None, "A", (999_999,))]

    for proposed, words in ((twice, "a voice twice"), (elsewhere, "999999")):
        with pytest.raises(ValueError, match=words), room.record.writing() as session:
            open_board(session, FACILITATOR, room.engagement_id, "Workshop", proposed)
    with room.record.reading() as session:
        assert list_workshops(session, FACILITATOR, room.engagement_id) == ()


def test_the_board_tells_what_the_machine_knew_of_each_theme_and_voice(room: Room) -> None:
    with room.record.writing() as session:
        run = ThemingRun(
            engagement_id=room.engagement_id,
            chosen_n=2,
            n_voices=8,
            n_set_aside=0,
            card={},
            voice_ids=list(room.voices),
            result=b"",
            made_by="Amina",
        )
        session.add(run)
        session.flush()
        candidates = [
            CandidateTheme(run_id=run.id, node=node, label=label, keywords=["bus"], size=1, stability=0.9)
            for node, label in ((41, "Buses"), (42, "Online"))
        ]
        session.add_all(candidates)
        for n_themes, near in ((2, [42, 99]), (3, [7])):
            session.add(
                Membership(
                    run_id=run.id,
                    n_themes=n_themes,
                    voice_id=room.voices[0],
                    node=41,
                    strength=0.75,
                    alternatives=near,
                )
            )
        session.flush()
        proposed = [ProposedTheme(each.id, each.label, ()) for each in candidates]
        workshop_id = open_board(
            session, FACILITATOR, room.engagement_id, "W", proposed, run_id=run.id, n_themes=2
        )
        state = read_state(session, FACILITATOR, workshop_id)

    buses, online = state["themes"]
    assert (buses["stability"], buses["keywords"]) == (0.9, ["bus"])
    assert (state["cards"][0]["strength"], state["cards"][0]["near"]) == (0.75, [online["id"]])
    assert (state["cards"][1]["strength"], state["cards"][1]["near"]) == (None, [])


def test_a_card_says_where_its_voice_comes_from(table: Table) -> None:
    assert table.look()["cards"][1]["where"] == "Lunch club, line 2"


def test_the_first_board_counts_until_another_one_is_chosen(table: Table) -> None:
    room = table.room
    with room.record.writing() as session:
        second = open_board(
            session, FACILITATOR, room.engagement_id, "Second", [ProposedTheme(None, "Only here", ())]
        )
        before = [each.name for each in list_agreed_themes(session, room.engagement_id)]
        make_board_count(session, FACILITATOR, second)
        after = [each.name for each in list_agreed_themes(session, room.engagement_id)]
        counting = [(each.name, each.counts) for each in list_workshops(session, VIEWER, room.engagement_id)]

    assert before == ["Getting about", "Nobody listens", "Online"]
    assert after == ["Only here"]
    assert counting == [("Second", True), ("Workshop 1", False)]


def test_a_workshop_gets_another_name_and_date_but_not_the_name_of_another(table: Table) -> None:
    with table.record.writing() as session:
        open_board(session, FACILITATOR, table.room.engagement_id, "Second")
        change_workshop(
            session, FACILITATOR, table.workshop_id, name=" First  one ", held_on=date(2026, 12, 3)
        )
    with pytest.raises(ConflictError, match="called “Second” already"), table.record.writing() as session:
        change_workshop(session, FACILITATOR, table.workshop_id, name="SECOND", held_on=None)

    with table.record.reading() as session:
        workshop = get_workshop_or_raise(session, VIEWER, table.workshop_id)
    assert (workshop.name, workshop.held_on) == ("First one", date(2026, 12, 3))


def test_a_closed_board_takes_moves_again_once_it_is_reopened(table: Table) -> None:
    with table.record.writing() as session:
        close_board(session, FACILITATOR, table.workshop_id)
    with pytest.raises(EngagementError, match="is closed"):
        table.move("add_theme", name="Warm places")
    with table.record.writing() as session:
        reopen_board(session, FACILITATOR, table.workshop_id)

    table.move("add_theme", name="Warm places")

    assert "Warm places" in table.names()


def test_every_act_on_a_workshop_is_in_the_decision_log(table: Table) -> None:
    with table.record.writing() as session:
        for act in (close_board, reopen_board, make_board_count):
            act(session, FACILITATOR, table.workshop_id)
        change_workshop(session, FACILITATOR, table.workshop_id, name="Renamed", held_on=None)

    with table.record.reading() as session:
        kinds = session.scalars(select(Decision.kind).where(Decision.subject == "workshop")).all()
        assert find_broken_decision(session) is None
    assert kinds == [
        "opened board",
        "closed board",
        "reopened board",
        "made board count",
        "changed workshop",
    ]


@pytest.mark.parametrize("person", [LEAD, VIEWER], ids=lambda person: person.role)
def test_only_who_runs_workshops_may_open_close_or_choose_boards(sqlite_table: Table, person) -> None:
    acts = [
        lambda session: open_board(session, person, sqlite_table.room.engagement_id, "Mine"),
        lambda session: close_board(session, person, sqlite_table.workshop_id),
        lambda session: reopen_board(session, person, sqlite_table.workshop_id),
        lambda session: make_board_count(session, person, sqlite_table.workshop_id),
        lambda session: change_workshop(session, person, sqlite_table.workshop_id, name="M", held_on=None),
    ]

    for act in acts:
        with (
            pytest.raises(NotAllowedError, match="may not run workshops"),
            sqlite_table.record.writing() as session,
        ):
            act(session)


def test_an_engagement_or_workshop_that_is_not_there_is_not_found(sqlite_record) -> None:
    room = make_room(sqlite_record)

    with pytest.raises(NotFoundError), room.record.writing() as session:
        open_board(session, FACILITATOR, 999, "Workshop")
    with pytest.raises(NotFoundError, match="no workshop 999"), room.record.writing() as session:
        close_board(session, FACILITATOR, 999)
