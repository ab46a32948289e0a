"""Saying why: on a theme, a voice or a move; taken back, hidden, and never in anybody's way."""

from __future__ import annotations

from typing import Any

import pytest

from engagement.errors import EngagementError, NotAllowedError
from engagement.people.permissions import Person
from engagement.workshop import comments
from engagement.workshop.rounds import USUAL_ROUNDS
from engagement.workshop.state import list_events, list_history
from tests.builders import FACILITATOR, LEAD, VIEWER
from tests.workshop.conftest import Table
from tests.workshop.seated import begin, open_room, plan, sit_down

WHY = "The bus is how I get to my sister in town."


@pytest.fixture
def sam(table: Table) -> Person:
    """A resident with a seat behind open doors."""
    open_room(table)
    return sit_down(table)


def list_words(table: Table) -> list[str | None]:
    """List the words of the comments that stand, as pages read them."""
    return [each["words"] for each in table.look()["comments"]]


def test_a_reason_stands_on_a_theme_with_who_gave_it_and_moves_nothing(table: Table, sam: Person) -> None:
    before = table.look()

    event = table.move("comment", by=sam, theme=table.themes["Online"], words=f"  {WHY}\n").event

    after = table.look()
    (comment,) = after["comments"]
    assert (comment["by"], comment["words"], comment["hidden_by"]) == ("Sam (resident)", WHY, None)
    assert (comment["voices"], comment["themes"], comment["step"]) == ([], [table.themes["Online"]], None)
    assert event["comments"] == [comment]
    assert (after["cards"], after["themes"]) == (before["cards"], before["themes"])


def test_a_reason_for_a_move_is_marked_where_the_move_was_made(table: Table, sam: Person) -> None:
    moved = table.move("move", by=sam, voices=[table.voices[7]], to=table.themes["Online"]).event

    event = table.move("comment", by=sam, step=moved["seq"], words=WHY).event

    assert event["said"] == "Sam (resident) said why Sam (resident) moved 1 voice to Online"
    assert event["comments"][0]["voices"] == [table.voices[7]]
    assert event["comments"][0]["step"] == moved["seq"]


def test_a_reason_for_a_move_of_very_many_voices_is_marked_on_none_of_them(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comments, "MOST_MARKED", 2)
    two = table.move("move", voices=list(table.voices[:2]), to=table.themes["Online"]).event
    all_three = [*table.voices[:2], table.voices[7]]
    three = table.move("move", voices=all_three, to=table.themes["Nobody listens"]).event

    for_two, for_three = (table.move("comment", step=each["seq"], words=WHY).event for each in (two, three))

    assert for_two["comments"][0]["voices"] == list(table.voices[:2])
    assert for_three["comments"][0]["voices"] == []


def test_who_gave_a_reason_takes_it_back_and_the_facilitator_brings_it_again(
    table: Table, sam: Person
) -> None:
    table.move("comment", by=sam, voice=table.voices[7], words=WHY)
    table.move("move", voices=[table.voices[3]], to=table.themes["Online"])

    back = table.move("undo_own", by=sam).event
    assert (list_words(table), back["comments"][0]["stands"]) == ([], False)

    again = table.move("undo").event
    assert (list_words(table), again["comments"][0]["stands"]) == ([WHY], True)


def test_undo_and_redo_reach_a_reason_as_any_other_act(table: Table) -> None:
    table.move("comment", voice=table.voices[7], words=WHY)

    assert table.move("undo").event["comments"][0]["stands"] is False
    assert list_words(table) == []
    assert table.move("redo").event["comments"][0]["stands"] is True
    assert list_words(table) == [WHY]


def test_a_lead_hides_a_reason_everywhere_and_undo_shows_it_again(table: Table, sam: Person) -> None:
    said = table.move("comment", by=sam, theme=table.themes["Online"], words="Ask Mrs Patel at 12.").event

    hidden = table.move("hide_comment", by=LEAD, comment=said["seq"]).event

    assert hidden["said"] == "Priya Lead hid a reason that Sam (resident) gave"
    with table.record.reading() as session:
        told = str(list_events(session, table.workshop_id, 0))
        history = [line.sentence for line in list_history(session, VIEWER, table.workshop_id)]
    assert "Patel" not in str(table.look()) + told + str(history)
    assert history[-1] == "Sam (resident) said why about the theme Online: “(hidden)”"
    assert table.look()["comments"][0]["hidden_by"] == "Priya Lead"
    with pytest.raises(EngagementError, match="Priya Lead has hidden this reason already"):
        table.move("hide_comment", by=LEAD, comment=said["seq"])

    assert table.move("undo").event["comments"][0]["words"] == "Ask Mrs Patel at 12."


def test_a_seat_says_why_in_rounds_in_which_it_may_move_or_name_and_hides_nothing(
    table: Table, sam: Person
) -> None:
    plan(table, USUAL_ROUNDS)
    asked: dict[str, Any] = {"by": sam, "theme": table.themes["Online"], "words": WHY}
    for number, may in enumerate((False, True, True, False, False), start=1):
        begin(table, number)
        assert ("comment" in table.look(by=sam)["may"]) is may
        if may:
            table.move("comment", **asked)
        else:
            with pytest.raises(NotAllowedError, match="This round is not for that"):
                table.move("comment", saw=0, **asked)

    with pytest.raises(NotAllowedError, match="Only a facilitator"):
        table.move("hide_comment", by=sam, saw=0, comment=1)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"theme": 10**6, "words": WHY}, "not on this board"),
        ({"voice": 10**6, "words": WHY}, "not on the board"),
        ({"step": 10**6, "words": WHY}, "not in the history"),
        ({"words": WHY}, "about one voice, one theme or one move"),
        ({"theme": 1, "voice": 1, "words": WHY}, "about one voice, one theme or one move"),
        ({"theme": 1, "words": " \n "}, "The reason is empty"),
        ({"theme": 1, "words": "a" * 281}, "The reason has 281 characters, and 280 is the most"),
        ({"theme": 1, "words": "a\x00b"}, "cannot be kept"),
    ],
)
def test_a_reason_about_nothing_or_of_no_words_is_refused(
    sqlite_table: Table, asked: dict, said: str
) -> None:
    with pytest.raises(EngagementError, match=said):
        sqlite_table.move("comment", **asked)

    assert sqlite_table.look()["seq"] == 0


def test_a_reason_about_a_reason_and_hiding_what_does_not_stand_are_refused(sqlite_table: Table) -> None:
    said = sqlite_table.move("comment", theme=sqlite_table.themes["Online"], words=WHY).event
    with pytest.raises(EngagementError, match="not in the history"):
        sqlite_table.move("comment", step=said["seq"], words=WHY)

    sqlite_table.move("undo", by=FACILITATOR)
    with pytest.raises(EngagementError, match="does not stand"):
        sqlite_table.move("hide_comment", comment=said["seq"])
