"""Voices: what people said, in their words, never changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, utc_now


class Voice(Base):
    """One thing that one person or group said.

    The locator (``part``, ``line``, ``column_name``, ``start_at``, ``end_at``) reproduces ``text`` from the
    stored file: ``part`` names the body, table or sheet, ``line`` counts its paragraphs or rows from 1,
    ``start_at`` and ``end_at`` count characters within that paragraph or cell. ``further_slices`` holds the
    same five for each further place of a voice that people joined; their words follow after a line break.
    The database itself refuses every update.
    """

    __tablename__ = "voice"
    __table_args__ = (
        UniqueConstraint("source_id", "position"),
        CheckConstraint("start_at >= 0 AND end_at > start_at", name="range"),
        CheckConstraint("length(text) > 0", name="says_something"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    part: Mapped[str] = mapped_column(String(200))
    line: Mapped[int]
    column_name: Mapped[str] = mapped_column(Text, default="")
    start_at: Mapped[int]
    end_at: Mapped[int]
    further_slices: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    prompt_id: Mapped[int | None] = mapped_column(ForeignKey("prompt.id"), index=True)
    respondent_id: Mapped[int | None] = mapped_column(ForeignKey("respondent.id"), index=True)
    language: Mapped[str] = mapped_column(String(20), default="")
    translation: Mapped[str] = mapped_column(Text, default="")
    said_on: Mapped[date | None]
    area: Mapped[str] = mapped_column(Text, default="")
    added_at: Mapped[datetime] = mapped_column(default=utc_now)


class Withdrawal(Base):
    """That people took a voice back; the voice row itself stays as the tombstone.

    ``not_agreed`` marks a voice that was never agreed to be used: it comes back when that consent is given.
    """

    __tablename__ = "withdrawal"

    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    withdrawn_by: Mapped[str] = mapped_column(String(200))
    withdrawn_at: Mapped[datetime] = mapped_column(default=utc_now)
    not_agreed: Mapped[bool] = mapped_column(default=False, server_default=false())
