"""Paper as CSV: what the sheet holds, and every shape in which it comes back."""

from __future__ import annotations

import pytest

from engagement.errors import NotAllowedError, UnreadableFileError
from engagement.listen.voices import withdraw_voice
from engagement.workshop.paper.bring_back import bring_paper_back
from engagement.workshop.paper.dry_run import run_dry
from engagement.workshop.paper.paper_board import read_paper_board
from engagement.workshop.paper.paper_csv import LARGEST_FILE, read_paper_csv, write_paper_csv
from engagement.workshop.paper.paper_lists import PaperLists
from tests.builders import FACILITATOR, LEAD
from tests.workshop.conftest import Table


def write(table: Table, by=FACILITATOR) -> bytes:
    with table.record.reading() as session:
        return write_paper_csv(session, by, table.workshop_id)


def read(table: Table, content: bytes) -> PaperLists:
    with table.record.reading() as session:
        return read_paper_csv(read_paper_board(session, FACILITATOR, table.workshop_id), content)


def list_typed(lists: PaperLists) -> dict[str, tuple[str, str]]:
    return {each.name: (each.cards, each.also) for each in lists.themes if each.cards or each.also}


def test_the_sheet_holds_where_each_card_stands_now(sqlite_table: Table) -> None:
    table = sqlite_table
    table.move("park", voices=[table.voices[7]], reason="For the GP")
    table.move("echo", voices=[table.voices[0]], theme=table.themes["Online"], on=True)
    with table.record.writing() as session:
        withdraw_voice(session, FACILITATOR, table.voices[3], "asked by phone")

    assert write(table).decode("utf-8-sig").splitlines() == [
        "Card,Theme,Also in",
        "1,Getting about,Online",
        "2,Getting about,",
        "3,Nobody listens,",
        "5,Online,",
        "6,Online,",
        "7,,",
        "8,Parked,",
    ]


def test_the_sheet_that_comes_back_as_it_went_changes_nothing(sqlite_table: Table) -> None:
    table = sqlite_table
    table.move("rename", theme=table.themes["Online"], name="=2+2; and more")
    table.move("park", voices=[table.voices[7]], reason="For the GP")
    table.move("echo", voices=[table.voices[0]], theme=table.themes["Online"], on=True)

    with table.record.reading() as session:
        dry = run_dry(session, FACILITATOR, table.workshop_id, read(table, write(table)))

    assert dry.mistakes == ()
    assert [each for each in dry.themes if each.is_new or each.n_come or each.n_go or each.n_also] == []


@pytest.mark.parametrize(
    "content",
    [
        b"Card,Theme,Also in\r\n1,Online,\r\n7-8,nobody LISTENS,Online; Getting about\r\n",
        b"card;theme;also in\n1;Online\n7-8;Nobody listens;Online;\n",
        b"Theme\tWhose\tCard\nOnline\tAmina\t1\ntheme 2\tSam\t7-8\n\n",
        "\ufeffCard,Theme\r\n1,3\r\n7-8,2\r\n".encode("utf-16-le"),
    ],
)
def test_a_sheet_is_read_in_the_shapes_that_spreadsheets_save(sqlite_table: Table, content: bytes) -> None:
    typed = list_typed(read(sqlite_table, content))

    assert typed["Online"][0] == "1"
    assert typed["Nobody listens"][0] == "7-8"


def test_also_in_may_name_several_themes_and_an_unknown_name_is_a_new_theme(sqlite_table: Table) -> None:
    lists = read(
        sqlite_table, "Card,Theme,Also in\n1,Café,Online; Getting about\n2,CAFÉ,\n8,parked,\n".encode()
    )

    assert list_typed(lists) == {"Getting about": ("", "1"), "Online": ("", "1"), "Café": ("1, 2", "")}
    assert lists.parked == "8"


def test_a_sheet_saved_in_an_old_coding_keeps_its_letters(sqlite_table: Table) -> None:
    assert list_typed(read(sqlite_table, "Card,Theme\n1,Café\n".encode("cp1252"))) == {"Café": ("1", "")}


def test_a_sheet_goes_all_the_way_to_the_board(table: Table) -> None:
    lists = read(table, b"Card,Theme\n7,Online\n8,Warm places\n1,\n")
    with table.record.writing() as session:
        bring_paper_back(session, FACILITATOR, table.workshop_id, lists, saw=0)

    assert table.card(table.voices[6])["home"] == table.themes["Online"]
    assert table.card(table.voices[7])["home"] == max(
        table.card(voice)["home"] or 0 for voice in table.voices
    )
    assert table.card(table.voices[0])["home"] == table.themes["Getting about"]


@pytest.mark.parametrize(
    ("content", "said", "row"),
    [
        (b"", "no column “Card” in the first row", 1),
        (b"Number,Theme\n1,Online\n", "no column “Card” in the first row", 1),
        (b"Card,Group\n1,Online\n", "no column “Theme” in the first row", 1),
        (b"Card,Theme\n1,Online\n,Online\n", "Row 3 names the theme “Online” and no card", 3),
        (b"\x00\x01\x02", "is no text", None),
        (b"PK\x03\x04\x14\x00\x06", "is no text", None),
        (b"Card,Theme\n" + b"1," * LARGEST_FILE, "is the most. Is it the right one", None),
        (b"Card,Theme\n" + b"1,Online\n" * 20_001, "more than 20,000 rows", None),
        (b'Card,Theme\n1,"' + b"x" * 200_000 + b'"\n', "Row 2 cannot be read", 2),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused_in_a_sentence(
    sqlite_table: Table, content: bytes, said: str, row: int | None
) -> None:
    with pytest.raises(UnreadableFileError, match=said) as refused:
        read(sqlite_table, content)

    assert refused.value.row == row


def test_only_whoever_runs_workshops_takes_the_sheet(sqlite_table: Table) -> None:
    with pytest.raises(NotAllowedError):
        write(sqlite_table, by=LEAD)
