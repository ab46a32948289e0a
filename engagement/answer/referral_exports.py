"""The voices of one referral as a workbook, to be sent to the organisation that can act."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from engagement.answer.voice_rows import VoiceRow, list_voice_rows
from engagement.answer.workbooks import Column, Table, write_workbook
from engagement.decisions import record_decision
from engagement.errors import EngagementError, NotFoundError
from engagement.people.permissions import Act, Person, check_may
from engagement.plan.due_dates import write_date
from engagement.plan.referral_views import ReferralView, list_referrals, list_referred_voice_ids


def export_referral(
    session: Session, person: Person, engagement_id: int, referral_id: int, today: date
) -> bytes:
    """Make a spreadsheet (xlsx) of the words that a referral passes on; withdrawn voices are left out."""
    check_may(person, Act.REFER)
    referral = _find_referral(session, person, engagement_id, referral_id, today)
    held = list_referred_voice_ids(session, person, referral_id)
    rows = [each for each in list_voice_rows(session, engagement_id, held) if each.may_pass_on]
    record_decision(
        session,
        person,
        "downloaded referral",
        subject="referral",
        subject_id=referral_id,
        engagement_id=engagement_id,
        details={"name": f"{referral.theme_name} to {referral.recipient}", "n_voices": len(rows)},
    )
    return write_workbook(referral.theme_name, _describe(referral, len(rows)), [_list_voices(rows)])


def _find_referral(
    session: Session, person: Person, engagement_id: int, referral_id: int, today: date
) -> ReferralView:
    for referral in list_referrals(session, person, engagement_id, today):
        if referral.id == referral_id and referral.is_taken_back:
            raise EngagementError(
                f"The referral to {referral.recipient} was taken back. Pass its theme on again first."
            )
        if referral.id == referral_id:
            return referral
    raise NotFoundError(f"There is no referral {referral_id} here. Choose one under Referrals.")


def _describe(referral: ReferralView, n_voices: int) -> list[tuple[str, str]]:
    words = [
        ("Passed on to", referral.recipient),
        ("About", referral.theme_name),
        ("Sent", f"{write_date(referral.sent_on)} by {referral.sent_by}"),
        ("Message", referral.message),
        ("Voices", f"{n_voices}, in the words in which they were said."),
        ("If asked", "Whoever said something may take it back. We will then ask you to delete it."),
    ]
    return [(what, said) for what, said in words if said]


def _list_voices(rows: list[VoiceRow]) -> Table:
    columns = (
        Column("Id", 8),
        Column("Words", 80),
        Column("Translation", 50),
        Column("Prompt", 40),
        Column("Area", 24),
        Column("Date", 18),
    )
    cells = tuple(
        (each.id, each.text, each.translation, each.prompt, each.area, each.said_on) for each in rows
    )
    return Table("Voices", columns, cells)
