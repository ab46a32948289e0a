"""OpenDocument texts and spreadsheets: the same voices, and no word lost, as from Word and Excel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.errors import UnreadableFileError
from engagement.listen.contents import count_words
from engagement.listen.preview import Preview
from engagement.listen.reading_child import read_file
from tests.listen.documents import replace_parts, write_odt
from tests.listen.previews import count_left_out, list_texts, preview_file

PROMPTS = ("What works well?", "What doesn't work well?")
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="<&>"), min_size=1)


def preview(content: bytes, *, taken: tuple[str, ...] = (), name: str = "notes.odt") -> Preview:
    return preview_file(name, content, PROMPTS, taken=taken)


def test_headings_lists_and_sections_are_read_in_order() -> None:
    found = preview(
        write_odt(
            "<text:p text:style-name='Title'>Lunch club</text:p><text:p>Ward: Belgrave</text:p>"
            "<text:h text:outline-level='1'>What works well?</text:h>"
            "<text:list><text:list-item><text:p>The bus.</text:p><text:list><text:list-item>"
            "<text:p>Every day.</text:p></text:list-item></text:list></text:list-item></text:list>"
            "<text:section><text:p>AB: The park.</text:p></text:section>",
            styles="<style:style style:name='Title' style:class='title'/>",
        )
    )

    assert [(voice.text, voice.prompt, voice.respondent) for voice in found.voices] == [
        ("The bus.", PROMPTS[0], ""),
        ("Every day.", PROMPTS[0], ""),
        ("The park.", PROMPTS[0], "AB"),
    ]
    assert (found.details.title, found.details.area) == ("Lunch club", "Belgrave")


def test_white_space_is_read_as_the_format_counts_it() -> None:
    found = preview(
        write_odt(
            "<text:p> Half <text:span> past</text:span>\n   six<text:s text:c='2'/>is<text:tab/>late"
            "<text:line-break/>for <text:a>tea</text:a></text:p>"
        )
    )

    assert list_texts(found) == ["Half past six  is\tlate\nfor tea"]


def test_a_wholly_bold_short_paragraph_is_a_heading() -> None:
    bold = (
        "<style:style style:name='B'><style:text-properties fo:font-weight='bold'/></style:style>"
        "<style:style style:name='C' style:parent-style-name='B'/>"
    )
    found = preview(
        write_odt(
            "<text:p><text:span text:style-name='C'>What works well?</text:span></text:p>"
            "<text:p><text:span text:style-name='B'>Never</text:span> on a Sunday</text:p>",
            styles=bold,
        )
    )

    assert [(voice.text, voice.prompt) for voice in found.voices] == [("Never on a Sunday", PROMPTS[0])]


def test_tables_give_a_voice_for_each_cell_or_list_item() -> None:
    items = "".join(
        f"<text:list-item><text:p>{words}</text:p></text:list-item>" for words in ("Warm room", "A lift")
    )
    found = preview(
        write_odt(
            "<table:table><table:table-row><table:table-cell><text:p>What works well?</text:p>"
            "</table:table-cell><table:table-cell><text:p>What doesn’t work well?</text:p></table:table-cell>"
            "</table:table-row><table:table-row><table:table-cell>"
            f"<text:list>{items}</text:list></table:table-cell><table:table-cell><text:p>The bus stops at "
            "six and nobody tells us.</text:p></table:table-cell></table:table-row></table:table>"
        )
    )

    assert [(voice.text, voice.prompt, voice.column_name) for voice in found.voices] == [
        ("Warm room", PROMPTS[0], "column 1"),
        ("A lift", PROMPTS[0], "column 1"),
        ("The bus stops at six and nobody tells us.", PROMPTS[1], "column 2"),
    ]


def test_words_beside_the_page_are_left_out_and_can_be_taken_in() -> None:
    content = write_odt(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>not any more</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>The bus.<draw:frame><draw:text-box><text:p>four words in box</text:p></draw:text-box>"
        "</draw:frame><text:note text:note-class='footnote'><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>a footnote</text:p></text:note-body></text:note>"
        "<office:annotation><text:p>please check this</text:p></office:annotation></text:p>",
        pages="<office:master-styles><style:master-page><style:header><text:p>top of page</text:p>"
        "</style:header></style:master-page></office:master-styles>",
    )

    found = preview(content)

    assert list_texts(found) == ["The bus."]
    assert count_left_out(found, "text boxes") == 4
    assert count_left_out(found, "footnotes") == 2
    assert count_left_out(found, "comments") == 3
    assert count_left_out(found, "header") == 3
    assert count_left_out(found, "deleted") == 3
    taken = preview(content, taken=("text boxes", "footnotes"))
    assert list_texts(taken) == ["The bus.", "four words in box", "a footnote"]


@given(texts=st.lists(WORDS, min_size=1, max_size=6), in_table=st.booleans())
def test_every_locator_gives_its_words_back(texts: list[str], in_table: bool) -> None:
    paragraphs = [f"<text:p>{text}</text:p>" for text in texts]
    rows = "".join(
        f"<table:table-row><table:table-cell>{each}</table:table-cell></table:table-row>"
        for each in paragraphs
    )
    content = write_odt(f"<table:table>{rows}</table:table>" if in_table else "".join(paragraphs))

    assert preview(content).receipt.n_words == sum(map(count_words, texts))


def test_a_spreadsheet_is_read_like_a_workbook() -> None:
    rows = (("What works well?", "Ward"), ("The lunch club on Tuesdays keeps me going", "Belgrave"))
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f"<table:table-cell office:value-type='string'><text:p>{cell}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = write_odt(f"<table:table table:name='Answers'>{cells}</table:table>", kind="spreadsheet")

    found = preview(content, name="survey.ods")

    assert [(voice.text, voice.part, voice.area) for voice in found.voices] == [
        ("The lunch club on Tuesdays keeps me going", "Answers", "Belgrave")
    ]


def test_a_presentation_is_refused_kindly() -> None:
    with pytest.raises(UnreadableFileError, match="of a kind that holds no notes or tables"):
        read_file("slides.odp", write_odt("", kind="presentation"))


def test_a_file_with_a_password_is_refused_kindly() -> None:
    locked = replace_parts(write_odt(""), {"META-INF/manifest.xml": "<m><encryption-data/></m>"})

    with pytest.raises(UnreadableFileError, match="protected by a password"):
        read_file("notes.odt", locked)
