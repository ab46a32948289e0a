"""Sources, the files they came in, and those who answered."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from models.base import Base, choice, utc_now


class SourceKind(StrEnum):
    """How people were listened to."""

    FOCUS_GROUP = "focus group"
    SURVEY = "survey"
    DROP_IN = "drop-in"
    INTERVIEW = "interview"
    LETTER = "letter"
    EVENT = "event"


class StoredFile(Base):
    """A file as it was handed in, byte for byte, under its SHA-256."""

    __tablename__ = "stored_file"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    stored_at: Mapped[datetime] = mapped_column(default=utc_now)


class Source(Base):
    """One occasion of listening: a focus group's notes or a survey export.

    What people agreed to in the room stands in the four ``may_`` columns, in answer to ``consent_wording``;
    what one of them agreed to apart from the others stands in `models.consent`. ``keep_until`` is the last
    day on which the words may be kept; None when no day was promised.
    """

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("engagement_id", "file_sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    file_sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    file_name: Mapped[str] = mapped_column(Text)
    kind: Mapped[SourceKind] = mapped_column(choice(SourceKind, "source_kind"))
    title: Mapped[str] = mapped_column(String(300))
    held_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(Text, default="")
    area: Mapped[str] = mapped_column(Text, default="")
    host: Mapped[str] = mapped_column(Text, default="")
    facilitator: Mapped[str] = mapped_column(Text, default="")
    n_came: Mapped[int | None]
    consent_wording: Mapped[str] = mapped_column(Text, default="")
    may_use: Mapped[bool] = mapped_column(default=True)
    may_quote: Mapped[bool] = mapped_column(default=True)
    may_pass_on: Mapped[bool] = mapped_column(default=True)
    may_tell_story: Mapped[bool] = mapped_column(default=False)
    keep_until: Mapped[date | None]
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    receipt: Mapped[dict[str, Any]] = mapped_column(default=dict)
    added_by: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime] = mapped_column(default=utc_now)


class Respondent(Base):
    """One who answered, under a pseudonym within the source."""

    __tablename__ = "respondent"
    __table_args__ = (UniqueConstraint("source_id", "pseudonym"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    pseudonym: Mapped[str] = mapped_column(String(200))


class Characteristic(Base):
    """What a respondent said of themselves, such as an age band, in the words of the form."""

    __tablename__ = "characteristic"
    __table_args__ = (UniqueConstraint("respondent_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    respondent_id: Mapped[int] = mapped_column(ForeignKey("respondent.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    value: Mapped[str] = mapped_column(Text)


class CharacteristicGrouping(Base):
    """Which group people confirmed for each answer to one characteristic; the answers stay as they are.

    ``set_key`` names the set that the groups come from. ``groups`` holds a group's name for an answer; an
    answer without one stands for itself.
    """

    __tablename__ = "characteristic_grouping"
    __table_args__ = (UniqueConstraint("engagement_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    set_key: Mapped[str] = mapped_column(String(40))
    groups: Mapped[dict[str, Any]]
    decided_by: Mapped[str] = mapped_column(String(200))
    decided_at: Mapped[datetime] = mapped_column(default=utc_now)
