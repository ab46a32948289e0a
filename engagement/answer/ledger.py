"""The ledger: every voice in exactly one state, counted by one query, so that the sum can be checked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from engagement.listen.duplicates.aside import COUNTED_ONCE
from engagement.plan.standing import select_chosen_themes, select_referred_voices
from engagement.workshop.homes import select_homes
from models.duplicates import CountedWith
from models.sources import Source
from models.voices import Voice, Withdrawal


class VoiceState(StrEnum):
    """Where a voice has got to. The first that applies, in this order, is its state."""

    WITHDRAWN = "withdrawn"
    IN_PRIORITY = "in a priority"
    REFERRED = "referred"
    PARKED = "parked"
    THEMED = "themed"
    UNPLACED = "not yet themed"


@dataclass(frozen=True)
class Ledger:
    """How many voices are in each state, and how many there are."""

    unplaced: int
    themed: int
    in_priority: int
    referred: int
    parked: int
    withdrawn: int
    total: int

    @property
    def added_up(self) -> int:
        """Add the six states."""
        return self.unplaced + self.themed + self.in_priority + self.referred + self.parked + self.withdrawn

    @property
    def adds_up(self) -> bool:
        """Tell whether the six states make the number of voices, with none lost and none counted twice."""
        return self.added_up == self.total


@dataclass(frozen=True)
class SourceLedger:
    """The ledger of one source."""

    source_id: int
    title: str
    ledger: Ledger


def select_states(engagement_id: int) -> Select[Any]:
    """Select the state of every voice, with what gave it that state.

    A voice that counts with another one is parked, for that reason, and stands in no theme.

    Returns
    -------
    Select
        Of ``voice_id``, ``state``, ``theme_id``, ``priority_id`` and ``parked_reason``.
    """
    home = select_homes(engagement_id).subquery("home")
    chosen = select_chosen_themes(engagement_id).subquery("chosen")
    referred = select_referred_voices(engagement_id).subquery("referred")
    return (
        select(
            home.c.voice_id,
            case(
                (Withdrawal.voice_id.is_not(None), VoiceState.WITHDRAWN.value),
                (CountedWith.voice_id.is_not(None), VoiceState.PARKED.value),
                (chosen.c.priority_id.is_not(None), VoiceState.IN_PRIORITY.value),
                (referred.c.voice_id.is_not(None), VoiceState.REFERRED.value),
                (home.c.parked_reason.is_not(None), VoiceState.PARKED.value),
                (home.c.theme_id.is_not(None), VoiceState.THEMED.value),
                else_=VoiceState.UNPLACED.value,
            ).label("state"),
            case((CountedWith.voice_id.is_(None), home.c.theme_id)).label("theme_id"),
            case((CountedWith.voice_id.is_(None), chosen.c.priority_id)).label("priority_id"),
            case((CountedWith.voice_id.is_not(None), COUNTED_ONCE), else_=home.c.parked_reason).label(
                "parked_reason"
            ),
        )
        .select_from(home)
        .outerjoin(chosen, chosen.c.theme_id == home.c.theme_id)
        .outerjoin(referred, referred.c.voice_id == home.c.voice_id)
        .outerjoin(Withdrawal, Withdrawal.voice_id == home.c.voice_id)
        .outerjoin(CountedWith, CountedWith.voice_id == home.c.voice_id)
    )


def count_ledger(session: Session, engagement_id: int) -> Ledger:
    """Count the voices in each state, in one query.

    The total is counted from the voices themselves, apart from the states, so that a voice which is lost
    or counted twice shows as a sum that does not add up.
    """
    states = select_states(engagement_id).subquery("states")
    total = select(func.count(Voice.id)).where(Voice.engagement_id == engagement_id).scalar_subquery()
    counted = session.execute(select(*_count_states(states.c.state), total.label("total"))).one()
    return Ledger(**counted._mapping)


def count_ledger_by_source(session: Session, engagement_id: int) -> tuple[SourceLedger, ...]:
    """Count the voices of each source in each state."""
    states = select_states(engagement_id).subquery("states")
    total = func.count(Voice.id.distinct()).label("total")
    rows = session.execute(
        select(Source.id, Source.title, *_count_states(states.c.state), total)
        .select_from(Source)
        .outerjoin(Voice, Voice.source_id == Source.id)
        .outerjoin(states, states.c.voice_id == Voice.id)
        .where(Source.engagement_id == engagement_id)
        .group_by(Source.id, Source.title)
        .order_by(Source.title, Source.id)
    )
    return tuple(_view_source(dict(row._mapping)) for row in rows)


def _view_source(row: dict[str, Any]) -> SourceLedger:
    source_id, title = row.pop("id"), row.pop("title")
    return SourceLedger(source_id, title, Ledger(**row))


def _count_states(state: ColumnElement[str]) -> list[ColumnElement[int]]:
    return [func.count(case((state == each.value, 1))).label(each.name.lower()) for each in VoiceState]
