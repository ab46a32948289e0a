"""Accounts: who may sign in, and as what."""

from __future__ import annotations

import pytest
from argon2 import Type, extract_parameters
from sqlalchemy import select

from engagement.decisions import find_broken_decision
from engagement.errors import ConflictError, EngagementError, NotAllowedError, NotFoundError
from engagement.people.accounts import (
    add_account,
    change_password,
    change_role,
    close_account,
    find_account_person,
    list_accounts,
    reopen_account,
    set_password,
)
from engagement.people.passwords import HASHER
from engagement.people.sign_in import find_person, sign_in
from models.decisions import Decision
from models.people import Account, Role
from tests.people.conftest import PASSWORD


def add_priya(session, administrator):
    return add_account(
        session, administrator, email="priya@example.org", name="Priya", role=Role.LEAD, password=PASSWORD
    )


def test_added_person_can_sign_in(record, administrator):
    with record.writing() as session:
        add_priya(session, administrator)
    with record.writing() as session:
        token = sign_in(session, "priya@example.org", PASSWORD, "10.0.0.1")

    with record.reading() as session:
        assert find_person(session, token).role == Role.LEAD


def test_password_is_kept_as_argon2_only(record, administrator):
    with record.reading() as session:
        kept = session.scalars(select(Account.password_hash)).one()

    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept


def test_a_guess_at_a_kept_password_costs_what_its_makers_advise():
    kept = extract_parameters(HASHER.hash(PASSWORD))

    assert kept.type is Type.ID
    assert kept.time_cost >= 3
    assert kept.memory_cost >= 64 * 1024


def test_second_account_with_the_same_address_is_refused_whatever_its_capitals(record, administrator):
    with record.writing() as session:
        add_priya(session, administrator)

    with (
        pytest.raises(ConflictError, match=r"priya@example\.org has an account"),
        record.writing() as session,
    ):
        add_account(
            session, administrator, email="PRIYA@example.org", name="P", role=Role.LEAD, password=PASSWORD
        )


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("", "0 characters"),
        ("eleven chars"[:11], "11 characters"),
        ("x" * 1001, "very long"),
        ("priya@example.org", "e-mail address itself"),
        ("PRIYA@example.org", "e-mail address itself"),
        ("aaaaaaaaaaaaaaaa", "again and again"),
    ],
)
def test_password_that_is_easy_to_guess_is_refused(record, administrator, password, says):
    with pytest.raises(EngagementError, match=says), record.writing() as session:
        add_account(
            session,
            administrator,
            email="priya@example.org",
            name="Priya",
            role=Role.LEAD,
            password=password,
        )


@pytest.mark.parametrize("email", ["", "priya", "a b@example.org", "@", "a@" + "b" * 300, "a@b\x00.org"])
def test_what_is_no_email_address_is_refused(record, administrator, email):
    with pytest.raises(EngagementError, match="not an e-mail address"), record.writing() as session:
        add_account(session, administrator, email=email, name="P", role=Role.LEAD, password=PASSWORD)


@pytest.mark.parametrize("name", ["", "  \n", "x" * 201, "P\x00"])
def test_name_that_cannot_be_read_is_refused(record, administrator, name):
    with pytest.raises(EngagementError, match="1 to 200"), record.writing() as session:
        add_account(session, administrator, email="p@b.org", name=name, role=Role.LEAD, password=PASSWORD)


def test_changed_role_signs_out_and_counts_at_once(record, administrator):
    with record.writing() as session:
        priya = add_priya(session, administrator)
        token = sign_in(session, "priya@example.org", PASSWORD, "10.0.0.1")

    with record.writing() as session:
        change_role(session, administrator, priya.id, Role.VIEWER)

    with record.reading() as session:
        assert find_person(session, token) is None
        assert find_account_person(session, priya.id).role == Role.VIEWER


def test_closed_account_is_signed_out_and_may_not_come_back(record, administrator):
    with record.writing() as session:
        priya = add_priya(session, administrator)
        token = sign_in(session, "priya@example.org", PASSWORD, "10.0.0.1")

    with record.writing() as session:
        close_account(session, administrator, priya.id)

    with record.reading() as session:
        assert find_person(session, token) is None
        assert find_account_person(session, priya.id) is None
    with pytest.raises(NotAllowedError, match="do not belong together"), record.writing() as session:
        sign_in(session, "priya@example.org", PASSWORD, "10.0.0.1")


def test_account_that_was_opened_again_may_sign_in(record, administrator):
    with record.writing() as session:
        priya = add_priya(session, administrator)
        close_account(session, administrator, priya.id)
        reopen_account(session, administrator, priya.id)

    with record.writing() as session:
        assert sign_in(session, "priya@example.org", PASSWORD, "10.0.0.1")


@pytest.mark.parametrize(
    "act", [close_account, lambda *who: change_role(*who, Role.VIEWER)], ids=["close", "change role"]
)
def test_last_administrator_cannot_be_lost(record, administrator, act):
    with pytest.raises(EngagementError, match="only administrator"), record.writing() as session:
        act(session, administrator, administrator.account_id)

    with record.reading() as session:
        assert find_account_person(session, administrator.account_id).role == Role.ADMINISTRATOR


def test_own_password_is_changed_with_the_old_one_and_signs_every_browser_out(record, administrator):
    with record.writing() as session:
        token = sign_in(session, "ada@example.org", PASSWORD, "10.0.0.1")

    with record.writing() as session:
        change_password(session, administrator, old_password=PASSWORD, new_password="four other plain words")

    with record.writing() as session:
        assert find_person(session, token) is None
        assert sign_in(session, "ada@example.org", "four other plain words", "10.0.0.1")


def test_own_password_stays_when_the_old_one_is_wrong(record, administrator):
    with pytest.raises(NotAllowedError, match="old password"), record.writing() as session:
        change_password(session, administrator, old_password="guess", new_password="four other plain words")

    with record.writing() as session:
        assert sign_in(session, "ada@example.org", PASSWORD, "10.0.0.1")


def test_lost_password_is_replaced_by_an_administrator(record, administrator):
    with record.writing() as session:
        priya = add_priya(session, administrator)
        set_password(session, administrator, priya.id, "four other plain words")

    with record.writing() as session:
        assert sign_in(session, "priya@example.org", "four other plain words", "10.0.0.1")


def test_account_that_was_never_there_is_not_found(record, administrator):
    with pytest.raises(NotFoundError), record.writing() as session:
        close_account(session, administrator, 999)


def test_every_change_is_in_the_decision_log_without_addresses(record, administrator):
    with record.writing() as session:
        priya = add_priya(session, administrator)
        change_role(session, administrator, priya.id, Role.VIEWER)
        close_account(session, administrator, priya.id)

    with record.reading() as session:
        decisions = session.scalars(select(Decision).order_by(Decision.seq)).all()
        assert [each.kind for each in decisions] == [
            "made first administrator",
            "added account",
            "changed role",
            "closed account",
        ]
        assert "priya@example.org" not in str([each.details for each in decisions])
        assert find_broken_decision(session) is None


def test_open_accounts_are_listed_first(record, administrator):
    with record.writing() as session:
        priya = add_priya(session, administrator)
        add_account(session, administrator, email="z@b.org", name="Zed", role=Role.VIEWER, password=PASSWORD)
        close_account(session, administrator, priya.id)

    with record.reading() as session:
        assert [each.name for each in list_accounts(session, administrator)] == ["Ada Moss", "Zed", "Priya"]
