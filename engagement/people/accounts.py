"""Accounts: who may sign in, and as what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import ConflictError, EngagementError, NotAllowedError, NotFoundError
from engagement.people.passwords import hash_password, matches_password
from engagement.people.permissions import Act, Person, check_may
from engagement.people.setup_code import needs_first_administrator, use_setup_code
from models.base import utc_now
from models.database import lock_chain
from models.people import Account, Role, SignIn

_EMAIL = re.compile(r"[^@\s\ufffd]+@[^@\s\ufffd]+")


@dataclass(frozen=True)
class AccountView:
    """One account, as administrators see it."""

    id: int
    name: str
    email: str
    role: Role
    is_active: bool
    made_at: datetime


def make_first_administrator(session: Session, code: str, email: str, name: str, password: str) -> Person:
    """Make the first account of all, for whoever holds the setup code.

    Raises
    ------
    NotAllowedError
        When the code is wrong or somebody has an account already.
    EngagementError
        When the e-mail address, the name or the password cannot be used.
    """
    lock_chain(session, "account")
    if not needs_first_administrator(session):
        raise NotAllowedError("Common Thread has an administrator already. Sign in, or ask them.")
    use_setup_code(session, code)
    account = _make_account(session, email, name, Role.ADMINISTRATOR, password)
    person = describe_person(account)
    record_decision(session, person, "made first administrator", subject="account", subject_id=account.id)
    return person


def add_account(
    session: Session, person: Person, *, email: str, name: str, role: Role, password: str
) -> AccountView:
    """Let one more person sign in.

    Raises
    ------
    EngagementError
        When the e-mail address is taken, or something that was typed cannot be used.
    """
    check_may(person, Act.MANAGE_PEOPLE)
    account = _make_account(session, email, name, role, password)
    _record(session, person, "added account", account, role=str(role))
    return _view(account)


def change_role(session: Session, person: Person, account_id: int, role: Role) -> None:
    """Change what an account may do; its browsers are signed out.

    Raises
    ------
    EngagementError
        When nobody would be left to look after the accounts.
    """
    check_may(person, Act.MANAGE_PEOPLE)
    account = _get_account_or_raise(session, account_id)
    if account.role == role:
        return
    _keep_an_administrator(session, account)
    _record(session, person, "changed role", account, before=str(account.role), after=str(role))
    account.role = role
    end_sign_ins(session, account.id)


def close_account(session: Session, person: Person, account_id: int) -> None:
    """Let somebody sign in no more, from this moment. What they did stays in the record.

    Raises
    ------
    EngagementError
        When nobody would be left to look after the accounts.
    """
    check_may(person, Act.MANAGE_PEOPLE)
    account = _get_account_or_raise(session, account_id)
    if not account.is_active:
        return
    _keep_an_administrator(session, account)
    account.is_active = False
    end_sign_ins(session, account.id)
    _record(session, person, "closed account", account)


def reopen_account(session: Session, person: Person, account_id: int) -> None:
    """Let somebody sign in again whose account was closed."""
    check_may(person, Act.MANAGE_PEOPLE)
    account = _get_account_or_raise(session, account_id)
    if not account.is_active:
        account.is_active = True
        _record(session, person, "opened account again", account)


def change_password(session: Session, person: Person, *, old_password: str, new_password: str) -> None:
    """Change one's own password; every browser is signed out, this one too.

    Raises
    ------
    EngagementError
        When the old password is wrong or the new one cannot be used.
    """
    account = _get_account_or_raise(session, person.account_id)
    if not matches_password(account.password_hash, old_password):
        raise NotAllowedError("The old password is not right. Type the one you signed in with.")
    _keep_password(session, person, account, new_password)


def set_password(session: Session, person: Person, account_id: int, password: str) -> None:
    """Give somebody a new password who lost theirs; their browsers are signed out."""
    check_may(person, Act.MANAGE_PEOPLE)
    _keep_password(session, person, _get_account_or_raise(session, account_id), password)


def list_accounts(session: Session, person: Person) -> tuple[AccountView, ...]:
    """List every account, those that are open first, then by name."""
    check_may(person, Act.MANAGE_PEOPLE)
    rows = session.scalars(select(Account).order_by(Account.is_active.desc(), Account.name, Account.id))
    return tuple(_view(account) for account in rows)


def find_account_person(session: Session, account_id: int) -> Person | None:
    """Find who an account is right now; None when it is closed or was never there."""
    account = session.get(Account, account_id)
    return describe_person(account) if account is not None and account.is_active else None


def describe_person(account: Account) -> Person:
    """Describe the account's holder to the services."""
    return Person(name=account.name, role=account.role, account_id=account.id, email=account.email)


def clean_email(email: str) -> str:
    """Give the e-mail address as the record keeps it: trimmed, in lower case, without unseen signs."""
    readable = (sign if sign.isprintable() else "\ufffd" for sign in email.strip().lower())
    return "".join(readable)


def end_sign_ins(session: Session, account_id: int) -> None:
    """Sign every browser of the account out."""
    rows = session.scalars(select(SignIn).where(SignIn.account_id == account_id, SignIn.ended_at.is_(None)))
    for sign_in in rows:
        sign_in.ended_at = utc_now()


def _make_account(session: Session, email: str, name: str, role: Role, password: str) -> Account:
    email, name = clean_email(email), " ".join(name.split())
    if not _EMAIL.fullmatch(email) or len(email) > 254:
        raise EngagementError(f'"{email}" is not an e-mail address. Type one such as amina@example.org.')
    if not name or len(name) > 200 or not name.isprintable():
        raise EngagementError("A name needs 1 to 200 letters. Type the name that others know the person by.")
    password_hash = hash_password(password, email)
    if session.scalar(select(Account.id).where(Account.email == email)):
        raise ConflictError(f"{email} has an account already. Look for it in the list of people.")
    account = Account(email=email, name=name, role=role, password_hash=password_hash)
    session.add(account)
    session.flush()
    return account


def _keep_password(session: Session, person: Person, account: Account, password: str) -> None:
    account.password_hash = hash_password(password, account.email)
    end_sign_ins(session, account.id)
    _record(session, person, "changed password", account)


def _keep_an_administrator(session: Session, account: Account) -> None:
    lock_chain(session, "account")
    others = select(func.count()).where(
        Account.role == Role.ADMINISTRATOR, Account.is_active.is_(True), Account.id != account.id
    )
    if account.role == Role.ADMINISTRATOR and account.is_active and not session.scalar(others):
        raise EngagementError(
            f"{account.name} is the only administrator. Make somebody else an administrator first."
        )


def _get_account_or_raise(session: Session, account_id: int | None) -> Account:
    account = session.get(Account, account_id) if account_id is not None else None
    if account is None:
        raise NotFoundError("There is no such account. Open the list of people again.")
    return account


def _record(session: Session, person: Person, kind: str, account: Account, **details: str) -> None:
    record_decision(session, person, kind, subject="account", subject_id=account.id, details=details)


def _view(account: Account) -> AccountView:
    return AccountView(
        id=account.id,
        name=account.name,
        email=account.email,
        role=account.role,
        is_active=account.is_active,
        made_at=account.made_at,
    )
