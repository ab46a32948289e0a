"""Choosing in the room: themes by their dots, a priority with its first action, on the wall at once."""

from __future__ import annotations

from datetime import date

import pytest

from engagement.errors import EngagementError, NotAllowedError
from engagement.people.permissions import Person
from engagement.plan.actions import ActionDetails, list_actions
from engagement.plan.choosing import choose_with_first_action, get_theme_votes
from engagement.plan.named_people import NamedPerson
from engagement.plan.priority_views import list_priorities
from engagement.web.screen_view import ScreenView, read_screen
from engagement.workshop.rounds import RoundPlan
from models.database import Record
from models.rooms import RoundKind
from tests.builders import FACILITATOR, LEAD, VIEWER
from tests.plan.states import TODAY, describe_priority
from tests.workshop.conftest import Table, make_room, make_table
from tests.workshop.seated import begin, open_room, plan, sit_down
from tests.workshop.voting import put, show

TEA = ActionDetails("Hold a tea", NamedPerson("Jo"), date(2024, 11, 1))


@pytest.fixture
def table(record: Record) -> Table:
    """A board that counts, with open doors and three dots on Online."""
    table = make_table(make_room(record))
    open_room(table)
    put(table, sit_down(table), "Online", 3)
    return table


def choose(table: Table, first: ActionDetails | None = TEA, by: Person = FACILITATOR) -> int:
    with table.record.writing() as session:
        return choose_with_first_action(
            session,
            by,
            table.room.engagement_id,
            [table.themes["Online"]],
            describe_priority("Online"),
            first,
        )


def see_screen(table: Table) -> ScreenView:
    with table.record.reading() as session:
        return read_screen(session, FACILITATOR, table.workshop_id, "http://thread.test")


def list_titles(table: Table) -> list[str]:
    with table.record.reading() as session:
        found = list_priorities(session, VIEWER, table.room.engagement_id, TODAY)
    return [each.title for each in found]


def test_themes_have_dots_for_the_plan_once_votes_are_shown(table: Table) -> None:
    with table.record.reading() as session:
        assert get_theme_votes(session, VIEWER, table.room.engagement_id) is None
    show(table)

    with table.record.reading() as session:
        votes = get_theme_votes(session, VIEWER, table.room.engagement_id)
    assert votes is not None
    assert votes.dots[table.themes["Online"]] == 3


def test_an_engagement_without_a_board_has_no_votes(record: Record) -> None:
    room = make_room(record)

    with record.reading() as session:
        assert get_theme_votes(session, VIEWER, room.engagement_id) is None


def test_a_priority_is_chosen_with_its_first_action(table: Table) -> None:
    priority_id = choose(table)

    with table.record.reading() as session:
        (action,) = list_actions(session, VIEWER, priority_id, TODAY)
    assert (action.title, action.owner_name, action.due_on) == ("Hold a tea", "Jo", date(2024, 11, 1))
    assert list_titles(table) == ["Online"]


def test_a_priority_is_chosen_without_an_action(table: Table) -> None:
    priority_id = choose(table, None)

    with table.record.reading() as session:
        assert list_actions(session, VIEWER, priority_id, TODAY) == ()


def test_neither_is_kept_when_the_action_is_refused(table: Table) -> None:
    with pytest.raises(EngagementError):
        choose(table, ActionDetails("", NamedPerson("Jo")))

    assert list_titles(table) == []


def test_a_lead_does_not_choose(table: Table) -> None:
    with pytest.raises(NotAllowedError):
        choose(table, by=LEAD)


def test_the_wall_shows_what_was_chosen_while_the_room_chooses(table: Table) -> None:
    plan(table, [RoundPlan(RoundKind.VOTE), RoundPlan(RoundKind.CHOOSE)])
    begin(table, 1)
    choose(table)
    assert see_screen(table).chosen == ()
    begin(table, 2)

    (chosen,) = see_screen(table).chosen
    assert (chosen.title, chosen.lead) == ("Online", "Priya Shah")
    assert chosen.statement == "I want someone to notice when I am not there."
