"""Homes suggested on a board: learned from what people did, offered, refused for good, never applied."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from engagement.errors import NotFoundError
from engagement.people.permissions import Person
from engagement.theming_runs.suggestions import (
    NOT_READ,
    TOO_EARLY,
    BoardSuggestions,
    describe_sureness,
    suggest_on_board,
)
from models.database import Record
from tests.builders import FACILITATOR, VIEWER
from tests.engagement.suggestion_states import TEXTS, keep_run, keep_vectors
from tests.workshop.conftest import Table, make_room, make_table


def lay_table(record: Record, texts: Sequence[str] = tuple(TEXTS)) -> Table:
    """Open a board with two empty themes and all voices not yet placed."""
    table = make_table(make_room(record, texts), names=("Getting about", "Online"), voices_each=0)
    keep_run(record, table.room.engagement_id)
    return table


@pytest.fixture
def board(record: Record) -> Table:
    """A board whose voices the machine has read, on each database in turn."""
    table = lay_table(record)
    keep_vectors(record, TEXTS)
    return table


def place(board: Table, places: Sequence[int], theme: str) -> None:
    board.move("move", voices=[board.voices[place] for place in places], to=board.themes[theme])


def place_six(board: Table) -> None:
    place(board, (0, 1, 2), "Getting about")
    place(board, (16, 17, 18), "Online")


def look(board: Table, person: Person = FACILITATOR) -> BoardSuggestions:
    with board.record.reading() as session:
        return suggest_on_board(session, person, board.workshop_id)


def list_offered(board: Table, theme: str) -> list[int]:
    """List the places of the voices that are suggested for a theme."""
    found = {each.theme_id: each.voices for each in look(board).themes}
    return [board.voices.index(each.voice_id) for each in found.get(board.themes[theme], ())]


def test_voices_are_suggested_where_people_put_their_like(board: Table) -> None:
    place_six(board)

    assert len(list_offered(board, "Getting about")) == 3
    assert set(list_offered(board, "Getting about")) <= set(range(3, 8))
    assert set(list_offered(board, "Online")) <= set(range(19, 24))


def test_suggestions_change_nothing_on_the_board(board: Table) -> None:
    place_six(board)
    before = board.look()

    look(board)

    assert board.look() == before


def test_nothing_is_suggested_before_people_placed_three_voices(board: Table) -> None:
    place(board, (0, 16), "Getting about")

    assert look(board) == BoardSuggestions(seq=1, note=TOO_EARLY)


def test_a_voice_that_people_placed_is_not_suggested_elsewhere(board: Table) -> None:
    place_six(board)
    place(board, (19,), "Getting about")

    assert 19 not in list_offered(board, "Online")


def test_an_accepted_suggestion_is_a_move_that_history_tells_as_such(board: Table) -> None:
    place_six(board)
    first = list_offered(board, "Online")[0]

    event = board.move("move", voices=[board.voices[first]], to=board.themes["Online"], suggested=True).event

    assert event["said"] == "Amina Facilitator accepted a suggestion: moved 1 voice to Online"
    assert board.card(board.voices[first])["home"] == board.themes["Online"]
    assert first not in list_offered(board, "Online")


def test_an_accepted_suggestion_comes_back_when_it_is_undone(board: Table) -> None:
    place_six(board)
    first = list_offered(board, "Online")[0]
    board.move("move", voices=[board.voices[first]], to=board.themes["Online"], suggested=True)

    board.move("undo")

    assert first in list_offered(board, "Online")


def test_a_refused_suggestion_does_not_come_again_until_it_is_undone(board: Table) -> None:
    place_six(board)
    first = list_offered(board, "Online")[0]

    said = board.move("refuse_suggestion", voices=[board.voices[first]], theme=board.themes["Online"]).event[
        "said"
    ]
    place(board, (3,), "Getting about")
    while_refused = list_offered(board, "Online")
    board.move("undo")
    board.move("undo")

    assert said == "Amina Facilitator refused a suggestion: 1 voice does not go to Online"
    assert first not in while_refused
    assert first in list_offered(board, "Online")


def test_a_refusal_holds_for_a_theme_that_is_merged_afterwards(board: Table) -> None:
    place_six(board)
    first = list_offered(board, "Online")[0]
    board.move("refuse_suggestion", voices=[board.voices[first]], theme=board.themes["Online"])

    board.move("merge", theme=board.themes["Online"], into=board.themes["Getting about"])

    assert first not in list_offered(board, "Getting about")


def test_parked_voices_are_left_in_peace(board: Table) -> None:
    place_six(board)
    first = list_offered(board, "Online")[0]

    board.move("park", voices=[board.voices[first]], reason="Said twice")

    assert first not in list_offered(board, "Online")


def test_where_the_machine_has_not_read_it_says_so_and_suggests_nothing(record: Record) -> None:
    board = lay_table(record)
    place_six(board)

    assert look(board) == BoardSuggestions(seq=2, note=NOT_READ)


def test_voices_that_came_later_are_told_and_left_out(record: Record) -> None:
    board = lay_table(record)
    keep_vectors(record, TEXTS[:-1])
    place_six(board)

    found = look(board)

    assert found.note.startswith("1 voice has come in since the machine last read")
    assert 23 not in list_offered(board, "Online")
    assert list_offered(board, "Online")


def test_a_viewer_may_look_and_an_unknown_workshop_is_not_found(board: Table) -> None:
    assert look(board, VIEWER).seq == 0
    with board.record.reading() as session, pytest.raises(NotFoundError):
        suggest_on_board(session, FACILITATOR, 999)


@pytest.mark.parametrize(
    ("sureness", "words"), [(0.95, "very likely"), (0.8, "very likely"), (0.6, "likely"), (0.3, "perhaps")]
)
def test_sureness_is_told_in_words(sureness: float, words: str) -> None:
    assert describe_sureness(sureness) == words
