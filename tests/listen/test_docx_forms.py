"""Word documents as forms and other programs write them: what people filled in, and what stands beside it."""

from __future__ import annotations

import pytest

from engagement.listen.contents import FileContents
from engagement.listen.erasing.blanks import NotSoundError
from engagement.listen.erasing.redact_documents import redact_docx
from engagement.listen.erasing.redacting_child import Order, redact_file
from engagement.listen.preview import Preview
from engagement.listen.read_xml import OFFICE, TRANSITIONAL
from engagement.listen.reading_child import read_file
from engagement.listen.zip_guard import open_zip
from tests.listen.documents import BODY, MAIN_PART, replace_parts, write_docx, write_raw_docx, write_xlsx
from tests.listen.previews import count_left_out, list_texts, preview_file

PLACEHOLDER = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CHOICE = (
    "<w:p><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList>{chosen}<w:listEntry w:val='Never'/>"
    "<w:listEntry w:val='Every day'/></w:ddList></w:ffData></w:fldChar></w:r></w:p>"
)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def box(inner: str) -> str:
    return f"<w:p><w:r><w:txbxContent>{inner}</w:txbxContent></w:r></w:p>"


def preview(body: str, **parts: str) -> Preview:
    return preview_file("form.docx", write_raw_docx(body, **parts))


def read(content: bytes) -> FileContents:
    return read_file("form.docx", content)


@pytest.mark.parametrize(
    "field",
    [
        f"<w:sdt>{PLACEHOLDER}<w:sdtContent>{paragraph('Click here to type.')}</w:sdtContent></w:sdt>",
        f"<w:p><w:sdt>{PLACEHOLDER}<w:sdtContent><w:r><w:t>Click here to type.</w:t></w:r>"
        "</w:sdtContent></w:sdt></w:p>",
        f"<w:tbl><w:tr><w:sdt>{PLACEHOLDER}<w:sdtContent><w:tc>{paragraph('Click here to type.')}</w:tc>"
        "</w:sdtContent></w:sdt></w:tr></w:tbl>",
    ],
    ids=["paragraph", "words", "cell"],
)
def test_what_an_empty_form_field_asks_for_is_nobodys_voice_and_is_in_the_receipt(field: str) -> None:
    found = preview(f"{paragraph('The bus.')}{field}")

    assert list_texts(found) == ["The bus."]
    assert count_left_out(found, "in form fields that nobody filled in") == 4


@pytest.mark.parametrize(
    ("chosen", "said"),
    [("<w:result w:val='1'/>", "Every day"), ("<w:default w:val='1'/>", "Every day"), ("", "Never")],
)
def test_what_was_chosen_from_a_list_of_an_old_form_is_read_and_can_be_erased(chosen: str, said: str) -> None:
    content = write_raw_docx(CHOICE.format(chosen=chosen))

    assert [each.text for each in read(content).passages] == [said]
    erased = redact_docx(open_zip(content), {("body", 1, ""): [(0, len(said))]})
    assert len(read(erased).passages[0].text) == len(said)
    assert said.encode() not in (open_zip(erased).read(MAIN_PART))


def test_a_text_box_within_a_text_box_is_read_once() -> None:
    found = preview(box(f"{paragraph('outer words')}{box(paragraph('three inner words'))}"))

    assert count_left_out(found, "in text boxes") == 5
    assert [each.reason for each in found.receipt.left_out] == ["in text boxes"]


def test_a_strict_document_is_read_like_any_other() -> None:
    said = "See http://purl.oclc.org/ooxml/drawingml/main for it"
    whole = BODY.format(body=paragraph(said))
    for strict, usual in TRANSITIONAL.items():
        whole = whole.replace((OFFICE + usual).decode(), f"http://purl.oclc.org/ooxml/{strict.decode()}")

    contents = read(replace_parts(write_docx("x"), {MAIN_PART: whole}))

    assert "purl" in whole.split(">")[0] + whole.split(">")[1]
    assert [each.text for each in contents.passages] == [
        "See http://purl.oclc.org/ooxml/drawingml/main for it"
    ]


def test_headers_and_notes_are_found_by_what_the_document_says_of_them_whatever_they_are_called() -> None:
    words = BODY.format(body=paragraph("four words up here"))
    link = '<Relationship Id="r1" Type="http://x/relationships/{kind}" Target="{target}"/>'
    links = link.format(kind="header", target="top.xml") + link.format(
        kind="footnotes", target="/parts/n.xml"
    )

    found = preview(
        paragraph("The bus."),
        **{
            "word/top.xml": words,
            "parts/n.xml": words,
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{links}</Relationships>',
        },
    )

    assert count_left_out(found, "in the header of the page") == 4
    assert count_left_out(found, "in footnotes") == 4


