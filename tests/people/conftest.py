"""States of the accounts to test against."""

from __future__ import annotations

import pytest

from engagement.people.accounts import make_first_administrator
from engagement.people.permissions import Person
from engagement.people.setup_code import make_setup_code
from models.database import Record

PASSWORD = "three plain words"


@pytest.fixture(autouse=True)
def _quick_passwords(quick_passwords: None) -> None:
    """Spend no time on making passwords hard to guess."""


@pytest.fixture
def administrator(record: Record) -> Person:
    """The first administrator, made with the setup code."""
    with record.writing() as session:
        code = make_setup_code(session)
        return make_first_administrator(session, code, "Ada@Example.org", "Ada  Moss", PASSWORD)
