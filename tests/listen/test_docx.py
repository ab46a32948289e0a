"""Word documents: what becomes a voice, what does not, and that no word is lost on the way."""

from __future__ import annotations

from datetime import date
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from engagement.listen.preview import Preview
from tests.listen.documents import build_docx, replace_parts, write_docx, write_raw_docx
from tests.listen.previews import count_left_out, list_texts, preview_file

PROMPTS = ("What works well?", "What doesn't work well?", "What would you like to see?")
HEAD = [
    ("Title", "Belgrave lunch club"),
    "Host: Belgrave Neighbours",
    "Facilitator: Amina Patel",
    "Date: Tuesday 7 May 2024",
    "Venue: The hall",
    "Ward: Belgrave",
    "Number attending: 13",
]


def preview(content: bytes, prompts: tuple[str, ...] = PROMPTS, *, taken: tuple[str, ...] = ()) -> Preview:
    return preview_file("notes.docx", content, prompts, taken=taken)


def test_details_at_the_top_fill_in_the_source_and_are_no_voices() -> None:
    found = preview(write_docx(*HEAD, ("Heading 1", "What works well?"), ("List Bullet", "The bus.")))

    details = found.details
    assert list_texts(found) == ["The bus."]
    assert (details.title, details.host) == ("Belgrave lunch club", "Belgrave Neighbours")
    assert (details.facilitator, details.held_on) == ("Amina Patel", date(2024, 5, 7))
    assert (details.place, details.area, details.n_came) == ("The hall", "Belgrave", 13)


def test_a_heading_sets_the_prompt_for_what_follows_however_it_is_written() -> None:
    found = preview(
        write_docx(
            ("Heading 2", "Prompt 1: what works well"),
            ("List Bullet", "One"),
            ("Heading 2", "WHAT DOESN’T WORK WELL"),
            ("List Bullet", "Two"),
            ("Heading 2", "What would you like to see where you live?"),
            ("List Bullet", "Three"),
            ("Heading 2", "Any other business"),
            ("List Bullet", "Four"),
        )
    )

    assert [voice.prompt for voice in found.voices] == [*PROMPTS, ""]


def test_a_heading_below_a_prompt_keeps_the_prompt() -> None:
    found = preview(
        write_docx(
            ("Heading 1", "What works well?"), ("Heading 2", "Second table"), ("List Bullet", "The library")
        )
    )

    assert [voice.prompt for voice in found.voices] == ["What works well?"]


def test_questions_in_headings_become_prompts_when_none_were_given() -> None:
    found = preview(write_docx(("Heading 1", "What keeps you going?"), "My dog."), prompts=())

    assert found.new_prompts == ("What keeps you going?",)
    assert found.voices[0].prompt == "What keeps you going?"


def test_a_short_wholly_bold_paragraph_is_a_heading_and_a_partly_bold_one_a_voice() -> None:
    def fill(document: Any) -> None:
        document.add_paragraph().add_run("What works well?").bold = True
        mixed = document.add_paragraph()
        mixed.add_run("Never").bold = True
        mixed.add_run(" on a Sunday")

    found = preview(build_docx(fill))

    assert [(voice.text, voice.prompt) for voice in found.voices] == [
        ("Never on a Sunday", "What works well?")
    ]


def test_marks_of_who_spoke_become_the_respondent() -> None:
    found = preview(
        write_docx("AB: The bus.", "P3: The park.", "Mrs K: My neighbour.", "Cabbie 2: The rank.")
    )

    assert [(voice.respondent, voice.text) for voice in found.voices] == [
        ("AB", "The bus."),
        ("P3", "The park."),
        ("Mrs K", "My neighbour."),
        ("Cabbie 2", "The rank."),
    ]
    assert count_left_out(found, "who spoke") == 6


def test_a_subject_before_a_colon_stays_part_of_the_words() -> None:
    found = preview(write_docx("Buses: none after six.", "We like the park.", "Nobody rings.", "It is cold."))

    assert list_texts(found)[0] == "Buses: none after six."


