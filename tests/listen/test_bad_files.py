"""Files that are broken, locked, enormous or hostile: each gets one plain sentence, and nobody is hurt."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from engagement.errors import UnreadableFileError
from engagement.listen import reading
from engagement.listen.reading import read_upload, read_uploads, show_name
from engagement.listen.zip_guard import MAX_ENTRIES
from engagement.settings import HOUSE, Settings
from tests.listen.documents import MAIN_PART, replace_parts, write_docx, write_raw_docx, write_xlsx

DOCX = write_docx("The bus.")
XLSX = write_xlsx([["text"], ["The bus."]])
ODT_TYPE = b"application/vnd.oasis.opendocument.text"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1 or str()};" * 10}">' for n in range(1, 10))
    + ']><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>&lol9;</w:t></w:r></w:p></w:body></w:document>"
)
FAR_CELL = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    "</sheetData></worksheet>"
)


def write_zip(entries: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def old_file(mark: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + mark.encode("utf-16-le")


@pytest.mark.parametrize(
    ("file_name", "content", "sentence"),
    [
        ("notes.txt", b"", "“notes.txt” is empty"),
        ("notes.txt", b" \r\n \n", "“notes.txt” is empty"),
        ("notes.docx", b"", "“notes.docx” is empty"),
        ("survey.xlsx", b"only text", "is named like an Excel workbook but is not one"),
        ("notes.docx", b"only text", "is named like a Word document but is not one"),
        ("notes.pdf", DOCX, "holds a Word document, but its name ends in “.pdf”"),
        ("notes.docx", XLSX, "holds an Excel workbook, but its name ends in “.docx”"),
        ("notes", DOCX, "its name ends in “nothing”"),
        ("notes.pdf", b"%PDF-1.7", "is damaged or no PDF"),
        ("notes.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "protected by a password or in an old format"),
        ("wall.png", b"\x89PNG\r\n", "is a picture"),
        ("notes.docx", DOCX[:-200], "is damaged or was cut off"),
        ("survey.xlsx", XLSX[: len(XLSX) // 2], "is damaged or was cut off"),
        ("notes.odt", write_zip({"mimetype": ODT_TYPE}), "is damaged inside"),
        ("all.zip", write_zip({"a.txt": b"a"}), "neither a document nor a workbook"),
        ("notes.rtf", b"{\\rtf1 hello}", r"is rich text \(rtf\). Open it in Word, save it as .docx"),
        ("notes.doc", b"{\\rtf1 hello}", r"is rich text \(rtf\). Open it in Word, save it as .docx"),
        (
            "survey.xlsb",
            write_zip(
                {"[Content_Types].xml": b"<T/>", "xl/workbook.bin": b"x", "xl/worksheets/sheet1.bin": b"x"}
            ),
            r"is a binary workbook of Excel \(xlsb\). Open it there, save it as .xlsx",
        ),
        ("talk.mp3", b"ID3 sound", "is a recording. Have it written down"),
        ("data.json", b"{}", "ends in “.json”, which cannot be read"),
        ("slides.pptx", write_zip({"ppt/presentation.xml": b"<p/>"}), "is a presentation"),
        (
            "notes.pages",
            write_zip({"Index/Document.iwa": b"x"}),
            "is a document of Pages, Numbers or Keynote",
        ),
        ("book.epub", write_zip({"mimetype": b"x", "META-INF/container.xml": b"<x/>"}), "is an e-book"),
        ("slides.ppt", old_file("PowerPoint Document"), "is a presentation"),
        ("mail.msg", old_file("__properties_version1.0"), "is an e-mail saved by Outlook"),
        ("page.html", b"<html><p>The bus</p></html>", "is a web page"),
        (
            "export.xls",
            b"ID\tWhat works?\n",
            "survey tools write web pages or tables of text under that name",
        ),
        (
            "notes.doc",
            b"<html><p>The bus</p></html>",
            "is named like a document of an old Word but is not one",
        ),
        ("wall.heic", b"\0\0\0\x18ftypheic", "is a picture"),
        ("notes.txt", b"first\nsec\0ond", r"\(NUL\) in line 2"),
        ("notes.txt", bytes(range(1, 256)) * 20, "encoding that is not known|does not hold text"),
        ("notes.txt", b"\xff\xfe\x00\xd8a\x00", "says that it is UTF-16 but does not keep to it"),
        ("notes.docx", replace_parts(DOCX, {MAIN_PART: "<w:document"}), "is damaged inside"),
        ("notes.docx", replace_parts(DOCX, {MAIN_PART: LAUGHS}), "contains something we don't open"),
        ("survey.xlsx", replace_parts(XLSX, {"xl/workbook.xml": LAUGHS}), "contains something we don't open"),
        (
            "survey.xlsx",
            replace_parts(XLSX, {"xl/workbook.xml": "no"}),
            "cannot be read as a workbook|damaged inside",
        ),
    ],
)
def test_a_bad_file_is_refused_in_one_plain_sentence(file_name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFileError, match=sentence) as refusal:
        read_upload(file_name, content)

    assert str(refusal.value).endswith(".")
    assert "Error" not in str(refusal.value)


def test_a_file_that_is_wrong_in_a_way_nobody_thought_of_is_refused_too() -> None:
    content = write_raw_docx("<w:p><w:r><w:sym w:char='zz'/></w:r></w:p>")

    with pytest.raises(UnreadableFileError, match="is built in a way that cannot be read"):
        read_upload("notes.docx", content)


def test_a_billion_laughs_are_refused_at_once() -> None:
    content = replace_parts(DOCX, {MAIN_PART: LAUGHS})
    started = time.monotonic()

    with pytest.raises(UnreadableFileError, match="contains something we don't open"):
        read_upload("notes.docx", content)

    assert time.monotonic() - started < 10


def test_a_document_type_behind_a_long_comment_is_refused_too() -> None:
    late = LAUGHS.replace("<!DOCTYPE", f"<!-- {'x' * 9000} --><!DOCTYPE")

    with pytest.raises(UnreadableFileError, match=r"contains something we don't open|damaged inside"):
        read_upload("notes.docx", replace_parts(DOCX, {MAIN_PART: late}))


@pytest.mark.parametrize(("file_name", "base"), [("notes.docx", DOCX), ("survey.xlsx", XLSX)])
def test_a_zip_that_unpacks_to_far_too_much_is_not_opened(file_name: str, base: bytes) -> None:
    bomb = replace_parts(base, {"padding.xml": b"0" * 60_000_000})
    assert len(bomb) < 150_000

    with pytest.raises(UnreadableFileError, match="would unpack to 60 MB"):
        read_upload(file_name, bomb)


def test_a_zip_with_thousands_of_parts_is_not_opened() -> None:
    crowd = write_zip({f"word/{number}.xml": b"" for number in range(MAX_ENTRIES + 1)})

    with pytest.raises(UnreadableFileError, match="holds 5,001 separate parts"):
        read_upload("notes.docx", crowd)


def test_a_sheet_whose_last_cell_is_the_last_of_all_kills_the_reader_and_nobody_else() -> None:
    content = replace_parts(XLSX, {"xl/worksheets/sheet1.xml": FAR_CELL})

    with pytest.raises(UnreadableFileError, match=r"“survey.xlsx” needs too much memory or time"):
        read_upload("survey.xlsx", content)

    assert read_upload("survey.xlsx", XLSX).sheets[0].rows[1] == ("The bus.",)


def test_a_reader_that_hangs_is_stopped_and_the_person_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "WALL_SECONDS", 0.001)

    with pytest.raises(UnreadableFileError, match="needs too much memory or time"):
        read_upload("notes.docx", DOCX)


def test_a_file_over_the_limit_is_refused_with_its_size() -> None:
    with pytest.raises(UnreadableFileError, match="is 2 MB; at most 1 MB are let in"):
        read_upload("notes.txt", b"x" * 2_000_000, Settings(max_upload_mb=1))


def test_one_bad_file_does_not_stop_the_others_from_being_read() -> None:
    good, bad = read_uploads([("notes.docx", DOCX), ("broken.docx", DOCX[:300])])

    assert good.contents is not None
    assert bad.contents is None
    assert bad.error.startswith("“broken.docx” is damaged")


@pytest.mark.parametrize(
    ("file_name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Jo\\notes.docx", "notes.docx"),
        ("a\nb\x07\u202e.txt", "ab.txt"),
        ("", "unnamed file"),
        ("😀.docx", "😀.docx"),
        ("CON.txt", "CON.txt"),
    ],
)
def test_file_names_are_made_fit_to_be_shown(file_name: str, shown: str) -> None:
    assert show_name(file_name) == shown


def test_a_very_long_file_name_keeps_its_ending() -> None:
    assert show_name(f"{'n' * 300}.docx").endswith("n.docx")
    assert len(show_name(f"{'n' * 300}.docx")) == 100


def test_many_files_are_read_side_by_side() -> None:
    read_files = read_uploads([(f"{number}.txt", f"voice {number}".encode()) for number in range(8)])

    assert [each.contents.passages[0].text for each in read_files if each.contents] == [
        f"voice {number}" for number in range(8)
    ]


@pytest.mark.parametrize(
    "act",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "open('left-behind.txt', 'w')",
        "import os; os.system('true')",
        "bytearray(3_000_000_000)",
    ],
)
def test_the_reading_process_can_reach_nobody_write_nothing_and_not_grow(act: str, tmp_path: Path) -> None:
    lines = "from engagement.listen.reading_child import limit_process; limit_process(); "

    child = subprocess.run(
        [sys.executable, "-c", lines + act],
        cwd=tmp_path,
        env={"PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert child.returncode == 1
    assert child.stderr.splitlines()[-1].startswith(("PermissionError: ", "MemoryError"))
    assert list(tmp_path.iterdir()) == []
