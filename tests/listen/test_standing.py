"""A source that an earlier version read in another way: words stay, are found again, and can be erased."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from engagement.answer.source_lines import Standing, read_lines_around
from engagement.checks import check_record
from engagement.engagements import start_engagement
from engagement.errors import UnreadableFileError
from engagement.listen import stored
from engagement.listen.contents import FileContents, Passage, PassageRole
from engagement.listen.importing import Upload, save_uploads
from engagement.listen.preview import preview_import, suggest_mapping
from engagement.listen.reading import read_upload
from engagement.listen.slices import Slice
from engagement.listen.standing import find_standing
from engagement.listen.voices import list_voices, withdraw_voice
from models.consent import KeptFile
from models.database import Record
from models.voices import Voice
from tests.builders import FACILITATOR, VIEWER
from tests.listen.documents import write_raw_docx, write_xlsx
from tests.listen.erased import (
    KEPT,
    SECRET,
    SURVEY,
    erase,
    find_secret,
    read_all_words,
    read_stored_file,
    withdraw_and_erase,
)

NOTES = f"- {KEPT[0]}\n- {SECRET}\n- {KEPT[1]}\n".encode()
HALVES = ("My brother Zebulon drinks", "since the foundry closed")
BROKEN = f"{KEPT[0]}\n{HALVES[0]}\n{HALVES[1]}\n{KEPT[1]}\n".encode()


def bring_as_read_before(
    record: Record, file_name: str, content: bytes, read: Callable[[FileContents], FileContents]
) -> int:
    """Add a file as an earlier version read it."""
    contents = read(read_upload(file_name, content))
    mapping = suggest_mapping(contents, ())
    details = preview_import(contents, mapping, prompts=(), file_name=file_name).details
    with record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
        upload = Upload(file_name, content, contents, details, mapping)
        save_uploads(session, FACILITATOR, engagement_id, [upload])
    return engagement_id


def count_from_further_down(contents: FileContents) -> FileContents:
    moved = tuple(replace(each, line=each.line + 1) for each in contents.passages)
    return replace(contents, passages=moved, paragraphs=())


def join_the_broken(contents: FileContents) -> FileContents:
    first, a, b, last = contents.passages
    joined = (first, replace(a, text=f"{a.text} {b.text}"), replace(last, line=3))
    return replace(contents, passages=joined, paragraphs=())


def name_sheets_otherwise(contents: FileContents) -> FileContents:
    (sheet,) = contents.sheets
    rows = (sheet.rows[0], ("", "", "", ""), *sheet.rows[1:])
    return replace(contents, sheets=(replace(sheet, name="Answers of old", rows=rows),))


def add_words_that_are_not_read_today(contents: FileContents) -> FileContents:
    (first, *_rest, last) = contents.passages
    hidden = Passage(first.part, first.line + 1, SECRET, PassageRole.TEXT)
    return replace(contents, passages=(first, hidden, replace(last, line=3)), paragraphs=())


OTHER_READINGS = {
    "notes.txt": (NOTES, count_from_further_down),
    "broken.txt": (BROKEN, join_the_broken),
    "survey.xlsx": (write_xlsx(SURVEY), name_sheets_otherwise),
    "notes.docx": (
        write_raw_docx("".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in (*KEPT, SECRET))),
        count_from_further_down,
    ),
}


@pytest.mark.parametrize(("file_name", "case"), OTHER_READINGS.items(), ids=OTHER_READINGS)
def test_words_are_found_where_the_file_is_read_in_another_way_today(
    sqlite_record: Record, file_name: str, case: tuple
) -> None:
    bring_as_read_before(sqlite_record, file_name, *case)
    secret = find_secret(sqlite_record)

    with sqlite_record.reading() as session:
        around = read_lines_around(session, VIEWER, secret.id)

    assert around.standing is Standing.ELSEWHERE
    assert any("Zebulon" in line.words for line in around.lines)
    assert secret.text == SECRET
    assert check_record(sqlite_record) == ()


@pytest.mark.parametrize(("file_name", "case"), OTHER_READINGS.items(), ids=OTHER_READINGS)
def test_erasing_blanks_the_words_where_they_stand_today_and_no_others(
    sqlite_record: Record, file_name: str, case: tuple
) -> None:
    engagement_id = bring_as_read_before(sqlite_record, file_name, *case)
    secret = find_secret(sqlite_record)

    plan = withdraw_and_erase(sqlite_record, secret.id)

    words = read_all_words(read_stored_file(sqlite_record)[1])
    assert plan.is_found
    assert not any(each in words for each in ("Zebulon", "foundry", "bronze"))
    assert all("".join(each.split()) in words for each in KEPT)
    with sqlite_record.reading() as session:
        left = [each.text for each in list_voices(session, VIEWER, engagement_id)]
    assert sorted(left) == sorted(["", *KEPT])
    assert check_record(sqlite_record) == ()


def test_words_that_are_not_found_are_erased_with_the_whole_file(sqlite_record: Record) -> None:
    content = f"{KEPT[0]}\nBrother Z. drinks.\n{KEPT[1]}\n".encode()
    bring_as_read_before(sqlite_record, "notes.txt", content, add_words_that_are_not_read_today)
    secret = find_secret(sqlite_record)
    with sqlite_record.reading() as session:
        assert read_lines_around(session, VIEWER, secret.id).standing is Standing.NOT_FOUND
    (problem,) = check_record(sqlite_record)
    assert problem.startswith(f"1 voice has words that are not found in its stored file (voice {secret.id})")
    with sqlite_record.writing() as session:
        withdraw_voice(session, FACILITATOR, secret.id, "asked by phone")

    plan = erase(sqlite_record, [secret.id], KeptFile.TEXT_COPY)

    _, stored_copy = read_stored_file(sqlite_record)
    assert not plan.is_found
    assert b"Brother Z." not in stored_copy
    assert all(each.encode() in stored_copy for each in KEPT)
    assert check_record(sqlite_record) == ()


def test_words_of_a_file_that_is_not_read_any_more_can_be_erased(
    sqlite_record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_as_read_before(sqlite_record, "notes.txt", NOTES, lambda contents: contents)
    secret = find_secret(sqlite_record)

    def refuse(file_name: str, content: bytes) -> FileContents:
        raise UnreadableFileError(f"“{file_name}” is not read any more.")

    monkeypatch.setattr(stored, "read_upload", refuse)
    with sqlite_record.writing() as session:
        withdraw_voice(session, FACILITATOR, secret.id, "asked by phone")
    erase(sqlite_record, [secret.id], KeptFile.TEXT_COPY)

    assert b"Zebulon" not in read_stored_file(sqlite_record)[1]
    assert check_record(sqlite_record) == ()


def make_voice(number: int, text: str, line: int) -> Voice:
    return Voice(id=number, position=number, text=text, part="body", line=line, column_name="", start_at=0,
                 end_at=len(text), further_slices=[])  # fmt: skip


def test_words_that_several_say_are_given_to_them_in_their_order() -> None:
    places = {("body", line, ""): text for line, text in enumerate(["No", "I know", "No", "No"], start=4)}
    voices = [make_voice(1, "No", 2), make_voice(2, "No", 4), make_voice(3, "No", 5)]

    standing = find_standing(places, voices)

    assert {each: slices[0].line for each, slices in standing.items()} == {1: 4, 2: 6, 3: 7}


def test_a_joined_voice_is_found_at_all_its_places_and_short_words_not_across_lines() -> None:
    places = {("p", 1, ""): "The library", ("p", 2, ""): "is warm. n", ("p", 3, ""): "o"}
    joined = make_voice(1, "The library\nis warm.", 7)
    joined.end_at, joined.further_slices = 11, [["body", 9, "", 0, 8]]

    standing = find_standing(places, [joined, make_voice(2, "no", 8)])

    assert standing == {1: (Slice("p", 1, "", 0, 11), Slice("p", 2, "", 0, 8))}
