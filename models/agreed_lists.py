"""Agreed lists of themes that were brought in, and the homes found in them. Never changed after writing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from models.base import Base, utc_now


class AgreedList(Base):
    """Themes that people agreed elsewhere or earlier, brought into an engagement.

    ``origin`` says where they came from: the name and SHA-256 of a file, or the engagement and workshop of
    a board.
    """

    __tablename__ = "agreed_list"

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    origin: Mapped[dict[str, Any]]
    made_by: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime] = mapped_column(default=utc_now)


class AgreedListTheme(Base):
    """One theme of an agreed list.

    ``examples`` are texts of a file; ``voice_ids`` are voices of a board, whose words are read from the
    record when they are needed, so that a withdrawn voice is an example no longer.
    """

    __tablename__ = "agreed_list_theme"
    __table_args__ = (UniqueConstraint("agreed_list_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agreed_list_id: Mapped[int] = mapped_column(ForeignKey("agreed_list.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text, default="")
    examples: Mapped[list[Any]]
    voice_ids: Mapped[list[Any]]


class HomeFinding(Base):
    """One look at which voices have a home in an agreed list, and what is something new: a dry run.

    ``homes`` holds for each of ``voice_ids`` up to three pairs of a theme's position and its sureness,
    the best first. ``new_groups`` are the candidate themes found among what is new.
    """

    __tablename__ = "home_finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    agreed_list_id: Mapped[int] = mapped_column(ForeignKey("agreed_list.id"), index=True)
    card: Mapped[dict[str, Any]]
    voice_ids: Mapped[list[Any]] = deferred(mapped_column(JSON))
    homes: Mapped[list[Any]] = deferred(mapped_column(JSON))
    new_voice_ids: Mapped[list[Any]] = deferred(mapped_column(JSON))
    new_groups: Mapped[list[Any]] = deferred(mapped_column(JSON))
    made_by: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime] = mapped_column(default=utc_now)


class ThemeOrigin(Base):
    """That a theme of a board was dealt from a theme of an agreed list."""

    __tablename__ = "theme_origin"

    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    agreed_list_theme_id: Mapped[int] = mapped_column(ForeignKey("agreed_list_theme.id"), index=True)
