"""What is passed on holds the words that may be passed on, and no others."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from engagement.answer.referral_exports import export_referral
from engagement.errors import EngagementError, NotAllowedError, NotFoundError
from engagement.plan.referrals import pass_on_theme, take_back_referral
from models.database import Record
from models.voices import Withdrawal
from tests.builders import LEAD, VIEWER
from tests.plan.states import TODAY, Board, add_board, add_source_without_consent

DOCTOR = "Seeing a doctor"


def refer(session) -> tuple[Board, int]:
    board = add_board(session)
    add_source_without_consent(session, board, "Between us.", DOCTOR)
    sent = pass_on_theme(
        session, LEAD, board.engagement_id, board.themes[DOCTOR], recipient="The NHS", sent_on=TODAY
    )
    return board, sent.referral_id


def test_words_that_were_withdrawn_or_not_agreed_to_do_not_leave(record: Record) -> None:
    with record.writing() as session:
        board, referral_id = refer(session)
        session.add(Withdrawal(voice_id=board.voices["I gave up ringing."], withdrawn_by="Amina"))
        session.flush()
        content = export_referral(session, LEAD, board.engagement_id, referral_id, TODAY)

    book = load_workbook(BytesIO(content))
    words = [row[1] for row in book["Voices"].iter_rows(min_row=2, values_only=True)]
    assert words == ["Forty minutes on the phone, then no appointment."]
    assert dict(book["Read me"].iter_rows(values_only=True))["Passed on to"] == "The NHS"


def test_referral_taken_back_unknown_or_not_allowed_gives_no_words(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        board, referral_id = refer(session)
        with pytest.raises(NotAllowedError):
            export_referral(session, VIEWER, board.engagement_id, referral_id, TODAY)
        with pytest.raises(NotFoundError, match="no referral 99"):
            export_referral(session, LEAD, board.engagement_id, 99, TODAY)
        take_back_referral(session, LEAD, referral_id, saw_version=1)
        with pytest.raises(EngagementError, match="was taken back"):
            export_referral(session, LEAD, board.engagement_id, referral_id, TODAY)
