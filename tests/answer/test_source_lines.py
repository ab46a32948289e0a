"""A voice is shown on its line of the stored file, with the lines around it."""

from __future__ import annotations

from engagement.answer.source_lines import LinesAround, SourceLine, Standing, read_lines_around
from engagement.engagements import start_engagement
from engagement.listen.details import SourceDetails
from engagement.listen.mapping import pack_mapping
from engagement.listen.personal_data.hints import HintKind
from engagement.listen.personal_data.marks import cover_by_hand
from engagement.listen.preview import suggest_mapping
from engagement.listen.reading import read_upload
from engagement.listen.typed.typing import TypedVoiceRequest, begin_occasion, type_voice
from models.database import Record
from models.sources import Source, SourceKind
from models.voices import Voice, Withdrawal
from tests.builders import FACILITATOR, VIEWER, add_voices

LINES = [
    "What works well?",
    "The library.",
    "The 22 bus, when it comes.",
    "Bingo on a Friday.",
    "My neighbour.",
]


def add_notes(session) -> list[int]:
    """Put notes of five lines into the record, of which each is a voice."""
    engagement = add_voices(session, LINES)
    session.flush()
    source = session.query(Source).filter_by(engagement_id=engagement.id).one()
    contents = read_upload("notes.txt", "\n".join(LINES).encode())
    source.mapping = pack_mapping(suggest_mapping(contents, ()))
    session.flush()
    return [voice.id for voice in session.query(Voice).order_by(Voice.id)]


def test_voice_stands_on_its_line_between_those_around_it(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        ids = add_notes(session)
        lines = read_lines_around(session, VIEWER, ids[2], n_lines=1).lines

    assert lines == (
        SourceLine(2, "The library."),
        SourceLine(3, "", "The 22 bus, when it comes.", ""),
        SourceLine(4, "Bingo on a Friday."),
    )


def test_rows_around_a_typed_voice_are_those_of_other_voices_and_not_the_header(
    sqlite_record: Record,
) -> None:
    with sqlite_record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
        details = SourceDetails("The wall", SourceKind.DROP_IN)
        wall = begin_occasion(session, FACILITATOR, engagement_id, details)
        typed = [
            type_voice(session, FACILITATOR, wall, TypedVoiceRequest(words, words)).voice_id
            for words in ("A bench.", "Buses after six.")
        ]
        lines = read_lines_around(session, VIEWER, typed[1], n_lines=9).lines

    assert [(each.before, each.words) for each in lines] == [("A bench.", ""), ("", "Buses after six.")]


def test_withdrawn_words_are_hidden_around_other_voices(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        ids = add_notes(session)
        session.add(Withdrawal(voice_id=ids[3], withdrawn_by="Amina"))
        session.flush()
        lines = read_lines_around(session, VIEWER, ids[2], n_lines=1).lines
        own = read_lines_around(session, VIEWER, ids[3]).lines

    assert [each.before for each in lines] == ["The library.", "", "[withdrawn]"]
    assert own == ()


def test_voice_whose_file_holds_other_words_shows_no_lines(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        ids = add_notes(session)
        source = session.query(Source).one()
        stray = Voice(
            engagement_id=source.engagement_id,
            source_id=source.id,
            position=9,
            text="Never said.",
            part="body",
            line=2,
            start_at=0,
            end_at=11,
        )
        session.add(stray)
        session.flush()

        assert read_lines_around(session, VIEWER, stray.id) == LinesAround(Standing.NOT_FOUND)
        assert read_lines_around(session, VIEWER, ids[1]).lines != ()


def test_joined_voice_stands_on_each_of_its_lines_and_what_is_covered_on_none(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        add_notes(session)
        source = session.query(Source).one()
        joined = Voice(
            engagement_id=source.engagement_id,
            source_id=source.id,
            position=9,
            text="The library.\nBingo on a Friday.\nneighbour.",
            part="body",
            line=2,
            start_at=0,
            end_at=12,
            further_slices=[["body", 4, "", 0, 18], ["body", 5, "", 3, 13]],
        )
        session.add(joined)
        session.flush()
        lines = read_lines_around(session, VIEWER, joined.id, n_lines=3).lines
        cover_by_hand(session, FACILITATOR, joined.id, "Friday", HintKind.NAME)
        covered = read_lines_around(session, VIEWER, joined.id, n_lines=3).lines

    assert lines[1:] == (
        SourceLine(2, "", "The library.", ""),
        SourceLine(3, "The 22 bus, when it comes."),
        SourceLine(4, "", "Bingo on a Friday.", ""),
        SourceLine(5, "My ", "neighbour.", ""),
    )
    assert [each.words for each in covered if each.words] == ["The library.\nBingo on a [name].\nneighbour."]
    assert not any("Friday" in f"{each.before}{each.after}" for each in covered)
