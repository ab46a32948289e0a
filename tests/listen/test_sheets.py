"""Survey exports: separators, headers of every kind, and what each column most likely is."""

from __future__ import annotations

from datetime import datetime

import pytest

from engagement.listen.contents import FileContents
from engagement.listen.mapping import ColumnUse, Mapping
from engagement.listen.preview import Preview, preview_import, suggest_mapping
from engagement.listen.reading_child import read_file
from tests.listen.documents import replace_parts, write_xlsx

ANSWERS = (
    "A bench by the shops so I can rest",
    "Somebody who answers the phone",
    "A little bus for the estate",
)


def look(file_name: str, content: bytes) -> tuple[FileContents, Mapping, Preview]:
    contents = read_file(file_name, content)
    mapping = suggest_mapping(contents, ())
    preview = preview_import(contents, mapping, file_name=file_name)
    assert preview.receipt.adds_up
    return contents, mapping, preview


def list_uses(mapping: Mapping) -> list[str]:
    return [str(column.use) for column in mapping.columns]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator: str) -> None:
    rows = [["id", "text"], *([str(n), f'"{text}, really; yes"'] for n, text in enumerate(ANSWERS))]

    contents, mapping, preview = look("s.csv", "\n".join(separator.join(row) for row in rows).encode())

    assert list_uses(mapping) == ["respondent", "words"]
    assert [voice.text for voice in preview.voices] == [f"{text}, really; yes" for text in ANSWERS]
    assert contents.separator


def test_quoted_line_breaks_belong_to_the_words_and_rows_count_as_in_a_spreadsheet() -> None:
    _, _, preview = look("s.csv", b'id,text\r\n1,"two\r\nlines of words"\r\n\r\n2,after an empty row\r\n')

    assert [(voice.line, voice.text) for voice in preview.voices] == [
        (2, "two\r\nlines of words"),
        (4, "after an empty row"),
    ]


def test_one_column_without_separators_is_read() -> None:
    _, mapping, preview = look("s.csv", ("What would you like to see?\n" + "\n".join(ANSWERS)).encode())

    assert list_uses(mapping) == ["words"]
    assert preview.n_voices == 3
    assert preview.new_prompts == ("What would you like to see?",)


def test_equal_and_empty_headers_are_told_apart() -> None:
    _, mapping, preview = look(
        "s.csv",
        "Why do you say so?,Why do you say so?,\xa0,\n".encode() + f"{ANSWERS[0]},{ANSWERS[1]},,x".encode(),
    )

    assert [column.header for column in mapping.columns] == [
        "Why do you say so?",
        "Why do you say so? (2)",
        "column C",
        "column D",
    ]
    assert [voice.column_name for voice in preview.voices] == ["Why do you say so?", "Why do you say so? (2)"]


def test_rows_that_are_longer_than_the_others_are_told() -> None:
    _, _, preview = look("s.csv", b"id,text\n1,one thing said here\n2,another, thing\n3,a third thing\n")

    assert any("more cells than the usual 2: 1, such as row 3." in warning for warning in preview.warnings)


def test_microsoft_forms_is_recognised_and_names_stay_out() -> None:
    header = [
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "What\u00a0works well?",
        "How old are you?",
    ]
    started = datetime(2024, 5, 13, 10, 2)
    rows = [
        [n, started, started, "anonymous", None, text, "65 to 74"] for n, text in enumerate(ANSWERS, start=1)
    ]

    _, mapping, preview = look("forms.xlsx", write_xlsx([header, *rows]))

    assert list_uses(mapping) == [
        "respondent",
        "ignore",
        "date",
        "ignore",
        "ignore",
        "words",
        "characteristic",
    ]
    assert preview.new_prompts == ("What works well?",)
    assert str(preview.voices[0].said_on) == "2024-05-13"
    assert preview.voices[0].characteristics == (("How old are you", "65 to 74"),)


def test_survey_monkey_with_two_header_rows_is_read() -> None:
    rows = [
        "Respondent ID,Collector ID,IP Address,Email Address,What would help?,Which apply?,,",
        ",,,,Open-Ended Response,Bus,Car,Other (please specify)",
        *(f"{n},9,1.2.3.{n},x@example.org,{text},Bus,," for n, text in enumerate(ANSWERS)),
    ]

    _, mapping, preview = look("monkey.csv", "\n".join(rows).encode())

    assert mapping.n_header_rows == 2
    assert [column.header for column in mapping.columns][4:] == [
        "What would help?",
        "Which apply?: Bus",
        "Which apply?: Car",
        "Which apply?: Other (please specify)",
    ]
    assert list_uses(mapping)[:5] == ["respondent", "ignore", "ignore", "ignore", "words"]
    assert [voice.line for voice in preview.voices] == [3, 4, 5]


