"""Signing in and out. Every browser's sign-in is a row that can be ended at once."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.errors import NotAllowedError, NotFoundError
from engagement.people.accounts import clean_email, describe_person
from engagement.people.guessing import strike_out_tries
from engagement.people.passwords import matches_password
from engagement.people.permissions import Act, Person, check_may
from models.base import utc_now
from models.people import Account, SignIn

# Rationale: longer than the longest day with an evening workshop, shorter than the way to the next one.
LIFETIME = timedelta(hours=14)


@dataclass(frozen=True)
class SignInView:
    """One browser that is signed in, as administrators see it."""

    id: int
    name: str
    email: str
    started_at: datetime
    expires_at: datetime


def sign_in(session: Session, email: str, password: str, address: str) -> str:
    """Sign a browser in and give the token that it keeps; the record keeps only the token's hash.

    Call `engagement.people.guessing.note_try` first, in a transaction of its own.

    Raises
    ------
    NotAllowedError
        When the two do not belong together, or the account is closed. Which of these, nobody is told.
    """
    email = clean_email(email)
    account = session.scalar(select(Account).where(Account.email == email))
    is_right = matches_password(account.password_hash if account else None, password)
    if account is None or not is_right or not account.is_active:
        raise NotAllowedError(
            "This e-mail address and password do not belong together. Try again, "
            "or ask an administrator for a new password."
        )
    strike_out_tries(session, email, address)
    return start_sign_in(session, account.id)


def start_sign_in(session: Session, account_id: int) -> str:
    """Make a new token for an account whose holder has shown who they are."""
    token = secrets.token_urlsafe(32)
    now = utc_now()
    session.add(
        SignIn(
            account_id=account_id,
            token_hash=_hash_token(token),
            started_at=now,
            expires_at=now + LIFETIME,
        )
    )
    session.flush()
    return token


def find_person(session: Session, token: str | None) -> Person | None:
    """Find who holds the token, with the role of this moment; None when it is signed out or out of date."""
    if not token:
        return None
    row = session.execute(
        select(Account)
        .join(SignIn, SignIn.account_id == Account.id)
        .where(
            SignIn.token_hash == _hash_token(token),
            SignIn.ended_at.is_(None),
            SignIn.expires_at > utc_now(),
            Account.is_active.is_(True),
        )
    ).scalar_one_or_none()
    return describe_person(row) if row is not None else None


def sign_out(session: Session, token: str | None) -> None:
    """End the token for good; nothing happens when it is not known."""
    if not token:
        return
    found = session.scalar(select(SignIn).where(SignIn.token_hash == _hash_token(token)))
    if found is not None and found.ended_at is None:
        found.ended_at = utc_now()


def list_sign_ins(session: Session, person: Person) -> tuple[SignInView, ...]:
    """List the browsers that are signed in right now, the newest first."""
    check_may(person, Act.MANAGE_PEOPLE)
    rows = session.execute(
        select(SignIn, Account)
        .join(Account, Account.id == SignIn.account_id)
        .where(SignIn.ended_at.is_(None), SignIn.expires_at > utc_now(), Account.is_active.is_(True))
        .order_by(SignIn.started_at.desc(), SignIn.id.desc())
    )
    return tuple(
        SignInView(each.id, account.name, account.email, each.started_at, each.expires_at)
        for each, account in rows
    )


def end_sign_in(session: Session, person: Person, sign_in_id: int) -> None:
    """Sign one browser out, whoever sits before it."""
    check_may(person, Act.MANAGE_PEOPLE)
    found = session.get(SignIn, sign_in_id)
    if found is None:
        raise NotFoundError("There is no such sign-in. Open the list again.")
    if found.ended_at is None:
        found.ended_at = utc_now()


def _hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