def test_names_before_colons_are_respondents_where_most_lines_have_one() -> None:
    found = preview(write_docx("Ron: The shed.", "Betty: The bench.", "Ron: Tea.", "We all laughed."))

    assert [voice.respondent for voice in found.voices] == ["Ron", "Betty", "Ron", ""]


def test_bullets_and_numbers_that_were_typed_or_pasted_are_no_words() -> None:
    found = preview(write_docx("•\tThe bus.", "- The park.", "1. The shed.", "-we need tea", "5 benches"))

    assert list_texts(found) == ["The bus.", "The park.", "The shed.", "-we need tea", "5 benches"]
    assert count_left_out(found, "bullets") == 3


def test_paragraphs_in_square_brackets_are_the_facilitators_notes() -> None:
    found = preview(write_docx("[tea break, projector failed]", "The bus."))

    assert list_texts(found) == ["The bus."]
    assert count_left_out(found, "square brackets") == 4


def test_tracked_insertions_count_and_deleted_words_are_only_listed() -> None:
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>I like </w:t></w:r>"
        "<w:ins w:id='1' w:author='a'><w:r><w:t>the new bus</w:t></w:r></w:ins>"
        "<w:del w:id='2' w:author='a'><w:r><w:delText>the old tram line</w:delText></w:r></w:del></w:p>"
    )

    found = preview(write_raw_docx(body))

    assert list_texts(found) == ["I like the new bus"]
    assert count_left_out(found, "deleted with tracked changes") == 4


def test_content_controls_hyperlinks_tabs_and_breaks_are_read_in_order() -> None:
    body = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:sdt><w:sdtContent><w:r><w:t>Half</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:hyperlink><w:r><w:t xml:space='preserve"
        "'> a link</w:t></w:r></w:hyperlink>"
        "<w:r><w:tab/><w:t>after tab</w:t><w:br/><w:t>new line</w:t></w:r></w:p>"
    )

    found = preview(write_raw_docx(body))

    assert list_texts(found) == ["In a control", "Half a link\tafter tab\nnew line"]


def test_words_in_text_boxes_headers_footers_footnotes_and_comments_are_listed_as_left_out() -> None:
    words = "<w:txbxContent><w:p><w:r><w:t>four words in box</w:t></w:r></w:p></w:txbxContent>"
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{words}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{words}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    word = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"

    def part(root: str, text: str) -> str:
        inner = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        wrapped = f"<w:{root} w:id='1'>{inner}</w:{root}>" if root in ("footnote", "comment") else inner
        outer = {"footnote": "footnotes", "comment": "comments"}.get(root, root)
        return f"<w:{outer} {word}>{wrapped}</w:{outer}>"

    content = write_raw_docx(
        f"<w:p><w:r><w:t>The bus.</w:t></w:r>{box}</w:p>",
        **{
            "word/header1.xml": part("hdr", "top of page"),
            "word/footer1.xml": part("ftr", "page one"),
            "word/footnotes.xml": part("footnote", "a footnote"),
            "word/comments.xml": part("comment", "please check this"),
        },
    )

    found = preview(content)

    assert list_texts(found) == ["The bus."]
    assert count_left_out(found, "text boxes") == 4
    assert count_left_out(found, "header") == 3
    assert count_left_out(found, "footer of") == 2
    assert count_left_out(found, "footnotes") == 2
    assert count_left_out(found, "comments") == 3
    assert list_texts(preview(content, taken=("text boxes", "comments"))) == [
        "The bus.",
        "four words in box",
        "please check this",
    ]


def test_words_in_diagrams_and_charts_are_counted_in_the_receipt() -> None:
    drawing = "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'"
    diagram = f"<m {drawing}><a:t>a wheel of needs</a:t></m>"

    found = preview(replace_parts(write_docx("The bus."), {"word/diagrams/data1.xml": diagram}))

    assert count_left_out(found, "diagrams and charts") == 4


