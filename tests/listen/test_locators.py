"""Whatever is written, and however people cut it: each voice's place gives its words back to the letter."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import replace
from html import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.errors import EngagementError
from engagement.listen.contents import FileContents, count_words
from engagement.listen.cut_by_hand import join_with_next, mark_piece, split_piece
from engagement.listen.cutting import index_texts
from engagement.listen.mapping import Mapping, NotesSplit, PieceKind, pack_mapping, unpack_mapping
from engagement.listen.notes import choose_passages
from engagement.listen.pieces import list_pieces
from engagement.listen.places import index_places
from engagement.listen.preview import Preview, preview_import, suggest_mapping
from engagement.listen.reading_child import read_file
from engagement.listen.slices import read_slices
from tests.listen.documents import build_docx, write_odt, write_xlsx

QUICK = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LETTERS = st.characters(
    exclude_categories=["Cs", "Cc"], include_characters="\t", exclude_characters="\ufffe\uffff\u2028\u2029"
)
WORDS = st.sampled_from(
    [
        "The bus never comes. We wait!",
        "AB: Nothing at all",
        "[tea break]",
        "- a bench",
        "🙂 ਬੱਸ ਨਹੀਂ",
        "Host: x",
    ]
)
LINE = st.one_of(WORDS, st.text(LETTERS, max_size=60))
PAGE = st.lists(LINE, min_size=1, max_size=7)
SHARE = st.floats(0, 1, exclude_max=True)
ACTS = st.lists(st.tuples(st.sampled_from(["split", "join", *PieceKind]), SHARE, SHARE), max_size=12)


def write_page_docx(lines: Sequence[str]) -> bytes:
    """Write a heading, the first half of the lines as paragraphs, the rest into a table."""

    def fill(document) -> None:
        document.add_heading("What works well?", 1)
        half = math.ceil(len(lines) / 2)
        for line in lines[:half]:
            document.add_paragraph(line)
        table = document.add_table(rows=len(lines), cols=2)
        for number, line in enumerate(lines[half:]):
            table.rows[number].cells[number % 2].text = line

    return build_docx(fill)


def write_page_odt(lines: Sequence[str]) -> bytes:
    paragraphs = "".join(f"<text:p>{_write_odt_text(line)}</text:p>" for line in lines)
    cells = "".join(
        f"<table:table-cell><text:p>{_write_odt_text(line)}</text:p></table:table-cell>" for line in lines
    )
    table = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    return write_odt(f"<text:h text:outline-level='1'>What works well?</text:h>{paragraphs}{table}")


def _write_odt_text(line: str) -> str:
    return escape(line).replace("\t", "<text:tab/>").replace("  ", " <text:s/>")


def write_page_txt(lines: Sequence[str]) -> bytes:
    return ("\ufeff# What works well?\n" + "\n".join(lines)).encode()


WRITERS = {"docx": write_page_docx, "odt": write_page_odt, "txt": write_page_txt}


def check_promises(contents: FileContents, mapping: Mapping, found: Preview) -> None:
    """Every voice stands where it says, and every word of the file is accounted for once."""
    places = index_places(contents, mapping)
    for voice in found.voices:
        assert read_slices(places, voice.slices) == voice.text
        assert voice.text == voice.text.strip() != ""
    taken = [each for voice in found.voices for each in voice.slices]
    taken += [each.slice for each in found.aside]
    for first, second in zip(sorted(taken), sorted(taken)[1:], strict=False):
        assert not first.overlaps(second)
    assert found.receipt.adds_up
    assert not [each for each in found.receipt.left_out if "not recognised" in each.reason]


def cut_at_random(contents: FileContents, mapping: Mapping, act: tuple[str, float, float]) -> Mapping:
    """Do one act to one piece; one that is refused changes nothing."""
    kind, which, where = act
    texts = index_texts(choose_passages(contents, mapping.split))
    pieces = list_pieces(preview_import(contents, mapping), texts)
    if not pieces:
        return mapping
    piece = pieces[int(which * len(pieces))]
    try:
        if kind == "split":
            number = int(where * len(piece.slices))
            cut = piece.slices[number]
            offset = cut.start_at + int(where * (cut.end_at - cut.start_at))
            return replace(mapping, cuts=split_piece(texts, pieces, mapping.cuts, piece.name, number, offset))
        if kind == "join":
            return replace(mapping, cuts=join_with_next(texts, pieces, mapping.cuts, piece.name))
        return replace(mapping, cuts=mark_piece(pieces, mapping.cuts, piece.name, PieceKind(kind)))
    except EngagementError:
        return mapping


@pytest.mark.parametrize("kind", WRITERS)
@QUICK
@given(
    lines=PAGE,
    acts=ACTS,
    split=st.sampled_from([NotesSplit.LINES, NotesSplit.TURNS]),
    joins_rows=st.booleans(),
)
def test_every_voice_of_notes_is_found_at_its_place_however_people_cut_them(
    kind: str, lines: list[str], acts: list[tuple[str, float, float]], split: NotesSplit, joins_rows: bool
) -> None:
    contents = read_file(f"notes.{kind}", WRITERS[kind](lines))
    mapping = replace(suggest_mapping(contents), split=split, joins_rows=joins_rows)
    check_promises(contents, mapping, preview_import(contents, mapping))

    for act in acts:
        mapping = cut_at_random(contents, mapping, act)
        check_promises(contents, mapping, preview_import(contents, mapping))

    kept = unpack_mapping(pack_mapping(mapping))
    assert preview_import(contents, kept) == preview_import(contents, mapping)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@QUICK
@given(
    st.lists(
        st.tuples(st.text(LETTERS, max_size=40), st.text(LETTERS, min_size=20, max_size=200)),
        min_size=1,
        max_size=8,
    )
)
def test_every_voice_of_a_sheet_is_found_at_its_place(kind: str, rows: list[tuple[str, str]]) -> None:
    header = ["Anything else?", "What would you like to see?"]
    contents = read_file(f"survey.{kind}", _write_sheet(kind, [header, *rows]))
    mapping = suggest_mapping(contents)

    found = preview_import(contents, mapping)

    places = index_places(contents, mapping)
    for voice in found.voices:
        assert read_slices(places, voice.slices) == voice.text != ""
    assert found.receipt.adds_up
    assert contents.n_words == sum(count_words(cell) for row in [header, *rows] for cell in row)


def _write_sheet(kind: str, rows: Sequence[Sequence[str]]) -> bytes:
    if kind == "xlsx":
        return write_xlsx(rows)
    target = io.StringIO()
    csv.writer(target, quoting=csv.QUOTE_ALL).writerows(rows)
    return ("\ufeff" + target.getvalue()).encode()
