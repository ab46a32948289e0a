"""What a seat may do: its workshop says so, and the round that is running."""

from __future__ import annotations

from typing import Any

import pytest

from engagement.errors import EngagementError, NotAllowedError
from engagement.people.permissions import Person
from engagement.workshop.conflicts import MovedFirstError
from engagement.workshop.moves import apply_move
from engagement.workshop.rights import Right, check_may_right
from engagement.workshop.rounds import USUAL_ROUNDS, pause_round
from engagement.workshop.state import list_history
from tests.builders import FACILITATOR
from tests.workshop.conftest import Table
from tests.workshop.seated import begin, choose, open_room, plan, see_room, sit_down

# By round: which of move, name and vote a seat may do. Written out by hand, a second time.
EXPECTED = {
    "no rounds": {"move", "name", "vote"},
    "between rounds": set(),
    1: set(),
    2: {"move", "name"},
    "paused": set(),
    3: {"name"},
    4: {"vote"},
    5: set(),
}


@pytest.fixture
def sam(table: Table) -> Person:
    """A resident with a seat behind open doors."""
    open_room(table)
    return sit_down(table)


def go_to(table: Table, stage: object) -> None:
    """Bring the workshop to a stage."""
    if stage == "no rounds":
        return
    plan(table, USUAL_ROUNDS)
    if stage == "paused":
        begin(table, 2)
        with table.record.writing() as session:
            pause_round(session, FACILITATOR, table.workshop_id)
    elif isinstance(stage, int):
        begin(table, stage)


def find_allowed(table: Table, person: Person) -> set[str]:
    """Find out by trying what somebody may do; a vote is asked for, as nobody counts it here."""
    allowed = set()
    seq = table.look()["seq"]
    moves: dict[str, dict[str, Any]] = {
        "move": {"kind": "move", "voices": [table.voices[7]], "to": table.themes["Online"]},
        "name": {"kind": "rename", "theme": table.themes["Online"], "name": "Going online"},
    }
    for word, move in moves.items():
        try:
            table.move(move.pop("kind"), by=person, saw=seq, **move)
            allowed.add(word)
        except NotAllowedError:
            pass
    try:
        with table.record.reading() as session:
            check_may_right(session, person, table.workshop_id, Right.VOTE)
        allowed.add("vote")
    except NotAllowedError:
        pass
    return allowed


@pytest.mark.parametrize("stage", EXPECTED, ids=str)
def test_a_round_lets_seats_do_what_it_is_for(table: Table, sam: Person, stage: object) -> None:
    go_to(table, stage)

    state = table.look(by=sam)
    assert find_allowed(table, sam) == EXPECTED[stage]
    assert state["workshop"]["may_move"] is ("move" in EXPECTED[stage])
    assert set(state["room"]["rights"]) == {"read"} | EXPECTED[stage]
    assert tuple(state["may"]) == tuple(state["room"]["seats_may"])


@pytest.mark.parametrize("right", ["move", "name", "vote"])
def test_a_workshop_can_keep_each_right_back(table: Table, sam: Person, right: str) -> None:
    choose(table, **{f"allows_{right}": False})

    assert find_allowed(table, sam) == {"move", "name", "vote"} - {right}


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("park", {"voices": [1], "reason": "Said twice"}),
        ("merge", {"theme": 1, "into": 2}),
        ("unmerge", {"theme": 1}),
        ("remove_theme", {"theme": 1}),
        ("refuse_suggestion", {"voices": [1], "theme": 1}),
    ],
)
def test_what_changes_the_board_for_everybody_is_left_to_facilitators(
    table: Table, sam: Person, kind: str, asked: dict
) -> None:
    with pytest.raises(NotAllowedError, match="Only a facilitator"):
        table.move(kind, by=sam, saw=0, **asked)


