"""Plain text: encodings, headings, bullets, wrapped lines."""

from __future__ import annotations

from datetime import date

import pytest

from engagement.listen.cutting import index_texts
from engagement.listen.erasing.blanks import blank
from engagement.listen.erasing.redact_text import redact_txt
from engagement.listen.mapping import NotesSplit
from engagement.listen.preview import preview_import, suggest_mapping
from engagement.listen.read_text import decode_text
from engagement.listen.reading_child import read_file
from engagement.listen.slices import read_slices
from tests.listen.previews import list_texts, preview_file

WRAPPED = (
    "The club itself came first for everybody and one of the members said\n"
    "that it is the only room in the city where nobody has to repeat what\n"
    "they said, and where jokes travel at full speed around the big table\n"
    "so that nobody is the deaf one and he is just Pete for the evening\n"
    "and that is all.\n"
    "\n"
    "No interpreter had been booked for the appointment at the hospital so\n"
    "they wrote it on a piece of paper and she took that home on the bus\n"
    "and read it to her son."
)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("It’s £5 — too much".encode(), "UTF-8"),
        ("It’s £5 — too much".encode("cp1252"), "Windows-1252 (a guess: look at £ and ’)"),
        ("It’s £5 — too much".encode("mac_roman"), "Mac Roman (a guess: look at £ and ’)"),
        ("It’s £5 — too much".encode("utf-8-sig"), "UTF-8 (marked in the file)"),
        ("It’s £5 — too much".encode("utf-16"), "UTF-16 (marked in the file)"),
        ("It’s £5 — too much".encode("utf-32"), "UTF-32 (marked in the file)"),
    ],
)
def test_pounds_and_curly_quotes_survive_every_encoding_and_it_is_named(
    content: bytes, encoding: str
) -> None:
    assert decode_text(content) == ("It’s £5 — too much", encoding)


@pytest.mark.parametrize(
    ("said", "codec", "encoding"),
    [
        ("They don’t answer", "mac_roman", "Mac Roman"),
        ("The café is £5", "mac_roman", "Mac Roman"),
        ("It's £5 in the café", "cp850", "MS-DOS"),
        ("The café is £5 – they don’t say", "cp1252", "Windows-1252"),
        ("Señora Núñez: ½ price at 20°", "cp1252", "Windows-1252"),
        ("It costs £5", "cp1252", "Windows-1252"),
        ("Chcielibyśmy więcej ławek", "cp1250", "Windows-1252"),
    ],
)
def test_a_csv_that_excel_saved_for_the_macintosh_or_ms_dos_keeps_its_letters(
    said: str, codec: str, encoding: str
) -> None:
    contents = read_file("survey.csv", f"ID,What works well?\r1,{said}\r".encode(codec))

    assert contents.encoding.startswith(encoding)
    assert contents.sheets[0].rows[1][1] == said or codec == "cp1250"


def test_words_erased_from_an_old_file_leave_it_in_its_own_encoding() -> None:
    content = "They don’t answer\rIt is £5 in the café".encode("mac_roman")

    redacted = redact_txt(content, {("body", 1, ""): [(0, 4)]})

    assert redacted.decode("mac_roman") == f"{blank('They')} don’t answer\rIt is £5 in the café"


def test_each_line_is_a_voice_with_its_number_as_an_editor_counts() -> None:
    found = preview("What works well?\r\n\r\n- The bus\r\n* The park \r\n1. My neighbour\r\nAB: The shop")

    assert [(each.line, each.text, each.respondent) for each in found.voices] == [
        (3, "The bus", ""),
        (4, "The park", ""),
        (5, "My neighbour", ""),
        (6, "The shop", "AB"),
    ]
    assert {each.prompt for each in found.voices} == {"What works well?"}
    assert found.receipt.adds_up


def test_a_minus_that_belongs_to_the_words_stays() -> None:
    assert [each.text for each in preview("-we need buses\n+44 7700 is my number").voices] == [
        "-we need buses",
        "+44 7700 is my number",
    ]


def test_wrapped_paragraphs_are_kept_together() -> None:
    contents = read_file("notes.txt", WRAPPED.encode())
    mapping = suggest_mapping(contents, ())

    found = preview_import(contents, mapping)

    assert mapping.split is NotesSplit.PARAGRAPHS
    assert [(each.part, each.line) for each in found.voices] == [("paragraphs", 1), ("paragraphs", 7)]
    assert found.voices[1].text == WRAPPED.split("\n\n")[1]


def test_notes_with_one_voice_to_a_line_are_not_taken_for_wrapped() -> None:
    contents = read_file(
        "notes.txt", b"The bus is late.\nNobody rings.\nI like the park\nThe library\nWarm rooms"
    )

    assert suggest_mapping(contents, ()).split is NotesSplit.LINES


def preview(text: str):
    contents = read_file("notes.txt", text.encode())
    return preview_import(
        contents, suggest_mapping(contents, ("What works well?",)), prompts=("What works well?",)
    )


DRAWN = """Present: 9 people
Notes by: Jo

## What gets in the way?

- The 46 stops at seven
> "They never said where we should go."

| Table | Who | What they said |
|:------|-----|----------------|
| A | Sue | Pavement parking \\| scooters |
| B |  | A café |

| not a table, only strokes |
"""


def test_a_table_drawn_with_strokes_gives_what_its_cells_say_and_no_stroke() -> None:
    contents = read_file("notes.md", DRAWN.encode())

    preview = preview_import(contents, suggest_mapping(contents))

    assert [(voice.text, voice.respondent, voice.line) for voice in preview.voices] == [
        ("The 46 stops at seven", "", 6),
        ('"They never said where we should go."', "", 7),
        ("Pavement parking \\| scooters", "Sue", 11),
        ("A café", "", 12),
        ("| not a table, only strokes |", "", 14),
    ]
    assert {voice.prompt for voice in preview.voices} == {"What gets in the way?"}
    assert preview.receipt.adds_up
    assert preview.details.n_came == 9


def test_what_a_table_drawn_with_strokes_says_stands_at_its_place() -> None:
    contents = read_file("notes.md", DRAWN.encode())
    places = index_texts(contents.passages)

    voices = preview_import(contents, suggest_mapping(contents)).voices

    assert all(read_slices(places, voice.slices) == voice.text for voice in voices)


@pytest.mark.parametrize(
    ("page", "day"),
    [
        ("# Library drop-in, 12 November 2026\n\n- Buses\n", date(2026, 11, 12)),
        ("# Library drop-in, 12 November 2026\nDate: 10 November 2026\n\n- Buses\n", date(2026, 11, 10)),
        ("# Library drop-in\n\n- Buses on 12 November 2026\n", None),
    ],
)
def test_the_day_stands_in_the_title_where_nothing_else_says_it(page: str, day: date | None) -> None:
    contents = read_file("notes.md", page.encode())

    assert preview_import(contents, suggest_mapping(contents)).details.held_on == day


def test_details_with_bold_keys_of_markdown_are_read() -> None:
    text = "# Group\n\n**Date:** 5 November 2024\n__Host__: The Shed\n\n## What works?\n\n- **Buses:** late\n"

    found = preview_file("notes.md", text.encode())

    assert (found.details.held_on, found.details.host) == (date(2024, 11, 5), "The Shed")
    assert list_texts(found) == ["**Buses:** late"]
