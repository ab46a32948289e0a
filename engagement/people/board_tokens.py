"""Tokens that let one person's page read and move on one board, for one working day."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy.orm import Session

from engagement.errors import NotAllowedError
from engagement.people.accounts import find_account_person
from engagement.people.permissions import Person
from engagement.settings import read_settings

VALID_FOR_S = 12 * 60 * 60
SHORTEST_SECRET = 32
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
    return _open_signer().dumps([workshop_id, person.account_id])


def read_token(token: str) -> BoardClaims:
    """Read a token.

    Raises
    ------
    TokenRefusedError
        When nobody here made the token, or it is from another day.
    """
    try:
        workshop_id, account_id = _open_signer().loads(token, max_age=VALID_FOR_S)
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


def _open_signer() -> URLSafeTimedSerializer:
    settings = read_settings()
    secret = settings.secret or _read_secret(settings.data_dir)
    if len(secret) < SHORTEST_SECRET:
        raise ValueError(f"the secret has {len(secret)} characters, must be >= {SHORTEST_SECRET}.")
    return URLSafeTimedSerializer(secret, salt=_PURPOSE)


@cache
def _read_secret(folder: Path) -> str:
    """Read the secret of this installation; the first time, make it, for the owner's eyes only."""
    path = folder / "secret.key"
    if not path.exists():
        _make_secret(path)
    return path.read_text(encoding="ascii").strip()


def _make_secret(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"secret-{secrets.token_hex(8)}.tmp")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
    # A link appears whole or not at all; where another process was first, its secret is the one.
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
