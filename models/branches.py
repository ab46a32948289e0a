"""Branches: boards on which people try what a board would be like if, and what became of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, choice, utc_now


class BranchStanding(StrEnum):
    """How a branch stands. A dropped or adopted one is kept, and can be taken up again."""

    OPEN = "open"
    ADOPTED = "adopted"
    DROPPED = "dropped"


class Branch(Base):
    """That a workshop's board is a branch of another one, the trunk, as that stood after ``from_seq``.

    A branch never counts. Who changed its standing, and when, is kept beside it; why is in the decision log.
    """

    __tablename__ = "branch"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    trunk_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    from_seq: Mapped[int]
    standing: Mapped[BranchStanding] = mapped_column(choice(BranchStanding, "branch_standing"))
    changed_by: Mapped[str] = mapped_column(String(200))
    changed_at: Mapped[datetime] = mapped_column(default=utc_now)


class BranchTheme(Base):
    """Which theme of the trunk a theme of a branch is. One that was added on the branch has no row yet."""

    __tablename__ = "branch_theme"

    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    trunk_theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
