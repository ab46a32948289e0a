"""Priorities, actions and referrals: what follows from themes."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, choice, utc_now


class ActionStatus(StrEnum):
    """How far an action is."""

    NOT_STARTED = "not started"
    UNDER_WAY = "under way"
    STUCK = "stuck"
    DONE = "done"
    DROPPED = "dropped"


class Priority(Base):
    """What was chosen out of themes. It has a lead, a group and a statement in people's words."""

    __tablename__ = "priority"

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    statement: Mapped[str] = mapped_column(Text, default="")
    promise: Mapped[str] = mapped_column(Text, default="")
    lead_name: Mapped[str] = mapped_column(String(200))
    lead_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    group_name: Mapped[str] = mapped_column(String(300))
    group_members: Mapped[str] = mapped_column(Text, default="")
    chosen_on: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime] = mapped_column(default=utc_now)


class PriorityTheme(Base):
    """That a priority was made out of a theme. A theme goes into one priority at most."""

    __tablename__ = "priority_theme"

    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    priority_id: Mapped[int] = mapped_column(ForeignKey("priority.id"), index=True)


class Action(Base):
    """What will be done for a priority: by whom, by when, how far it is."""

    __tablename__ = "action"

    id: Mapped[int] = mapped_column(primary_key=True)
    priority_id: Mapped[int] = mapped_column(ForeignKey("priority.id"), index=True)
    title: Mapped[str] = mapped_column(Text)
    owner_name: Mapped[str] = mapped_column(String(200))
    owner_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    due_on: Mapped[date | None]
    status: Mapped[ActionStatus] = mapped_column(choice(ActionStatus, "action_status"))
    done_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime] = mapped_column(default=utc_now)


class ActionNote(Base):
    """A progress note on an action. Notes are added, never rewritten."""

    __tablename__ = "action_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    written_by: Mapped[str] = mapped_column(String(200))
    written_at: Mapped[datetime] = mapped_column(default=utc_now)


class Referral(Base):
    """Voices passed to an organisation that can act, and what came of it."""

    __tablename__ = "referral"

    id: Mapped[int] = mapped_column(primary_key=True)
    engagement_id: Mapped[int] = mapped_column(ForeignKey("engagement.id"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    recipient: Mapped[str] = mapped_column(String(300))
    message: Mapped[str] = mapped_column(Text, default="")
    sent_on: Mapped[date]
    chase_on: Mapped[date | None]
    acknowledged_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(Text, default="")
    taken_back_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    sent_by: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime] = mapped_column(default=utc_now)


class ReferralVoice(Base):
    """That a referral holds a voice."""

    __tablename__ = "referral_voice"

    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    voice_id: Mapped[int] = mapped_column(ForeignKey("voice.id"), primary_key=True, index=True)
