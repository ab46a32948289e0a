"""Words that stand in no cell and no paragraph of the page: none of them goes unsaid."""

from __future__ import annotations

import io

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment

from engagement.listen.preview import Preview
from tests.listen.documents import replace_parts, write_odt, write_xlsx
from tests.listen.previews import count_left_out, list_texts, preview_file

ROWS = [["ID", "What works well?"], [1, "The bus is good here"], [2, "The park is quiet now"]]
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
NOTES = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def list_reasons(found: Preview) -> dict[str, int]:
    return {each.reason: each.n_words for each in found.receipt.left_out if each.reason.startswith("in ")}


def test_notes_text_boxes_charts_and_printed_headers_of_a_workbook_are_in_the_receipt() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        page = workbook.add_worksheet()
        for number, row in enumerate(ROWS):
            page.write_row(number, 0, row)
        page.write_comment("B2", "typed from paper sheet", {"author": "Jo"})
        page.insert_textbox("D2", "three words here")
        page.set_header("&CCouncil only")
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=Sheet1!$A$2:$A$3"})
        chart.set_title({"name": "Five words are the title"})
        page.insert_chart("D9", chart)

    found = preview_file("survey.xlsx", target.getvalue())

    assert list_texts(found) == ["The bus is good here", "The park is quiet now"]
    assert list_reasons(found) == {
        "in notes and comments on cells": 4,
        "in text boxes and charts": 8,
        "in the header or footer of the printed page": 2,
    }


def test_a_comment_with_answers_is_counted_once_and_a_note_by_another_program_too() -> None:
    threads = f'<ThreadedComments xmlns="{THREADS}"><threadedComment><text>two words</text></threadedComment>'
    threads += "<threadedComment><text>one answer more</text></threadedComment></ThreadedComments>"
    old = f'<comments xmlns="{NOTES}"><commentList><comment><text><t>[Threaded comment] Your version of Excel'
    old += "</t></text></comment></commentList></comments>"
    parts = {"xl/threadedComments/threadedComment1.xml": threads, "xl/comments1.xml": old}
    workbook = openpyxl.Workbook()
    for row in ROWS:
        workbook.active.append(row)
    workbook.active["B3"].comment = Comment("a note of five words", "Jo")
    target = io.BytesIO()
    workbook.save(target)

    for content, n_words in ((replace_parts(write_xlsx(ROWS), parts), 5), (target.getvalue(), 5)):
        found = preview_file("survey.xlsx", content)
        assert count_left_out(found, "in notes and comments on cells") == n_words


def test_notes_and_text_boxes_of_an_opendocument_sheet_are_no_part_of_what_was_said() -> None:
    def row(*cells: str) -> str:
        inner = "".join(
            f'<table:table-cell office:value-type="string">{each}</table:table-cell>' for each in cells
        )
        return f"<table:table-row>{inner}</table:table-row>"

    note = "<office:annotation><text:p>three words noted</text:p></office:annotation>"
    body = row("<text:p>ID</text:p>", "<text:p>What works well?</text:p>")
    body += row("<text:p>1</text:p>", f"{note}<text:p>The bus is good</text:p>")
    box = "<draw:frame><draw:text-box><text:p>four words in box</text:p></draw:text-box></draw:frame>"
    body = f"<table:shapes>{box}</table:shapes>{body}"

    found = preview_file(
        "survey.ods", write_odt(f'<table:table table:name="a">{body}</table:table>', kind="spreadsheet")
    )

    assert list_texts(found) == ["The bus is good"]
    assert list_reasons(found) == {"in notes and comments on cells": 3, "in text boxes and charts": 4}


def test_words_in_a_shape_of_an_opendocument_text_stand_beside_the_page_and_are_read_once() -> None:
    def shape(inner: str) -> str:
        return f"<draw:custom-shape>{inner}</draw:custom-shape>"

    found = preview_file(
        "notes.odt",
        write_odt(
            f"<text:p>The bus.{shape('<text:p>two words</text:p>')}</text:p>"
            f"{shape('<text:p>three more words</text:p>')}"
            f"<text:p>The park.<draw:g>{shape('<text:p>grouped</text:p>')}</draw:g></text:p>"
        ),
    )

    assert list_texts(found) == ["The bus.", "The park."]
    assert list_reasons(found) == {"in text boxes": 6}
