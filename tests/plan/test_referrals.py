"""Referrals pass on only what may be passed on, and are chased until there is an answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engagement.errors import ConflictError, EngagementError, NotAllowedError
from engagement.plan.referral_views import ReferralView, list_referrals, list_referred_voice_ids
from engagement.plan.referrals import (
    acknowledge_referral,
    answer_referral,
    chase_referral,
    count_consent,
    pass_on_theme,
    take_back_referral,
)
from models.database import Record
from models.voices import Withdrawal
from models.workshops import Placement
from tests.builders import LEAD, VIEWER
from tests.plan.states import (
    THEMED,
    TODAY,
    UNPLACED,
    Board,
    add_board,
    add_priority,
    add_source_without_consent,
)

SENT_ON = date(2024, 8, 2)
DOCTOR = "Seeing a doctor"


def refer(session, board: Board, recipient: str = "The NHS", theme: str = DOCTOR, **more: object) -> int:
    theme_id = board.themes[theme]
    sent = pass_on_theme(
        session, LEAD, board.engagement_id, theme_id, recipient=recipient, sent_on=SENT_ON, **more
    )
    return sent.referral_id


def read_only_referral(record: Record, board: Board, today: date = TODAY) -> ReferralView:
    with record.reading() as session:
        (referral,) = list_referrals(session, VIEWER, board.engagement_id, today)
    return referral


def test_referral_takes_along_what_may_be_passed_on_and_leaves_the_rest(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        private = add_source_without_consent(session, board, "Between us.", DOCTOR)
        session.add(Withdrawal(voice_id=board.voices["I gave up ringing."], withdrawn_by="Amina"))
        session.flush()
        theme_id = board.themes[DOCTOR]
        consent = count_consent(session, VIEWER, board.engagement_id, theme_id)
        sent = pass_on_theme(
            session, LEAD, board.engagement_id, theme_id, recipient="The NHS", sent_on=SENT_ON
        )
        held = list_referred_voice_ids(session, VIEWER, sent.referral_id)

    assert (consent.n_without_consent, sent.n_without_consent, sent.n_passed_on) == (1, 1, 1)
    assert held == consent.voice_ids == (board.voices[THEMED[DOCTOR][0]],)
    assert private not in held


def test_referral_is_chased_after_four_weeks_unless_told_otherwise(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        refer(session, board)

    assert read_only_referral(record, board).chase_on == SENT_ON + timedelta(weeks=4)
    assert not read_only_referral(record, board, date(2024, 8, 29)).is_chase_due
    assert read_only_referral(record, board, date(2024, 8, 30)).is_chase_due


def test_chasing_moves_the_date_and_an_answer_ends_the_waiting(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        referral_id = refer(session, board)
        acknowledge_referral(session, LEAD, referral_id, date(2024, 8, 9), saw_version=1)
        chase_referral(session, LEAD, referral_id, TODAY + timedelta(days=1), saw_version=2)

    chased = read_only_referral(record, board)
    assert (chased.is_waiting, chased.is_chase_due) == (True, False)

    with record.writing() as session:
        answer_referral(session, LEAD, referral_id, TODAY, "A new phone line.", saw_version=3)

    answered = read_only_referral(record, board)
    assert (answered.is_waiting, answered.outcome) == (False, "A new phone line.")
    assert answered.acknowledged_on == date(2024, 8, 9)


def test_referral_taken_back_stays_in_the_record_and_takes_no_more_changes(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        referral_id = refer(session, board)
        take_back_referral(session, LEAD, referral_id, saw_version=1, why="Sent to the wrong trust.")
        with pytest.raises(EngagementError, match="was taken back"):
            acknowledge_referral(session, LEAD, referral_id, TODAY, saw_version=2)

    referral = read_only_referral(record, board)
    assert (referral.is_taken_back, referral.is_waiting, referral.is_chase_due) == (True, False, False)


def test_withdrawal_after_sending_shows_on_the_referral(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        refer(session, board)
        session.add(Withdrawal(voice_id=board.voices["I gave up ringing."], withdrawn_by="Amina"))

    referral = read_only_referral(record, board)

    assert (referral.n_voices, referral.n_withdrawn) == (2, 1)


def test_same_recipient_gets_only_the_voices_that_came_since(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        refer(session, board)
        with pytest.raises(EngagementError, match="holds every voice of “Seeing a doctor” already"):
            refer(session, board, recipient="the nhs")
        late = board.voices[UNPLACED]
        session.add(Placement(workshop_id=board.workshop_id, voice_id=late, theme_id=board.themes[DOCTOR]))
        session.flush()
        second = refer(session, board)
        assert list_referred_voice_ids(session, VIEWER, second) == (late,)


def test_theme_of_a_priority_is_not_passed_on(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        add_priority(session, board, DOCTOR)

    with (
        pytest.raises(EngagementError, match="part of the priority “Loneliness”"),
        record.writing() as session,
    ):
        refer(session, board)


def test_theme_that_nobody_agreed_to_pass_on_stays(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        board = add_board(session, {"Private": ()})
        add_source_without_consent(session, board, "Between us.", "Private")
        with pytest.raises(EngagementError, match="None of the 1 voices"):
            refer(session, board, theme="Private")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"recipient": " "}, "recipient is empty"),
        ({"recipient": "x" * 301}, "has 301 letters"),
        ({"chase_on": date(2024, 8, 1)}, "1 August 2024, is before the referral was sent, 2 August 2024"),
    ],
)
def test_referral_that_makes_no_sense_is_refused(
    sqlite_record: Record, more: dict[str, object], sentence: str
) -> None:
    with sqlite_record.writing() as session:
        board = add_board(session)
        with pytest.raises(EngagementError, match=sentence):
            refer(session, board, **more)


def test_answer_needs_an_outcome(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        referral_id = refer(session, add_board(session))
        with pytest.raises(EngagementError, match="outcome is empty"):
            answer_referral(session, LEAD, referral_id, TODAY, " ", saw_version=1)


def test_second_to_change_a_referral_is_told(record: Record) -> None:
    with record.writing() as session:
        referral_id = refer(session, add_board(session))
        acknowledge_referral(session, LEAD, referral_id, TODAY, saw_version=1)

    with (
        pytest.raises(ConflictError, match="changed the referral to The NHS first"),
        record.writing() as session,
    ):
        answer_referral(session, LEAD, referral_id, TODAY, "Yes.", saw_version=1)


def test_viewer_passes_nothing_on(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        board = add_board(session)
        with pytest.raises(NotAllowedError):
            pass_on_theme(
                session,
                VIEWER,
                board.engagement_id,
                board.themes[DOCTOR],
                recipient="The NHS",
                sent_on=TODAY,
            )
