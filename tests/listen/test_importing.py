from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engagement.decisions import find_broken_decision
from engagement.engagements import list_prompts, start_engagement
from engagement.errors import ConflictError, EngagementError, NotAllowedError, UnreadableFileError
from engagement.listen.details import SourceDetails
from engagement.listen.example import load_example
from engagement.listen.importing import Upload, import_files, save_source, save_uploads
from engagement.listen.mapping import Mapping
from engagement.listen.reading import hash_content, read_upload
from engagement.listen.sources import change_details, get_source_or_raise, list_sources
from engagement.listen.verify import verify_voices
from engagement.listen.voices import list_voices
from models.database import Record
from models.decisions import Decision
from models.sources import Characteristic, Respondent, Source, SourceKind, StoredFile
from models.voices import Voice
from tests.builders import FACILITATOR, LEAD, VIEWER
from tests.listen.documents import write_xlsx

BOWLING_GREEN = Path(__file__).parents[2].parent / "shared" / "data" / "bowling_green.csv"
NOTES = b"Host: Lunch club\nDate: 7 May 2024\n# What works well?\nThe bus.\nMy neighbour knocks.\n"
SURVEY = write_xlsx(
    [
        ["ID", "Email", "What works well?", "How old are you?", "Ward"],
        [1, "a@example.org", "The library is warm and they let you sit", "65 to 74", "Larkfield"],
        [2, "b@example.org", "Nothing at all comes to mind, if I am honest", "16 to 24", "Larkfield"],
        [3, "c@example.org", None, "16 to 24", "Netherbrook"],
        [4, "d@example.org", "The bus when it comes is driven by lovely people", "16 to 24", "Larkfield"],
    ]
)


def start(session: Session) -> int:
    return start_engagement(
        session, FACILITATOR, "Leading lives", prompts=["What works well?", "What doesn't?"]
    )


def test_all_files_of_one_upload_are_saved_with_voices_prompts_and_details(record: Record) -> None:
    with record.writing() as session:
        engagement_id = start(session)
        saved = import_files(
            session,
            FACILITATOR,
            engagement_id,
            [("notes.txt", NOTES), ("survey.xlsx", SURVEY)],
            SourceKind.FOCUS_GROUP,
        )

    assert [each.n_voices for each in saved] == [2, 3]
    with record.reading() as session:
        notes, _ = list_sources(session, FACILITATOR, engagement_id)
        voices = list_voices(session, FACILITATOR, engagement_id)
        assert (notes.details.host, notes.details.held_on) == ("Lunch club", date(2024, 5, 7))
        assert notes.needs == ("how consent was given", "how many came")
        assert notes.receipt is not None
        assert notes.receipt.adds_up
        assert [(voice.text, voice.prompt) for voice in voices[:2]] == [
            ("The bus.", "What works well?"),
            ("My neighbour knocks.", "What works well?"),
        ]
        assert voices[0].where.endswith("line 4")
        assert voices[2].where.endswith("row 2")
        assert voices[2].area == "Larkfield"
        assert voices[2].respondent == "1"
        assert session.scalar(select(func.count(Respondent.id))) == 3
        assert set(session.scalars(select(Characteristic.value))) == {"65 to 74", "16 to 24"}
        assert verify_voices(session) == ()
        assert find_broken_decision(session) is None


def test_the_file_is_kept_byte_for_byte_under_its_hash(record: Record) -> None:
    with record.writing() as session:
        import_files(session, FACILITATOR, start(session), [("notes.txt", NOTES)], SourceKind.INTERVIEW)

    with record.reading() as session:
        file = session.scalars(select(StoredFile)).one()
        assert (file.content, file.sha256) == (NOTES, hash_content(NOTES))


def test_one_unreadable_file_keeps_every_file_of_the_upload_out(record: Record) -> None:
    with record.writing() as session:
        engagement_id = start(session)

    with pytest.raises(UnreadableFileError, match=r"“broken.xlsx” is damaged"), record.writing() as session:
        import_files(
            session,
            FACILITATOR,
            engagement_id,
            [("notes.txt", NOTES), ("broken.xlsx", SURVEY[:400])],
            SourceKind.SURVEY,
        )

    assert count_everything(record) == (0, 0, 0)


def test_a_second_file_that_cannot_be_saved_takes_the_first_one_back(record: Record) -> None:
    with record.writing() as session:
        engagement_id = start(session)
    good = Upload("notes.txt", NOTES, read_upload("notes.txt", NOTES), SourceDetails("Notes"), Mapping())
    bad = Upload("more.txt", b"more", read_upload("more.txt", b"more"), SourceDetails("   "), Mapping())

    with pytest.raises(EngagementError, match="The title has 0 characters"), record.writing() as session:
        save_uploads(session, FACILITATOR, engagement_id, [good, bad])

    assert count_everything(record) == (0, 0, 0)


def test_the_same_file_under_another_name_is_recognised(record: Record) -> None:
    with record.writing() as session:
        engagement_id = start(session)
        import_files(session, FACILITATOR, engagement_id, [("notes.txt", NOTES)], SourceKind.FOCUS_GROUP)

    with pytest.raises(ConflictError, match="has been added before"), record.writing() as session:
        import_files(session, FACILITATOR, engagement_id, [("copy.txt", NOTES)], SourceKind.FOCUS_GROUP)

    assert count_everything(record) == (1, 1, 2)


