"""The one-time code of the first start: whoever can read the terminal makes the first administrator."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from engagement.errors import NotAllowedError
from models.base import utc_now
from models.people import Account, SetupCode

LIFETIME = timedelta(hours=24)
# No letter or digit that is read as another one: no I, L, O, 0 or 1.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def needs_first_administrator(session: Session) -> bool:
    """Tell whether nobody has an account yet."""
    return not session.scalar(select(func.count()).select_from(Account))


def make_setup_code(session: Session) -> str | None:
    """Make a new code and end the one before; None when somebody has an account already."""
    if not needs_first_administrator(session):
        return None
    session.execute(delete(SetupCode).where(SetupCode.used_at.is_(None)))
    code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
    session.add(SetupCode(code_hash=_hash_code(code), expires_at=utc_now() + LIFETIME))
    session.flush()
    return code


def use_setup_code(session: Session, code: str) -> None:
    """Use the code up.

    Raises
    ------
    NotAllowedError
        When it is wrong, used or too old.
    """
    kept = session.get(SetupCode, _hash_code(code))
    if kept is None or kept.used_at is not None or kept.expires_at <= utc_now():
        raise NotAllowedError(
            "This setup code is not right, or too old. Look for the newest one in the terminal "
            "where Common Thread was started; starting it again prints a new one."
        )
    kept.used_at = utc_now()


def _hash_code(code: str) -> str:
    typed = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(typed.encode()).hexdigest()
