"""Whatever people say comes out of an import as it went in, to the letter."""

from __future__ import annotations

import csv
import io

import pytest
from docx.oxml import OxmlElement
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from engagement.engagements import start_engagement
from engagement.listen.importing import import_files
from engagement.listen.places import index_places
from engagement.listen.preview import preview_import, suggest_mapping
from engagement.listen.reading_child import read_file
from engagement.listen.verify import verify_voices
from engagement.listen.voices import VoiceQuery, list_voices
from models.database import Record
from models.sources import SourceKind
from models.voices import Voice
from tests.builders import FACILITATOR
from tests.listen.documents import build_docx, write_xlsx

SAID = [
    "🙂",
    "x",
    "بس دیر سے آتی ہے",
    "ਬੱਸ ਨਹੀਂ ਆਉਂਦੀ",
    "e\u0301tude 👩‍👩‍👧 zero\u200djoin",
    "<script>alert(1)</script> <img src=x onerror=alert(1)>",
    "[x](javascript:alert(1)) ![](http://evil.example/x.png)",
    ":smile: $5 to $10 1) first *too* :red[hi]",
    '\'=HYPERLINK("http://x")',
    "O'Neill; DROP TABLE voice; --",
    "no\u00a0break and\u2028line separator",
    "long " * 5_000 + "end",
]
CELL = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t\x85\x1f"), max_size=200
)
XML_CELL = st.text(
    st.characters(
        exclude_categories=["Cs", "Cc"], include_characters="\n\t", exclude_characters="\ufffe\uffff"
    ),
    max_size=200,
)
QUICK = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(st.lists(CELL, min_size=1, max_size=8))
@example(["1;2", "a,b", 'say "no"', "x|y\t"])
@example(["\r", "\n\n", "a\r\nb"])
def test_every_cell_of_a_csv_comes_back_exactly(cells: list[str]) -> None:
    assume(sum(cell.count("\x1f") for cell in cells) <= 2)  # more of them are taken for a file of no text
    target = io.StringIO()
    writer = csv.writer(target, quoting=csv.QUOTE_ALL)
    writer.writerows([["id", "text"], *([str(number), cell] for number, cell in enumerate(cells))])
    contents = read_file("s.csv", ("\ufeff" + target.getvalue()).encode())
    found = preview_import(contents, suggest_mapping(contents, ()))

    assert [voice.text for voice in found.voices] == [cell.strip() for cell in cells if cell.strip()]
    assert [row[1] for row in contents.sheets[0].rows[1:]] == cells
    assert found.receipt.adds_up


@QUICK
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"), max_size=400))
@example("Host: a\n\n[note]\n# What?\nAB: - x")
@example("\u2028\n\x85x")
def test_every_voice_of_a_text_is_the_slice_that_its_place_names(text: str) -> None:
    contents = read_file("n.txt", ("\ufeff" + text).encode())
    mapping = suggest_mapping(contents, ())

    found = preview_import(contents, mapping)

    places = index_places(contents, mapping)
    for voice in found.voices:
        assert (
            places[(voice.part, voice.line, voice.column_name)][voice.start_at : voice.end_at] == voice.text
        )
        assert voice.text in text
        assert voice.text == voice.text.strip() != ""
    assert found.receipt.adds_up
    assert not any("not recognised" in each.reason for each in found.receipt.left_out)


@settings(max_examples=12, deadline=None)
@given(st.lists(XML_CELL, min_size=1, max_size=6))
def test_every_paragraph_of_a_word_document_comes_back_exactly(texts: list[str]) -> None:
    def fill(document) -> None:
        for text in texts:
            run = document.add_paragraph(style="List Bullet").add_run()
            for number, line in enumerate(text.split("\n")):
                if number:
                    run._r.append(OxmlElement("w:br"))
                run._r.append(_write_text(line))

    contents = read_file("n.docx", build_docx(fill))
    found = preview_import(contents, suggest_mapping(contents, ()))

    assert [passage.text for passage in contents.passages] == [text for text in texts if text.strip()]
    assert found.receipt.adds_up


def _write_text(line: str):
    text = OxmlElement("w:t")
    text.text = line
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return text


@pytest.mark.parametrize("kind", ["csv", "xlsx", "txt"])
def test_everything_that_people_may_say_is_kept_in_the_record_exactly(record: Record, kind: str) -> None:
    said = [text for text in SAID if kind == "csv" or "\u2028" not in text]
    file = _write_file(kind, said)

    with record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Exactly")
        import_files(session, FACILITATOR, engagement_id, [(f"said.{kind}", file)], SourceKind.SURVEY)

    with record.reading() as session:
        assert list(session.scalars(select(Voice.text).order_by(Voice.id))) == said
        assert verify_voices(session) == ()
        for words in ("ਨਹੀਂ", "بس", "🙂", "100%", "$5 to $10", "![](http"):
            found = [
                voice.text
                for voice in list_voices(session, FACILITATOR, engagement_id, VoiceQuery(f'"{words}"'))
            ]
            assert found == [text for text in said if words in text]


def _write_file(kind: str, said: list[str]) -> bytes:
    if kind == "xlsx":
        return write_xlsx([["text"], *([text] for text in said)])
    if kind == "txt":
        return "\n".join(said).encode()
    target = io.StringIO()
    csv.writer(target).writerows([["id", "text"], *(enumerate(said))])
    return target.getvalue().encode()
