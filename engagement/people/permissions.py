"""Who may do what.

Every service asks here for the act at hand; screens ask only to hide what would be refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engagement.errors import NotAllowedError
from models.people import Role


class Act(StrEnum):
    """Something that needs permission. The value completes "You may not ..."."""

    READ = "read this engagement"
    MANAGE_PEOPLE = "manage accounts"
    START_ENGAGEMENT = "start an engagement"
    ADD_SOURCE = "add sources"
    WITHDRAW_VOICE = "withdraw voices"
    ASK_FOR_THEMES = "ask for candidate themes"
    RUN_WORKSHOP = "run workshops"
    MOVE_CARDS = "move cards on the board"
    CHOOSE_PRIORITIES = "choose priorities"
    UPDATE_ACTIONS = "update actions"
    REFER = "pass voices on to other organisations"
    EXPORT = "download the record"
    ERASE = "erase words for good"


_READER = frozenset({Act.READ})
_LEAD = _READER | {Act.UPDATE_ACTIONS, Act.REFER, Act.MOVE_CARDS, Act.EXPORT}
_FACILITATOR = _LEAD | {
    Act.START_ENGAGEMENT,
    Act.ADD_SOURCE,
    Act.WITHDRAW_VOICE,
    Act.ASK_FOR_THEMES,
    Act.RUN_WORKSHOP,
    Act.CHOOSE_PRIORITIES,
}
ALLOWED: dict[Role, frozenset[Act]] = {
    Role.VIEWER: _READER,
    Role.LEAD: _LEAD | {Act.ERASE},
    Role.FACILITATOR: _FACILITATOR,
    Role.ADMINISTRATOR: _FACILITATOR | {Act.MANAGE_PEOPLE, Act.ERASE},
}


@dataclass(frozen=True)
class HeldSeat:
    """A participant's seat at the moment of asking. ``table_number`` None: at no table."""

    id: int
    workshop_id: int
    table_number: int | None


@dataclass(frozen=True)
class Person:
    """Somebody who acts: an account that is signed in, or whoever holds the machine (``account_id`` None).

    A participant has a seat in one workshop and no role: no act is allowed by role, and what the seat allows
    is asked of the workshop itself (`engagement.workshop.rights`).
    """

    name: str
    role: Role | None
    account_id: int | None = None
    email: str = ""
    seat: HeldSeat | None = None

    def __post_init__(self) -> None:
        if (self.role is None) != (self.seat is not None):
            raise ValueError(f"seat == {self.seat}, role == {self.role}, must have one of the two.")

    @property
    def seat_id(self) -> int | None:
        """Give the number of the seat; None for an account."""
        return None if self.seat is None else self.seat.id


COMMAND_LINE = Person(name="Command line", role=Role.ADMINISTRATOR)


def can_act(person: Person, act: Act) -> bool:
    """Tell whether the person may do this."""
    return person.role is not None and act in ALLOWED[person.role]


def check_may(person: Person, act: Act) -> None:
    """Refuse what the person's role does not allow.

    Raises
    ------
    NotAllowedError
        When the role does not allow the act.
    """
    if person.role is None:
        raise NotAllowedError(
            f"You are here as {person.name}, with a seat in one workshop, and may not {act}. "
            "Ask a facilitator in the room."
        )
    if not can_act(person, act):
        raise NotAllowedError(
            f"You are signed in as {person.name} ({person.role}), who may not {act}. "
            "Ask an administrator of this service to do it or to change your role."
        )
