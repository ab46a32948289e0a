"""What a workbook hides: read like all else, and named by its number, letter or title before the save."""

from __future__ import annotations

import openpyxl
import pytest

from engagement.listen.hidden_cells import HiddenCells, find_hidden_in_excel, find_hidden_in_ods
from engagement.listen.preview import Preview, preview_import, suggest_mapping
from engagement.listen.reading import read_upload
from tests.listen.documents import ODT_SPACES, write_odt
from tests.listen.test_odd_files import save_workbook

ASKED = "What works well for you?"
ROWS = [
    ["ID", ASKED, "What would you like to see?"],
    ["1", "The bus is good here", "A bench by the shops"],
    ["2", "My garden is a joy", "Fewer steps in the town"],
    ["3", "The library is warm", "Somebody who answers the phone"],
]
HIDDEN_STYLE = (
    '<style:style style:name="away" style:family="table"><style:table-properties table:display="false"/>'
    "</style:style>"
)


def write_excel(*, is_hiding: bool) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in ROWS:
        sheet.append(row)
    raw = workbook.create_sheet("Raw")
    raw.append(["words that nobody sees"])
    if is_hiding:
        for number in (3, 4, 900):
            sheet.row_dimensions[number].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet.column_dimensions["Z"].hidden = True
        raw.sheet_state = "hidden"
    return save_workbook(workbook)


def write_ods(*, is_hiding: bool) -> bytes:
    def hide(kind: str) -> str:
        return f' table:visibility="{kind}"' if is_hiding else ""

    def write_row(row: list[str], visibility: str = "") -> str:
        cells = (
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        return f"<table:table-row{visibility}>{''.join(cells)}</table:table-row>"

    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        f"<table:table-column{hide('collapse')}/>"
        f'<table:table-column table:number-columns-repeated="1000"{hide("collapse")}/>'
    )
    rows = "".join((*map(write_row, ROWS[:2]), *(write_row(row, hide("filter")) for row in ROWS[2:])))
    away = ' table:style-name="away"' if is_hiding else ""
    sheets = (
        f'<table:table table:name="Sheet">{columns}{rows}</table:table>'
        f'<table:table table:name="Raw"{away}>{write_row(["words that nobody sees"])}</table:table>'
    )
    return write_odt(sheets, styles=HIDDEN_STYLE, kind="spreadsheet")


def preview(name: str, *, is_hiding: bool, sheet: str = "") -> Preview:
    write = write_ods if name.endswith("ods") else write_excel
    contents = read_upload(name, write(is_hiding=is_hiding))
    return preview_import(contents, suggest_mapping(contents, sheet=sheet))


@pytest.mark.parametrize("name", ["survey.xlsx", "survey.ods"])
def test_hidden_rows_columns_and_sheets_are_named_in_both_kinds_of_workbook(name: str) -> None:
    found = preview(name, is_hiding=True)

    told = [each for each in found.warnings if "in its own program" in each]
    assert [each.split(". Their words")[0] for each in told] == [
        "Hidden on this sheet in its own program: rows 3 to 4, column C"
    ]
    assert {"My garden is a joy", "A bench by the shops"} <= {voice.text for voice in found.voices}
    assert "sheet “Raw”, hidden in its own program" in [left.reason for left in found.receipt.left_out]
    assert found.receipt.adds_up


@pytest.mark.parametrize("name", ["survey.xlsx", "survey.ods"])
def test_a_hidden_sheet_that_was_chosen_says_so(name: str) -> None:
    assert any(
        "All of this sheet is hidden" in each for each in preview(name, is_hiding=True, sheet="Raw").warnings
    )


@pytest.mark.parametrize("name", ["survey.xlsx", "survey.ods"])
def test_a_workbook_that_hides_nothing_is_told_nothing(name: str) -> None:
    found = preview(name, is_hiding=False)

    assert "hidden" not in " ".join(found.warnings).casefold()
    assert "sheet “Raw”" in [left.reason for left in found.receipt.left_out]


def test_many_hidden_rows_are_named_shortly_and_those_without_words_are_not() -> None:
    cells = [["words"] if number != 4 else [""] for number in range(40)]
    hidden = HiddenCells(rows=[(at, at) for at in range(0, 40, 2)], columns=[(0, 16383)])

    assert hidden.describe(cells) == "rows 1, 3, 7, 9, 11, 13 and 13 more, column A"
    assert hidden.describe([[""], [" "]]) == ""


def test_equal_rows_that_are_written_as_one_are_counted() -> None:
    row = '<table:table-row table:number-rows-repeated="{}"{}/>'
    away = ' table:visibility="collapse"'
    xml = f'<table:table {ODT_SPACES} table:name="A">{row.format(3, "")}{row.format(2, away)}</table:table>'

    assert find_hidden_in_ods(xml.encode())["A"].rows == [(3, 4)]


def test_what_excel_says_is_not_hidden_is_not() -> None:
    xml = b'<x:cols><x:col min="2" max="3" hidden="0"/></x:cols><row r="1" hidden=\'true\'/><row r="2"/>'

    assert find_hidden_in_excel(xml) == HiddenCells(rows=[(0, 0)])
