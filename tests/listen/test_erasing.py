"""Words that are erased are gone for good from the record; that they were there stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from engagement.answer.ledger import count_ledger
from engagement.answer.source_lines import read_lines_around
from engagement.answer.thread import trace_voice
from engagement.checks import check_record
from engagement.engagements import start_engagement
from engagement.errors import ConflictError, EngagementError, NotAllowedError
from engagement.listen.details import SourceDetails
from engagement.listen.erasing.plans import (
    list_due,
    list_of_person,
    list_of_source,
    plan_erasure,
)
from engagement.listen.importing import Upload, import_files, save_uploads
from engagement.listen.mapping import HandCut, Mapping, PieceKind
from engagement.listen.personal_data.hints import HintKind
from engagement.listen.personal_data.marks import cover_by_hand
from engagement.listen.reading import read_upload
from engagement.listen.slices import Slice
from engagement.listen.sources import list_sources
from engagement.listen.stored import read_stored
from engagement.listen.translating import write_translation
from engagement.listen.verify import verify_voices
from engagement.listen.voices import (
    bring_back_voice,
    get_voice_or_raise,
    withdraw_voice,
)
from engagement.listen.withdrawals import withdraw_respondent
from models.consent import Erasure
from models.database import Record
from models.sources import Characteristic, Respondent, Source, SourceKind, StoredFile
from models.voices import Voice
from tests.builders import FACILITATOR, LEAD, VIEWER, add_voices
from tests.listen.documents import write_docx
from tests.listen.erased import (
    NOTES,
    TODAY,
    bring,
    erase,
    find_secret,
    holding,
    withdraw_and_erase,
    write_csv,
)
from tests.plan.states import add_board


def test_all_that_was_made_of_the_words_goes_with_them(record: Record) -> None:
    engagement_id = bring(record, "survey.csv", write_csv())
    secret = find_secret(record)
    with record.writing() as session:
        cover_by_hand(session, FACILITATOR, secret.id, "Zebulon", HintKind.NAME)
        write_translation(session, FACILITATOR, secret.id, "He drinks, in other words")
        withdraw_respondent(session, FACILITATOR, secret.respondent_id or 0, "asked by phone")

    erase(record, [secret.id])

    with record.reading() as session:
        for table in ("personal_mark", "covered_words", "searched_words", "embedding_vector", "translation"):
            held = session.scalars(text(f"SELECT * FROM {table}")).all()
            assert len(held) == (2 if table == "searched_words" else 0)
        names = set(session.scalars(select(Respondent.pseudonym)))
        told = set(session.scalars(select(Characteristic.value)))
        (source,) = list_sources(session, VIEWER, engagement_id)
    assert names == {"1", "3", f"erased {secret.respondent_id}"}
    assert "Moulder of bronze bells" not in told
    assert source.receipt is not None
    assert not any(each.samples for each in source.receipt.left_out)


def test_not_one_byte_of_the_words_is_left_on_the_disk(sqlite_record: Record, tmp_path: Path) -> None:
    with sqlite_record.writing() as session:
        many = [f"Voice {number} of many others, kept for ever" for number in range(400)]
        add_voices(session, many, engagement="Another one")
    bring(sqlite_record, "notes.txt", NOTES.encode())
    secret = find_secret(sqlite_record)
    assert holding(tmp_path, b"Zebulon")

    withdraw_and_erase(sqlite_record, secret.id)

    assert holding(tmp_path, b"stay in")
    for words in (b"Zebulon", b"zebulon", b"foundry"):
        assert holding(tmp_path, words) == []


def test_the_thread_says_when_by_whom_and_why(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        board = add_board(session)
        voice_id = board.voices["I gave up ringing."]
    with sqlite_record.writing() as session:
        session.execute(update(Source).values(file_sha256=keep_file(session, "\n".join(board.voices))))
    withdraw_and_erase(sqlite_record, voice_id)

    with sqlite_record.reading() as session:
        thread = trace_voice(session, VIEWER, voice_id, TODAY)
        lines = read_lines_around(session, VIEWER, board.voices["Dropped kerbs, that is all I ask."], 9).lines
        erased_on = session.scalars(select(Erasure.erased_at)).one()
    day = f"{erased_on.day} {erased_on:%B %Y}"
    assert thread.voice.erased == f"erased on {day} by the lead at the person's request"
    assert thread.voice.text == ""
    assert thread.voice.theme_name == "Seeing a doctor"
    assert "I gave up ringing." not in str(lines)


def keep_file(session, words: str) -> str:
    content = words.encode()
    session.add(StoredFile(sha256="f" * 64, size=len(content), content=content))
    session.flush()
    return "f" * 64


def test_what_was_erased_never_comes_back(sqlite_record: Record) -> None:
    engagement_id = bring(sqlite_record, "notes.txt", NOTES.encode())
    secret = find_secret(sqlite_record)
    withdraw_and_erase(sqlite_record, secret.id)

    with sqlite_record.writing() as session:
        with pytest.raises(ConflictError, match="cannot be brought back"):
            bring_back_voice(session, FACILITATOR, secret.id)
        with pytest.raises(ConflictError, match="erased already"):
            plan_erasure(session, LEAD, [secret.id], TODAY)
    files = [("notes.txt", NOTES.encode())]
    with sqlite_record.writing() as session, pytest.raises(ConflictError, match="has been added before"):
        import_files(session, FACILITATOR, engagement_id, files, SourceKind.FOCUS_GROUP)


def test_the_database_lets_nothing_pass_but_blanks_of_erased_voices(record: Record) -> None:
    bring(record, "notes.txt", NOTES.encode())
    secret = find_secret(record)
    withdraw_and_erase(record, secret.id)

    for change in (
        "UPDATE voice SET text = 'something nicer' WHERE id = :erased",
        "UPDATE voice SET text = 'x' WHERE id = :erased",
        "UPDATE voice SET line = 1, text = text WHERE id = :erased",
        "UPDATE voice SET text = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' WHERE id <> :erased",
    ):
        with pytest.raises(DBAPIError, match="never"), record.writing() as session:
            session.execute(text(change), {"erased": secret.id})


def test_no_facilitator_erases_and_only_withdrawn_words_once_confirmed(
    sqlite_record: Record,
) -> None:
    bring(sqlite_record, "notes.txt", NOTES.encode())
    secret = find_secret(sqlite_record)
    with sqlite_record.writing() as session:
        for person in (VIEWER, FACILITATOR):
            with pytest.raises(NotAllowedError):
                plan_erasure(session, person, [secret.id], TODAY)
        with pytest.raises(EngagementError, match="Withdraw it first"):
            plan_erasure(session, LEAD, [secret.id], TODAY)
        withdraw_voice(session, FACILITATOR, secret.id, "asked by phone")

    with pytest.raises(EngagementError, match="Type “erase”"):
        erase(sqlite_record, [secret.id], typed="yes")

    assert "Zebulon" in find_secret(sqlite_record).text


def test_a_source_is_due_when_its_day_is_over_and_nothing_goes_by_itself(record: Record) -> None:
    engagement_id = bring(record, "notes.txt", NOTES.encode())
    with record.writing() as session:
        session.execute(update(Source).values(keep_until=date(2026, 11, 25)))
    with record.reading() as session:
        assert list_due(session, VIEWER, engagement_id, date(2026, 11, 25)) == ()
        (due,) = list_due(session, VIEWER, engagement_id, TODAY)
        voice_ids = list_of_source(session, due.id)
    assert (due.n_voices, due.keep_until) == (3, date(2026, 11, 25))

    erase(record, voice_ids)

    with record.reading() as session:
        assert list_due(session, VIEWER, engagement_id, TODAY) == ()
        assert get_voice_or_raise(session, VIEWER, voice_ids[0]).erased.endswith("was over")
        ledger = count_ledger(session, engagement_id)
    assert (ledger.withdrawn, ledger.adds_up) == (3, True)
    assert check_record(record) == ()


def test_all_of_one_person_are_the_voices_of_their_respondent(sqlite_record: Record) -> None:
    survey = (
        b"ID,What works well for you?,What does not work for you?\n"
        b"1,The bus comes when it says,The stop has no bench to sit on\n"
        b"2,My garden is a joy to me,There are steps up to every shop\n"
    )
    bring(sqlite_record, "survey.csv", survey)
    with sqlite_record.reading() as session:
        assert list_of_person(session, 1) == (1, 2)


@pytest.mark.parametrize("kind", ["txt", "docx"])
def test_every_place_of_a_joined_voice_is_blanked_and_nothing_else(record: Record, kind: str) -> None:
    lines = ["One secret thing.", "The park.", "Another secret thing.", "The bus."]
    content = write_docx(*lines) if kind == "docx" else "\n".join(lines).encode()
    contents = read_upload(f"notes.{kind}", content)
    joined = (Slice("body", 1, "", 4, 17), Slice("body", 3, "", 0, 14))
    mapping = Mapping(cuts=(HandCut(PieceKind.VOICE, joined),))
    with record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Joined")
        upload = Upload(f"notes.{kind}", content, contents, SourceDetails("Notes"), mapping)
        save_uploads(session, FACILITATOR, engagement_id, [upload])
        voice_id = session.scalars(select(Voice.id).where(Voice.text.startswith("secret"))).one()

    withdraw_and_erase(record, voice_id)

    with record.reading() as session:
        (source,) = session.scalars(select(Source))
        kept = read_stored(session, source).list_places()
        assert verify_voices(session) == ()
    assert [kept[("body", number, "")] for number in (1, 2, 3, 4)] == [
        "One xxxxxxxxxxxxx",
        "The park.",
        "xxxxxxxxxxxxxx thing.",
        "The bus.",
    ]


def test_the_places_of_a_joined_voice_cannot_be_changed_by_erasing(record: Record) -> None:
    bring(record, "notes.txt", NOTES.encode())
    secret = find_secret(record)
    withdraw_and_erase(record, secret.id)

    with pytest.raises(DBAPIError, match="never changed"), record.writing() as session:
        session.execute(
            update(Voice).where(Voice.id == secret.id).values(further_slices=[["body", 1, "", 0, 3]])
        )