def test_a_table_with_prompts_above_and_speakers_beside_gives_a_voice_to_each_cell() -> None:
    def fill(document: Any) -> None:
        rows = [
            ("Who", "What works well?", "What doesn't work well?"),
            ("Baker", "Early mornings", "Rents"),
            ("Florist", "", "So many funerals with no one"),
        ]
        table = document.add_table(rows=3, cols=3)
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text

    found = preview(build_docx(fill))

    assert [(each.respondent, each.text, each.prompt) for each in found.voices] == [
        ("Baker", "Early mornings", "What works well?"),
        ("Baker", "Rents", "What doesn't work well?"),
        ("Florist", "So many funerals with no one", "What doesn't work well?"),
    ]
    assert (found.voices[0].part, found.voices[0].line, found.voices[0].column_name) == (
        "table 1",
        2,
        "column 2",
    )


def test_words_stand_beside_their_translation() -> None:
    def fill(document: Any) -> None:
        document.add_heading("What works well?", 1)
        table = document.add_table(rows=2, cols=2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "In their words", "In English"
        table.rows[1].cells[0].text, table.rows[1].cells[1].text = "ਲੰਗਰ", "The shared meal"

    found = preview(build_docx(fill))

    (voice,) = found.voices
    assert (voice.text, voice.translation, voice.language) == ("ਲੰਗਰ", "The shared meal", "pa")
    assert voice.prompt == "What works well?"
    assert count_left_out(found, "translations") == 3


def test_a_cell_that_holds_a_list_gives_a_voice_to_each_item() -> None:
    def fill(document: Any) -> None:
        table = document.add_table(rows=2, cols=1)
        table.rows[0].cells[0].text = "What works well?"
        cell = table.rows[1].cells[0]
        cell.paragraphs[0].text, cell.paragraphs[0].style = "The bus", document.styles["List Bullet"]
        cell.add_paragraph("The park", style="List Bullet")

    found = preview(build_docx(fill))

    assert list_texts(found) == ["The bus", "The park"]


def test_details_in_a_table_at_the_top_are_no_voices() -> None:
    def fill(document: Any) -> None:
        table = document.add_table(rows=2, cols=2)
        for row, (key, value) in zip(table.rows, [("Host", "The hub"), ("Date", "11/05/2024")], strict=True):
            row.cells[0].text, row.cells[1].text = key, value
        document.add_paragraph("The bus.")

    found = preview(build_docx(fill))

    assert list_texts(found) == ["The bus."]
    assert (found.details.host, str(found.details.held_on)) == ("The hub", "2024-05-11")


def test_a_table_inside_a_cell_is_read_once() -> None:
    def fill(document: Any) -> None:
        cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
        cell.text = "Outer words"
        cell.add_table(rows=1, cols=1).rows[0].cells[0].text = "Inner words"

    found = preview(build_docx(fill))

    assert sorted(list_texts(found)) == ["Inner words", "Outer words"]


def test_pictures_are_mentioned_because_their_words_are_not_read() -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph("The bus.")
        drawing = f"<w:drawing {nsdecls('w', 'a')}><a:blip/></w:drawing>"
        paragraph.add_run()._r.append(parse_xml(drawing))

    found = preview(build_docx(fill))

    assert any("1 picture" in warning for warning in found.warnings)


def test_a_title_over_the_header_of_a_table_is_no_voice_and_a_question_there_is_the_prompt() -> None:
    def fill(document) -> None:
        for title, header in (
            ("Group 1", ("What works well?", "What would you like to see?")),
            ("What gets in the way?", ("Who", "Quote")),
        ):
            table = document.add_table(rows=3, cols=2)
            table.cell(0, 0).merge(table.cell(0, 1)).text = title
            for column, words in enumerate(header):
                table.cell(1, column).text = words
                table.cell(2, column).text = ("Ron", "Buses after six")[column]

    found = preview_file("notes.docx", build_docx(fill))

    assert [(voice.prompt, voice.respondent, voice.text) for voice in found.voices] == [
        ("What works well?", "", "Ron"),
        ("What would you like to see?", "", "Buses after six"),
        ("What gets in the way?", "Ron", "Buses after six"),
    ]
