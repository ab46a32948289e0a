"""Theming runs: what the machine proposed, and from what. Never changed after writing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from models.base import Base, utc_now


class ThemingRun(Base):
    """One proposal of candidate themes: its settings, card, scores and whole result.

    ``voice_ids`` are the voices that were themed, in the order in which ``result`` counts them. ``took_s``
    is how long it took, in seconds; it stands beside the card, which must not change from run to run.
    """

    __tablename__ = "theming_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    chosen_n: Mapped[int]
    n_voices: Mapped[int]
    n_set_aside: Mapped[int]
    card: Mapped[dict[str, Any]]
    voice_ids: Mapped[list[Any]] = deferred(mapped_column(JSON))
    result: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    took_s: Mapped[float | None]
    made_by: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime] = mapped_column(default=utc_now)


class CandidateTheme(Base):
    """A theme that the machine proposes: one node of the run's tree."""

    __tablename__ = "candidate_theme"
    __table_args__ = (UniqueConstraint("run_id", "node"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("theming_run.id"), index=True)
    node: Mapped[int]
    label: Mapped[str] = mapped_column(Text)
    keywords: Mapped[list[Any]]
    size: Mapped[int]
    stability: Mapped[float]


class Membership(Base):
    """Where the run put a voice when its tree is cut into ``n_themes``, how surely, and what came near.

    ``node`` is None for a voice that was set aside; ``alternatives`` are nodes, the nearest first.
    """

    __tablename__ = "membership"

    run_id: Mapped[int] = mapped_column(ForeignKey("theming_run.id"), primary_key=True)
    n_themes: Mapped[int] = mapped_column(primary_key=True)
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"), primary_key=True, index=True)
    node: Mapped[int | None]
    strength: Mapped[float]
    alternatives: Mapped[list[Any]]


class RunClauses(Base):
    """How near the clauses of a run's voices are to every node of its tree; from it come further themes."""

    __tablename__ = "run_clauses"

    run_id: Mapped[int] = mapped_column(ForeignKey("theming_run.id"), primary_key=True)
    reading: Mapped[bytes] = mapped_column(LargeBinary)


class EmbeddingVector(Base):
    """The vector of a text under one model, kept so that nothing is embedded twice."""

    __tablename__ = "embedding_vector"

    model_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    text_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    vector: Mapped[bytes] = mapped_column(LargeBinary)
