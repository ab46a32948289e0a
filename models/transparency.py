"""What an organisation says of its own use of the method, field by field, for its transparency record."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, utc_now


class TransparencyAnswer(Base):
    """What somebody wrote into one field of the transparency record. Append-only: the newest counts."""

    __tablename__ = "transparency_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    attribute: Mapped[str] = mapped_column(String(60))
    value: Mapped[str] = mapped_column(Text)
    written_by: Mapped[str] = mapped_column(String(200))
    written_at: Mapped[datetime] = mapped_column(default=utc_now)
