"""Personal data in people's words: where it may stand, what people decided, and what others see."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, choice, utc_now


class MarkState(StrEnum):
    """What people decided about a mark."""

    OPEN = "open"
    COVERED = "covered"
    LEFT = "left"


class PersonalMark(Base):
    """A range of characters of a voice, or of its translation, that may point at a person.

    ``kind`` says what it may be ("phone number"), ``why`` how it was found. A covered range is shown as its
    kind in square brackets; the voice itself is never changed.
    """

    __tablename__ = "personal_mark"
    __table_args__ = (
        UniqueConstraint("voice_id", "in_translation", "start_at", "end_at"),
        CheckConstraint("start_at >= 0 AND end_at > start_at", name="range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"), index=True)
    in_translation: Mapped[bool] = mapped_column(default=False)
    start_at: Mapped[int]
    end_at: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40))
    why: Mapped[str] = mapped_column(String(200))
    state: Mapped[MarkState] = mapped_column(choice(MarkState, "mark_state"), default=MarkState.OPEN)
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    decided_at: Mapped[datetime | None] = mapped_column(index=True)
    found_at: Mapped[datetime] = mapped_column(default=utc_now)


class CoveredWords(Base):
    """The words of a voice with its covered ranges covered, kept so that every reading finds them."""

    __tablename__ = "covered_words"

    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    translation: Mapped[str] = mapped_column(Text, default="")
