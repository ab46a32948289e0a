"""What finds voices again: their words as they are searched, and views that people saved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, utc_now


class SearchedWords(Base):
    """The words of a voice and its translation as a search compares them, covered ones left out."""

    __tablename__ = "searched_words"

    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"), primary_key=True)
    words: Mapped[str] = mapped_column(Text)


class SavedView(Base):
    """A search with its filters under a name, for everybody in the engagement."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("engagement_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    asked: Mapped[dict[str, Any]]
    saved_by: Mapped[str] = mapped_column(String(200))
    saved_at: Mapped[datetime] = mapped_column(default=utc_now)
