"""Actions have an owner, a date and a status; their notes are added and never rewritten."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engagement.errors import ConflictError, EngagementError, NotAllowedError
from engagement.plan.actions import (
    ActionDetails,
    add_action,
    add_note,
    get_action_or_raise,
    list_actions,
    update_action,
)
from engagement.plan.due_dates import describe_due, write_date
from engagement.plan.named_people import NamedPerson
from engagement.plan.priorities import dissolve_priority
from models.database import Record
from models.plan import ActionStatus
from tests.builders import FACILITATOR, LEAD, VIEWER
from tests.plan.states import TODAY, add_board, add_priority

JO = NamedPerson("Jo")


def test_late_actions_come_first_and_closed_ones_last(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        priority_id = add_priority(session, board, "Being alone")
        for title, due_on, status in [
            ("done long ago", date(2024, 1, 1), ActionStatus.DONE),
            ("some day", None, ActionStatus.STUCK),
            ("next week", TODAY + timedelta(days=7), ActionStatus.UNDER_WAY),
            ("overdue", TODAY - timedelta(days=1), ActionStatus.NOT_STARTED),
            ("today", TODAY, ActionStatus.NOT_STARTED),
        ]:
            add_action(session, LEAD, priority_id, ActionDetails(title, JO, due_on, status))

    with record.reading() as session:
        actions = list_actions(session, VIEWER, board.engagement_id, TODAY)

    assert [each.title for each in actions] == ["overdue", "today", "next week", "some day", "done long ago"]
    assert [each.is_late for each in actions] == [True, False, False, False, False]
    assert [each.is_due_soon for each in actions] == [False, True, True, False, False]


def test_done_action_is_never_late_and_remembers_the_day(record: Record) -> None:
    with record.writing() as session:
        priority_id = add_priority(session, add_board(session), "Being alone")
        action_id = add_action(session, LEAD, priority_id, ActionDetails("Knock", JO, date(2024, 1, 1)))
        done = ActionDetails("Knock", JO, date(2024, 1, 1), ActionStatus.DONE)
        update_action(session, LEAD, action_id, done, saw_version=1, today=TODAY)

    with record.reading() as session:
        action = get_action_or_raise(session, VIEWER, action_id, TODAY)

    assert (action.is_late, action.done_on, action.is_open) == (False, TODAY, False)


def test_notes_are_kept_in_order_with_who_wrote_them(record: Record) -> None:
    with record.writing() as session:
        priority_id = add_priority(session, add_board(session), "Being alone")
        action_id = add_action(session, LEAD, priority_id, ActionDetails("Knock", JO))
        add_note(session, LEAD, action_id, "Forty doors.")
        under_way = ActionDetails("Knock", JO, None, ActionStatus.UNDER_WAY)
        update_action(
            session, FACILITATOR, action_id, under_way, saw_version=1, today=TODAY, note="Sixty doors."
        )

    with record.reading() as session:
        action = get_action_or_raise(session, VIEWER, action_id, TODAY)

    assert [(each.text, each.written_by) for each in action.notes] == [
        ("Forty doors.", LEAD.name),
        ("Sixty doors.", FACILITATOR.name),
    ]
    assert action.status is ActionStatus.UNDER_WAY


def test_second_editor_of_an_action_is_told_what_it_is_now(record: Record) -> None:
    with record.writing() as session:
        priority_id = add_priority(session, add_board(session), "Being alone")
        action_id = add_action(session, LEAD, priority_id, ActionDetails("Knock", JO))
        changed = ActionDetails("Ring", JO, None, ActionStatus.STUCK)
        update_action(session, LEAD, action_id, changed, saw_version=1, today=TODAY)

    with (
        pytest.raises(ConflictError, match="it is now “Ring”, stuck, owned by Jo"),
        record.writing() as session,
    ):
        update_action(session, LEAD, action_id, ActionDetails("Write", JO), saw_version=1, today=TODAY)


def test_nothing_is_half_done_when_the_note_is_good_and_the_title_is_not(record: Record) -> None:
    with record.writing() as session:
        priority_id = add_priority(session, add_board(session), "Being alone")
        action_id = add_action(session, LEAD, priority_id, ActionDetails("Knock", JO))

    with pytest.raises(EngagementError, match="action is empty"), record.writing() as session:
        update_action(
            session, LEAD, action_id, ActionDetails(" ", JO), saw_version=1, today=TODAY, note="Done."
        )

    with record.reading() as session:
        assert get_action_or_raise(session, VIEWER, action_id, TODAY).notes == ()


@pytest.mark.parametrize(
    ("details", "sentence"),
    [
        (ActionDetails("", JO), "action is empty"),
        (ActionDetails("Knock", NamedPerson("")), "Nobody is named as owner"),
    ],
)
def test_action_without_words_or_owner_is_refused(
    sqlite_record: Record, details: ActionDetails, sentence: str
) -> None:
    with pytest.raises(EngagementError, match=sentence), sqlite_record.writing() as session:
        priority_id = add_priority(session, add_board(session), "Being alone")
        add_action(session, LEAD, priority_id, details)


def test_dissolved_priority_takes_no_new_action(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        priority_id = add_priority(session, add_board(session), "Being alone")
        dissolve_priority(session, FACILITATOR, priority_id)
        with pytest.raises(EngagementError, match="is dissolved"):
            add_action(session, LEAD, priority_id, ActionDetails("Knock", JO))


def test_viewer_changes_no_action(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        priority_id = add_priority(session, add_board(session), "Being alone")
        with pytest.raises(NotAllowedError):
            add_action(session, VIEWER, priority_id, ActionDetails("Knock", JO))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (None, "no due date"),
        (-1, "1 day late"),
        (-13, "13 days late"),
        (-14, "2 weeks late"),
        (-90, "3 months late"),
        (0, "due today"),
        (1, "due tomorrow"),
        (10, "due in 10 days"),
        (21, "due in 3 weeks"),
    ],
)
def test_due_dates_are_told_in_words(days: int | None, words: str) -> None:
    due_on = None if days is None else TODAY + timedelta(days=days)

    assert describe_due(due_on, TODAY) == words


def test_dates_are_written_as_people_write_them() -> None:
    assert (write_date(date(2026, 11, 21)), write_date(None)) == ("21 November 2026", "no date")
