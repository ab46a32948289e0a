"""The workbook holds every word as it was said, as text, and says what it leaves out."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from engagement.answer.exports import export_workbook
from engagement.answer.workbooks import (
    CUT_SHORT,
    LONGEST_CELL,
    MARK,
    NOT_IN_XML,
    Column,
    Table,
    fit_text,
    write_workbook,
)
from engagement.errors import NotAllowedError
from engagement.listen.details import SourceDetails
from engagement.listen.typed.photo_files import check_photo
from engagement.listen.typed.photos import add_photos, list_photos
from engagement.listen.typed.typing import TypedVoiceRequest, begin_occasion, type_voice
from engagement.listen.voices import withdraw_voice
from engagement.plan.actions import ActionDetails, add_action, add_note
from engagement.plan.named_people import NamedPerson
from engagement.plan.referrals import pass_on_theme
from models.database import Record
from models.decisions import Decision
from models.sources import SourceKind
from models.voices import Withdrawal
from tests.builders import FACILITATOR, LEAD, VIEWER
from tests.listen.test_photos import draw_photo
from tests.plan.states import TODAY, Board, add_board, add_priority, add_source_without_consent

AWKWARD = (
    '=HYPERLINK("http://example.org","press me")',
    "-we need buses",
    "+44 7700 900123",
    "@x said so",
    "\tbegins with a tab",
    "http://example.org/is-not-a-link",
    "{=1+1}",
    "_x0041_ is not an A",
    " spaces at both ends ",
    "two\nlines",
    "42",
    "1 < 2 & 3 > 2",
    "ગુજરાતીમાં કહ્યું",
    "नमस्ते 🙂 e\u0301",
)
SHEETS = ["Read me", "Voices", "Themes", "Priorities", "Actions", "Referrals", "Ledger", "Decisions"]


def add_whole_plan(session) -> Board:
    """Put a plan into the record whose voices are awkward for spreadsheets."""
    board = add_board(session, {"Awkward": AWKWARD, "Passed on": ("Send this.",)})
    priority_id = add_priority(session, board, "Awkward", statement="=1+1", chosen_on=date(2024, 7, 18))
    action_id = add_action(
        session, LEAD, priority_id, ActionDetails("+ more buses", NamedPerson("Jo"), TODAY)
    )
    add_note(session, LEAD, action_id, "=SUM(A1:A9)")
    passed_on = board.themes["Passed on"]
    pass_on_theme(session, LEAD, board.engagement_id, passed_on, recipient="@NHS", sent_on=TODAY)
    return board


def export(record: Record, board: Board, **more: object) -> bytes:
    with record.writing() as session:
        return export_workbook(session, LEAD, board.engagement_id, today=TODAY, **more)


def read_rows(content: bytes, sheet: str) -> list[dict[str, object]]:
    headings, *rows = load_workbook(BytesIO(content))[sheet].iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def read_words(content: bytes) -> dict[str, str]:
    return dict(load_workbook(BytesIO(content))["Read me"].iter_rows(values_only=True))


def test_every_word_comes_back_equal_by_two_readers(record: Record) -> None:
    with record.writing() as session:
        board = add_whole_plan(session)

    content = export(record, board)

    by_openpyxl = {row["Words"] for row in read_rows(content, "Voices")}
    voices = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("Voices").to_python()
    by_calamine = {row[voices[0].index("Words")] for row in voices[1:]}
    assert by_openpyxl == by_calamine == set(board.voices)


def test_no_cell_is_a_formula_or_a_link(record: Record) -> None:
    with record.writing() as session:
        board = add_whole_plan(session)

    book: Workbook = load_workbook(BytesIO(export(record, board)))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)
    assert "=1+1" in {cell.value for cell in cells}


def test_workbook_holds_the_plan_from_priority_to_decision(record: Record) -> None:
    with record.writing() as session:
        board = add_whole_plan(session)

    content = export(record, board)

    assert load_workbook(BytesIO(content)).sheetnames == SHEETS
    (priority,) = read_rows(content, "Priorities")
    assert (priority["Priority"], priority["Voices"], priority["Lead"]) == ("Loneliness", 14, "Priya Shah")
    assert priority["Chosen on"].date() == date(2024, 7, 18)
    (action,) = read_rows(content, "Actions")
    assert (action["Action"], action["Owner"]) == ("+ more buses", "Jo")
    assert str(action["Notes"]).endswith("Priya Lead: =SUM(A1:A9)")
    (referral,) = read_rows(content, "Referrals")
    assert (referral["Passed on to"], referral["Voices"]) == ("@NHS", 1)
    assert read_rows(content, "Ledger")[-1]["Voices"] == 16
    assert read_rows(content, "Decisions")[-1]["What"] == "Priya Lead passed on theme: Passed on to @NHS"


def test_read_me_tells_the_ledger_and_the_day(record: Record) -> None:
    with record.writing() as session:
        board = add_whole_plan(session)

    words = read_words(export(record, board))

    assert words["The ledger"] == (
        "1 not yet themed + 0 themed + 14 in a priority + 1 referred + 0 parked + 0 withdrawn = 16 voices"
    )
    assert words["Sheet Voices"] == "16 rows"
    assert "UTC" in words["Made on"]


def test_withdrawn_voice_is_counted_and_its_words_are_nowhere(record: Record) -> None:
    with record.writing() as session:
        board = add_whole_plan(session)
        gone = board.voices["-we need buses"]
        session.add(Withdrawal(voice_id=gone, withdrawn_by="Amina"))

    content = export(record, board, is_working_copy=True)

    row = next(each for each in read_rows(content, "Voices") if each["Id"] == gone)
    assert (row["Words"], row["Words shown"], row["State"]) == (None, "no: withdrawn", "withdrawn")
    book = load_workbook(BytesIO(content))
    assert "-we need buses" not in {cell.value for sheet in book for r in sheet.iter_rows() for cell in r}
    assert read_words(content)["Withdrawn"].startswith("Voices that were taken back: 1.")


def test_words_that_may_not_be_quoted_stand_only_in_the_working_copy(record: Record) -> None:
    with record.writing() as session:
        board = add_whole_plan(session)
        private = add_source_without_consent(session, board, "Between us.", "Awkward")

    shared, working = export(record, board), export(record, board, is_working_copy=True)

    words = {
        name: next(each["Words"] for each in read_rows(content, "Voices") if each["Id"] == private)
        for name, content in (("shared", shared), ("working", working))
    }
    assert words == {"shared": None, "working": "Between us."}
    assert read_words(shared)["Not to be quoted"].startswith("Voices that may not be quoted: 1.")
    assert "do not pass it on" in read_words(working)["Working copy"]


def test_character_that_xlsx_cannot_hold_becomes_a_mark_and_is_told(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        board = add_board(session, {"Bells": ("ding\x07dong", "\ufffe")})

    content = export(sqlite_record, board)

    words = {row["Words"] for row in read_rows(content, "Voices")}
    assert f"ding{MARK}dong" in words
    assert read_words(content)["Marks"].endswith(f"hold: 2. {MARK} stands in its place.")


def test_very_long_words_are_cut_and_say_so(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        board = add_board(session, {"Long": ("🙂 and on " * 5000,)})

    content = export(sqlite_record, board)

    longest = max((str(row["Words"]) for row in read_rows(content, "Voices")), key=len)
    assert longest.endswith(CUT_SHORT)
    assert len(longest.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert read_words(content)["Cut short"].startswith("Cells with more words than a cell can hold: 1.")


def test_engagement_with_nothing_in_it_can_be_downloaded(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        board = add_board(session, {})

    content = export(sqlite_record, board)

    assert load_workbook(BytesIO(content)).sheetnames == SHEETS
    assert read_rows(content, "Actions") == []
    assert len(read_rows(content, "Voices")) == 1


def test_headings_are_frozen_and_can_be_filtered(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        board = add_whole_plan(session)

    book = load_workbook(BytesIO(export(sqlite_record, board)))

    for name in SHEETS[1:]:
        assert book[name].freeze_panes == "A2"
        (table,) = book[name].tables.values()
        assert table.autoFilter is not None
        assert book[name].column_dimensions["B"].width > 10


def test_download_is_in_the_record_and_not_for_viewers(record: Record) -> None:
    with record.writing() as session:
        board = add_whole_plan(session)
    export(record, board)

    with record.reading() as session:
        kinds = list(session.scalars(select(Decision.kind)))
    assert kinds[-1] == "downloaded workbook"
    with pytest.raises(NotAllowedError), record.writing() as session:
        export_workbook(session, VIEWER, board.engagement_id)


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=20))
def test_any_text_comes_back_equal_but_for_what_xml_cannot_hold(texts: list[str]) -> None:
    rows = tuple((text,) for text in texts)

    content = write_workbook("Any", [("a", "b")], [Table("Texts", (Column("Words"),), rows)])

    read = [row["Words"] for row in read_rows(content, "Texts")]
    unmarked = [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts]
    assert read == [NOT_IN_XML.sub(MARK, text) for text in unmarked] == [fit_text(t) for t in texts]


def test_each_voice_says_from_which_photo_it_was_typed_and_a_withdrawn_one_does_not(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session, {"Typed": ("By hand.",)})
    assert "Photos" not in read_words(export(record, board))
    with record.writing() as session:
        details = SourceDetails("The wall", SourceKind.DROP_IN, TODAY, may_quote=True)
        wall = begin_occasion(session, FACILITATOR, board.engagement_id, details)
        photo = check_photo("wall, left.png", draw_photo("PNG"))
        add_photos(session, FACILITATOR, wall, [photo])
        (kept,) = list_photos(session, FACILITATOR, wall)
        for words in ("Shown.", "Taken back."):
            typed = TypedVoiceRequest(words, words, photo_id=kept.id)
            voice_id = type_voice(session, FACILITATOR, wall, typed).voice_id
        withdraw_voice(session, FACILITATOR, voice_id, "asked")

    workbook = export(record, board)

    rows = {row["Words"]: row for row in read_rows(workbook, "Voices")}
    named = {words: (row["Typed from photo"], row["SHA-256 of photo"]) for words, row in rows.items()}
    assert named.pop("Shown.") == ("1: wall, left.png", photo.sha256)
    assert set(named) >= {None, "By hand."}
    assert set(named.values()) == {(None, None)}
    assert read_words(workbook)["Photos"].startswith("Voices that were typed from a photo: 1. ")