def test_a_theme_is_not_split_off_in_a_round_of_naming(table: Table, sam: Person) -> None:
    go_to(table, 3)

    table.move("add_theme", by=sam, name="Warm rooms")
    with pytest.raises(NotAllowedError, match="you may not move cards now"):
        table.move("add_theme", by=sam, name="Kerbs", voices=[table.voices[1]])


def test_the_history_reads_well_and_is_chained(table: Table, sam: Person) -> None:
    table.move("move", by=sam, voices=[table.voices[7]], to=table.themes["Online"])
    table.move("undo", by=FACILITATOR)

    with table.record.reading() as session:
        said = [line.said for line in list_history(session, FACILITATOR, table.workshop_id)]
    assert said == [
        "Amina Facilitator undid: Sam (resident) moved 1 voice to Online",
        "Sam (resident) moved 1 voice to Online",
    ]


def test_a_seat_takes_back_its_own_move_and_nobody_elses(table: Table, sam: Person) -> None:
    table.move("move", by=sam, voices=[table.voices[7]], to=table.themes["Online"])
    table.move("move", by=FACILITATOR, voices=[table.voices[4]], to=None)

    table.move("undo_own", by=sam)

    assert table.card(table.voices[7])["home"] is None
    assert table.card(table.voices[4])["home"] is None
    for kind in ("undo", "redo"):
        with pytest.raises(NotAllowedError, match="Only a facilitator can do this"):
            table.move(kind, by=sam)


def test_two_seats_on_one_card_one_wins_and_the_other_is_told(table: Table, sam: Person) -> None:
    jo = sit_down(table, "Jo", "VCSE")
    table.move("move", by=sam, voices=[table.voices[7]], to=table.themes["Online"])

    with pytest.raises(MovedFirstError, match=r"Sam \(resident\) moved this first, to Online"):
        table.move("move", by=jo, saw=0, voices=[table.voices[7]], to=table.themes["Nobody listens"])


def test_a_move_sent_again_after_its_round_is_still_answered_as_kept(table: Table, sam: Person) -> None:
    plan(table, USUAL_ROUNDS)
    begin(table, 2)
    move = {
        "op": "sams-1",
        "saw": 0,
        "kind": "move",
        "voices": [table.voices[7]],
        "to": table.themes["Online"],
    }
    with table.record.writing() as session:
        first = apply_move(session, sam, table.workshop_id, move)
    begin(table, 4)
    with table.record.writing() as session:
        second = apply_move(session, sam, table.workshop_id, move)

    assert (first.is_repeat, second.is_repeat) == (False, True)
    assert first.event == second.event


def test_an_account_moves_whatever_the_round(table: Table) -> None:
    plan(table, USUAL_ROUNDS)
    begin(table, 1)

    table.move("move", voices=[table.voices[7]], to=table.themes["Online"])

    assert table.card(table.voices[7])["home"] == table.themes["Online"]
    assert see_room(table).running is not None


def test_who_has_no_seat_has_no_vote(table: Table) -> None:
    open_room(table)

    with pytest.raises(NotAllowedError, match="Only who has a seat"), table.record.reading() as session:
        check_may_right(session, FACILITATOR, table.workshop_id, Right.VOTE)


def test_a_seat_cannot_bring_paper_back(table: Table, sam: Person) -> None:
    before = table.look()["cards"]
    lists = [{"theme": table.themes["Online"], "voices": [table.voices[7]]}]

    with pytest.raises(EngagementError, match="does not understand this move"):
        table.move("bring_back", by=sam, lists=lists)

    assert table.look()["cards"] == before
    assert "bring_back" not in table.look(by=sam)["may"]


@pytest.mark.parametrize("stage", ["no rounds", 4])
def test_what_a_facilitator_has_switched_off_is_not_laid_on_the_round(
    table: Table, sam: Person, stage: object
) -> None:
    choose(table, allows_vote=False)
    go_to(table, stage)

    with (
        table.record.reading() as session,
        pytest.raises(NotAllowedError, match="Voting is switched off"),
    ):
        check_may_right(session, sam, table.workshop_id, Right.VOTE)
