"""Workshops, their boards, and every event that happened on them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, utc_now


class Workshop(Base):
    """An occasion of theming together. ``last_seq`` is the number of its newest board event.

    ``run_id`` and ``n_themes`` say which candidate themes were dealt, if any. Where there are several,
    the one that ``counts`` is the one whose themes the ledger follows.
    """

    __tablename__ = "workshop"
    __table_args__ = (UniqueConstraint("engagement_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("theming_run.id"))
    n_themes: Mapped[int | None]
    name: Mapped[str] = mapped_column(String(200))
    held_on: Mapped[date | None]
    counts: Mapped[bool] = mapped_column(default=False)
    last_seq: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[datetime | None]
    made_by: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime] = mapped_column(default=utc_now)


class FurtherRun(Base):
    """A theming run that was dealt to a board behind the first one, which stands in the workshop's row.

    ``place`` counts on from 2: where runs hold the same voice, the one with the lowest place gives its home.
    """

    __tablename__ = "further_run"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("theming_run.id"), primary_key=True, index=True)
    n_themes: Mapped[int]
    place: Mapped[int]


class Theme(Base):
    """What people agreed, or are agreeing, on one board.

    A merge is a link (``merged_into_id``) that can be cut. A removed theme keeps its row, so that undo can
    bring it back. ``version`` is the number of the last event that touched it.
    """

    __tablename__ = "theme"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    position: Mapped[int]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    is_removed: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=0)
    candidate_theme_id: Mapped[int | None] = mapped_column(ForeignKey("candidate_theme.id"))


class Placement(Base):
    """Where a voice stands on one board: in its home theme, parked with a reason, or not yet placed.

    A voice without a row is not yet placed.
    """

    __tablename__ = "placement"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"), primary_key=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    parked_reason: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=0)


class Echo(Base):
    """That a voice also speaks in a theme which is not its home."""

    __tablename__ = "echo"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True, index=True)


class BoardEvent(Base):
    """One act on a board. Append-only, numbered for each workshop, hash-chained; it holds ids, no words.

    ``before`` and ``after`` hold the touched cards and themes as they were and as they became, so that an
    undo is exact. ``undoes_seq`` (or ``redoes_seq``) names the event that this one takes back (does again).
    """

    __tablename__ = "board_event"
    __table_args__ = (UniqueConstraint("workshop_id", "client_op_id"),)

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    client_op_id: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    undoes_seq: Mapped[int | None]
    redoes_seq: Mapped[int | None]
    actor: Mapped[str] = mapped_column(String(200))
    happened_at: Mapped[datetime] = mapped_column(default=utc_now)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
