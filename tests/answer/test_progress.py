"""The strip counts what an engagement holds at each step."""

from __future__ import annotations

from datetime import timedelta

from engagement.answer.progress import describe_progress
from engagement.plan.actions import ActionDetails, add_action
from engagement.plan.named_people import NamedPerson
from engagement.plan.priorities import dissolve_priority
from engagement.plan.referrals import pass_on_theme, take_back_referral
from models.database import Record
from models.plan import ActionStatus
from models.theming_runs import ThemingRun
from models.workshops import Theme
from tests.builders import FACILITATOR, LEAD
from tests.plan.states import TODAY, add_board, add_priority


def test_progress_counts_each_step(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        session.add(
            ThemingRun(
                engagement_id=board.engagement_id,
                chosen_n=15,
                n_voices=7,
                n_set_aside=0,
                card={},
                result=b"",
                made_by="Amina",
            )
        )
        session.get_one(Theme, board.themes["Getting about"]).is_removed = True
        priority_id = add_priority(session, board, "Being alone")
        for due_on, status in [
            (TODAY - timedelta(days=1), ActionStatus.UNDER_WAY),
            (TODAY, ActionStatus.NOT_STARTED),
            (TODAY - timedelta(days=9), ActionStatus.DONE),
        ]:
            details = ActionDetails("Knock", NamedPerson("Jo"), due_on, status)
            add_action(session, LEAD, priority_id, details)
        doctor = board.themes["Seeing a doctor"]
        pass_on_theme(session, LEAD, board.engagement_id, doctor, recipient="The NHS", sent_on=TODAY)

    with record.reading() as session:
        progress = describe_progress(session, board.engagement_id, TODAY)

    assert (progress.n_voices, progress.n_proposed, progress.n_themes) == (7, 15, 2)
    assert (progress.n_priorities, progress.n_open_actions, progress.n_late_actions) == (1, 2, 1)
    assert (progress.n_referrals, progress.ledger.adds_up) == (1, True)


def test_what_was_dissolved_or_taken_back_does_not_count(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        priority_id = add_priority(session, board, "Being alone")
        add_action(session, LEAD, priority_id, ActionDetails("Knock", NamedPerson("Jo")))
        dissolve_priority(session, FACILITATOR, priority_id, is_confirmed=True)
        doctor = board.themes["Seeing a doctor"]
        sent = pass_on_theme(session, LEAD, board.engagement_id, doctor, recipient="NHS", sent_on=TODAY)
        take_back_referral(session, LEAD, sent.referral_id, saw_version=1)

    with record.reading() as session:
        progress = describe_progress(session, board.engagement_id, TODAY)

    assert (progress.n_priorities, progress.n_open_actions, progress.n_referrals) == (0, 0, 0)
