"""Undo without end: any moves by anybody, taken back, leave exactly the starting board."""

from __future__ import annotations

import contextlib
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.errors import EngagementError
from engagement.people.permissions import Person
from engagement.workshop.state import find_broken_event, list_events, read_state
from models.database import Record
from models.people import Role
from tests.workshop.conftest import Table, make_room, make_table
from tests.workshop.test_moves import forget_versions

PEOPLE = [Person(name=name, role=Role.FACILITATOR) for name in ("Amina", "Sam", "Jo")]
KINDS = (
    "move",
    "move",
    "echo",
    "park",
    "add_theme",
    "rename",
    "merge",
    "unmerge",
    "remove_theme",
    "refuse_suggestion",
    "comment",
    "undo",
    "redo",
    "undo_own",
)
MOVES = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE),
        st.sampled_from(KINDS),
        st.lists(st.integers(0, 7), min_size=1, max_size=4, unique=True),
        st.integers(0, 11),
        st.integers(0, 11),
        st.booleans(),
    ),
    min_size=1,
    max_size=14,
)


def ask_for(table: Table, state: dict[str, Any], drawn: Any) -> dict[str, Any]:
    """Make a drawn move concrete on the board as it stands."""
    _person, kind, places, one, other, is_on = drawn
    voices = [table.voices[place] for place in places]
    themes = [theme["id"] for theme in state["themes"]] or [1]
    theme, second = themes[one % len(themes)], themes[other % len(themes)]
    return {
        "move": {"voices": voices, "to": theme if is_on else None},
        "echo": {"voices": voices, "theme": theme, "on": is_on},
        "park": {"voices": voices, "reason": f"Reason {one}"},
        "add_theme": {"name": f"New {one}", "voices": voices if is_on else []},
        "rename": {"theme": theme, "name": f"Name {other}"},
        "merge": {"theme": theme, "into": second},
        "unmerge": {"theme": theme},
        "remove_theme": {"theme": theme},
        "refuse_suggestion": {"voices": voices, "theme": theme},
        "comment": {"theme": theme, "words": f"Because {one}"},
    }.get(kind, {})


def play(table: Table, moves: list[Any]) -> None:
    """Make the moves that the board accepts; every voice stays there once, and undo names the right move."""
    done: list[int] = []
    undone: list[int] = []
    state = table.look()
    for drawn in moves:
        try:
            event = table.move(drawn[1], by=drawn[0], saw=state["seq"], **ask_for(table, state, drawn)).event
        except EngagementError:
            assert table.look() == state
        else:
            follow_stacks(event, done, undone)
        state = table.look()
        check_board(table, state)
        assert [state[way] and state[way]["seq"] for way in ("undo", "redo")] == [
            done[-1] if done else None,
            undone[-1] if undone else None,
        ]


def follow_stacks(event: dict[str, Any], done: list[int], undone: list[int]) -> None:
    """Keep, in the plainest way there is, which moves stand and which were taken back."""
    if event["kind"] == "undo":
        undone.append(done.pop())
    elif event["kind"] == "redo":
        done.append(undone.pop())
    else:
        done.append(event["seq"])
        undone.clear()


def check_board(table: Table, state: dict[str, Any]) -> None:
    themes = {theme["id"] for theme in state["themes"]}
    names = [theme["name"].casefold() for theme in state["themes"]]
    assert [card["id"] for card in state["cards"]] == list(table.voices)
    assert all(card["home"] is None or card["home"] in themes for card in state["cards"])
    assert all(card["home"] is None or card["parked"] is None for card in state["cards"])
    assert all(set(card["echoes"]) <= themes for card in state["cards"])
    assert len(names) == len(set(names))


def take_all(table: Table, kind: str) -> int:
    """Undo (or redo) until there is nothing left, and tell how often."""
    count, seq, left = 0, table.look()["seq"], table.look()[kind]
    while left is not None:
        event = table.move(kind, saw=seq).event
        count, seq, left = count + 1, event["seq"], event[kind]
    with pytest.raises(EngagementError, match="nothing to"):
        table.move(kind)
    return count


