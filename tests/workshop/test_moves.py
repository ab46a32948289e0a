"""Each kind of move does what it says, refuses what it must, and can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from engagement.errors import EngagementError, NotAllowedError, NotFoundError
from engagement.people.permissions import Person
from engagement.workshop.boards import ProposedTheme, close_board, open_board
from engagement.workshop.moves import apply_move
from models.people import Role
from models.voices import Withdrawal
from models.workshops import Placement
from tests.builders import FACILITATOR, VIEWER
from tests.workshop.conftest import Table, make_room, make_table

SAM = Person(name="Sam", role=Role.LEAD)


def test_a_voice_moves_to_a_theme_and_the_event_says_who_and_where_without_its_words(table: Table) -> None:
    voice, to = table.voices[6], table.themes["Getting about"]

    event = table.move("move", voices=[voice], to=to).event

    assert event["said"] == "Amina Facilitator moved 1 voice to Getting about"
    assert event["cards"] == [{"id": voice, "home": to, "parked": None, "echoes": [], "version": 1}]
    assert table.card(voice)["home"] == to


def test_a_voice_can_be_taken_out_of_every_theme(table: Table) -> None:
    table.move("move", voices=list(table.voices[:2]), to=None)

    assert [table.card(voice)["home"] for voice in table.voices[:2]] == [None, None]


def test_a_voice_echoes_in_another_theme_until_it_is_taken_out(table: Table) -> None:
    voice, online = table.voices[0], table.themes["Online"]

    table.move("echo", voices=[voice], theme=online, on=True)
    while_on = table.card(voice)["echoes"]
    table.move("echo", voices=[voice], theme=online, on=False)

    assert (while_on, table.card(voice)["echoes"]) == ([online], [])


def test_a_voice_that_moves_to_where_it_echoed_no_longer_echoes_there(table: Table) -> None:
    voice, online = table.voices[0], table.themes["Online"]
    table.move("echo", voices=[voice], theme=online, on=True)

    table.move("move", voices=[voice], to=online)

    assert (table.card(voice)["home"], table.card(voice)["echoes"]) == (online, [])


def test_a_parked_voice_is_in_no_theme_and_keeps_the_reason(table: Table) -> None:
    voice = table.voices[0]
    table.move("echo", voices=[voice], theme=table.themes["Online"], on=True)

    table.move("park", voices=[voice], reason="  A matter for\nthe GP ")

    card = table.card(voice)
    assert (card["home"], card["parked"], card["echoes"]) == (None, "A matter for the GP", [])


def test_moving_a_parked_voice_ends_its_parking(table: Table) -> None:
    table.move("park", voices=[table.voices[0]], reason="Not ours")

    table.move("move", voices=[table.voices[0]], to=None)

    assert table.card(table.voices[0])["parked"] is None


def test_selected_voices_are_split_off_to_a_new_theme(table: Table) -> None:
    event = table.move("add_theme", name="Kerbs", voices=[table.voices[1]]).event

    assert event["said"] == "Amina Facilitator split off 1 voice to the new theme Kerbs"
    assert table.card(table.voices[1])["home"] == event["themes"][0]["id"]
    assert event["themes"][0]["position"] == 3


def test_merged_themes_can_be_separated_again(table: Table) -> None:
    about, online = table.themes["Getting about"], table.themes["Online"]
    before = table.look()

    table.move("merge", theme=online, into=about)
    merged = table.names()
    table.move("unmerge", theme=online)

    assert merged["Online"] == about
    assert [card["home"] for card in table.look()["cards"]] == [card["home"] for card in before["cards"]]
    assert table.names()["Online"] is None


def test_a_voice_moved_to_a_merged_theme_lands_where_the_board_shows_it(table: Table) -> None:
    about, online = table.themes["Getting about"], table.themes["Online"]
    table.move("merge", theme=online, into=about)

    table.move("move", voices=[table.voices[7]], to=online)

    assert table.card(table.voices[7])["home"] == about


def test_themes_cannot_be_merged_in_a_ring(sqlite_table: Table) -> None:
    about, online = sqlite_table.themes["Getting about"], sqlite_table.themes["Online"]
    sqlite_table.move("merge", theme=online, into=about)

    with pytest.raises(EngagementError, match="cannot be merged into itself"):
        sqlite_table.move("merge", theme=about, into=online)


def test_removing_a_theme_with_eighty_voices_can_be_taken_back(record: Any) -> None:
    room = make_room(record, [f"Voice number {number}." for number in range(160)])
    table = make_table(room, ("Big", "Other"), voices_each=80)
    table.move("echo", voices=[room.voices[100]], theme=table.themes["Big"], on=True)
    before = forget_versions(table.look())

    event = table.move("remove_theme", theme=table.themes["Big"]).event
    lifted = [card for card in table.look()["cards"] if card["home"] is None]
    table.move("undo")

    assert event["said"] == "Amina Facilitator removed Big (80 voices to Not yet placed)"
    assert len(lifted) == 80
    assert forget_versions(table.look()) == before


def test_removing_a_theme_ends_the_echoes_in_it(table: Table) -> None:
    table.move("echo", voices=[table.voices[0]], theme=table.themes["Online"], on=True)

    table.move("remove_theme", theme=table.themes["Online"])

    assert table.card(table.voices[0])["echoes"] == []
    assert table.card(table.voices[0])["home"] == table.themes["Getting about"]


def test_removing_a_theme_removes_what_was_merged_into_it(table: Table) -> None:
    about, online = table.themes["Getting about"], table.themes["Online"]
    table.move("merge", theme=online, into=about)

    table.move("remove_theme", theme=about)

    assert list(table.names()) == ["Nobody listens"]
    assert table.card(table.voices[4])["home"] is None


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        ("x" * 121, "has 121 characters, and 120 is the most"),
        ("ONLINE", "called “Online” on this board already"),
        ("Buses\x00", "cannot be kept"),
        ("Buses\ud800", "cannot be kept"),
    ],
)
def test_a_name_that_cannot_stand_is_refused_in_a_sentence(
    sqlite_table: Table, name: str, sentence: str
) -> None:
    with pytest.raises(EngagementError, match=sentence):
        sqlite_table.move("rename", theme=sqlite_table.themes["Getting about"], name=name)
    with pytest.raises(EngagementError, match=sentence):
        sqlite_table.move("add_theme", name=name)


def test_a_name_is_free_again_when_its_theme_is_removed(sqlite_table: Table) -> None:
    sqlite_table.move("remove_theme", theme=sqlite_table.themes["Online"])

    sqlite_table.move("add_theme", name=" online ")

    assert "online" in sqlite_table.names()


def test_a_theme_may_change_the_capitals_of_its_own_name(sqlite_table: Table) -> None:
    sqlite_table.move("rename", theme=sqlite_table.themes["Online"], name="ONLINE")

    assert "ONLINE" in sqlite_table.names()


@pytest.mark.parametrize(
    ("kind", "asked", "sentence"),
    [
        ("move", {"voices": [1], "to": 1}, "in Getting about already"),
        ("move", {"voices": [999_999], "to": 1}, "1 voice of these is not on the board"),
        ("move", {"voices": [7], "to": 999_999}, "not on this board"),
        ("move", {"voices": [], "to": 1}, "does not understand"),
        ("move", {"voices": [True], "to": 1}, "does not understand"),
        ("move", {"voices": [2**70], "to": 1}, "does not understand"),
        ("move", {"voices": "1", "to": 1}, "does not understand"),
        ("move", {"voices": [7]}, "does not understand"),
        ("move", {"voices": list(range(1, 2002)), "to": 1}, "2,000 is the most"),
        ("park", {"voices": [1], "reason": " "}, "reason for parking is empty"),
        ("park", {"voices": [1], "reason": "x" * 301}, "300 is the most"),
        ("echo", {"voices": [1], "theme": 1, "on": True}, "Nothing to change"),
        ("echo", {"voices": [1], "theme": 2, "on": "yes"}, "does not understand"),
        ("unmerge", {"theme": 1}, "not merged into another"),
        ("rename", {"theme": 1, "name": "Getting about"}, "called “Getting about” already"),
        ("redo", {}, "nothing to do again"),
        ("undo", {}, "nothing to take back"),
        ("shuffle", {}, "does not understand"),
    ],
)
def test_a_move_that_cannot_be_made_is_refused_in_a_sentence_and_leaves_no_trace(
    sqlite_table: Table, kind: str, asked: dict[str, Any], sentence: str
) -> None:
    before = sqlite_table.look()

    with pytest.raises(EngagementError, match=sentence):
        sqlite_table.move(kind, **asked)

    assert sqlite_table.look() == before


def test_a_parked_voice_cannot_echo(sqlite_table: Table) -> None:
    sqlite_table.move("park", voices=[sqlite_table.voices[0]], reason="Not ours")

    with pytest.raises(EngagementError, match="speaks in no theme"):
        sqlite_table.move(
            "echo", voices=[sqlite_table.voices[0]], theme=sqlite_table.themes["Online"], on=True
        )


def test_a_theme_of_another_board_cannot_be_moved_to(table: Table) -> None:
    with table.record.writing() as session:
        elsewhere = open_board(
            session, FACILITATOR, table.room.engagement_id, "Workshop 2", [ProposedTheme(None, "There", ())]
        )
    foreign = Table(table.room, elsewhere, {}).look()["themes"][0]["id"]

    with pytest.raises(EngagementError, match="not on this board"):
        table.move("move", voices=[table.voices[7]], to=foreign)


def test_a_viewer_may_read_and_not_move(sqlite_table: Table) -> None:
    assert sqlite_table.look(by=VIEWER)["workshop"]["may_move"] is False
    with pytest.raises(NotAllowedError, match="may not move cards"):
        sqlite_table.move("undo", by=VIEWER)


def test_a_closed_board_refuses_moves_kindly_and_still_tells_a_move_it_has(table: Table) -> None:
    request = {"op": "sent-before", "saw": 0, "kind": "move", "voices": [table.voices[7]], "to": None}
    request["to"] = table.themes["Online"]
    with table.record.writing() as session:
        first = apply_move(session, SAM, table.workshop_id, request)
        close_board(session, FACILITATOR, table.workshop_id)

    with table.record.writing() as session:
        again = apply_move(session, SAM, table.workshop_id, request)
    with pytest.raises(EngagementError, match="“Workshop 1” is closed"):
        table.move("undo")

    assert (again.is_repeat, again.event) == (True, first.event)
    assert table.look()["workshop"]["closed"] is True


def test_a_move_on_a_workshop_that_is_not_there_is_refused(table: Table) -> None:
    request = {"op": "a", "saw": 0, "kind": "undo_own"}

    with pytest.raises(NotFoundError, match="no workshop 999"), table.record.writing() as session:
        apply_move(session, SAM, 999, request)


def test_the_same_move_sent_three_times_counts_once(table: Table) -> None:
    request = {"op": "x1", "saw": 0, "kind": "add_theme", "name": "Warm places"}

    applied = []
    for _time in range(3):
        with table.record.writing() as session:
            applied.append(apply_move(session, SAM, table.workshop_id, request))

    assert [each.is_repeat for each in applied] == [False, True, True]
    assert applied[0].event == applied[1].event == applied[2].event
    assert table.look()["seq"] == 1


def test_a_page_that_is_ahead_of_the_record_is_told_to_reload(sqlite_table: Table) -> None:
    with pytest.raises(EngagementError, match="Reload"):
        sqlite_table.move("undo", saw=5)


def test_withdrawn_voice_leaves_the_board_and_cannot_be_moved(table: Table) -> None:
    with table.record.writing() as session:
        session.add(Withdrawal(voice_id=table.voices[0], withdrawn_by="Amina"))

    assert table.voices[0] not in {card["id"] for card in table.look()["cards"]}
    with pytest.raises(EngagementError, match="not on the board"):
        table.move("move", voices=[table.voices[0]], to=table.themes["Online"])


def test_withdrawn_voice_of_a_removed_theme_is_not_left_in_it(table: Table) -> None:
    with table.record.writing() as session:
        session.add(Withdrawal(voice_id=table.voices[0], withdrawn_by="Amina"))

    table.move("remove_theme", theme=table.themes["Getting about"])

    with table.record.reading() as session:
        placed = session.scalars(select(Placement).where(Placement.voice_id == table.voices[0])).one()
        assert placed.theme_id is None


def forget_versions(state: dict[str, Any]) -> dict[str, Any]:
    """Leave out what an undo rightly changes: numbers of events."""
    cards = [{**card, "version": 0} for card in state["cards"]]
    themes = [{**theme, "version": 0} for theme in state["themes"]]
    return {"workshop": state["workshop"], "cards": cards, "themes": themes}
