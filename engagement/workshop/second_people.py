"""Who themes a sample a second time, and how far each has got."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from engagement.listen.duplicates.aside import stands
from engagement.people.permissions import Act, Person, check_may
from models.double_theming import SecondAnswer, SecondSample, SecondSampleVoice
from models.workshops import BoardEvent


@dataclass(frozen=True)
class SecondPerson:
    """Somebody who themes a sample again.

    ``n_moves`` counts what they did on the board before the sample was drawn, of ``n_moves_of_all``.
    """

    account_id: int | None
    name: str
    n_answered: int
    n_voices: int
    n_moves: int
    n_moves_of_all: int

    @property
    def is_done(self) -> bool:
        """Tell whether every voice that still stands has an answer."""
        return self.n_answered == self.n_voices

    @property
    def knows_the_board(self) -> bool:
        """Tell whether they made half of the moves or more, so that they know where the voices stand."""
        return self.n_moves > 0 and 2 * self.n_moves >= self.n_moves_of_all


def list_second_people(session: Session, person: Person, sample_id: int) -> tuple[SecondPerson, ...]:
    """List everybody who has answered at least one voice of a sample, those who began first before others."""
    check_may(person, Act.READ)
    standing = select_standing(sample_id).subquery()
    rows = session.execute(
        select(
            SecondAnswer.account_id,
            SecondAnswer.answered_by,
            func.count(SecondAnswer.voice_id.distinct()).filter(
                SecondAnswer.voice_id.in_(select(standing.c.voice_id))
            ),
        )
        .where(SecondAnswer.sample_id == sample_id)
        .group_by(SecondAnswer.account_id, SecondAnswer.answered_by)
        .order_by(func.min(SecondAnswer.id))
    )
    n_voices = session.scalar(select(func.count()).select_from(standing)) or 0
    moves = count_moves(session, sample_id)
    return tuple(
        SecondPerson(account_id, name, n, n_voices, moves.get((account_id, name), 0), sum(moves.values()))
        for account_id, name, n in rows
    )


def describe_self(session: Session, person: Person, sample_id: int) -> SecondPerson:
    """Tell how far this person has got with a sample, also when they have not begun."""
    check_may(person, Act.READ)
    n_voices = session.scalar(select(func.count()).select_from(select_standing(sample_id).subquery())) or 0
    moves = count_moves(session, sample_id)
    own = sum(n for who, n in moves.items() if _is_key_of(who, person))
    n_answered = n_voices - count_left(session, person, sample_id)
    return SecondPerson(person.account_id, person.name, n_answered, n_voices, own, sum(moves.values()))


def find_own_answers(session: Session, person: Person, sample_id: int) -> dict[int, int | None]:
    """Find the newest answer of a person to each voice of a sample; None is "none of these"."""
    query = (
        select(SecondAnswer.voice_id, SecondAnswer.theme_id)
        .where(SecondAnswer.sample_id == sample_id, is_same_person(person.account_id, person.name))
        .order_by(SecondAnswer.id)
    )
    return {voice_id: theme_id for voice_id, theme_id in session.execute(query)}


def count_left(session: Session, person: Person, sample_id: int) -> int:
    """Count the standing voices of a sample that a person has not answered."""
    answered = select(SecondAnswer.voice_id).where(
        SecondAnswer.sample_id == sample_id, is_same_person(person.account_id, person.name)
    )
    standing = select_standing(sample_id).subquery()
    left = select(func.count()).select_from(standing).where(standing.c.voice_id.not_in(answered))
    return session.scalar(left) or 0


def select_standing(sample_id: int) -> Select[Any]:
    """Select the voices of a sample that were not withdrawn since, in the order in which they are shown."""
    return (
        select(SecondSampleVoice)
        .where(SecondSampleVoice.sample_id == sample_id, stands(SecondSampleVoice.voice_id))
        .order_by(SecondSampleVoice.position)
    )


def is_same_person(account_id: int | None, name: str) -> ColumnElement[bool]:
    """Say that an answer is this person's: by account, or by name for whoever has none."""
    if account_id is None:
        return SecondAnswer.account_id.is_(None) & (SecondAnswer.answered_by == name)
    return SecondAnswer.account_id == account_id


def count_moves(session: Session, sample_id: int) -> dict[tuple[int | None, str], int]:
    """Count the acts on the board of each person, up to the moment when the sample was drawn."""
    sample = session.get_one(SecondSample, sample_id)
    query = select(BoardEvent.payload, BoardEvent.actor).where(
        BoardEvent.workshop_id == sample.workshop_id, BoardEvent.seq <= sample.at_seq
    )
    counts: dict[tuple[int | None, str], int] = {}
    for payload, actor in session.execute(query):
        who = (payload["account"], actor)
        counts[who] = counts.get(who, 0) + 1
    return counts


def _is_key_of(who: tuple[int | None, str], person: Person) -> bool:
    account_id, name = who
    return account_id == person.account_id and (account_id is not None or name == person.name)
