"""Priorities are chosen out of agreed themes, changed without losing anybody's work, and dissolved again."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engagement.errors import ConflictError, EngagementError, NotAllowedError, NotFoundError
from engagement.plan.actions import ActionDetails, add_action, list_actions
from engagement.plan.named_people import NamedPerson
from engagement.plan.priorities import bring_back_priority, choose_priority, dissolve_priority, edit_priority
from engagement.plan.priority_views import get_priority_or_raise, list_priorities, list_quotes
from engagement.plan.referrals import pass_on_theme, take_back_referral
from engagement.plan.theme_choice import list_theme_standings
from models.database import Record
from models.decisions import Decision
from models.voices import Withdrawal
from models.workshops import Theme
from tests.builders import FACILITATOR, LEAD, VIEWER, add_account
from tests.plan.states import TODAY, add_board, add_priority, add_source_without_consent, describe_priority


def test_priority_holds_the_voices_of_all_its_themes(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        priority_id = add_priority(session, board, "Being alone", "Getting about")

    with record.reading() as session:
        priority = get_priority_or_raise(session, VIEWER, priority_id, TODAY)

    assert (priority.title, priority.n_voices, priority.n_sources) == ("Loneliness", 4, 1)
    assert [theme.name for theme in priority.themes] == ["Getting about", "Being alone"]
    assert priority.group_members == ("Sam", "Jo")


def test_lead_with_an_account_is_called_what_the_account_is_called(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        priya = add_account(session, LEAD)
        named = NamedPerson("whatever was typed", priya.account_id)
        priority_id = add_priority(session, board, "Being alone", lead=named)

    with record.reading() as session:
        priority = get_priority_or_raise(session, VIEWER, priority_id, TODAY)

    assert (priority.lead_name, priority.lead_account_id) == (LEAD.name, priya.account_id)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": "  "}, "title of the priority is empty"),
        ({"title": "x" * 301}, "has 301 letters"),
        ({"group_name": ""}, "name of the group is empty"),
        ({"lead": NamedPerson(" ")}, "Nobody is named as lead"),
        ({"lead": NamedPerson("", 999)}, "is gone"),
    ],
)
def test_priority_without_title_lead_or_group_is_refused(
    sqlite_record: Record, changes: dict[str, object], sentence: str
) -> None:
    with pytest.raises(EngagementError, match=sentence), sqlite_record.writing() as session:
        add_priority(session, add_board(session), "Being alone", **changes)


def test_priority_without_a_theme_is_refused(sqlite_record: Record) -> None:
    with pytest.raises(EngagementError, match="No theme is chosen"), sqlite_record.writing() as session:
        add_priority(session, add_board(session))


def test_theme_goes_into_one_priority_at_most(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        add_priority(session, board, "Being alone")

    with (
        pytest.raises(EngagementError, match="already part of the priority “Loneliness”"),
        record.writing() as session,
    ):
        add_priority(session, board, "Being alone", title="Another")


def test_theme_that_is_passed_on_makes_no_priority_until_it_is_taken_back(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        theme_id = board.themes["Seeing a doctor"]
        sent = pass_on_theme(session, LEAD, board.engagement_id, theme_id, recipient="The NHS", sent_on=TODAY)

    with (
        pytest.raises(EngagementError, match="passed on to The NHS on 15 October 2024"),
        record.writing() as session,
    ):
        add_priority(session, board, "Seeing a doctor")

    with record.writing() as session:
        take_back_referral(session, LEAD, sent.referral_id, saw_version=1)
        assert add_priority(session, board, "Seeing a doctor")


def test_theme_that_was_merged_takes_its_priority_along(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        priority_id = add_priority(session, board, "Being alone")
        session.get_one(Theme, board.themes["Being alone"]).merged_into_id = board.themes["Getting about"]

    with record.reading() as session:
        priority = get_priority_or_raise(session, VIEWER, priority_id, TODAY)
        standings = list_theme_standings(session, VIEWER, board.engagement_id)

    assert priority.n_voices == 4
    assert {each.name: each.priority_id for each in standings} == {
        "Getting about": priority_id,
        "Seeing a doctor": None,
    }


def test_second_editor_is_told_who_was_first_and_sees_both(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        priority_id = add_priority(session, board, "Being alone")
        edit_priority(session, FACILITATOR, priority_id, describe_priority("Company"), saw_version=1)

    with pytest.raises(ConflictError) as refusal, record.writing() as session:
        edit_priority(session, FACILITATOR, priority_id, describe_priority("Solitude"), saw_version=1)

    message = str(refusal.value)
    assert message.startswith("Amina Facilitator changed this priority first.")
    assert "Title: now “Company”, you typed “Solitude”." in message
    with record.reading() as session:
        assert get_priority_or_raise(session, VIEWER, priority_id, TODAY).title == "Company"


def test_editing_can_give_one_theme_back_and_take_another(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        priority_id = add_priority(session, board, "Being alone")
        other = [board.themes["Getting about"]]
        edit_priority(session, FACILITATOR, priority_id, describe_priority(), saw_version=1, theme_ids=other)

    with record.reading() as session:
        priority = get_priority_or_raise(session, VIEWER, priority_id, TODAY)

    assert [theme.name for theme in priority.themes] == ["Getting about"]
    assert priority.version == 2


def test_dissolved_priority_gives_its_themes_back_and_can_be_brought_back(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        priority_id = add_priority(session, board, "Being alone", "Getting about")
        dissolve_priority(session, FACILITATOR, priority_id, why="Two priorities are enough.")

    with record.reading() as session:
        assert list_priorities(session, VIEWER, board.engagement_id, TODAY) == ()
        standings = list_theme_standings(session, VIEWER, board.engagement_id)
        assert all(each.is_free for each in standings)
        dissolved = list_priorities(session, VIEWER, board.engagement_id, TODAY, is_dissolved=True)
        assert [each.title for each in dissolved] == ["Loneliness"]

    with record.writing() as session:
        bring_back_priority(session, FACILITATOR, priority_id)

    with record.reading() as session:
        back = get_priority_or_raise(session, VIEWER, priority_id, TODAY)
    assert {theme.name for theme in back.themes} == {"Being alone", "Getting about"}


def test_priority_with_actions_is_dissolved_only_after_confirmation_and_keeps_them(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        priority_id = add_priority(session, board, "Being alone")
        add_action(session, LEAD, priority_id, ActionDetails("Knock on doors", NamedPerson("Jo")))

    with pytest.raises(EngagementError, match="has 1 action"), record.writing() as session:
        dissolve_priority(session, FACILITATOR, priority_id)

    with record.writing() as session:
        dissolve_priority(session, FACILITATOR, priority_id, is_confirmed=True)
        assert list_actions(session, VIEWER, board.engagement_id, TODAY) == ()
        bring_back_priority(session, FACILITATOR, priority_id)
        kept = list_actions(session, VIEWER, board.engagement_id, TODAY)
    assert [each.title for each in kept] == ["Knock on doors"]


def test_priority_is_not_brought_back_onto_a_theme_that_went_elsewhere(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        priority_id = add_priority(session, board, "Being alone")
        dissolve_priority(session, FACILITATOR, priority_id)
        add_priority(session, board, "Being alone", title="Company")

    with (
        pytest.raises(EngagementError, match="already part of the priority “Company”"),
        record.writing() as s,
    ):
        bring_back_priority(s, FACILITATOR, priority_id)


def test_dissolving_twice_or_bringing_back_what_stands_says_so(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        priority_id = add_priority(session, add_board(session), "Being alone")
        with pytest.raises(EngagementError, match="is not dissolved"):
            bring_back_priority(session, FACILITATOR, priority_id)
        dissolve_priority(session, FACILITATOR, priority_id)
        with pytest.raises(EngagementError, match="is dissolved already"):
            dissolve_priority(session, FACILITATOR, priority_id)


def test_every_act_on_a_priority_is_in_the_record(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        priority_id = add_priority(session, board, "Being alone")
        edit_priority(session, FACILITATOR, priority_id, describe_priority("Company"), saw_version=1)
        dissolve_priority(session, FACILITATOR, priority_id, why="Enough.")
        bring_back_priority(session, FACILITATOR, priority_id)

    with record.reading() as session:
        kinds = list(session.scalars(select(Decision.kind).where(Decision.subject == "priority")))
    assert kinds == ["chose priority", "edited priority", "dissolved priority", "brought back priority"]


def test_lead_and_viewer_choose_no_priorities(sqlite_record: Record) -> None:
    with sqlite_record.writing() as session:
        board = add_board(session)
        themes = [board.themes["Being alone"]]
        for person in (LEAD, VIEWER):
            with pytest.raises(NotAllowedError):
                choose_priority(session, person, board.engagement_id, themes, describe_priority())


def test_priority_that_is_not_there_is_said_plainly(sqlite_record: Record) -> None:
    with pytest.raises(NotFoundError, match="There is no priority 7"), sqlite_record.reading() as session:
        get_priority_or_raise(session, VIEWER, 7, TODAY)


def test_quotes_leave_out_what_may_not_be_quoted_and_what_was_withdrawn(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        priority_id = add_priority(session, board, "Being alone")
        add_source_without_consent(session, board, "Please do not repeat this to anybody.", "Being alone")
        gone = board.voices["Nobody knocks from Friday to Monday."]
        session.add(Withdrawal(voice_id=gone, withdrawn_by=FACILITATOR.name))

    with record.reading() as session:
        quotes = list_quotes(session, VIEWER, priority_id)

    assert [each.text for each in quotes] == ["I want someone to notice I am not there."]