def check_undo_and_redo(record: Record, moves: list[Any]) -> None:
    table = make_table(make_room(record))
    start = table.look()

    play(table, moves)
    take_all(table, "redo")
    end = table.look()
    undone = take_all(table, "undo")
    back = table.look()
    redone = take_all(table, "redo")

    assert forget_versions(back) == forget_versions(start)
    assert back["undo"] is None
    assert forget_versions(table.look()) == forget_versions(end)
    assert table.look()["undo"] == end["undo"]
    assert undone == redone
    with record.reading() as session:
        assert find_broken_event(session, table.workshop_id) is None


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_any_moves_undone_give_the_starting_board_and_redone_the_final_one(
    fresh_sqlite: Any, moves: list[Any]
) -> None:
    with fresh_sqlite() as record:
        check_undo_and_redo(record, moves)


def test_a_long_afternoon_undone_gives_the_starting_board_on_both_databases(record: Record) -> None:
    dice = random.Random(614)
    moves = [
        (
            dice.choice(PEOPLE),
            dice.choice(KINDS),
            dice.sample(range(8), dice.randint(1, 4)),
            dice.randint(0, 11),
            dice.randint(0, 11),
            dice.random() < 0.7,
        )
        for _move in range(50)
    ]

    check_undo_and_redo(record, moves)


def test_pages_that_patch_by_events_see_what_a_fresh_page_sees(table: Table) -> None:
    dice = random.Random(22)
    page = table.look()
    for number in range(40):
        drawn = (
            PEOPLE[number % 3],
            dice.choice(KINDS),
            dice.sample(range(8), 2),
            dice.randint(0, 11),
            dice.randint(0, 11),
            dice.random() < 0.7,
        )
        with contextlib.suppress(EngagementError):
            table.move(drawn[1], by=drawn[0], saw=page["seq"], **ask_for(table, page, drawn))
        with table.record.reading() as session:
            for event in list_events(session, table.workshop_id, page["seq"]):
                page = patch(page, event)
            fresh = read_state(session, PEOPLE[0], table.workshop_id)

        assert page["cards"] == fresh["cards"]
        assert page["themes"] == fresh["themes"]
        assert (page["seq"], page["undo"], page["redo"]) == (fresh["seq"], fresh["undo"], fresh["redo"])


def patch(page: dict[str, Any], event: dict[str, Any]) -> dict[str, Any]:
    """Do what a page does with an event, whatever its kind."""
    assert event["seq"] == page["seq"] + 1
    cards = {card["id"]: card for card in event["cards"]}
    themes = {theme["id"]: theme for theme in page["themes"]}
    themes.update({theme["id"]: theme for theme in event["themes"]})
    return {
        **page,
        "seq": event["seq"],
        "cards": [{**card, **cards.get(card["id"], {})} for card in page["cards"]],
        "themes": sorted(
            (theme for theme in themes.values() if not theme["removed"]), key=lambda each: each["position"]
        ),
        "undo": event["undo"],
        "redo": event["redo"],
    }


def test_undo_and_redo_name_the_move_they_stand_for(table: Table) -> None:
    table.move("add_theme", name="Warm places")
    table.move("rename", theme=table.themes["Online"], name="Computers")
    table.move("undo")

    state = table.look()

    assert state["undo"] == {"seq": 1, "said": "Amina Facilitator added Warm places"}
    assert state["redo"] == {"seq": 2, "said": "Amina Facilitator renamed Online to Computers"}


def test_a_new_move_ends_what_could_be_redone(table: Table) -> None:
    table.move("add_theme", name="Warm places")
    table.move("undo")
    table.move("add_theme", name="Cold places")

    assert table.look()["redo"] is None
    with pytest.raises(EngagementError, match="nothing to do again"):
        table.move("redo")
