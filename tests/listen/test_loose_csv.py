"""Tables of text whose quotation marks or headers are not as they should be: no mark and no word is lost."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.errors import UnreadableFileError
from engagement.listen.loose_csv import OpenQuoteError, list_loose_rows
from engagement.listen.mapping import ColumnUse
from engagement.listen.preview import preview_import, suggest_mapping
from engagement.listen.reading_child import read_file

HEADER = b"ID,What works well?,Ward\n"
CELL = st.text('ab "",;\n\r£', max_size=8)


def read_rows(content: bytes) -> tuple[tuple[str, ...], ...]:
    return read_file("survey.csv", content).sheets[0].rows


def test_marks_within_a_cell_that_are_not_doubled_stay_in_the_words_and_their_rows_are_named() -> None:
    contents = read_file("s.csv", HEADER + b'1,"She said "hello" to me",Abbey\n2,"a ""tea"" break",Castle\n')

    assert contents.sheets[0].rows[1:] == (
        ("1", 'She said "hello" to me', "Abbey"),
        ("2", 'a "tea" break', "Castle"),
    )
    assert contents.warnings[0].startswith(
        "Rows with quotation marks within a cell that are not doubled: 1, s"
    )
    assert "row 2." in contents.warnings[0]


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        (b'1,"She said "hello" to me",Abbey\n2,"never closed,Castle\n3,good,Abbey\n', 3),
        (b'1,"never closed,Abbey\n2,"fine",Castle\n3,good,Abbey\n', 2),
    ],
)
def test_a_mark_that_is_missing_never_runs_rows_into_one_voice(rows: bytes, row: int) -> None:
    with pytest.raises(
        UnreadableFileError, match=f"at row {row}: a quotation mark may be missing"
    ) as refusal:
        read_rows(HEADER + rows)

    assert refusal.value.row == row


def test_spaces_between_cells_and_their_marks_are_no_words() -> None:
    rows = read_rows(b'ID, "What works well?"\n1, "the bus, the park"\n2, "tea"\n')

    assert rows == (("ID", "What works well?"), ("1", "the bus, the park"), ("2", "tea"))


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=5), st.sampled_from(",;\t"))
def test_a_table_written_as_it_should_be_is_read_alike_by_both_readers(
    rows: list[list[str]], separator: str
) -> None:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=separator).writerows(rows)
    text = target.getvalue()

    found = [row for row, _ in list_loose_rows(text, separator)]

    assert found == [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]


def test_a_mark_that_is_never_closed_is_told_from_a_stray_one() -> None:
    with pytest.raises(OpenQuoteError):
        list(list_loose_rows('a,"b', ","))

    assert list(list_loose_rows('a"b,\n\n', ",")) == [(('a"b', ""), False), ((), False)]


def test_a_question_over_several_columns_is_joined_with_what_stands_below_it() -> None:
    content = (
        b"No.,What helps you?,,About you\n,At home,Out and about,Age\n"
        b"1,my daughter rings me,the seats in the park,65-74\n"
        b"2,a warm kitchen is all,buses that kneel for me,75-84\n"
    )

    contents = read_file("survey.csv", content)
    mapping = suggest_mapping(contents)

    assert [column.header for column in mapping.columns] == [
        "No.",
        "What helps you?: At home",
        "What helps you?: Out and about",
        "About you: Age",
    ]
    assert [column.use for column in mapping.columns][1:] == [
        ColumnUse.WORDS,
        ColumnUse.WORDS,
        ColumnUse.CHARACTERISTIC,
    ]
    assert preview_import(contents, mapping).n_voices == 4


def test_people_can_say_that_the_first_row_is_no_header_and_its_words_become_a_voice() -> None:
    contents = read_file("wall.csv", b"buses late\nwe like the park here because it is quiet\n")

    guessed, said = suggest_mapping(contents), suggest_mapping(contents, header=(1, 0))

    assert preview_import(contents, guessed).n_voices == 1
    assert [voice.text for voice in preview_import(contents, said).voices] == [
        "buses late",
        "we like the park here because it is quiet",
    ]


def test_a_cell_that_begins_with_quoted_words_keeps_its_marks_and_swallows_nothing() -> None:
    text = 'id\tWhat helps?\n1\t"Quiet" is best\n2\t"Calm" and "slow", too\n3\tA bench\n'

    (sheet,) = read_file("survey.tsv", text.encode()).sheets

    assert [row[1] for row in sheet.rows[1:]] == ['"Quiet" is best', '"Calm" and "slow", too', "A bench"]
