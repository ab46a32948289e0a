"""The decision log as a document: every act once, in order, with why, and nobody's words."""

from __future__ import annotations

import csv
import io
from datetime import date

import docx
import pytest

from engagement.answer.decision_log import read_decision_log
from engagement.answer.decision_log_exports import export_log_csv, export_log_docx, export_log_page
from engagement.errors import NotAllowedError
from engagement.workshop.boards import close_board, reopen_board
from tests.builders import FACILITATOR, LEAD, VIEWER
from tests.workshop.conftest import SAID, Table, make_room, make_table

TODAY = date(2026, 11, 25)


@pytest.fixture
def table(record) -> Table:
    """A board on which something was moved, parked and renamed, signed off and opened again."""
    table = make_table(make_room(record))
    table.move("move", by=LEAD, voices=[table.voices[7]], to=table.themes["Online"])
    table.move("park", voices=[table.voices[6]], reason="=Belongs <to> another & council")
    with record.writing() as session:
        close_board(session, FACILITATOR, table.workshop_id, why="The room agreed.")
        reopen_board(session, FACILITATOR, table.workshop_id)
    table.move("rename", theme=table.themes["Online"], name="Computers")
    return table


def test_a_reason_stands_as_why_and_hidden_words_do_not(table: Table) -> None:
    table.move("comment", by=LEAD, voice=table.voices[6], words="Ask Mrs Patel.")
    kept = table.move("comment", by=LEAD, theme=table.themes["Online"], words="=It is one thing.").event
    table.move("hide_comment", comment=kept["seq"] - 1)

    with table.record.writing() as session:
        log = read_decision_log(session, VIEWER, table.workshop_id)
        files = [
            export(session, FACILITATOR, table.workshop_id, TODAY)
            for export in (export_log_csv, export_log_page)
        ]
        document = docx.Document(io.BytesIO(export_log_docx(session, FACILITATOR, table.workshop_id, TODAY)))

    assert [(line.what, line.why) for line in log.lines[-3:]] == [
        ("said why about 1 voice", "(hidden)"),
        ("said why about the theme Computers", "=It is one thing."),
        ("hid a reason that Priya Lead gave", ""),
    ]
    assert log.lines[-3].voices == f"{table.voices[6]} (Lunch club, line 7)"
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert "=It is one thing." in cells
    assert all("It is one thing." in each.decode("utf-8-sig") for each in files)
    assert not any("Patel" in each for each in (*cells, *(file.decode("utf-8-sig") for file in files)))


def test_every_act_stands_once_in_order_with_who_what_and_why(table: Table) -> None:
    with table.record.reading() as session:
        log = read_decision_log(session, VIEWER, table.workshop_id)

    assert [(line.number, line.step, line.who, line.what, line.why) for line in log.lines] == [
        (1, None, "Amina Facilitator", "opened the board", ""),
        (2, 1, "Priya Lead", "moved 1 voice to Online", ""),
        (
            3,
            2,
            "Amina Facilitator",
            "parked 1 voice: =Belongs <to> another & council",
            "=Belongs <to> another & council",
        ),
        (
            4,
            None,
            "Amina Facilitator",
            "signed the board off and closed it, after step 2",
            "The room agreed.",
        ),
        (5, None, "Amina Facilitator", "opened the board again, after step 2", ""),
        (6, 3, "Amina Facilitator", "renamed Online to Computers", ""),
    ]
    assert log.lines[1].voices == f"{table.voices[7]} (Lunch club, line 8)"


def test_an_act_on_many_voices_names_ten_and_counts_the_others(record) -> None:
    table = make_table(make_room(record, [f"Voice {number}" for number in range(12)]), names=())
    table.move("add_theme", name="All", voices=list(table.voices))

    with record.reading() as session:
        line = read_decision_log(session, VIEWER, table.workshop_id).lines[-1]

    assert line.voices.endswith("(Lunch club, line 10); and 2 more")


def test_the_word_document_opens_with_a_heading_and_a_table_of_headed_columns(table: Table) -> None:
    with table.record.writing() as session:
        opened = docx.Document(io.BytesIO(export_log_docx(session, LEAD, table.workshop_id, TODAY)))

    rows = [[cell.text for cell in row.cells] for row in opened.tables[0].rows]
    assert (opened.paragraphs[0].text, opened.paragraphs[0].style.name.lower()) == (
        "Decision log: Leading lives",
        "heading 1",
    )
    assert opened.core_properties.title == "Decision log: Leading lives"
    assert rows[0] == ["Number", "When", "Who", "What", "Why", "Voices"]
    assert rows[3][4] == "=Belongs <to> another & council"
    assert len(rows) == 7


def test_the_page_and_the_csv_hold_the_same_lines_and_no_formula(table: Table) -> None:
    with table.record.writing() as session:
        page = export_log_page(session, LEAD, table.workshop_id, TODAY).decode()
        written = export_log_csv(session, LEAD, table.workshop_id, TODAY).decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(written)))
    assert page.count('<th scope="row">') == len(rows) - 1 == 6
    assert "=Belongs &lt;to&gt; another &amp; council" in page
    assert rows[3][4] == "'=Belongs <to> another & council"


def test_no_form_holds_the_words_of_a_voice(table: Table) -> None:
    with table.record.writing() as session:
        page = export_log_page(session, LEAD, table.workshop_id, TODAY).decode()

    assert [words for words in SAID if words in page] == []


def test_who_may_not_download_gets_no_document(table: Table) -> None:
    with pytest.raises(NotAllowedError, match="may not download"), table.record.writing() as session:
        export_log_docx(session, VIEWER, table.workshop_id, TODAY)
