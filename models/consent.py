"""What people agreed to apart from the rest of their source, and words that were erased at their request."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, choice, utc_now


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


class ErasedWhy(StrEnum):
    """Why words were erased. The value completes "erased ..."."""

    REQUEST = "at the person's request"
    TIME = "when the time to keep it was over"


class KeptFile(StrEnum):
    """What stands in the place of a file of which words were erased."""

    SAME_FORMAT = "the same file with blanks"
    TEXT_COPY = "a text copy with blanks"
    NOTHING = "nothing of the file"


class Erasure(Base):
    """That words of a source were erased for good, and what replaced its file.

    ``old_sha256`` is the hash of the file as it was. ``role`` is that of ``erased_by``. ``cleaned_at`` is
    None as long as the database may still hold the words in places that are free again.
    """

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    old_sha256: Mapped[str] = mapped_column(String(64), index=True)
    new_sha256: Mapped[str] = mapped_column(String(64))
    kept: Mapped[KeptFile] = mapped_column(choice(KeptFile, "kept_file"))
    why: Mapped[ErasedWhy] = mapped_column(choice(ErasedWhy, "erased_why"))
    erased_by: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(40))
    erased_at: Mapped[datetime] = mapped_column(default=utc_now)
    cleaned_at: Mapped[datetime | None]


class ErasedVoice(Base):
    """That the words of a voice were erased: blanks of the same length stand in their place, for good."""

    __tablename__ = "erased_voice"

    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"), primary_key=True)
    erasure_id: Mapped[int] = mapped_column(ForeignKey("erasure.id"), index=True)


class Removal(Base):
    """That a photo, or answers to a public form that became no voices, were taken out for good.

    Who, what and why stand in the decisions. ``cleaned_at`` is as in `Erasure`.
    """

    __tablename__ = "removal"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    removed_at: Mapped[datetime] = mapped_column(default=utc_now)
    cleaned_at: Mapped[datetime | None]
