"""The tables of the export: one function for each sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from engagement.answer.ledger import Ledger, count_ledger_by_source
from engagement.answer.voice_rows import VoiceRow
from engagement.answer.workbooks import Cell, Column, Table
from engagement.people.permissions import Person
from engagement.plan.actions import NoteView, list_all_actions
from engagement.plan.changes import list_changes
from engagement.plan.due_dates import write_date
from engagement.plan.priority_views import list_every_priority
from engagement.plan.referral_views import list_referrals
from engagement.plan.theme_choice import list_theme_standings

WORDS_SHOWN = "yes"
WORDS_WITHDRAWN = "no: withdrawn"
WORDS_NOT_QUOTED = "no: may not be quoted"
STATES = ("not yet themed", "themed", "in a priority", "referred", "parked", "withdrawn")


def list_voice_table(rows: Sequence[VoiceRow], *, is_working_copy: bool) -> Table:
    """List every voice with its exact words and what became of it."""
    columns = (
        Column("Id", 8),
        Column("Words", 70),
        Column("Translation", 40),
        Column("Language", 12),
        Column("Words shown", 16),
        Column("Where", 34),
        Column("Source", 28),
        Column("Prompt", 34),
        Column("Respondent", 18),
        Column("Area", 20),
        Column("Date", 18),
        Column("State", 16),
        Column("Parked because", 24),
        Column("Theme", 30),
        Column("Also in", 30),
        Column("Priority", 30),
        Column("Passed on to", 30),
        Column("Typed from photo", 28),
        Column("SHA-256 of photo", 68),
    )
    return Table("Voices", columns, tuple(_list_voice_cells(each, is_working_copy) for each in rows))


def list_theme_table(session: Session, person: Person, engagement_id: int) -> Table:
    """List the agreed themes and what became of each."""
    columns = (
        Column("Id", 8),
        Column("Theme", 44),
        Column("Voices", 10),
        Column("Keywords", 44),
        Column("Priority", 34),
        Column("Passed on to", 34),
    )
    standings = list_theme_standings(session, person, engagement_id)
    rows = tuple(
        (each.id, each.name, each.n_voices, ", ".join(each.keywords), each.priority_title, each.passed_on_to)
        for each in standings
    )
    return Table("Themes", columns, rows)


def list_priority_table(session: Session, person: Person, engagement_id: int, today: date) -> Table:
    """List every priority, with its lead, its group and how its actions go."""
    columns = (
        Column("Id", 8),
        Column("Priority", 34),
        Column("I ...", 44),
        Column("We will ...", 44),
        Column("Lead", 24),
        Column("Group", 28),
        Column("Members", 28),
        Column("Chosen on", 18),
        Column("Themes", 36),
        Column("Voices", 10),
        Column("Sources", 10),
        Column("Actions", 10),
        Column("Done", 10),
        Column("Late", 10),
        Column("Stands", 14),
    )
    rows = tuple(
        (
            each.id,
            each.title,
            each.statement,
            each.promise,
            each.lead_name,
            each.group_name,
            "\n".join(each.group_members),
            each.chosen_on,
            "\n".join(theme.name for theme in each.themes),
            each.n_voices,
            each.n_sources,
            each.n_actions,
            each.n_done,
            each.n_late,
            "dissolved" if each.is_dissolved else "yes",
        )
        for each in list_every_priority(session, person, engagement_id, today)
    )
    return Table("Priorities", columns, rows)


def list_action_table(session: Session, person: Person, engagement_id: int, today: date) -> Table:
    """List every action with its notes."""
    columns = (
        Column("Id", 8),
        Column("Priority", 30),
        Column("Action", 50),
        Column("Owner", 24),
        Column("Due on", 18),
        Column("Status", 14),
        Column("Late", 8),
        Column("Done on", 18),
        Column("Notes", 70),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            each.id,
            each.priority_title,
            each.title,
            each.owner_name,
            each.due_on,
            each.status.value,
            "late" if each.is_late else "",
            each.done_on,
            "\n".join(map(_write_note, each.notes)),
        )
        for each in list_all_actions(session, person, engagement_id, today)
    )
    return Table("Actions", columns, rows)


def list_referral_table(session: Session, person: Person, engagement_id: int, today: date) -> Table:
    """List every referral with what came of it."""
    columns = (
        Column("Id", 8),
        Column("Passed on to", 34),
        Column("Theme", 34),
        Column("Voices", 10),
        Column("Withdrawn since", 12),
        Column("Message", 44),
        Column("Sent by", 24),
        Column("Sent on", 18),
        Column("Chase on", 18),
        Column("Acknowledged on", 18),
        Column("Answered on", 18),
        Column("Outcome", 50),
        Column("Taken back", 12),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            each.id,
            each.recipient,
            each.theme_name,
            each.n_voices,
            each.n_withdrawn,
            each.message,
            each.sent_by,
            each.sent_on,
            each.chase_on,
            each.acknowledged_on,
            each.answered_on,
            each.outcome,
            "taken back" if each.is_taken_back else "",
        )
        for each in list_referrals(session, person, engagement_id, today)
    )
    return Table("Referrals", columns, rows)


def list_ledger_table(session: Session, engagement_id: int, whole: Ledger) -> Table:
    """List the ledger of each source, and of all together in the last row."""
    columns = (
        Column("Source", 40),
        *(Column(state.capitalize(), 14) for state in STATES),
        Column("Voices", 12),
    )
    by_source = count_ledger_by_source(session, engagement_id)
    parts = tuple((each.title, *list_counts(each.ledger), each.ledger.total) for each in by_source)
    return Table("Ledger", columns, (*parts, ("All sources", *list_counts(whole), whole.total)))


def list_decision_table(session: Session, person: Person, engagement_id: int) -> Table:
    """List every decision, in order."""
    columns = (
        Column("Number", 10),
        Column("When (UTC)", 26),
        Column("Who", 26),
        Column("What", 70),
        Column("Why", 50),
    )
    changes = list_changes(session, person, engagement_id)
    rows = tuple(
        (each.seq, f"{write_date(each.decided_at)}, {each.decided_at:%H:%M}", each.actor, each.said, each.why)
        for each in changes
    )
    return Table("Decisions", columns, rows)


def list_counts(ledger: Ledger) -> tuple[int, int, int, int, int, int]:
    """List the six counts in the order of ``STATES``."""
    return (
        ledger.unplaced,
        ledger.themed,
        ledger.in_priority,
        ledger.referred,
        ledger.parked,
        ledger.withdrawn,
    )


def say_words_shown(voice: VoiceRow, *, is_working_copy: bool) -> str:
    """Say whether the words of a voice stand in the export, and if not, why."""
    if voice.is_withdrawn:
        return WORDS_WITHDRAWN
    return WORDS_SHOWN if voice.may_quote or is_working_copy else WORDS_NOT_QUOTED


def _list_voice_cells(voice: VoiceRow, is_working_copy: bool) -> tuple[Cell, ...]:
    shown = say_words_shown(voice, is_working_copy=is_working_copy)
    is_shown = shown == WORDS_SHOWN
    return (
        voice.id,
        voice.text if is_shown else "",
        voice.translation if is_shown else "",
        voice.language,
        shown,
        voice.where,
        voice.source_title,
        voice.prompt,
        voice.respondent,
        voice.area,
        voice.said_on,
        voice.state.value,
        voice.parked_reason,
        voice.theme_name,
        ", ".join(voice.also_in),
        voice.priority_title,
        ", ".join(voice.referred_to),
        voice.photo,
        voice.photo_sha256,
    )


def _write_note(note: NoteView) -> str:
    return f"{write_date(note.written_at)}, {note.written_by}: {note.text}"
