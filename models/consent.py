"""What people agreed to apart from the rest of their source, and words that were erased at their request."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, utc_now


class OwnConsent(Base):
    """What one respondent, or whoever said one voice, agreed to apart from the source.

    Where one of the four is None, what the source says holds. ``wording`` is how they were asked or told us.
    """

    __tablename__ = "own_consent"
    __table_args__ = (CheckConstraint("(respondent_id IS NULL) <> (voice_id IS NULL)", name="one_or_other"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    respondent_id: Mapped[int | None] = mapped_column(ForeignKey("respondent.id"), unique=True)
    voice_id: Mapped[int | None] = mapped_column(ForeignKey("voice.id"), unique=True)
    may_use: Mapped[bool | None]
    may_quote: Mapped[bool | None]
    may_pass_on: Mapped[bool | None]
    may_tell_story: Mapped[bool | None]
    wording: Mapped[str] = mapped_column(Text, default="")
    set_by: Mapped[str] = mapped_column(String(200))
    set_at: Mapped[datetime] = mapped_column(default=utc_now)
