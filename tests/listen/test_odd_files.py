"""Files handed in by mistake or by malice, beyond the first list: read whole, or refused in a sentence."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select

from engagement.engagements import start_engagement
from engagement.errors import EngagementError, UnreadableFileError
from engagement.listen.contents import FileContents
from engagement.listen.details import SourceDetails
from engagement.listen.importing import MAX_FILES, Upload, import_files, save_uploads
from engagement.listen.mapping import Mapping
from engagement.listen.preview import Preview, preview_import, suggest_mapping
from engagement.listen.reading import read_upload, read_uploads
from engagement.listen.reading_child import read_file
from engagement.listen.verify import verify_voices
from engagement.listen.voices import VoiceQuery, count_voices, list_voices
from models.database import Record
from models.sources import Source, SourceKind, StoredFile
from models.voices import Voice
from tests.builders import FACILITATOR
from tests.listen.documents import replace_parts, write_docx, write_raw_docx, write_xlsx
from tests.listen.test_bad_files import write_zip

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OLD_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
ASKED = "What works well?"


def preview(contents: FileContents) -> Preview:
    return preview_import(contents, suggest_mapping(contents))


def read_words(name: str, content: bytes) -> list[str]:
    return [voice.text for voice in preview(read_file(name, content)).voices]


def list_warnings(name: str, content: bytes) -> str:
    return " ".join(preview(read_file(name, content)).warnings)


def save_workbook(workbook: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_text_in_utf_16_without_its_mark_is_read_and_said_to_be_a_guess(codec: str) -> None:
    contents = read_file("notes.txt", "The café is warm.\nIt’s £5.\n".encode(codec))

    assert contents.encoding == "UTF-16 (a guess: the file does not say so)"
    assert [passage.text for passage in contents.passages] == ["The café is warm.", "It’s £5."]


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (b'ID,text\n1,"never closed\n2,hello there\n', 2),
        (b'ID,text\n1,good\n2,"a ""quoted"" one"\n3,"open', 4),
    ],
)
def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_rest(content: bytes, row: int) -> None:
    with pytest.raises(
        UnreadableFileError, match=f"at row {row}: a quotation mark may be missing"
    ) as refusal:
        read_file("survey.csv", content)

    assert refusal.value.row == row


def test_a_quotation_mark_inside_a_cell_and_mixed_line_ends_change_nothing() -> None:
    content = (
        b'ID,What works well?\r\n1,The 6" kerb is gone\r2,"two\nlines ""here"" too"\n3,The bus comes\r\n'
    )

    assert read_words("survey.csv", content) == [
        'The 6" kerb is gone',
        'two\nlines "here" too',
        "The bus comes",
    ]


def test_two_columns_of_the_same_name_are_both_words_and_no_cell_shifts() -> None:
    content = b"ID,Comment,Comment\n1,first one here,second one here\n2,,fourth thing said\n"

    found = preview(read_file("survey.csv", content))

    assert [(voice.text, voice.column_name, voice.line) for voice in found.voices] == [
        ("first one here", "Comment", 2),
        ("second one here", "Comment (2)", 2),
        ("fourth thing said", "Comment (2)", 3),
    ]


def test_a_header_with_unbreakable_spaces_is_matched_with_its_prompt() -> None:
    contents = read_file("survey.csv", "ID,What\u00a0works\u00a0well?\n1,The bus\n".encode())

    mapping = suggest_mapping(contents, [ASKED])

    assert [voice.prompt for voice in preview_import(contents, mapping, prompts=[ASKED]).voices] == [ASKED]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("survey.csv", b"ID,What works well?\n", "Below the header there is no row with words"),
        ("survey.csv", b",,,,\n,,,,\n", "Below the header there is no row with words"),
        ("survey.xlsx", write_xlsx([["ID", ASKED]]), "Below the header there is no row with words"),
        ("survey.xlsx", save_workbook(openpyxl.Workbook()), "Below the header there is no row with words"),
        ("notes.docx", write_docx(""), "No words were found that could become voices"),
        ("notes.docx", write_raw_docx("<w:p><w:r><w:drawing/></w:r></w:p>"), "No words were found"),
        ("notes.txt", b"\xef\xbb\xbf", "No words were found that could become voices"),
    ],
)
def test_a_file_without_words_says_so_before_the_save(name: str, content: bytes, sentence: str) -> None:
    assert sentence in list_warnings(name, content)


def test_words_in_merged_cells_are_read_once_and_dates_of_both_calendars_are_the_same() -> None:
    workbook = openpyxl.Workbook()
    workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = workbook.active
    sheet.append(["Date", ASKED])
    sheet.append(["", "The bus is good here"])
    sheet["A2"] = openpyxl.utils.datetime.datetime.datetime(2024, 5, 7)
    sheet.append(["", ""])
    sheet.merge_cells("B2:B3")

    contents = read_file("survey.xlsx", save_workbook(workbook))

    assert contents.sheets[0].rows[1] == ("2024-05-07", "The bus is good here")
    assert read_words("survey.xlsx", save_workbook(workbook)) == ["The bus is good here"]


@pytest.mark.parametrize(
    ("mark", "sentence"),
    [
        ("EncryptedPackage", "“notes.docx” is protected by a password"),
        ("WordDocument", "“notes.docx” is in the old format of Word"),
        ("Workbook", "“notes.docx” is in the old format of Excel"),
        ("", "“notes.docx” is protected by a password or in an old format"),
    ],
)
def test_a_locked_office_file_is_told_from_an_old_one(mark: str, sentence: str) -> None:
    with pytest.raises(UnreadableFileError, match=sentence):
        read_upload("notes.docx", OLD_HEAD + mark.encode("utf-16-le") + bytes(64))


def test_a_zip_with_a_password_and_one_that_lies_about_its_sizes_are_refused() -> None:
    locked, lying = bytearray(write_docx("The bus.")), bytearray(write_xlsx([["text"], ["The bus."]]))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = locked.find(mark)
        while place >= 0:
            locked[place + flags] |= 1
            place = locked.find(mark, place + 4)
    place = lying.find(b"PK\x01\x02")
    lying[place + 24 : place + 28] = struct.pack("<I", 5)

    for name, content in (("notes.docx", locked), ("survey.xlsx", lying)):
        with pytest.raises(UnreadableFileError, match="is damaged or locked inside"):
            read_upload(name, bytes(content))


@pytest.mark.parametrize("name", ["notes.docx", "project.qdpx"])
def test_a_zip_with_paths_out_of_itself_is_refused_and_writes_nothing_anywhere(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = zipfile.ZipInfo("sources/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    target = io.BytesIO(
        write_zip({"../../out.txt": b"out", "/etc/out.txt": b"out", "project.qde": b"<Project/>"})
    )
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(UnreadableFileError, match="is a zip with neither a document nor a workbook in it"):
        read_upload(name, target.getvalue())

    assert list(tmp_path.parent.rglob("out.txt")) == []


def test_400_000_empty_rows_with_a_style_are_no_words_and_no_burden() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(3, 400_000))
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for n, text in ((1, "text"), (2, "The bus."))
    )
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{cells}{rows}</sheetData></worksheet>'

    contents = read_upload("survey.xlsx", replace_parts(write_xlsx([["text"]]), {SHEET: xml}))

    assert [voice.text for voice in preview(contents).voices] == ["The bus."]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_with_thousands_of_columns_is_refused_and_one_with_a_far_cell_is_read(kind: str) -> None:
    wide, far = [f"h{n}" for n in range(16_384)], [*["ID", ASKED], *[""] * 16_381, "The last words here"]
    write = write_xlsx if kind == "xlsx" else write_csv

    with pytest.raises(UnreadableFileError, match="has something in 16,384 columns; at most 1,000 are read"):
        read_upload(f"survey.{kind}", write([wide, ["x"] * 16_384]))

    assert read_file(f"survey.{kind}", write([far, ["1", "The bus"]])).sheets[0].rows[1][1] == "The bus"


def write_csv(rows: list[list[str]]) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode()


def test_cells_that_look_like_commands_are_words_and_formulas_without_a_result_are_counted() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["ID", "Comment"])
    for number, cell in enumerate(("=1+1", "=cmd|'/c calc'!A1", "plain words"), start=1):
        sheet.append([number, cell])

    assert read_words("survey.csv", b"ID,Comment\n1,=cmd|'/c calc'!A1\n2,@SUM(1)\n") == [
        "=cmd|'/c calc'!A1",
        "@SUM(1)",
    ]
    assert read_words("survey.xlsx", save_workbook(workbook)) == ["plain words"]
    assert "Formulas without a result: 2." in list_warnings("survey.xlsx", save_workbook(workbook))


def test_a_pdf_whose_pages_hold_themselves_is_stopped_and_nothing_saved(sqlite_record: Record) -> None:
    content = (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 5000>>endobj\ntrailer<</Root 1 0 R>>"
    )
    with sqlite_record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")

    with pytest.raises(UnreadableFileError, match=r"“notes.pdf” "), sqlite_record.writing() as session:
        import_files(session, FACILITATOR, engagement_id, [("notes.pdf", content)], SourceKind.LETTER)

    with sqlite_record.reading() as session:
        assert session.scalar(select(func.count(StoredFile.sha256))) == 0


def test_a_voice_of_one_sign_and_one_of_a_million_are_kept_found_and_counted(sqlite_record: Record) -> None:
    said = ["x", "👩‍👩‍👧‍👦", "\u202eabc\u202c", "été " * 260_000 + "needle"]
    content = "\n".join(said).encode()

    with sqlite_record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
        import_files(session, FACILITATOR, engagement_id, [("said.txt", content)], SourceKind.LETTER)

    with sqlite_record.reading() as session:
        assert list(session.scalars(select(Voice.text).order_by(Voice.id))) == said
        assert verify_voices(session) == ()
        (found,) = list_voices(session, FACILITATOR, engagement_id, VoiceQuery("needle"))
        assert found.text == said[-1]
        assert count_voices(session, FACILITATOR, engagement_id) == 4


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("a\0b.txt", "ab.txt"),
        (f"{'n' * 5000}.txt", "n.txt"),
        ("😀.txt", "😀.txt"),
    ],
)
def test_a_file_with_a_name_that_means_harm_is_kept_under_its_hash(
    sqlite_record: Record, name: str, shown: str
) -> None:
    with sqlite_record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
        import_files(session, FACILITATOR, engagement_id, [(name, b"The bus.")], SourceKind.LETTER)

    with sqlite_record.reading() as session:
        source = session.scalars(select(Source)).one()
        assert source.file_name.endswith(shown)
        assert len(source.file_name) <= 100
        assert source.file_sha256 == session.scalars(select(StoredFile.sha256)).one()


def test_fifty_files_are_saved_at_once_and_fifty_one_are_refused_whole(sqlite_record: Record) -> None:
    files = [(f"{number}.txt", f"Voice number {number}".encode()) for number in range(MAX_FILES + 1)]
    uploads = [
        Upload(name, content, read_file(name, content), SourceDetails(name), Mapping())
        for name, content in files
    ]
    with sqlite_record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
        for save in (
            lambda: import_files(session, FACILITATOR, engagement_id, files, SourceKind.LETTER),
            lambda: save_uploads(session, FACILITATOR, engagement_id, uploads),
        ):
            with pytest.raises(EngagementError, match="That is 51 files; at most 50"):
                save()
        assert session.scalar(select(func.count(Source.id))) == 0

    with sqlite_record.writing() as session:
        save_uploads(session, FACILITATOR, engagement_id, uploads[:MAX_FILES])

    with sqlite_record.reading() as session:
        assert count_voices(session, FACILITATOR, engagement_id) == MAX_FILES


def test_half_of_a_file_is_refused_whatever_it_is_and_its_other_half_too() -> None:
    words = " ".join(f"word{number}" for number in range(2_000))
    whole = {
        "notes.docx": write_docx(words),
        "survey.xlsx": write_xlsx([["text"], *[[f"{word} said it"] for word in words.split()]]),
    }

    halves = [
        (name, content[start : start + len(content) // 2])
        for name, content in whole.items()
        for start in (0, len(content) // 2)
    ]
    for each in read_uploads(halves):
        assert each.contents is None
        assert each.error.endswith(".")
