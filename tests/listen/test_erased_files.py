"""A redacted copy replaces a file: the words are not in it, and every other voice reads as before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from engagement.answer.ledger import count_ledger
from engagement.checks import check_record
from engagement.errors import ConflictError, EngagementError
from engagement.listen.erasing.blanks import squeeze
from engagement.listen.erasing.plans import (
    list_of_source,
)
from engagement.listen.sources import list_sources
from engagement.listen.voices import (
    list_voices,
    withdraw_voice,
)
from engagement.listen.withdrawals import bring_back_source, withdraw_source
from models.consent import Erasure, KeptFile
from models.database import Record
from models.sources import StoredFile
from models.voices import Voice
from tests.builders import FACILITATOR, VIEWER
from tests.listen.documents import write_xlsx
from tests.listen.erased import (
    CUES,
    FILES,
    KEPT,
    NOTES,
    SECRET,
    SURVEY,
    bring,
    erase,
    find_secret,
    read_all_words,
    read_stored_file,
    withdraw_and_erase,
    write_csv,
)
from tests.listen.pdf_pages import set_lines, write_pdf


@pytest.mark.parametrize(("file_name", "write"), FILES.items(), ids=FILES)
def test_a_redacted_copy_replaces_the_file_and_all_other_voices_read_as_before(
    sqlite_record: Record, file_name: str, write: Callable[[], bytes]
) -> None:
    engagement_id = bring(sqlite_record, file_name, write())
    old_sha256, _ = read_stored_file(sqlite_record)
    secret = find_secret(sqlite_record)
    with sqlite_record.reading() as session:
        before = {each.id: each.text for each in list_voices(session, VIEWER, engagement_id)}

    withdraw_and_erase(sqlite_record, secret.id)

    sha256, content = read_stored_file(sqlite_record)
    with sqlite_record.reading() as session:
        after = {each.id: each.text for each in list_voices(session, VIEWER, engagement_id)}
        erasure = session.scalars(select(Erasure)).one()
        assert (erasure.old_sha256, erasure.new_sha256) == (old_sha256, sha256)
        assert erasure.kept is KeptFile.SAME_FORMAT
        assert session.get(StoredFile, old_sha256) is None
        assert count_ledger(session, engagement_id).adds_up
    assert after == before | {secret.id: ""}
    assert check_record(sqlite_record) == ()
    words = read_all_words(content)
    assert not any(each in words for each in ("Zebulon", "foundry", "bronzebells"))
    assert squeeze(KEPT[1]) in words


def test_a_turn_of_several_lines_goes_from_all_its_cues(record: Record) -> None:
    more = CUES.replace("00:10.000", "00:09.500 --> 00:09.900\n<v Jo>and Zebulon says nothing\n\n00:10.000")
    bring(record, "said.vtt", more.encode())
    secret = find_secret(record)
    assert "\n" in secret.text

    withdraw_and_erase(record, secret.id)

    words = read_all_words(read_stored_file(record)[1])
    assert "Zebulon" not in words
    assert "saysnothing" not in words
    assert squeeze(KEPT[1]) in words
    assert check_record(record) == ()


def test_a_spreadsheet_keeps_words_for_others_who_said_the_same(sqlite_record: Record) -> None:
    rows = [*SURVEY, ["4", SECRET, "Nurse", "Evington"]]
    bring(sqlite_record, "survey.xlsx", write_xlsx(rows))
    with sqlite_record.writing() as session:
        first = session.scalars(select(Voice).where(Voice.text == SECRET).order_by(Voice.id)).first()
        assert first is not None
        withdraw_voice(session, FACILITATOR, first.id, "asked by phone")
        first_id = first.id

    plan = erase(sqlite_record, [first_id])

    assert plan.n_elsewhere == 1
    assert check_record(sqlite_record) == ()
    assert find_secret(sqlite_record).where.endswith("row 5")


def test_a_pdf_becomes_a_text_copy_after_asking(sqlite_record: Record) -> None:
    content = write_pdf([set_lines([KEPT[0] + ".", "", SECRET + ".", "", KEPT[1] + "."])])
    engagement_id = bring(sqlite_record, "notes.pdf", content)
    with sqlite_record.reading() as session:
        voices = list_voices(session, VIEWER, engagement_id)
    secret = next(each for each in voices if "Zebulon" in each.text)
    with pytest.raises(EngagementError, match="text copy"):
        withdraw_and_erase(sqlite_record, secret.id)

    erase(sqlite_record, [secret.id], KeptFile.TEXT_COPY)

    assert check_record(sqlite_record) == ()
    _, stored = read_stored_file(sqlite_record)
    assert b"Zebulon" not in stored
    assert not stored.startswith(b"%PDF")


def test_what_is_left_of_a_text_copy_can_be_erased_as_well(sqlite_record: Record) -> None:
    engagement_id = bring(sqlite_record, "survey.csv", write_csv())
    secret = find_secret(sqlite_record)
    withdraw_and_erase(sqlite_record, secret.id, KeptFile.TEXT_COPY)
    with sqlite_record.reading() as session:
        other = list_voices(session, VIEWER, engagement_id)[0]

    withdraw_and_erase(sqlite_record, other.id)

    assert check_record(sqlite_record) == ()
    assert not any(each in read_all_words(read_stored_file(sqlite_record)[1]) for each in ("Driver", "stops"))


def test_of_a_source_that_is_erased_whole_nothing_need_stay(sqlite_record: Record) -> None:
    engagement_id = bring(sqlite_record, "notes.txt", NOTES.encode())
    with sqlite_record.writing() as session:
        (source,) = list_sources(session, VIEWER, engagement_id)
        withdraw_source(session, FACILITATOR, source.id, "the host asked")
        voice_ids = list_of_source(session, source.id)

    erase(sqlite_record, voice_ids, KeptFile.NOTHING)

    words = read_all_words(read_stored_file(sqlite_record)[1])
    assert "help" not in words
    assert "stay" not in words
    assert check_record(sqlite_record) == ()
    with (
        sqlite_record.writing() as session,
        pytest.raises(ConflictError, match="none is withdrawn that has words"),
    ):
        bring_back_source(session, FACILITATOR, source.id)


def test_a_file_of_others_cannot_be_thrown_away_with_one_voice(sqlite_record: Record) -> None:
    bring(sqlite_record, "notes.txt", NOTES.encode())

    with pytest.raises(EngagementError, match="Other voices of this file"):
        withdraw_and_erase(sqlite_record, find_secret(sqlite_record).id, KeptFile.NOTHING)
