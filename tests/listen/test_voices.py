"""Voices: found, placed in words, withdrawn and brought back."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from engagement.decisions import find_broken_decision
from engagement.engagements import start_engagement
from engagement.errors import ConflictError, EngagementError, NotAllowedError, NotFoundError
from engagement.listen.importing import import_files
from engagement.listen.verify import verify_voices
from engagement.listen.voices import (
    VoiceQuery,
    bring_back_voice,
    count_voices,
    describe_place,
    get_voice_or_raise,
    list_texts,
    list_voices,
    withdraw_voice,
)
from engagement.listen.withdrawals import bring_back_source, withdraw_respondent, withdraw_source
from models.database import Record
from models.decisions import Decision
from models.sources import Source, SourceKind
from models.voices import Voice
from tests.builders import FACILITATOR, LEAD, VIEWER, add_voices
from tests.listen.documents import build_docx

TEXTS = ["The bus is late.", "I like the BUS driver.", "100% of the park", "A bench_under the tree"]


@pytest.fixture
def engagement_id(record: Record) -> int:
    with record.writing() as session:
        return add_voices(session, TEXTS).id


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", TEXTS),
        ("bus", TEXTS[:2]),
        ("  BUS ", TEXTS[:2]),
        ("100%", TEXTS[2:3]),
        ("%", TEXTS[2:3]),
        ("_", TEXTS[3:]),
        ("tram", []),
        ("'; --", []),
    ],
)
def test_search_finds_the_very_words_in_any_case(
    record: Record, engagement_id: int, search: str, found: list[str]
) -> None:
    with record.reading() as session:
        voices = list_voices(session, VIEWER, engagement_id, VoiceQuery(search))

        assert [voice.text for voice in voices] == found
        assert count_voices(session, VIEWER, engagement_id, VoiceQuery(search)) == len(found)


def test_pages_of_voices_make_up_the_whole_list(record: Record, engagement_id: int) -> None:
    with record.reading() as session:
        pages = [list_voices(session, VIEWER, engagement_id, limit=3, offset=offset) for offset in (0, 3, 6)]

    assert [[voice.text for voice in page] for page in pages] == [TEXTS[:3], TEXTS[3:], []]


def test_a_withdrawn_voice_is_not_themed_but_still_listed_and_comes_back(
    record: Record, engagement_id: int
) -> None:
    with record.writing() as session:
        first, *others = list_voices(session, FACILITATOR, engagement_id)
        withdraw_voice(session, FACILITATOR, first.id, "  asked by phone ")

    with record.writing() as session:
        assert [each.voice_id for each in list_texts(session, engagement_id)] == [each.id for each in others]
        assert get_voice_or_raise(session, VIEWER, first.id).is_withdrawn
        assert list_voices(session, VIEWER, engagement_id, VoiceQuery(withdrawn=False)) == tuple(others)
        assert [
            each.id for each in list_voices(session, VIEWER, engagement_id, VoiceQuery(withdrawn=True))
        ] == [first.id]
        assert count_voices(session, VIEWER, engagement_id, VoiceQuery(withdrawn=False)) == 3
        newest = session.scalars(select(Decision).order_by(Decision.seq.desc())).first()
        assert newest is not None
        assert (newest.kind, newest.why, newest.subject_id) == ("withdrew voice", "asked by phone", first.id)
        assert first.text not in str(newest.details)
        bring_back_voice(session, FACILITATOR, first.id)

    with record.reading() as session:
        assert len(list_texts(session, engagement_id)) == 4
        assert find_broken_decision(session) is None


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001, "nul\0"])
def test_a_voice_is_withdrawn_only_with_a_reason(sqlite_record: Record, reason: str) -> None:
    with sqlite_record.writing() as session:
        add_voices(session, TEXTS)

    with pytest.raises(EngagementError, match="withdrawn with a reason"), sqlite_record.writing() as session:
        withdraw_voice(session, FACILITATOR, 1, reason)


def test_withdrawing_twice_and_bringing_back_what_is_there_are_refused(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        add_voices(session, TEXTS)
        withdraw_voice(session, FACILITATOR, 1, "asked")
        with pytest.raises(ConflictError, match="withdrawn already"):
            withdraw_voice(session, FACILITATOR, 1, "asked")
        with pytest.raises(ConflictError, match="is not withdrawn"):
            bring_back_voice(session, FACILITATOR, 2)


def test_only_who_may_withdraw_can(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        add_voices(session, TEXTS)
        for person in (VIEWER, LEAD):
            with pytest.raises(NotAllowedError):
                withdraw_voice(session, person, 1, "asked")
            with pytest.raises(NotAllowedError):
                bring_back_voice(session, person, 1)


def test_a_voice_that_is_not_there_is_named_by_its_number(sqlite_record: Record) -> None:
    with (
        sqlite_record.reading() as session,
        pytest.raises(NotFoundError, match="no voice with the number 99"),
    ):
        get_voice_or_raise(session, VIEWER, 99)


def test_theming_reads_the_english_where_there_is_one(sqlite_record: Record) -> None:
    def fill(document) -> None:
        table = document.add_table(rows=2, cols=2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "In their words", "In English"
        table.rows[1].cells[0].text, table.rows[1].cells[1].text = "Otobüs yok", "There is no bus"

    with sqlite_record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Two languages")
        import_files(
            session, FACILITATOR, engagement_id, [("n.docx", build_docx(fill))], SourceKind.FOCUS_GROUP
        )
        (text,) = list_texts(session, engagement_id)
        (voice,) = list_voices(session, FACILITATOR, engagement_id, VoiceQuery("no bus"))

    assert text.text == "There is no bus"
    assert voice.text == "Otobüs yok"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (("body", 12, ""), "Lunch, line 12"),
        (("paragraphs", 7, ""), "Lunch, paragraph at line 7"),
        (("table 2", 3, "column 1"), "Lunch, table 2, row 3"),
        (("Sheet1", 31, "What works well?"), "Lunch, row 31"),
        (("body", 31, "text"), "Lunch, row 31"),
    ],
)
def test_a_place_is_said_as_a_person_counts(place: tuple[str, int, str], said: str) -> None:
    assert describe_place("Lunch", *place) == said


def test_a_voice_whose_file_holds_other_words_is_found_out(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        engagement_id = add_voices(session, TEXTS).id
        source = session.scalars(select(Source)).one()
        session.add(
            Voice(
                engagement_id=engagement_id,
                source_id=source.id,
                position=9,
                text="Nobody said this",
                part="body",
                line=1,
                start_at=0,
                end_at=16,
            )
        )
        session.flush()

        assert verify_voices(session) == (5,)
        assert verify_voices(session, engagement_id + 1) == ()


def test_a_source_whose_file_can_no_longer_be_read_names_all_its_voices(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        add_voices(session, TEXTS)
        session.execute(update(Source).values(file_name="notes.docx"))

        assert verify_voices(session) == (1, 2, 3, 4)


def test_all_of_one_person_or_of_a_source_is_taken_back_in_one_act_and_comes_back(record: Record) -> None:
    with record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
        notes = b"AB: The bus.\nCD: The park.\nAB: The shed.\n"
        (saved,) = import_files(
            session, FACILITATOR, engagement_id, [("lunch.txt", notes)], SourceKind.FOCUS_GROUP
        )
        first = list_voices(session, FACILITATOR, engagement_id)[0]
        assert first.respondent_id is not None
        assert withdraw_respondent(session, FACILITATOR, first.respondent_id, "asked by phone") == 2
        with pytest.raises(ConflictError, match="withdrawn already"):
            withdraw_respondent(session, FACILITATOR, first.respondent_id, "again")
        with pytest.raises(EngagementError, match="with a reason"):
            withdraw_source(session, FACILITATOR, saved.source_id, "  ")
        with pytest.raises(NotAllowedError):
            withdraw_source(session, LEAD, saved.source_id, "asked by phone")
        standing = list_voices(session, VIEWER, engagement_id, VoiceQuery(withdrawn=False))
        assert [voice.text for voice in standing] == ["The park."]

        assert withdraw_source(session, FACILITATOR, saved.source_id, "the group asked") == 1
        assert bring_back_source(session, FACILITATOR, saved.source_id) == 3
        assert len(list_voices(session, VIEWER, engagement_id, VoiceQuery(withdrawn=False))) == 3
        with pytest.raises(ConflictError, match="No voice of this source"):
            bring_back_source(session, FACILITATOR, saved.source_id)
        assert find_broken_decision(session) is None
