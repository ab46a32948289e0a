"""What is printed of a board: what participants see on it, all of it or a part."""

from __future__ import annotations

import pytest

from engagement.errors import EngagementError, NotAllowedError, NotFoundError
from engagement.listen.personal_data.hints import HintKind
from engagement.listen.personal_data.marks import cover_by_hand
from engagement.listen.voices import withdraw_voice
from engagement.people.permissions import Person
from engagement.workshop.paper.sheets import UNPLACED, Choice, Sheets, read_sheets
from tests.builders import FACILITATOR, LEAD
from tests.workshop.conftest import SAID, Table


def read(table: Table, choice: Choice | None = None, by: Person = FACILITATOR) -> Sheets:
    with table.record.reading() as session:
        return read_sheets(session, by, table.workshop_id, choice)


def list_numbers(table: Table, choice: Choice) -> list[int]:
    return [card.number for card in read(table, choice).cards]


def test_a_card_holds_the_words_as_said_their_place_and_the_way_to_their_thread(
    table: Table,
) -> None:
    sheets = read(table)

    assert [card.words for card in sheets.cards] == list(SAID)
    assert [card.number for card in sheets.cards] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert all(card.where for card in sheets.cards)
    assert sheets.cards[2].path == f"/thread?engagement={table.room.engagement_id}&voice={table.voices[2]}"
    assert sheets.chosen == "All cards"


def test_cards_of_one_theme_hold_those_of_the_themes_merged_into_it(table: Table) -> None:
    table.move("merge", theme=table.themes["Online"], into=table.themes["Getting about"])

    assert list_numbers(table, Choice(of=table.themes["Getting about"])) == [1, 2, 5, 6]
    assert [(each.number, each.name, each.n_cards) for each in read(table).headings] == [
        (1, "Getting about", 4),
        (2, "Nobody listens", 2),
    ]


def test_cards_not_yet_placed_are_those_of_no_theme_that_are_not_parked(table: Table) -> None:
    table.move("park", voices=[table.voices[6]], reason="For the GP")

    assert list_numbers(table, Choice(of=UNPLACED)) == [8]


def test_tables_share_the_cards_out(table: Table) -> None:
    shares = [list_numbers(table, Choice(table=number, n_tables=3)) for number in (1, 2, 3)]

    assert shares == [[1, 4, 7], [2, 5, 8], [3, 6]]
    assert read(table, Choice(table=2, n_tables=3)).chosen == "All cards, table 2 of 3"


def test_a_withdrawn_voice_is_not_printed_and_the_others_keep_their_numbers(table: Table) -> None:
    with table.record.writing() as session:
        withdraw_voice(session, FACILITATOR, table.voices[1], "asked by phone")

    assert list_numbers(table, Choice()) == [1, 3, 4, 5, 6, 7, 8]


def test_words_that_are_covered_are_covered_on_paper_too(table: Table) -> None:
    with table.record.writing() as session:
        cover_by_hand(session, FACILITATOR, table.voices[3], "the day centre", HintKind.ADDRESS)

    assert read(table).cards[3].words == "Nobody told us [street address] was moving."


@pytest.mark.parametrize("choice", [Choice(table=0), Choice(table=4, n_tables=3), Choice(n_tables=99)])
def test_a_table_that_is_not_there_is_refused(table: Table, choice: Choice) -> None:
    with pytest.raises(EngagementError, match="There is no table"):
        read(table, choice)


def test_a_theme_that_is_gone_is_refused(table: Table) -> None:
    table.move("remove_theme", theme=table.themes["Online"])

    with pytest.raises(NotFoundError, match="does not stand on this board"):
        read(table, Choice(of=table.themes["Online"]))


def test_only_whoever_runs_workshops_prints(table: Table) -> None:
    with pytest.raises(NotAllowedError):
        read(table, by=LEAD)
