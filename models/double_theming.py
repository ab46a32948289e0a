"""Double theming: voices that a second person puts into themes without seeing where they stand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, utc_now


class SecondSample(Base):
    """Voices drawn from a board for a second person. Never changed.

    ``seed`` draws the same voices again. ``at_seq`` is the newest event of the board when it was drawn;
    ``themes`` are the themes that stood there then, as ``{"id", "name"}`` in the order of the board.
    """

    __tablename__ = "second_sample"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    seed: Mapped[int]
    at_seq: Mapped[int]
    themes: Mapped[list[Any]]
    asked_by: Mapped[str] = mapped_column(String(200))
    asked_at: Mapped[datetime] = mapped_column(default=utc_now)


class SecondSampleVoice(Base):
    """One voice of a sample, in the order in which it is shown. Never changed.

    ``theme_id`` is where people had put it when the sample was drawn; ``machine_theme_id`` is the theme
    into which the machine had dealt it, as people had merged these, None where there is none (any more).
    """

    __tablename__ = "second_sample_voice"
    __table_args__ = (UniqueConstraint("sample_id", "position"),)

    sample_id: Mapped[int] = mapped_column(ForeignKey("second_sample.id"), primary_key=True)
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"), primary_key=True, index=True)
    position: Mapped[int]
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"))
    machine_theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))


class SecondAnswer(Base):
    """Where a second person puts a voice; None is "none of these". Append-only: the newest counts."""

    __tablename__ = "second_answer"
    __table_args__ = (
        ForeignKeyConstraint(
            ["sample_id", "voice_id"], ["second_sample_voice.sample_id", "second_sample_voice.voice_id"]
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sample_id: Mapped[int] = mapped_column(index=True)
    voice_id: Mapped[int]
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    answered_by: Mapped[str] = mapped_column(String(200))
    answered_at: Mapped[datetime] = mapped_column(default=utc_now)