def test_qualtrics_with_three_header_rows_is_read() -> None:
    rows = [
        "StartDate,IPAddress,Q1",
        'Start Date,IP Address,"What would help you most, and why?"',
        '"{""ImportId"":""startDate""}","{""ImportId"":""ipAddress""}","{""ImportId"":""QID1""}"',
        *(f"2024-05-1{n},1.2.3.{n},{text}" for n, text in enumerate(ANSWERS)),
    ]

    _, mapping, preview = look("q.csv", "\n".join(rows).encode())

    assert mapping.n_header_rows == 3
    assert preview.new_prompts == ("What would help you most, and why?",)
    assert [voice.line for voice in preview.voices] == [4, 5, 6]


def test_a_title_above_the_header_is_passed_over() -> None:
    rows = [
        ["Survey of May 2024"],
        [],
        ["ID", "What helps you?", "Ward"],
        *([n, t, "Larkfield"] for n, t in enumerate(ANSWERS)),
    ]

    _, mapping, preview = look("s.xlsx", write_xlsx(rows))

    assert (mapping.first_row, list_uses(mapping)) == (3, ["respondent", "words", "area"])
    assert [voice.line for voice in preview.voices] == [4, 5, 6]


def test_the_sheet_with_the_most_words_is_suggested_and_the_others_are_in_the_receipt() -> None:
    content = write_xlsx(
        [["Read me first"]], sheet="About", more={"Answers": [["text"], *([t] for t in ANSWERS)]}
    )

    _, mapping, preview = look("s.xlsx", content)

    assert mapping.sheet == "Answers"
    assert any(each.reason == "sheet “About”" and each.n_words == 3 for each in preview.receipt.left_out)


def test_numbers_and_dates_in_cells_become_text_the_same_way_each_time() -> None:
    content = write_xlsx([["text", "n"], [5, 1.5], [5.25, True]])
    (sheet,) = read_file("s.xlsx", content).sheets

    assert sheet.rows == (("text", "n"), ("5", "1.5"), ("5.25", "TRUE"))


def test_formulas_without_a_result_are_counted_and_make_no_voices() -> None:
    content = write_xlsx([["text"], ["A bench by the shops please"], ["x"]])
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>A bench by the shops</t></is></c></row>'
        '<row r="3"><c r="A3"><f>B3&amp;C3</f></c></row><row r="4"><c r="A4"><f>B4</f><v></v></c></row>'
        "</sheetData></worksheet>"
    )

    _, _, preview = look("s.xlsx", replace_parts(content, {"xl/worksheets/sheet1.xml": sheet}))

    assert [voice.text for voice in preview.voices] == ["A bench by the shops"]
    assert any("Formulas without a result: 2." in warning for warning in preview.warnings)


def test_text_that_looks_like_a_formula_is_only_text() -> None:
    said = ['=HYPERLINK("http://x")', "-we need buses", "+44 7700", "@x", "\tindented"]
    _, _, preview = look("s.xlsx", write_xlsx([["text"], *([each] for each in said)]))

    assert [voice.text for voice in preview.voices] == [*said[:4], "indented"]


def test_american_dates_are_told_by_the_column() -> None:
    rows = "id,text,date\n1,A bench by the shops,5/13/2024\n2,More buses in the evening,6/2/2024\n"

    _, mapping, preview = look("s.csv", rows.encode())

    assert mapping.get_column(ColumnUse.DATE) is not None
    assert [str(voice.said_on) for voice in preview.voices] == ["2024-05-13", "2024-06-02"]


def test_a_list_without_a_header_loses_no_voice_to_one() -> None:
    _, mapping, preview = look("list.xlsx", write_xlsx([[each] for each in ANSWERS]))

    assert (mapping.n_header_rows, [voice.text for voice in preview.voices]) == (0, list(ANSWERS))


@pytest.mark.parametrize("header", ["Comments", "What would help you most of all?", "Please tell us more:"])
def test_a_header_over_one_column_stays_a_header(header: str) -> None:
    _, mapping, preview = look("list.xlsx", write_xlsx([[header], *([each] for each in ANSWERS)]))

    assert (mapping.n_header_rows, [voice.text for voice in preview.voices]) == (1, list(ANSWERS))


def test_the_header_of_a_second_table_below_the_first_is_no_voice() -> None:
    header = ["What works well?", "What does not?"]
    rows = [header, [ANSWERS[0], ANSWERS[1]], ["Table 2", None], header, [ANSWERS[2], None]]

    _, _, preview = look("notes.xlsx", write_xlsx(rows))

    assert [voice.text for voice in preview.voices] == [ANSWERS[0], ANSWERS[1], "Table 2", ANSWERS[2]]
    assert [each.n_words for each in preview.receipt.left_out if each.reason == "the header"] == [12]


def test_a_cell_that_says_what_its_header_says_stays_a_voice_in_one_column() -> None:
    _, _, preview = look("list.csv", b"Comment\nComment\nThe bus is late\n")

    assert [voice.text for voice in preview.voices] == ["Comment", "The bus is late"]
