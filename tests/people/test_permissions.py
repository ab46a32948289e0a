"""Who may do what: every pair of role and act, at the services themselves."""

from __future__ import annotations

import pytest

from engagement import engagements
from engagement.errors import NotAllowedError
from engagement.people import accounts, sign_in
from engagement.people.permissions import ALLOWED, COMMAND_LINE, Act, Person, can_act, check_may
from models.people import Role
from tests.builders import ADMINISTRATOR, FACILITATOR, LEAD, VIEWER

V, L, F, A = Role.VIEWER, Role.LEAD, Role.FACILITATOR, Role.ADMINISTRATOR
# Written out by hand, a second time: whoever changes the one must mean it enough to change the other.
EXPECTED = {
    Act.READ: {V, L, F, A},
    Act.MOVE_CARDS: {L, F, A},
    Act.UPDATE_ACTIONS: {L, F, A},
    Act.REFER: {L, F, A},
    Act.EXPORT: {L, F, A},
    # Whoever withdraws words is not whoever erases them, but for those who hold the machine anyway.
    Act.ERASE: {L, A},
    Act.START_ENGAGEMENT: {F, A},
    Act.ADD_SOURCE: {F, A},
    Act.WITHDRAW_VOICE: {F, A},
    Act.ASK_FOR_THEMES: {F, A},
    Act.RUN_WORKSHOP: {F, A},
    Act.CHOOSE_PRIORITIES: {F, A},
    Act.MANAGE_PEOPLE: {A},
}
PEOPLE = (VIEWER, LEAD, FACILITATOR, ADMINISTRATOR)
SERVICES = {
    "list accounts": (Act.MANAGE_PEOPLE, accounts.list_accounts),
    "add account": (
        Act.MANAGE_PEOPLE,
        lambda session, person: accounts.add_account(
            session, person, email="new@example.org", name="New", role=V, password="three plain words"
        ),
    ),
    "change role": (Act.MANAGE_PEOPLE, lambda session, person: accounts.change_role(session, person, 1, V)),
    "close account": (Act.MANAGE_PEOPLE, lambda session, person: accounts.close_account(session, person, 1)),
    "open account again": (
        Act.MANAGE_PEOPLE,
        lambda session, person: accounts.reopen_account(session, person, 1),
    ),
    "set password": (
        Act.MANAGE_PEOPLE,
        lambda session, person: accounts.set_password(session, person, 1, "three plain words"),
    ),
    "list sign-ins": (Act.MANAGE_PEOPLE, sign_in.list_sign_ins),
    "end sign-in": (Act.MANAGE_PEOPLE, lambda session, person: sign_in.end_sign_in(session, person, 1)),
    "start engagement": (
        Act.START_ENGAGEMENT,
        lambda session, person: engagements.start_engagement(session, person, "Leading lives"),
    ),
    "add prompt": (
        Act.ADD_SOURCE,
        lambda session, person: engagements.add_prompt(session, person, 1, "What works?"),
    ),
}


@pytest.mark.parametrize("act", Act, ids=lambda act: act.name)
@pytest.mark.parametrize("role", Role, ids=lambda role: role.name)
def test_each_role_may_do_what_was_agreed_and_nothing_else(role, act):
    person = Person(name="Somebody", role=role)

    assert can_act(person, act) is (role in EXPECTED[act])


REFUSED = [
    pytest.param(person, name, id=f"{person.role.name}-{name}")
    for name, (act, _service) in SERVICES.items()
    for person in PEOPLE
    if person.role not in EXPECTED[act]
]


@pytest.mark.parametrize(("person", "name"), REFUSED)
def test_service_refuses_whoever_may_not(sqlite_record, person, name):
    act, service = SERVICES[name]

    with pytest.raises(NotAllowedError, match=f"who may not {act}"), sqlite_record.writing() as session:
        service(session, person)


def test_every_role_and_every_act_is_decided():
    assert set(ALLOWED) == set(Role)
    assert set(EXPECTED) == set(Act)


def test_refusal_says_who_is_signed_in_and_whom_to_ask():
    with pytest.raises(NotAllowedError, match=r"Vic Viewer \(viewer\).*Ask an administrator"):
        check_may(VIEWER, Act.EXPORT)


def test_whoever_holds_the_machine_may_do_everything():
    assert all(can_act(COMMAND_LINE, act) for act in Act)
