"""Tokens that let a projector follow one workshop. They read one page and open nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from itsdangerous import BadData
from sqlalchemy.orm import Session

from engagement.errors import NotAllowedError
from engagement.people.accounts import find_account_person
from engagement.people.permissions import Act, Person, check_may
from engagement.people.signing import open_signer

VALID_FOR_S = 16 * 60 * 60
_PURPOSE = "common-thread-screen-1"


class ScreenRefusedError(NotAllowedError):
    """A browser shows no token of this screen, or one that is no good any more."""


@dataclass(frozen=True)
class ScreenClaims:
    """What a token says: which workshop, and whose account opened the screen."""

    workshop_id: int
    account_id: int


def mint_screen_token(workshop_id: int, person: Person) -> str:
    """Make the token of a screen for whoever runs workshops.

    Raises
    ------
    NotAllowedError
        When the person may not run workshops.
    """
    check_may(person, Act.RUN_WORKSHOP)
    return open_signer(_PURPOSE).dumps([workshop_id, person.account_id])


def read_screen_token(token: str) -> ScreenClaims:
    """Read a token.

    Raises
    ------
    ScreenRefusedError
        When nobody here made the token, or it is from another day.
    """
    try:
        workshop_id, account_id = open_signer(_PURPOSE).loads(token, max_age=VALID_FOR_S)
    except BadData as error:
        raise ScreenRefusedError("This screen is not open any more. Open it again from the board.") from error
    return ScreenClaims(workshop_id, account_id)


def find_screen_person(session: Session, claims: ScreenClaims) -> Person:
    """Find who opened a screen, with the role that the account has right now.

    Raises
    ------
    NotAllowedError
        When the account was closed since, or may not run workshops any more.
    """
    person = find_account_person(session, claims.account_id)
    if person is None:
        raise ScreenRefusedError("The account that opened this screen was closed. Open it from another one.")
    check_may(person, Act.RUN_WORKSHOP)
    return person
