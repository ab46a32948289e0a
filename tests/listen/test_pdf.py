"""PDF files with text: paragraphs as a reader of the page sees them, and three kinds that are refused."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engagement.errors import UnreadableFileError
from engagement.listen.contents import count_words
from engagement.listen.preview import Preview
from engagement.listen.reading import draw_page, read_upload
from tests.listen.pdf_pages import set_lines, write_pdf
from tests.listen.previews import list_texts, preview_file

PROMPTS = ("What works well?",)


def preview(content: bytes) -> Preview:
    return preview_file("notes.pdf", content, PROMPTS)


def test_wrapped_lines_are_one_voice_and_a_new_paragraph_is_another() -> None:
    lines = set_lines(
        ["The bus never comes on a Sunday and so", "we walk home in the dark.", "It is £2 more."]
    )
    later = [(50, 700, 12, "A warm room would help me.")]

    assert list_texts(preview(write_pdf([[*lines, *later]]))) == [
        "The bus never comes on a Sunday and so we walk home in the dark.",
        "It is £2 more.",
        "A warm room would help me.",
    ]


def test_larger_and_bold_lines_are_headings_and_set_the_prompt() -> None:
    page = [
        (50, 790, 20, "Lunch club"),
        (50, 760, 12, "**What works well?"),
        (50, 740, 12, "The lift works again."),
    ]

    found = preview(write_pdf([page]))

    assert found.details.title == "Lunch club"
    assert [(voice.text, voice.prompt) for voice in found.voices] == [("The lift works again.", PROMPTS[0])]


def test_bullets_and_marks_of_who_spoke_are_left_out() -> None:
    found = preview(
        write_pdf([set_lines(["• The bus.", "• AB: The park", "and the trees.", "3. The shed."])])
    )

    assert [(voice.text, voice.respondent) for voice in found.voices] == [
        ("The bus.", ""),
        ("The park and the trees.", "AB"),
        ("The shed.", ""),
    ]


def test_columns_are_read_one_after_the_other_and_said_so() -> None:
    left = set_lines(
        ["Nobody tells us when the", "clinic by the market or", "the one on the hill", "shuts early."]
    )
    right = set_lines(["The lunch club is where I", "meet people I know."], x=320)

    found = preview(write_pdf([[*left, *right]]))

    assert list_texts(found) == [
        "Nobody tells us when the clinic by the market or the one on the hill shuts early.",
        "The lunch club is where I meet people I know.",
    ]
    assert "Set in columns: page 1" in found.warnings[0]


def test_cells_of_a_table_do_not_run_into_each_other() -> None:
    rows = [(50, 780, 12, "Warm room"), (300, 780, 12, "Steep stairs"), (50, 760, 12, "The lift")]

    assert list_texts(preview(write_pdf([rows]))) == ["Warm room", "Steep stairs", "The lift"]


def test_what_stands_on_every_page_is_no_voice_and_a_voice_may_run_over_the_page() -> None:
    def page(number: int, text: str) -> list:
        return [(50, 820, 9, "Leading lives"), (50, 400, 12, text), (280, 20, 9, f"Page {number} of 2")]

    found = preview(write_pdf([page(1, "We would come every"), page(2, "week if the bus ran.")]))

    assert [(voice.text, voice.part) for voice in found.voices] == [
        ("We would come every week if the bus ran.", "page 1")
    ]
    assert [(each.reason, each.n_words) for each in found.receipt.left_out] == [
        ("in the header of the page", 4),
        ("in the footer of the page", 8),
    ]


@given(
    st.lists(
        st.text("abcdefghijklmnopqrstuvwxyz £’é.,?()-\\", min_size=1, max_size=60), min_size=1, max_size=8
    )
)
def test_no_word_is_lost_and_every_locator_gives_its_words_back(texts: list[str]) -> None:
    lines = ["First words.", *texts]

    found = preview(write_pdf([set_lines(lines)]))

    assert found.receipt.n_words == sum(map(count_words, lines))


def test_locked_scanned_and_damaged_files_are_refused_each_in_its_own_words() -> None:
    refused = {
        "protected by a password": write_pdf([set_lines(["Words."])], is_locked=True),
        "is a scan": write_pdf([[], []], has_picture=True),
        "is damaged": b"%PDF-1.4\nnot really",
    }
    for sentence, content in refused.items():
        with pytest.raises(UnreadableFileError, match=sentence):
            read_upload("notes.pdf", content)


def test_what_people_typed_into_a_form_is_said_and_notes_on_the_page_are_in_the_receipt() -> None:
    annotation = b"<< /Type /Annot /Rect [0 0 9 9] /Subtype "
    beside = [
        annotation + b"/Widget /FT /Tx /T (well) /V (The driver waits\\rfor me.) >>",
        annotation + b"/Widget /FT /Ch /Ff 131072 /T (age) /Opt [(65 to 74)] /V (65 to 74) >>",
        annotation + b"/Widget /FT /Tx /T (empty) >>",
        annotation + b"/Widget /FT /Btn /T (tick) /V /Yes /AS /Yes >>",
        annotation + b"/Text /Contents (three words here) >>",
        annotation + b"/FreeText /Contents (and two) >>",
        annotation + b"/Link /Contents (no words) >>",
    ]

    found = preview(write_pdf([[(50, 700, 20, "What works well?")]], beside=beside))

    assert [(voice.text, voice.part, voice.line, voice.prompt) for voice in found.voices] == [
        ("The driver waits\nfor me.", "form fields", 1, ""),
        ("65 to 74", "form fields", 2, ""),
    ]
    assert [(each.reason, each.n_words) for each in found.receipt.left_out] == [
        ("headings and prompts", 3),
        ("in comments in the margin", 5),
    ]


def test_a_form_that_only_its_maker_can_show_is_refused_with_what_to_do() -> None:
    content = write_pdf([set_lines(["Please wait..."])], is_of_adobe=True)

    with pytest.raises(UnreadableFileError, match=r"a form that only Adobe Reader can show \(XFA\)"):
        read_upload("form.pdf", content)


def test_a_font_that_does_not_say_which_letters_it_has_is_refused_and_a_single_such_sign_is_shown() -> None:
    with pytest.raises(UnreadableFileError, match="does not say which letters they are made of"):
        read_upload("notes.pdf", write_pdf([set_lines(["\x01\x03\x04\x05\x06 \x07\x08\x0e\x0f"])]))

    found = preview(write_pdf([set_lines(["The bus never comes on a Sunday\x03 and so we walk."])]))

    assert len(found.voices) == 1


def test_a_word_that_a_line_end_splits_is_one_word_however_far_apart_the_lines_are() -> None:
    found = preview(
        write_pdf([[(50, 780, 12, "We would like a warm and wel-"), (50, 740, 12, "coming room.")]])
    )

    assert list_texts(found) == ["We would like a warm and wel-coming room."]


def test_a_pdf_with_lines_of_a_mail_before_it_is_read() -> None:
    content = b"Content-Type: application/pdf\r\n\r\n" + write_pdf([set_lines(["The bus."])])

    assert list_texts(preview(content)) == ["The bus."]
    with pytest.raises(UnreadableFileError, match="holds a PDF, but its name ends in"):
        read_upload("notes.docx", write_pdf([set_lines(["The bus."])]))


def test_a_pdf_by_another_name_is_told_how_to_be_named() -> None:
    with pytest.raises(UnreadableFileError, match=r"holds a PDF, but its name ends in “.docx”"):
        read_upload("notes.docx", write_pdf([set_lines(["Words."])]))


def test_a_page_is_drawn_as_it_was_written() -> None:
    content = write_pdf([set_lines(["First."]), [(50, 400, 200, "H")]])

    first, second = (Image.open(io.BytesIO(draw_page("notes.pdf", content, page))) for page in (1, 2))

    assert first.size == second.size == (1100, 1557)
    share_of_ink = [
        sum(picture.convert("L").point(lambda grey: grey < 128).tobytes()) for picture in (first, second)
    ]
    assert share_of_ink[1] > 10 * share_of_ink[0] > 0


@pytest.mark.parametrize("page", [0, 3])
def test_a_page_that_is_not_there_is_not_drawn(page: int) -> None:
    with pytest.raises(UnreadableFileError, match=f"“notes.pdf” has 2 pages, and no page {page}"):
        draw_page("notes.pdf", write_pdf([set_lines(["One."]), set_lines(["Two."])]), page)
