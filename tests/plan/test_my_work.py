"""A lead who comes back sees what is theirs, what is late, whom to chase, and what others changed."""

from __future__ import annotations

from datetime import date, timedelta

from engagement.plan.actions import ActionDetails, add_action, add_note
from engagement.plan.my_work import read_my_work
from engagement.plan.named_people import NamedPerson
from engagement.plan.referrals import pass_on_theme
from models.database import Record
from tests.builders import FACILITATOR, LEAD, VIEWER, add_account
from tests.plan.states import TODAY, add_board, add_priority


def test_lead_sees_their_priorities_and_each_open_action_once(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        priya = add_account(session, LEAD)
        as_priya = NamedPerson(priya.name, priya.account_id)
        led = add_priority(session, board, "Being alone", lead=as_priya)
        other = add_priority(session, board, "Getting about", title="Buses", lead=NamedPerson("Sam"))
        for priority_id, title, owner, due_on in [
            (led, "late, of my priority", NamedPerson("Jo"), TODAY - timedelta(days=20)),
            (led, "soon, mine", as_priya, TODAY + timedelta(days=3)),
            (other, "some day, mine by name", NamedPerson("priya lead"), None),
            (other, "not mine", NamedPerson("Jo"), TODAY),
        ]:
            add_action(session, FACILITATOR, priority_id, ActionDetails(title, owner, due_on))

    with record.reading() as session:
        work = read_my_work(session, priya, board.engagement_id, TODAY)

    assert [each.title for each in work.priorities] == ["Loneliness"]
    assert [each.title for each in work.late] == ["late, of my priority"]
    assert [each.title for each in work.due_soon] == ["soon, mine"]
    assert [each.title for each in work.other_open] == ["some day, mine by name"]


def test_changes_are_what_others_did_to_my_things_since_my_last_act(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        mine = NamedPerson(LEAD.name)
        priority_id = add_priority(session, board, "Being alone", lead=mine)
        action_id = add_action(session, LEAD, priority_id, ActionDetails("Knock", mine))
        add_priority(session, board, "Getting about", title="Buses", lead=NamedPerson("Sam"))
        add_note(session, FACILITATOR, action_id, "Forty doors.")

    with record.reading() as session:
        changes = read_my_work(session, LEAD, board.engagement_id, TODAY).changes

    assert [each.said for each in changes] == ["Amina Facilitator added note to action: Knock"]


def test_chases_of_what_i_passed_on_are_mine(record: Record) -> None:
    with record.writing() as session:
        board = add_board(session)
        theme_id = board.themes["Seeing a doctor"]
        day = date(2024, 8, 2)
        pass_on_theme(session, LEAD, board.engagement_id, theme_id, recipient="The NHS", sent_on=day)

    with record.reading() as session:
        mine = read_my_work(session, LEAD, board.engagement_id, TODAY).chases
        theirs = read_my_work(session, VIEWER, board.engagement_id, TODAY).chases

    assert [each.recipient for each in mine] == ["The NHS"]
    assert theirs == ()
