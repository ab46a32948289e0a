"""The code of the first start."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from engagement.errors import NotAllowedError
from engagement.people.accounts import make_first_administrator
from engagement.people.setup_code import make_setup_code
from models.base import utc_now
from models.people import Role, SetupCode
from tests.people.conftest import PASSWORD


def test_code_makes_the_first_administrator(record):
    with record.writing() as session:
        code = make_setup_code(session)

    with record.writing() as session:
        person = make_first_administrator(session, code, " Ada@Example.org ", "Ada  Moss", PASSWORD)

    assert (person.email, person.name, person.role) == ("ada@example.org", "Ada Moss", Role.ADMINISTRATOR)


def test_code_may_be_typed_in_small_letters_without_dashes(record):
    with record.writing() as session:
        code = make_setup_code(session)

    with record.writing() as session:
        typed = f" {code.lower().replace('-', ' ')} "
        assert make_first_administrator(session, typed, "a@b.org", "Ada", PASSWORD)


@pytest.mark.parametrize("typed", ["", "AAAA-BBBB-CCCC", "x" * 5000])
def test_wrong_code_is_refused(record, typed):
    with record.writing() as session:
        make_setup_code(session)

    with pytest.raises(NotAllowedError, match="newest one in the terminal"), record.writing() as session:
        make_first_administrator(session, typed, "a@b.org", "Ada", PASSWORD)


def test_newer_code_ends_the_one_before(record):
    with record.writing() as session:
        first = make_setup_code(session)
    with record.writing() as session:
        make_setup_code(session)

    with pytest.raises(NotAllowedError), record.writing() as session:
        make_first_administrator(session, first, "a@b.org", "Ada", PASSWORD)


def test_code_of_yesterday_is_refused(record):
    with record.writing() as session:
        code = make_setup_code(session)
        session.execute(update(SetupCode).values(expires_at=utc_now() - timedelta(seconds=1)))

    with pytest.raises(NotAllowedError), record.writing() as session:
        make_first_administrator(session, code, "a@b.org", "Ada", PASSWORD)


def test_no_code_is_made_once_somebody_has_an_account(record, administrator):
    with record.writing() as session:
        assert make_setup_code(session) is None


def test_code_works_once(record):
    with record.writing() as session:
        code = make_setup_code(session)
        make_first_administrator(session, code, "a@b.org", "Ada", PASSWORD)

    with pytest.raises(NotAllowedError, match="has an administrator already"), record.writing() as session:
        make_first_administrator(session, code, "eve@b.org", "Eve", PASSWORD)


def test_record_keeps_only_a_hash_of_the_code(record):
    with record.writing() as session:
        code = make_setup_code(session)

    with record.reading() as session:
        kept = session.scalars(select(SetupCode.code_hash)).one()

    assert code not in kept
    assert code.replace("-", "") not in kept
