"""Words that were typed in: who typed a voice, forms that anybody may answer, and what came in by them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, choice, utc_now


class TypedVoice(Base):
    """Who typed a voice in, and when. ``key`` tells presses apart, so that a double one counts once."""

    __tablename__ = "typed_voice"

    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    typed_by: Mapped[str] = mapped_column(String(200))
    typed_at: Mapped[datetime] = mapped_column(default=utc_now)


class SourcePhoto(Base):
    """A photo that voices of a source are typed from, under its SHA-256 in `models.sources.StoredFile`.

    ``number`` counts from 1 within the source. ``has_place`` tells that the file says where it was taken.
    """

    __tablename__ = "source_photo"
    __table_args__ = (UniqueConstraint("source_id", "file_sha256"), UniqueConstraint("source_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    file_sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    file_name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    has_place: Mapped[bool]
    added_by: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime] = mapped_column(default=utc_now)


class VoicePhoto(Base):
    """From which photo a voice was typed."""

    __tablename__ = "voice_photo"

    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"), primary_key=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("source_photo.id"), index=True)


class PublicForm(Base):
    """A page on which anybody who has the link answers one prompt, until the end of ``closes_on``.

    ``link_key`` stands in the link and the QR code; another one makes the old link no good. The words under
    which people agreed stand in the form's source. ``read_by`` says who reads the answers, and how to reach
    them.
    """

    __tablename__ = "public_form"

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    prompt_id: Mapped[int] = mapped_column(ForeignKey("prompt.id"))
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), unique=True)
    read_by: Mapped[str] = mapped_column(Text)
    link_key: Mapped[str] = mapped_column(String(64), unique=True)
    closes_on: Mapped[date]
    opened_by: Mapped[str] = mapped_column(String(200))
    opened_at: Mapped[datetime] = mapped_column(default=utc_now)
    closed_at: Mapped[datetime | None]


class AnswerState(StrEnum):
    """Where an answer to a public form stands."""

    WAITING = "waiting"
    KEPT = "kept"
    ASIDE = "set aside"


class FormAnswer(Base):
    """One answer to a public form. It is no voice until somebody lets it in.

    ``text`` is empty from then on: the voice has the words. ``number`` is told to whoever answered, who can
    take the words back with it. Nothing about the browser or the network is kept.
    """

    __tablename__ = "form_answer"
    __table_args__ = (UniqueConstraint("form_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("public_form.id"), index=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    number: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    may_quote: Mapped[bool]
    may_pass_on: Mapped[bool]
    is_doubtful: Mapped[bool] = mapped_column(default=False)
    received_at: Mapped[datetime] = mapped_column(default=utc_now)
    state: Mapped[AnswerState] = mapped_column(
        choice(AnswerState, "answer_state"), default=AnswerState.WAITING, index=True
    )
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    decided_at: Mapped[datetime | None]
    voice_id: Mapped[int | None] = mapped_column(ForeignKey("voice.id"), unique=True)
