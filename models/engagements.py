"""Engagements and the prompts that were asked in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, utc_now


class Engagement(Base):
    """One exercise of listening, from the first source to the last answer."""

    __tablename__ = "engagement"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    purpose: Mapped[str] = mapped_column(Text, default="")
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class Prompt(Base):
    """A question that was asked, in the words it was asked in."""

    __tablename__ = "prompt"
    __table_args__ = (UniqueConstraint("engagement_id", "text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
