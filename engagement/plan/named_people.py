"""Who leads and who owns: an account, or a typed name where there is no account yet."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.errors import EngagementError
from engagement.people.permissions import Act, Person, check_may
from models.people import Account

MOST_LETTERS = 200


@dataclass(frozen=True)
class NamedPerson:
    """Somebody who leads a priority or owns an action; ``account_id`` is None for a typed name."""

    name: str
    account_id: int | None = None


def list_named_people(session: Session, person: Person) -> tuple[NamedPerson, ...]:
    """List those with an open account, by name."""
    check_may(person, Act.READ)
    accounts = session.scalars(select(Account).where(Account.is_active).order_by(Account.name))
    return tuple(NamedPerson(each.name, each.id) for each in accounts)


def settle_person(session: Session, named: NamedPerson, what: str) -> NamedPerson:
    """Check the choice of a lead or an owner, and take the name from the account where there is one."""
    if named.account_id is not None:
        account = session.get(Account, named.account_id)
        if account is None:
            raise EngagementError(f"The account chosen as {what} is gone. Choose somebody else.")
        return NamedPerson(account.name, account.id)
    name = " ".join(named.name.split())
    if not name:
        raise EngagementError(f"Nobody is named as {what} yet. Choose somebody, or type a name.")
    if len(name) > MOST_LETTERS:
        raise EngagementError(
            f"The name of the {what} has {len(name)} letters. Use {MOST_LETTERS} letters or fewer."
        )
    return NamedPerson(name)


def is_same_person(person: Person, name: str, account_id: int | None) -> bool:
    """Tell whether a lead or an owner is this person, by account or else by the typed name."""
    if account_id is not None:
        return account_id == person.account_id
    return name.casefold() == person.name.casefold()