def test_the_same_file_may_be_used_in_another_engagement(record: Record) -> None:
    with record.writing() as session:
        for name in ("First", "Second"):
            engagement_id = start_engagement(session, FACILITATOR, name)
            import_files(session, FACILITATOR, engagement_id, [("notes.txt", NOTES)], SourceKind.FOCUS_GROUP)

    assert count_everything(record) == (2, 1, 4)


def test_equal_voices_are_kept_and_counted(record: Record) -> None:
    with record.writing() as session:
        engagement_id = start(session)
        first = import_files(
            session,
            FACILITATOR,
            engagement_id,
            [("a.txt", b"The bus.\nThe bus.\nToilets.")],
            SourceKind.EVENT,
        )
        second = import_files(
            session, FACILITATOR, engagement_id, [("b.txt", b"Toilets.\nBenches.")], SourceKind.EVENT
        )

    assert [(each.n_voices, each.n_equal) for each in (*first, *second)] == [(3, 1), (2, 1)]


def test_only_who_may_add_sources_can_import(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        engagement_id = start(session)

    for person in (VIEWER, LEAD):
        with pytest.raises(NotAllowedError, match="may not add sources"), sqlite_record.writing() as session:
            import_files(session, person, engagement_id, [("notes.txt", NOTES)], SourceKind.LETTER)

    assert count_everything(sqlite_record) == (0, 0, 0)


def test_a_source_is_saved_with_the_kind_and_mapping_that_people_chose(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        engagement_id = start(session)
        saved = save_source(
            session,
            FACILITATOR,
            engagement_id,
            "notes.txt",
            NOTES,
            SourceKind.DROP_IN,
            SourceDetails("Drop-in", may_quote=False),
            Mapping(),
        )
        source = get_source_or_raise(session, FACILITATOR, saved.source_id)
        assert (source.title, source.details.kind, source.details.may_quote) == (
            "Drop-in",
            SourceKind.DROP_IN,
            False,
        )


def test_changed_details_are_kept_and_the_change_is_in_the_log(record: Record) -> None:
    with record.writing() as session:
        engagement_id = start(session)
        (saved,) = import_files(
            session, FACILITATOR, engagement_id, [("notes.txt", NOTES)], SourceKind.FOCUS_GROUP
        )

    with record.writing() as session:
        details = SourceDetails(
            "Lunch", host="Club", held_on=date(2024, 5, 8), n_came=9, consent_wording="Said aloud"
        )
        change_details(session, FACILITATOR, saved.source_id, details)

    with record.reading() as session:
        source = get_source_or_raise(session, FACILITATOR, saved.source_id)
        newest = session.scalars(select(Decision).order_by(Decision.seq.desc())).first()
        assert source.details == details
        assert source.needs == ()
        assert newest is not None
        assert (newest.kind, newest.details["held_on"]) == ("changed details of source", "2024-05-08")
        assert find_broken_decision(session) is None


def test_a_wrongly_chosen_prompt_column_is_refused_before_it_makes_prompts(sqlite_record: Record) -> None:
    rows = "question,text\n" + "".join(f"different thing {n},the same\n" for n in range(80))
    with sqlite_record.writing() as session:
        engagement_id = start(session)

    with pytest.raises(EngagementError, match="would add 80 prompts"), sqlite_record.writing() as session:
        import_files(session, FACILITATOR, engagement_id, [("s.csv", rows.encode())], SourceKind.SURVEY)

    with sqlite_record.reading() as session:
        assert len(list_prompts(session, engagement_id)) == 2


def test_the_example_holds_614_voices_that_all_stand_in_their_files(record: Record) -> None:
    with record.writing() as session:
        engagement_id = load_example(session, FACILITATOR)

    with record.reading() as session:
        voices = list_voices(session, FACILITATOR, engagement_id)
        sources = list_sources(session, FACILITATOR, engagement_id)
        assert len(voices) == 614
        assert len(sources) == 15
        assert all(voice.prompt for voice in voices)
        assert sum(bool(voice.translation) for voice in voices) == 12
        assert all(source.receipt is not None and source.receipt.adds_up for source in sources)
        assert not any(
            "not recognised" in left.reason
            for each in sources
            if each.receipt
            for left in each.receipt.left_out
        )
        assert verify_voices(session, engagement_id) == ()


@pytest.mark.skipif(not BOWLING_GREEN.exists(), reason="../shared/data is not on this machine")
def test_a_csv_with_a_question_to_each_row_imports_at_once_with_prompt_date_and_area(
    sqlite_record: Record,
) -> None:
    with sqlite_record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Bowling Green")
        (saved,) = import_files(session, FACILITATOR, engagement_id, [BOWLING_GREEN], SourceKind.SURVEY)

    assert saved.n_voices == 607
    with sqlite_record.reading() as session:
        voices = list_voices(session, FACILITATOR, engagement_id)
        assert all(voice.prompt.startswith("What do you believe should change") for voice in voices)
        assert all(voice.said_on is not None and voice.said_on.year == 2018 for voice in voices)
        assert {voice.area for voice in voices} == {"Bowling Green / Warren County"}
        assert verify_voices(session) == ()


def count_everything(record: Record) -> tuple[int, ...]:
    with record.reading() as session:
        return tuple(
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Source, StoredFile, Voice)
        )
