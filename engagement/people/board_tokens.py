"""Tokens that let one person's page read and move on one board, for one working day."""

from __future__ import annotations

from dataclasses import dataclass

from itsdangerous import BadData
from sqlalchemy.orm import Session

from engagement.errors import NotAllowedError
from engagement.people.accounts import find_account_person
from engagement.people.permissions import Person
from engagement.people.signing import open_signer

VALID_FOR_S = 12 * 60 * 60
_PURPOSE = "common-thread-board-1"


class TokenRefusedError(NotAllowedError):
    """A page shows a token that lets nobody in."""


@dataclass(frozen=True)
class BoardClaims:
    """What a token says: which board, and whose account."""

    workshop_id: int
    account_id: int


def mint_token(workshop_id: int, person: Person) -> str:
    """Make a token for the person's page on one board. It says who, and gives no permission by itself."""
    if person.account_id is None:
        raise ValueError(f"person == {person.name!r}, must have an account.")
    return open_signer(_PURPOSE).dumps([workshop_id, person.account_id])


def read_token(token: str) -> BoardClaims:
    """Read a token.

    Raises
    ------
    TokenRefusedError
        When nobody here made the token, or it is from another day.
    """
    try:
        workshop_id, account_id = open_signer(_PURPOSE).loads(token, max_age=VALID_FOR_S)
    except BadData as error:
        raise TokenRefusedError("Your sign-in to this board is no longer valid. Reload the page.") from error
    return BoardClaims(workshop_id, account_id)


def find_token_person(session: Session, claims: BoardClaims) -> Person:
    """Find who holds a token, with the role that the account has right now.

    Raises
    ------
    TokenRefusedError
        When the account was closed since.
    """
    person = find_account_person(session, claims.account_id)
    if person is None:
        raise TokenRefusedError("Your account was closed. Ask an administrator of this service.")
    return person
