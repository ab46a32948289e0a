"""Splitting, joining and marking by hand: what becomes of voices, prompts, speakers and the receipt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy import select

from engagement.engagements import start_engagement
from engagement.errors import EngagementError
from engagement.listen.contents import FileContents
from engagement.listen.cut_by_hand import join_with_next, mark_piece, split_piece
from engagement.listen.cutting import index_texts
from engagement.listen.details import SourceDetails
from engagement.listen.importing import Upload, import_files, save_uploads
from engagement.listen.mapping import HandCut, Mapping, NotesSplit, PieceKind
from engagement.listen.notes import choose_passages
from engagement.listen.pieces import Piece, list_pieces
from engagement.listen.preview import Preview, preview_import, suggest_mapping
from engagement.listen.reading import read_upload
from engagement.listen.reading_child import read_file
from engagement.listen.slices import Slice
from engagement.listen.verify import verify_voices
from models.database import Record
from models.sources import SourceKind
from models.voices import Voice
from tests.builders import FACILITATOR
from tests.listen.documents import build_docx
from tests.listen.previews import count_left_out

NOTES = (
    "# What works well?\n"
    "- The bus never comes. We wait for ever.\n"
    "- AB: Nobody rings\n"
    "at all, not even my son\n"
    "[tea break]\n"
    "# Any biscuits left?\n"
    "The park.\n"
)


@dataclass
class Desk:
    """Notes that are being cut."""

    contents: FileContents
    mapping: Mapping = field(default_factory=Mapping)

    @property
    def preview(self) -> Preview:
        return preview_import(self.contents, self.mapping)

    @property
    def texts(self) -> dict:
        return index_texts(choose_passages(self.contents, self.mapping.split))

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return list_pieces(self.preview, self.texts)

    @property
    def said(self) -> list[str]:
        return [voice.text for voice in self.preview.voices]

    def find(self, words: str) -> Piece:
        return next(piece for piece in self.pieces if words in piece.text)

    def split(self, words: str, before: str) -> None:
        piece = self.find(words)
        number = next(place for place, each in enumerate(piece.slices) if before in self.texts[each.place])
        offset = self.texts[piece.slices[number].place].index(before)
        cuts = split_piece(self.texts, self.pieces, self.mapping.cuts, piece.name, number, offset)
        self.mapping = replace(self.mapping, cuts=cuts)

    def join(self, words: str) -> None:
        cuts = join_with_next(self.texts, self.pieces, self.mapping.cuts, self.find(words).name)
        self.mapping = replace(self.mapping, cuts=cuts)

    def mark(self, words: str, kind: PieceKind) -> None:
        cuts = mark_piece(self.pieces, self.mapping.cuts, self.find(words).name, kind)
        self.mapping = replace(self.mapping, cuts=cuts)


@pytest.fixture
def desk() -> Desk:
    return Desk(read_file("notes.txt", NOTES.encode()))


def test_the_pieces_are_the_whole_page_in_its_order(desk: Desk) -> None:
    assert " ".join(piece.text for piece in desk.pieces).split() == NOTES.split()
    assert [str(piece.kind) for piece in desk.pieces if piece.kind is not PieceKind.LEFT_OUT] == [
        *["voice"] * 3,
        "facilitator's note",
        "voice",
    ]


def test_a_split_voice_is_two_with_the_same_prompt_and_every_word(desk: Desk) -> None:
    desk.split("The bus", before="We wait")

    assert desk.said[:2] == ["The bus never comes.", "We wait for ever."]
    assert [voice.prompt for voice in desk.preview.voices[:2]] == ["What works well?"] * 2
    assert desk.preview.receipt.adds_up


def test_what_was_split_and_joined_again_is_as_it_was(desk: Desk) -> None:
    before = desk.preview
    desk.split("The bus", before="We wait")
    desk.join("The bus")

    assert desk.preview.voices == before.voices
    assert desk.preview.receipt == before.receipt


def test_a_joined_voice_keeps_the_words_of_both_lines_and_nothing_between(desk: Desk) -> None:
    desk.mark("AB:", PieceKind.LEFT_OUT)
    desk.split("The bus", before="We wait")
    desk.mark("The bus", PieceKind.NOTE)
    desk.mark("Nobody rings", PieceKind.LEFT_OUT)
    desk.join("We wait")

    assert desk.said[0] == "We wait for ever.\nat all, not even my son"
    assert [each.line for each in desk.preview.voices[0].slices] == [2, 4]
    assert count_left_out(desk.preview, "by hand as the facilitator's notes") == 4
    assert count_left_out(desk.preview, "left out by hand") == 2
    assert desk.preview.receipt.adds_up


def test_one_persons_words_are_not_joined_to_anothers(desk: Desk) -> None:
    with pytest.raises(EngagementError, match="was said by AB, this one by somebody else"):
        desk.join("The bus")


def test_words_under_two_prompts_are_not_joined() -> None:
    desk = Desk(read_file("n.txt", b"# What works well?\nThe bus.\n# What would you like?\nThe park.\n"))

    with pytest.raises(
        EngagementError, match="answers “What would you like\\?”, this one “What works well\\?”"
    ):
        desk.join("The bus")


def test_the_last_voice_has_none_to_join_with(desk: Desk) -> None:
    with pytest.raises(EngagementError, match="last voice"):
        desk.join("The park")


def test_words_that_are_no_voice_are_not_joined(desk: Desk) -> None:
    with pytest.raises(EngagementError, match="are no voice"):
        desk.join("tea break")


def test_a_voice_is_not_split_where_one_side_would_be_empty(desk: Desk) -> None:
    piece = desk.find("The park")

    for number, offset in ((0, 0), (0, 99), (1, 3), (-1, 3)):
        with pytest.raises(EngagementError, match="no words on one side"):
            split_piece(desk.texts, desk.pieces, (), piece.name, number, offset)


def test_a_piece_that_has_changed_in_the_meantime_is_refused(desk: Desk) -> None:
    with pytest.raises(EngagementError, match="in the meantime"):
        mark_piece(desk.pieces, (), "99:0", PieceKind.NOTE)


def test_a_heading_that_is_marked_as_a_voice_is_no_prompt_any_more(desk: Desk) -> None:
    assert desk.preview.voices[-1].prompt == "Any biscuits left?"

    desk.mark("Any biscuits", PieceKind.VOICE)

    assert desk.said[-2:] == ["# Any biscuits left?", "The park."]
    assert [voice.prompt for voice in desk.preview.voices[-2:]] == ["What works well?"] * 2


def test_a_subject_that_was_taken_for_a_speaker_becomes_words_again() -> None:
    desk = Desk(read_file("n.txt", b"Buses: none after six\nRon: a shed\nRon: tea\nBuses: late\n"))
    assert desk.preview.voices[0].respondent == "Buses"

    desk.mark("Buses:", PieceKind.VOICE)
    desk.join("Buses:")

    assert desk.said[0] == "Buses: none after six"
    assert desk.preview.voices[0].respondent == ""
    assert desk.preview.voices[0].further == ()


def test_a_note_of_several_lines_is_taken_apart_without_losing_the_rest() -> None:
    desk = Desk(read_file("n.txt", b"One thing.\nAnother thing.\nA third.\n"))
    desk.join("One")
    desk.mark("One", PieceKind.NOTE)
    desk.mark("Another", PieceKind.VOICE)

    assert desk.said == ["Another thing.", "A third."]
    assert desk.find("One").kind is PieceKind.NOTE


def test_a_voice_with_its_translation_is_not_split_and_keeps_it_when_joined() -> None:
    def fill(document) -> None:
        table = document.add_table(rows=3, cols=2)
        rows = [("In their words", "In English"), ("ਲੰਗਰ ਵੀ", "The meal"), ("ਬੱਸ", "The bus")]
        for row, cells in zip(table.rows, rows, strict=True):
            row.cells[0].text, row.cells[1].text = cells

    desk = Desk(read_file("n.docx", build_docx(fill)))

    with pytest.raises(EngagementError, match="translation beside it"):
        desk.split("ਲੰਗਰ", before="ਵੀ")
    desk.join("ਲੰਗਰ")
    (voice,) = desk.preview.voices
    assert (voice.text, voice.translation) == ("ਲੰਗਰ ਵੀ\nਬੱਸ", "The meal\nThe bus")


@pytest.mark.parametrize(
    "cuts",
    [
        (HandCut(PieceKind.VOICE, (Slice("body", 99, "", 0, 3),)),),
        (HandCut(PieceKind.VOICE, (Slice("body", 2, "", 0, 999),)),),
        (HandCut(PieceKind.NOTE, (Slice("body", 2, "", 3, 3),)),),
        (HandCut(PieceKind.NOTE, ()),),
        (
            HandCut(PieceKind.VOICE, (Slice("body", 2, "", 2, 9),)),
            HandCut(PieceKind.NOTE, (Slice("body", 2, "", 6, 15),)),
        ),
    ],
)
def test_cuts_that_do_not_fit_the_file_are_refused(desk: Desk, cuts: tuple[HandCut, ...]) -> None:
    desk.mapping = replace(desk.mapping, cuts=cuts)

    with pytest.raises(EngagementError, match="does not fit this file"):
        _ = desk.preview


def test_sentences_are_told_from_abbreviations_and_keep_their_place() -> None:
    desk = Desk(
        read_file("n.txt", "Dr. Bell came at 3.30. She left! ठीक है। हाँ\n今天。明天\n".encode()),
        Mapping(split=NotesSplit.SENTENCES),
    )

    assert desk.said == ["Dr. Bell came at 3.30.", "She left!", "ठीक है।", "हाँ", "今天。", "明天"]
    assert desk.preview.receipt.adds_up
    assert desk.preview.receipt.n_captured == 11


def test_sentences_of_wrapped_text_run_over_the_ends_of_lines() -> None:
    long = "We have asked for a bench at the top of the hill since the winter before\n"
    wrapped = read_file("n.txt", f"{long * 5}the last. Yes.\n".encode())
    plain = read_file("n.txt", b"The bus.\nThe park.\n")

    assert choose_passages(wrapped, NotesSplit.SENTENCES) == wrapped.paragraphs
    assert choose_passages(plain, NotesSplit.SENTENCES) == plain.passages


def test_a_turn_is_all_that_one_person_says_until_the_next_one_speaks() -> None:
    page = b"Amina Patel  0:03\nThe bus.\nIt is late.\nJo Bell  0:09\nThe park.\n[laughter]\nAnd the bench.\n"
    desk = Desk(read_file("n.txt", page), Mapping(split=NotesSplit.TURNS))

    assert desk.said == ["The bus.\nIt is late.", "The park.\nAnd the bench."]
    assert [voice.respondent for voice in desk.preview.voices] == ["Speaker 1", "Speaker 2"]


ROWS = [
    ("Who", "What works well?", "And so?", "What doesn't work well?"),
    ("Baker", "Mornings", "It is quiet. I like it.", "Rents"),
    ("Florist", "", "People talk", "Funerals"),
]


@pytest.mark.parametrize(
    ("header", "split", "said"),
    [
        (
            ROWS[0],
            NotesSplit.LINES,
            ["Mornings", "It is quiet. I like it.", "Rents", "People talk", "Funerals"],
        ),
        (
            ("Who", "Words", "More words", "Yet more"),
            NotesSplit.LINES,
            ["Mornings\nIt is quiet. I like it.\nRents", "People talk\nFunerals"],
        ),
        (
            ("Who", "Words", "More words", "Yet more"),
            NotesSplit.SENTENCES,
            ["Mornings", "It is quiet.", "I like it.", "Rents", "People talk", "Funerals"],
        ),
    ],
)
def test_a_row_of_a_table_is_one_voice_for_each_prompt(
    header: tuple[str, ...], split: NotesSplit, said: list[str]
) -> None:
    def fill(document) -> None:
        table = document.add_table(rows=len(ROWS), cols=4)
        for row, cells in zip(table.rows, [header, *ROWS[1:]], strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text

    desk = Desk(read_file("n.docx", build_docx(fill)), Mapping(split=split, joins_rows=True))

    assert desk.said == said
    assert desk.preview.voices[0].respondent == "Baker"
    assert desk.preview.receipt.adds_up


def test_a_cut_source_is_kept_proved_and_read_the_same_again(record: Record) -> None:
    content = NOTES.encode()
    desk = Desk(read_upload("notes.txt", content))
    desk.split("The bus", before="We wait")
    desk.mark("AB:", PieceKind.LEFT_OUT)
    desk.mark("Nobody", PieceKind.LEFT_OUT)
    desk.join("We wait")
    upload = Upload("notes.txt", content, desk.contents, SourceDetails("Notes"), desk.mapping)

    with record.writing() as session:
        first = start_engagement(session, FACILITATOR, "First")
        (saved,) = save_uploads(session, FACILITATOR, first, [upload])
        second = start_engagement(session, FACILITATOR, "Second")
        import_files(session, FACILITATOR, second, [("again.txt", content)], SourceKind.FOCUS_GROUP)

    assert saved.receipt.adds_up
    with record.reading() as session:
        kept = [
            session.scalars(
                select(Voice.text).where(Voice.engagement_id == each).order_by(Voice.position)
            ).all()
            for each in (first, second)
        ]
        assert kept == [desk.said, desk.said]
        assert "We wait for ever.\nat all, not even my son" in kept[0]
        assert verify_voices(session) == ()


def test_a_place_that_is_one_character_off_is_found_out(record: Record) -> None:
    desk = Desk(read_upload("notes.txt", b"One thing.\nAnother thing.\n"))
    desk.join("One")
    (voice,) = desk.preview.voices
    (wrong,) = [replace(each, start_at=1) for each in voice.further]
    with record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Off")
        details = SourceDetails("Notes")
        upload = Upload("notes.txt", b"One thing.\nAnother thing.\n", desk.contents, details, desk.mapping)
        (saved,) = save_uploads(session, FACILITATOR, engagement_id, [upload])
        session.add(
            Voice(
                engagement_id=engagement_id,
                source_id=saved.source_id,
                position=99,
                text=voice.text,
                part=voice.part,
                line=voice.line,
                start_at=voice.start_at,
                end_at=voice.end_at,
                further_slices=[[wrong.part, wrong.line, "", wrong.start_at, wrong.end_at]],
            )
        )

    with record.reading() as session:
        assert len(verify_voices(session)) == 1


def test_the_suggested_mapping_has_no_cuts() -> None:
    assert suggest_mapping(read_file("n.txt", b"One.")).cuts == ()
