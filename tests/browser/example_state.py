"""The example engagement with everything done that can be done with it, for looking at every screen."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from engagement.jobs import JobView, get_job_or_raise
from engagement.listen.example import load_example
from engagement.people.permissions import COMMAND_LINE
from engagement.plan.actions import ActionDetails, add_action, add_note
from engagement.plan.named_people import NamedPerson
from engagement.plan.priorities import PriorityDetails, choose_priority
from engagement.plan.referrals import pass_on_theme
from engagement.theming_runs.asking import ask_for_themes
from engagement.theming_runs.dealing import send_to_board
from engagement.theming_runs.keeping import find_newest_run
from engagement.workshop.homes import AgreedTheme, list_agreed_themes
from engagement.workshop.moves import apply_move
from models.database import Record
from models.jobs import JobStatus

PATIENCE_S = 240
N_THEMES = 15
CHOSEN = date(2024, 7, 18)
LEADS = ("Ada Moss", "Jo Mensah", "Sam Okoro", "Amina Yusuf")
GROUPS = ("Knock and natter", "Straight answers", "One front door", "Nobody left offline")


@dataclass(frozen=True)
class ExampleState:
    """The example in a record: its engagement, its board, its priorities and an action."""

    engagement_id: int
    workshop_id: int
    priority_ids: tuple[int, ...]
    action_id: int


def build_example(url: str) -> ExampleState:
    """Load the example into the record of a running server, theme it, deal a board, plan and refer."""
    record = Record(url)
    engagement_id = _theme_example(record)
    with record.writing() as session:
        run = find_newest_run(session, COMMAND_LINE, engagement_id)
        workshop_id = send_to_board(session, COMMAND_LINE, run.id, N_THEMES, "Workshop 1", CHOSEN)
        themes = list_agreed_themes(session, engagement_id)
        _move_cards(session, workshop_id, themes)
    with record.writing() as session:
        priority_ids = _choose_priorities(session, engagement_id, themes)
        action_id = _add_actions(session, priority_ids[0])
        recipient = "NHS primary care team"
        sent_on = date.today() - timedelta(weeks=5)
        pass_on_theme(
            session, COMMAND_LINE, engagement_id, themes[5].id, recipient=recipient, sent_on=sent_on
        )
    record.close()
    return ExampleState(engagement_id, workshop_id, priority_ids, action_id)


def find_record_url(data_dir: Path) -> str:
    """Give the address of the record in a data folder."""
    return f"sqlite:///{data_dir / 'common-thread.db'}"


def _theme_example(record: Record) -> int:
    with record.writing() as session:
        engagement_id = load_example(session, COMMAND_LINE)
        job_id = ask_for_themes(session, COMMAND_LINE, engagement_id)
    deadline = time.monotonic() + PATIENCE_S
    while _see_job(record, job_id).is_open:
        assert time.monotonic() < deadline, "the server's worker did not propose themes"
        time.sleep(0.2)
    assert _see_job(record, job_id).status is JobStatus.DONE, _see_job(record, job_id).error
    return engagement_id


def _see_job(record: Record, job_id: int) -> JobView:
    with record.reading() as session:
        return get_job_or_raise(session, job_id)


def _move_cards(session, workshop_id: int, themes: tuple[AgreedTheme, ...]) -> None:
    moves = (
        {"kind": "move", "voices": list(themes[0].voice_ids[:2]), "to": themes[1].id},
        {"kind": "park", "voices": [themes[2].voice_ids[0]], "reason": "Said twice"},
        {"kind": "merge", "theme": themes[-1].id, "into": themes[-2].id},
    )
    for number, move in enumerate(moves):
        apply_move(session, COMMAND_LINE, workshop_id, {"op": f"example-{number}", "saw": number, **move})


def _choose_priorities(session, engagement_id: int, themes) -> tuple[int, ...]:
    chosen = []
    for theme, name, group in zip(themes, LEADS, GROUPS, strict=False):
        details = PriorityDetails(
            title=theme.name,
            lead=NamedPerson(name),
            group_name=group,
            chosen_on=CHOSEN,
            statement="I want someone to notice when I am not there.",
            promise="We will knock, and know who to call.",
        )
        chosen.append(choose_priority(session, COMMAND_LINE, engagement_id, [theme.id], details))
    return tuple(chosen)


def _add_actions(session, priority_id: int) -> int:
    today = date.today()
    plans = (
        ("Door knocking pilot in two streets", today - timedelta(days=14)),
        ("Showcase in the city centre", today + timedelta(days=20)),
    )
    ids = [
        add_action(session, COMMAND_LINE, priority_id, ActionDetails(title, NamedPerson("Jo Mensah"), due_on))
        for title, due_on in plans
    ]
    add_note(session, COMMAND_LINE, ids[0], "Six volunteers trained; two streets agreed with the tenants.")
    return ids[0]
