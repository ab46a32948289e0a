"""Answers to a public form that were set aside: their words are erased for good, from wherever they stand."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from engagement.checks import check_record
from engagement.errors import ConflictError, EngagementError, NotAllowedError
from engagement.listen.erasing.answers import count_answers_aside, erase_answers, list_answers_aside
from engagement.listen.erasing.cleaning import finish_erasures
from engagement.listen.erasing.confirming import CONFIRMATION
from engagement.listen.erasing.erase import erase_voices
from engagement.listen.erasing.plans import list_due
from engagement.listen.typed.answers import OWN_REASON, keep_answer, put_back, set_aside
from engagement.listen.voices import withdraw_voice
from models.consent import KeptFile
from models.database import Record
from models.decisions import Decision
from models.sources import Source, StoredFile
from models.typed import AnswerState
from tests.builders import FACILITATOR, LEAD, VIEWER
from tests.listen.erased import holding
from tests.listen.test_public_forms import TODAY, act, make_form, read, read_voices, send

SECRET = "My brother Zebulon drinks"
OTHER = "Buy cheap watches"


def set_two_aside(record: Record) -> tuple[int, int]:
    """Open a form with two answers, both set aside; give the one with the secret, then the other."""
    make_form(record)
    for words in (SECRET, OTHER):
        send(record, words, words)
    secret, other = (each.id for each in read(record, AnswerState.WAITING))
    for answer_id in (secret, other):
        act(record, set_aside, answer_id, "not about this prompt")
    return secret, other


def erase(record: Record, *answer_ids: int, typed: str = CONFIRMATION, person=LEAD) -> int:
    with record.writing() as session:
        n_erased = erase_answers(session, person, 1, answer_ids, typed=typed, today=TODAY)
    assert finish_erasures(record)
    return n_erased


def read_whole_table(record: Record) -> str:
    with record.reading() as session:
        return str(session.execute(text("SELECT * FROM form_answer")).all())


def test_the_words_of_an_answer_that_was_set_aside_leave_the_record_and_the_others_stay(
    record: Record,
) -> None:
    secret, other = set_two_aside(record)
    assert "Zebulon" in read_whole_table(record)

    assert erase(record, secret) == 1

    assert "Zebulon" not in read_whole_table(record)
    assert OTHER in read_whole_table(record)
    by_id = {each.id: each for each in read(record, AnswerState.ASIDE)}
    assert [by_id[each].is_erased for each in (secret, other)] == [True, False]
    assert [by_id[each].reason for each in (secret, other)] == ["not about this prompt"] * 2
    with record.reading() as session:
        decision = session.scalars(select(Decision).order_by(Decision.seq.desc())).first()
        assert (decision.kind, decision.actor) == ("erased answers that were set aside", LEAD.name)
        assert decision.details["answers"] == [secret]
        assert [each.id for each in list_answers_aside(session, LEAD, 1)] == [other]
    assert check_record(record) == ()


def test_a_reason_in_own_words_goes_with_the_answer_and_never_stood_in_the_log(
    sqlite_record: Record, tmp_path: Path
) -> None:
    secret, other = set_two_aside(sqlite_record)
    for answer_id in (secret, other):
        act(sqlite_record, put_back, answer_id)
        act(sqlite_record, set_aside, answer_id, "speaks of Barnabas at number 12")
    by_id = {each.id: each.reason for each in read(sqlite_record, AnswerState.ASIDE)}
    assert by_id == dict.fromkeys((secret, other), "speaks of Barnabas at number 12")

    erase(sqlite_record, secret, other)

    assert [each.reason for each in read(sqlite_record, AnswerState.ASIDE)] == ["", ""]
    assert holding(tmp_path, b"Barnabas") == []
    with sqlite_record.reading() as session:
        set_aside_why = select(Decision.why).where(Decision.kind == "set answer aside")
        assert session.scalars(set_aside_why.order_by(Decision.seq)).all() == [
            *["not about this prompt"] * 2,
            *[OWN_REASON] * 2,
        ]


def test_a_reason_in_own_words_goes_with_the_voice_that_an_answer_was(record: Record) -> None:
    make_form(record)
    send(record, SECRET, SECRET)
    (waiting,) = read(record, AnswerState.WAITING)
    act(record, keep_answer, waiting.id)
    act(record, put_back, waiting.id)
    act(record, set_aside, waiting.id, "speaks of Barnabas")
    (aside,) = read(record, AnswerState.ASIDE)

    with record.writing() as session:
        erase_voices(
            session, LEAD, [aside.voice_id], typed=CONFIRMATION, kept=KeptFile.SAME_FORMAT, today=TODAY
        )
    assert finish_erasures(record)

    assert [each.reason for each in read(record, AnswerState.ASIDE)] == [""]


def test_no_byte_of_an_erased_answer_stays_in_the_files_of_the_record(
    sqlite_record: Record, tmp_path: Path
) -> None:
    secret, _ = set_two_aside(sqlite_record)
    assert holding(tmp_path, b"Zebulon")

    erase(sqlite_record, secret)

    assert holding(tmp_path, b"Zebulon") == []
    assert holding(tmp_path, b"cheap watches")


def test_an_answer_that_was_let_in_and_then_set_aside_is_erased_with_its_voice_and_its_row_of_the_sheet(
    record: Record,
) -> None:
    make_form(record)
    for words in (SECRET, "The park."):
        send(record, words, words)
    secret, park = (each.id for each in read(record, AnswerState.WAITING))
    for answer_id in (secret, park):
        act(record, keep_answer, answer_id)
    act(record, put_back, secret)
    act(record, set_aside, secret, "about one person who can be told")
    (aside,) = read(record, AnswerState.ASIDE)

    with record.writing() as session:
        erase_voices(
            session, LEAD, [aside.voice_id], typed=CONFIRMATION, kept=KeptFile.SAME_FORMAT, today=TODAY
        )
    assert finish_erasures(record)

    (aside,) = read(record, AnswerState.ASIDE)
    assert (aside.is_erased, aside.text) == (True, "")
    with record.reading() as session:
        sheet = session.get_one(StoredFile, session.get_one(Source, 1).file_sha256).content
        assert count_answers_aside(session, 1) == 0
    assert b"Zebulon" not in sheet
    assert b"The park." in sheet
    with pytest.raises(ConflictError, match="erased for good"):
        act(record, put_back, secret)
    assert [each.text for each in read_voices(record)] == ["", "The park."]


def test_an_erased_answer_cannot_be_put_back_or_erased_again(record: Record) -> None:
    secret, other = set_two_aside(record)
    erase(record, secret)

    with pytest.raises(ConflictError, match="were erased for good"):
        act(record, put_back, secret)
    with pytest.raises(ConflictError, match="in the meantime"):
        erase(record, secret, other)
    assert [each.text for each in read(record, AnswerState.ASIDE) if each.id == other] == [OTHER]


def test_only_what_was_set_aside_is_erased_by_who_may_and_after_it_was_confirmed(record: Record) -> None:
    secret, other = set_two_aside(record)
    act(record, put_back, other)

    with pytest.raises(NotAllowedError):
        erase(record, secret, person=FACILITATOR)
    with pytest.raises(EngagementError, match="Type “erase”"):
        erase(record, secret, typed="yes")
    with pytest.raises(ConflictError, match="in the meantime"):
        erase(record, other)
    with record.reading() as session, pytest.raises(NotAllowedError):
        list_answers_aside(session, VIEWER, 1)
    assert "Zebulon" in read_whole_table(record)


def test_a_form_whose_day_is_over_is_due_until_the_answers_that_were_set_aside_are_erased(
    record: Record,
) -> None:
    secret, other = set_two_aside(record)
    with record.writing() as session:
        session.execute(update(Source).values(keep_until=TODAY - timedelta(days=1)))
    with record.reading() as session:
        (due,) = list_due(session, LEAD, 1, TODAY)
    assert (due.n_voices, due.n_answers) == (0, 2)

    erase(record, secret, other)

    with record.reading() as session:
        assert list_due(session, LEAD, 1, TODAY) == ()
        why = session.scalars(select(Decision.why).order_by(Decision.seq.desc())).first()
    assert why == "when the time to keep it was over"


def test_the_day_until_which_a_form_is_kept_goes_along_to_its_new_sheet(record: Record) -> None:
    make_form(record)
    for words in (SECRET, OTHER):
        send(record, words, words)
    first, second = (each.id for each in read(record, AnswerState.WAITING))
    act(record, keep_answer, first)
    (voice,) = read_voices(record)
    act(record, withdraw_voice, voice.id, "asked by phone")
    day = TODAY + timedelta(days=300)
    with record.writing() as session:
        session.execute(update(Source).values(keep_until=day))
        erase_voices(session, LEAD, [voice.id], typed=CONFIRMATION, kept=KeptFile.NOTHING, today=TODAY)
    assert finish_erasures(record)

    act(record, keep_answer, second)

    with record.reading() as session:
        assert list(session.scalars(select(Source.keep_until))) == [day, day]
