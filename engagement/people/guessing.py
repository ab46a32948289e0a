"""Slowing down whoever guesses passwords or codes.

A try is noted as failed *before* it is looked at, and struck out when it was right: a hundred tries at the
same moment cannot slip past the count, nor can a crash in between.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from engagement.errors import EngagementError
from models.base import utc_now
from models.database import lock_chain
from models.people import FailedSignIn

# Rationale: ten tries are plenty for somebody who mistypes; at ten in a quarter of an hour, guessing even a
# poor password takes years. A whole office behind one address gets thirty.
WINDOW = timedelta(minutes=15)
TRIES_FOR_A_NAME = 10
TRIES_FROM_AN_ADDRESS = 30
SETUP_CODE = "setup code"


class TooManyTriesError(EngagementError):
    """Somebody tried too often in a short time."""


def note_try(session: Session, name: str, address: str) -> None:
    """Count one more try for the name (an e-mail address or `SETUP_CODE`), or refuse it.

    Commit before the try itself is looked at.

    Raises
    ------
    TooManyTriesError
        When the name or the address has failed too often in the last quarter of an hour.
    """
    lock_chain(session, "sign_in")
    now = utc_now()
    session.execute(delete(FailedSignIn).where(FailedSignIn.failed_at < now - WINDOW))
    counts = (
        (_count(session, FailedSignIn.email == name[:254]), TRIES_FOR_A_NAME),
        (_count(session, FailedSignIn.address == address[:64]), TRIES_FROM_AN_ADDRESS),
    )
    if any(count >= limit for count, limit in counts):
        raise TooManyTriesError("That was wrong too often. Wait 15 minutes, then try again.")
    session.add(FailedSignIn(email=name[:254], address=address[:64], failed_at=now))


def strike_out_tries(session: Session, name: str, address: str) -> None:
    """Forget the tries of somebody who got it right in the end, from this address."""
    session.execute(
        delete(FailedSignIn).where(FailedSignIn.email == name[:254], FailedSignIn.address == address[:64])
    )


def _count(session: Session, which: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(FailedSignIn).where(which)) or 0
