"""The whole engagement as one workbook, in which every word is exactly what it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from engagement.answer.export_tables import (
    list_action_table,
    list_decision_table,
    list_ledger_table,
    list_priority_table,
    list_referral_table,
    list_theme_table,
    list_voice_table,
)
from engagement.answer.export_words import describe_export
from engagement.answer.ledger import count_ledger
from engagement.answer.voice_rows import list_voice_rows
from engagement.answer.workbooks import Table, write_workbook
from engagement.decisions import record_decision
from engagement.engagements import get_engagement_or_raise
from engagement.people.permissions import Act, Person, check_may
from models.base import utc_now


@dataclass(frozen=True)
class WorkbookPreview:
    """What a workbook would hold: the lines of its first sheet, and the number of voices."""

    lines: tuple[tuple[str, str], ...]
    n_voices: int


def export_workbook(
    session: Session,
    person: Person,
    engagement_id: int,
    *,
    is_working_copy: bool = False,
    today: date | None = None,
) -> bytes:
    """Make a spreadsheet (xlsx) of voices, themes, priorities, actions, referrals, ledger and decisions.

    Parameters
    ----------
    is_working_copy : bool
        Also hold the words that may not be quoted, for those who work on the engagement only.
    today : date
        The day for which late is told; by default the day of the export.
    """
    check_may(person, Act.EXPORT)
    lines, tables = _gather(session, person, engagement_id, is_working_copy, today)
    name = get_engagement_or_raise(session, person, engagement_id).name
    record_decision(
        session,
        person,
        "downloaded workbook",
        subject="engagement",
        subject_id=engagement_id,
        engagement_id=engagement_id,
        details={"name": name, "n_voices": len(tables[0].rows), "is_working_copy": is_working_copy},
    )
    return write_workbook(name, lines, tables)


def describe_workbook(
    session: Session,
    person: Person,
    engagement_id: int,
    *,
    is_working_copy: bool = False,
    today: date | None = None,
) -> WorkbookPreview:
    """Tell what the workbook would hold, before it is made."""
    check_may(person, Act.READ)
    lines, tables = _gather(session, person, engagement_id, is_working_copy, today)
    return WorkbookPreview(tuple(lines), len(tables[0].rows))


def _gather(
    session: Session, person: Person, engagement_id: int, is_working_copy: bool, today: date | None
) -> tuple[list[tuple[str, str]], tuple[Table, ...]]:
    engagement = get_engagement_or_raise(session, person, engagement_id)
    made_at = utc_now()
    day = today or made_at.date()
    rows = list_voice_rows(session, engagement_id)
    ledger = count_ledger(session, engagement_id)
    tables = (
        list_voice_table(rows, is_working_copy=is_working_copy),
        list_theme_table(session, person, engagement_id),
        list_priority_table(session, person, engagement_id, day),
        list_action_table(session, person, engagement_id, day),
        list_referral_table(session, person, engagement_id, day),
        list_ledger_table(session, engagement_id, ledger),
        list_decision_table(session, person, engagement_id),
    )
    lines = describe_export(engagement, ledger, rows, tables, made_at, is_working_copy=is_working_copy)
    return lines, tables
