"""Which language words are in, and what they say in English, as people put it beside them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, utc_now


class VoiceLanguage(Base):
    """The language of a voice, where its source does not say it.

    ``set_by`` is empty for a hint of the machine; ``language`` is empty where somebody is not sure.
    """

    __tablename__ = "voice_language"

    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(20), index=True)
    set_by: Mapped[str] = mapped_column(String(200), default="")
    set_at: Mapped[datetime] = mapped_column(default=utc_now, index=True)


class Translation(Base):
    """A translation that somebody typed beside a voice. Rows are added, never rewritten; the newest holds.

    An empty ``text`` takes the translation away.
    """

    __tablename__ = "translation"

    id: Mapped[int] = mapped_column(primary_key=True)
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    written_by: Mapped[str] = mapped_column(String(200))
    written_at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
