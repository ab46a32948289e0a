"""Signing in and out, and what guessing costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from engagement.errors import NotAllowedError
from engagement.people.guessing import (
    TRIES_FOR_A_NAME,
    TRIES_FROM_AN_ADDRESS,
    WINDOW,
    TooManyTriesError,
    note_try,
)
from engagement.people.sign_in import end_sign_in, find_person, list_sign_ins, sign_in, sign_out
from models.base import utc_now
from models.people import FailedSignIn, SignIn
from tests.people.conftest import PASSWORD


@pytest.fixture
def token(record, administrator):
    with record.writing() as session:
        return sign_in(session, "ada@example.org", PASSWORD, "10.0.0.1")


def test_email_is_read_whatever_its_capitals(record, administrator):
    with record.writing() as session:
        assert sign_in(session, " ADA@example.org ", PASSWORD, "10.0.0.1")


@pytest.mark.parametrize(
    ("email", "password"), [("ada@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("", "")]
)
def test_wrong_email_and_wrong_password_are_told_the_same(record, administrator, email, password):
    with pytest.raises(NotAllowedError, match="do not belong together"), record.writing() as session:
        sign_in(session, email, password, "10.0.0.1")


def test_each_sign_in_has_a_token_of_its_own(record, administrator, token):
    with record.writing() as session:
        other = sign_in(session, "ada@example.org", PASSWORD, "10.0.0.1")

    assert other != token


def test_record_keeps_only_a_hash_of_the_token(record, token):
    with record.reading() as session:
        assert token not in session.scalars(select(SignIn.token_hash)).one()


@pytest.mark.parametrize("wrong", [None, "", "guess", "x" * 10_000])
def test_unknown_token_is_nobody(record, token, wrong):
    with record.reading() as session:
        assert find_person(session, wrong) is None


def test_token_kept_after_sign_out_is_nobody(record, token):
    with record.writing() as session:
        sign_out(session, token)

    with record.reading() as session:
        assert find_person(session, token) is None


def test_signing_out_leaves_the_other_browser_signed_in(record, administrator, token):
    with record.writing() as session:
        other = sign_in(session, "ada@example.org", PASSWORD, "10.0.0.1")
        sign_out(session, token)

    with record.reading() as session:
        assert find_person(session, other) == administrator


def test_sign_in_ends_by_itself(record, token):
    with record.writing() as session:
        session.execute(update(SignIn).values(expires_at=utc_now() - timedelta(seconds=1)))

    with record.reading() as session:
        assert find_person(session, token) is None


def test_administrator_ends_a_sign_in(record, administrator, token):
    with record.writing() as session:
        (listed,) = list_sign_ins(session, administrator)
        end_sign_in(session, administrator, listed.id)

    with record.reading() as session:
        assert find_person(session, token) is None
        assert list_sign_ins(session, administrator) == ()


def test_guessing_at_one_account_is_slowed_down_from_wherever_it_comes(record):
    with record.writing() as session:
        for guess in range(TRIES_FOR_A_NAME):
            note_try(session, "ada@example.org", f"10.0.0.{guess}")

    with pytest.raises(TooManyTriesError, match="Wait 15 minutes"), record.writing() as session:
        note_try(session, "ada@example.org", "10.9.9.9")


def test_guessing_from_one_address_is_slowed_down_whoever_is_guessed(record):
    with record.writing() as session:
        for guess in range(TRIES_FROM_AN_ADDRESS):
            note_try(session, f"person{guess}@example.org", "10.0.0.1")

    with pytest.raises(TooManyTriesError), record.writing() as session:
        note_try(session, "ada@example.org", "10.0.0.1")


def test_somebody_else_may_sign_in_while_one_account_is_guessed_at(record):
    with record.writing() as session:
        for guess in range(TRIES_FOR_A_NAME):
            note_try(session, "ada@example.org", f"10.0.0.{guess}")

        note_try(session, "priya@example.org", "10.9.9.9")


def test_waiting_lets_try_again(record):
    with record.writing() as session:
        for _ in range(TRIES_FOR_A_NAME):
            note_try(session, "ada@example.org", "10.0.0.1")
        session.execute(update(FailedSignIn).values(failed_at=utc_now() - WINDOW - timedelta(seconds=1)))

    with record.writing() as session:
        note_try(session, "ada@example.org", "10.0.0.1")


def test_right_password_strikes_the_tries_out(record, administrator):
    with record.writing() as session:
        for _ in range(TRIES_FOR_A_NAME):
            note_try(session, "ada@example.org", "10.0.0.1")
    with record.writing() as session:
        sign_in(session, "ada@example.org", PASSWORD, "10.0.0.1")

    with record.writing() as session:
        note_try(session, "ada@example.org", "10.0.0.1")
