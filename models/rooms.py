"""The room of a workshop: who may join, what they may do, its rounds, seats, votes and projector."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, choice, utc_now


class RoundKind(StrEnum):
    """What the room does in one round."""

    READ = "read"
    THEME = "theme"
    NAME = "name"
    VOTE = "vote"
    CHOOSE = "choose"


class Sector(StrEnum):
    """Where somebody in the room comes from."""

    RESIDENT = "resident"
    VCSE = "VCSE"
    COUNCIL = "council"
    NHS = "NHS"
    POLICE = "police"
    OTHER = "other"


class Shown(StrEnum):
    """What the projector holds up beside the board."""

    BOARD = "board"
    CODE = "code"
    THEME = "theme"
    VOTES = "votes"


class Room(Base):
    """What a workshop lets participants do, whether its doors are open, and which round is running.

    ``join_code`` is typed by hand and ``join_key`` stands in the QR code; both are new whenever the doors are
    opened or the code is rotated. The clock of the running round is ``spent_s`` plus the seconds since
    ``running_since``; a round without ``running_since`` is paused.
    """

    __tablename__ = "room"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    allows_move: Mapped[bool] = mapped_column(default=True)
    allows_name: Mapped[bool] = mapped_column(default=True)
    allows_vote: Mapped[bool] = mapped_column(default=True)
    n_tables: Mapped[int] = mapped_column(default=0)
    dots_per_person: Mapped[int] = mapped_column(default=5)
    votes_are_shown: Mapped[bool] = mapped_column(default=False)
    join_code: Mapped[str | None] = mapped_column(String(12), unique=True)
    join_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    opened_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    round_id: Mapped[int | None] = mapped_column(ForeignKey("workshop_round.id"))
    running_since: Mapped[datetime | None]
    spent_s: Mapped[int] = mapped_column(default=0)


class WorkshopRound(Base):
    """One round of a workshop, in its place; ``minutes`` None means that nobody looks at the clock."""

    __tablename__ = "workshop_round"
    __table_args__ = (UniqueConstraint("workshop_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    position: Mapped[int]
    kind: Mapped[RoundKind] = mapped_column(choice(RoundKind, "round_kind"))
    minutes: Mapped[int | None]


class Seat(Base):
    """One participant in one workshop: a first name or nickname and a sector, and nothing else about them.

    ``label`` is how others read the person, such as "Sam (resident)", and no other seat of the workshop has
    it. A token names ``token_version``; raising it takes every token of the seat back.
    """

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("workshop_id", "label"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    nickname: Mapped[str] = mapped_column(String(40))
    sector: Mapped[Sector] = mapped_column(choice(Sector, "sector"))
    label: Mapped[str] = mapped_column(String(80))
    table_number: Mapped[int | None]
    token_version: Mapped[int] = mapped_column(default=1)
    joined_at: Mapped[datetime] = mapped_column(default=utc_now)
    last_seen_at: Mapped[datetime] = mapped_column(default=utc_now)
    left_at: Mapped[datetime | None]


class Guest(Base):
    """People in the room who have no seat: they work on paper, or share somebody's phone.

    One person by first name, or ``n_people`` of one sector by number alone. ``taken_back_at`` says when they
    were taken back: they were counted by mistake, or hold a seat after all.
    """

    __tablename__ = "guest"
    __table_args__ = (CheckConstraint("n_people > 0", name="somebody"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    nickname: Mapped[str | None] = mapped_column(String(40))
    sector: Mapped[Sector] = mapped_column(choice(Sector, "sector"))
    n_people: Mapped[int]
    added_by: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime] = mapped_column(default=utc_now)
    taken_back_at: Mapped[datetime | None]


class TableSource(Base):
    """On which table of a workshop the voices of a source lie, where a facilitator has said so."""

    __tablename__ = "table_source"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), primary_key=True)
    table_number: Mapped[int]


class Vote(Base):
    """The dots that one seat has put on one theme."""

    __tablename__ = "vote"
    __table_args__ = (CheckConstraint("dots > 0", name="some_dots"),)

    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True, index=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    dots: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(default=utc_now)


class VoteChange(Base):
    """A change of votes that was made, so that the same one sent again counts once."""

    __tablename__ = "vote_change"

    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), primary_key=True)
    client_op_id: Mapped[str] = mapped_column(String(100), primary_key=True)


class Wall(Base):
    """What the projector of a workshop holds up; without a row, the board alone."""

    __tablename__ = "wall"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    shows: Mapped[Shown] = mapped_column(choice(Shown, "shown"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))


class JoinTry(Base):
    """A join code that somebody typed, kept for a short time so that guessing can be slowed down."""

    __tablename__ = "join_try"

    id: Mapped[int] = mapped_column(primary_key=True)
    network: Mapped[str] = mapped_column(String(64), index=True)
    tried_at: Mapped[datetime] = mapped_column(default=utc_now, index=True)