def test_drawn_and_described_words_and_readings_are_in_the_receipt() -> None:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    body = (
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>reading</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>base</w:t></w:r>"
        "</w:rubyBase></w:ruby></w:r></w:p><w:p><w:r><v:textpath xmlns:v='urn:schemas-microsoft-com:vml' "
        "string='DRAFT ONLY'/></w:r><w:r><w:drawing><wp:docPr "
        f"xmlns:wp='{drawing}/wordprocessingDrawing' descr='a shut door'/></w:drawing></w:r></w:p>"
    )
    chart = (
        f"<c:chart xmlns:c='{drawing}/chart'><c:strCache><c:pt><c:v>More benches</c:v></c:pt></c:strCache>"
        "<c:numCache><c:pt><c:v>7</c:v></c:pt></c:numCache></c:chart>"
    )

    found = preview(body, **{"word/charts/chart1.xml": chart})

    assert list_texts(found) == ["base"]
    counts = {each.reason: each.n_words for each in found.receipt.left_out}
    assert counts == {
        "readings above the words (ruby)": 1,
        "in WordArt and watermarks": 2,
        "in descriptions of pictures": 3,
        "in diagrams and charts": 2,
    }


def test_hidden_words_and_files_within_the_file_are_told() -> None:
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>two words</w:t></w:r></w:p>"
    content = replace_parts(write_raw_docx(hidden), {"word/embeddings/Sheet1.xlsx": write_xlsx([["x"]])})

    found = preview_file("form.docx", content)

    assert list_texts(found) == ["two words"]
    assert found.warnings[0].startswith("Hidden in Word: 2 words")
    assert found.warnings[1].startswith("The file holds other files within it (Sheet1.xlsx)")
    assert preview("<w:altChunk/><w:p/>").warnings[0].startswith("The file holds other files within it, and")


BRINGS = (
    f"<Relationships xmlns='{RELATIONS}'><Relationship Id='r1' Type='http://schemas.openxmlformats.org/"
    "officeDocument/2006/relationships/aFChunk' Target='{target}'/></Relationships>"
)
WEB_PAGE = (
    "<html><head><title>no</title><style>p {}</style></head><body><p>Five <b>more</b> words, née</p></body>"
)


def bring_in(name: str, content: str | bytes) -> bytes:
    """Write a document that brings a part in whole."""
    parts = {"word/_rels/document.xml.rels": BRINGS.format(target=f"/{name}"), name: content}
    return replace_parts(write_raw_docx(paragraph("The bus.") + "<w:altChunk/>"), parts)


@pytest.mark.parametrize(
    ("name", "content", "n_words"),
    [
        ("afchunk1.html", WEB_PAGE.encode(), 4),
        ("word/afchunk.htm", WEB_PAGE.encode("cp1252"), 4),
        ("word/part.docx", write_docx("Nobody", "knocks here."), 3),
        ("part.txt", "A bench, please.".encode("cp1252"), 3),
        ("word/embeddings/Table.xlsx", write_xlsx([["What helps?", "Warm halls"], ["", "Tea"]]), 5),
    ],
)
def test_words_of_files_within_a_document_are_in_the_receipt(name: str, content: bytes, n_words: int) -> None:
    found = preview_file("notes.docx", bring_in(name, content))

    assert list_texts(found) == ["The bus."]
    assert count_left_out(found, "in files within the file") == n_words
    assert found.receipt.adds_up


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0 not ours", b"PK\x03\x04 cut off", b""])
def test_files_within_that_cannot_be_read_are_named_as_not_counted(content: bytes) -> None:
    found = preview_file("notes.docx", bring_in("word/embeddings/oleObject1.bin", content))

    (told,) = found.receipt.left_out
    assert told.reason.startswith("in files within the file that cannot be read here")
    assert (told.n_words, told.samples) == (0, ("oleObject1.bin",))
    assert found.receipt.adds_up


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/embeddings/a.docx", write_docx("What I said of the bus stop.")),
        ("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0"),
    ],
)
def test_a_document_is_not_redacted_where_the_words_may_stand_in_a_file_within(
    name: str, content: bytes
) -> None:
    words = "What I said of the bus stop."
    document = replace_parts(write_raw_docx(paragraph(words)), {name: content})
    place = ("body", 1, "")

    with pytest.raises(NotSoundError):
        redact_file("notes.docx", document, Order({place: [(0, len(words))]}, {place: words}, (), {}))
