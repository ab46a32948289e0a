"""Voices that came in twice: what was found, and what people decided."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, choice, utc_now


class Verdict(StrEnum):
    """What people decided about voices that are nearly the same."""

    ALL_COUNT = "all count"
    COUNT_ONCE = "counted once"


class DuplicateSearch(Base):
    """One look through all voices of an engagement for those that are nearly the same.

    ``groups`` holds for each group the ids of its voices, the first one first, and the likeness of each to
    the first one. ``n_short`` voices are equal to others and too short to tell anything.
    """

    __tablename__ = "duplicate_search"

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    newest_voice_id: Mapped[int]
    n_voices: Mapped[int]
    n_short: Mapped[int]
    groups: Mapped[list[Any]]
    made_by: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime] = mapped_column(default=utc_now)


class DuplicateDecision(Base):
    """One decision about some voices; the first of ``voice_ids`` is the one that counts in any case."""

    __tablename__ = "duplicate_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict, "verdict"))
    voice_ids: Mapped[list[Any]]
    why: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str] = mapped_column(String(200))
    decided_at: Mapped[datetime] = mapped_column(default=utc_now)
    taken_back_at: Mapped[datetime | None]


class CountedWith(Base):
    """That a voice is another one come in once more: it stays in the record and counts with that one."""

    __tablename__ = "counted_with"

    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"), primary_key=True)
    counts_with_id: Mapped[int] = mapped_column(ForeignKey("voice.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("duplicate_decision.id"), index=True)
