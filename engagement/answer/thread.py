"""The thread, both ways: from what is done back to the lines, and from a line to what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engagement.answer.voice_rows import VoiceRow, list_voice_rows
from engagement.errors import NotFoundError
from engagement.people.permissions import Act, Person, check_may
from engagement.plan.actions import ActionView, get_action_or_raise, list_actions
from engagement.plan.priority_views import PriorityView, get_priority_or_raise
from engagement.plan.referral_views import ReferralView, list_referrals
from engagement.plan.standing import find_roots
from engagement.workshop.dealt_runs import select_guesses
from engagement.workshop.state import list_events
from models.theming_runs import CandidateTheme
from models.voices import Voice
from models.workshops import Theme, Workshop

ABOUT_A_THEME = frozenset({"merge", "unmerge", "rename", "remove_theme", "undo", "redo"})


@dataclass(frozen=True)
class ProposedHome:
    """Where the machine had put a voice before people began; ``strength`` runs from 0 to 1."""

    label: str
    strength: float


@dataclass(frozen=True)
class BoardMove:
    """One act on the board that touched a voice, in words."""

    happened_at: datetime
    said: str


@dataclass(frozen=True)
class VoiceThread:
    """Everything a voice came from and led to."""

    engagement_id: int
    voice: VoiceRow
    proposed: ProposedHome | None
    moves: tuple[BoardMove, ...]
    priority: PriorityView | None
    actions: tuple[ActionView, ...]
    referrals: tuple[ReferralView, ...]


@dataclass(frozen=True)
class ThemeVoices:
    """A theme with the voices that stand in it."""

    id: int
    name: str
    voices: tuple[VoiceRow, ...]


@dataclass(frozen=True)
class ThemeThread:
    """A theme, its voices, and what was made of it."""

    engagement_id: int
    theme: ThemeVoices
    priority: PriorityView | None
    actions: tuple[ActionView, ...]
    referrals: tuple[ReferralView, ...]


@dataclass(frozen=True)
class PriorityThread:
    """A priority with its actions, and with the themes and voices it was made from."""

    priority: PriorityView
    actions: tuple[ActionView, ...]
    themes: tuple[ThemeVoices, ...]

    @property
    def engagement_id(self) -> int:
        """Tell which engagement it belongs to."""
        return self.priority.engagement_id


def trace_voice(session: Session, person: Person, voice_id: int, today: date) -> VoiceThread:
    """Follow a voice forward: proposed home, moves on the board, theme, priority, actions, referrals."""
    check_may(person, Act.READ)
    engagement_id = session.scalar(select(Voice.engagement_id).where(Voice.id == voice_id))
    if engagement_id is None:
        raise NotFoundError(f"There is no voice {voice_id}. Choose one from the list of voices.")
    (voice,) = list_voice_rows(session, engagement_id, [voice_id])
    priority, actions = _read_priority(session, person, voice.priority_id, today)
    return VoiceThread(
        engagement_id=engagement_id,
        voice=voice,
        proposed=_find_proposed_home(session, engagement_id, voice_id),
        moves=_list_moves(session, engagement_id, voice_id, voice.theme_id),
        priority=priority,
        actions=actions,
        referrals=list_referrals(session, person, engagement_id, today, voice_id=voice_id),
    )


def trace_action(session: Session, person: Person, action_id: int, today: date) -> PriorityThread:
    """Follow an action back: its priority, the themes it was made from, and every voice in these."""
    action = get_action_or_raise(session, person, action_id, today)
    thread = trace_priority(session, person, action.priority_id, today)
    return replace(thread, actions=(action,))


def trace_priority(session: Session, person: Person, priority_id: int, today: date) -> PriorityThread:
    """Follow a priority both ways: to its actions, and back to its themes and their voices."""
    check_may(person, Act.READ)
    priority = get_priority_or_raise(session, person, priority_id, today)
    engagement_id = priority.engagement_id
    rows = list_voice_rows(session, engagement_id)
    return PriorityThread(
        priority=priority,
        actions=list_actions(session, person, engagement_id, today, priority_id=priority_id),
        themes=tuple(
            _gather_theme(session, theme_id, [each for each in rows if each.priority_id == priority_id])
            for theme_id in find_roots(session, engagement_id, [each.id for each in priority.themes])
        ),
    )


def trace_theme(session: Session, person: Person, theme_id: int, today: date) -> ThemeThread:
    """Follow a theme both ways: to its priority or referrals, and back to its voices."""
    check_may(person, Act.READ)
    owner = select(Workshop.engagement_id).join(Theme, Theme.workshop_id == Workshop.id)
    engagement_id = session.scalar(owner.where(Theme.id == theme_id))
    if engagement_id is None:
        raise NotFoundError(f"There is no theme {theme_id}. Choose one from the ledger or the board.")
    (root_id,) = find_roots(session, engagement_id, [theme_id])
    theme = _gather_theme(session, root_id, list_voice_rows(session, engagement_id))
    priority_id = next((each.priority_id for each in theme.voices), None)
    priority, actions = _read_priority(session, person, priority_id, today)
    referrals = list_referrals(session, person, engagement_id, today)
    return ThemeThread(
        engagement_id=engagement_id,
        theme=theme,
        priority=priority,
        actions=actions,
        referrals=tuple(each for each in referrals if each.theme_id == root_id),
    )


def _read_priority(
    session: Session, person: Person, priority_id: int | None, today: date
) -> tuple[PriorityView | None, tuple[ActionView, ...]]:
    if priority_id is None:
        return None, ()
    priority = get_priority_or_raise(session, person, priority_id, today)
    actions = list_actions(session, person, priority.engagement_id, today, priority_id=priority_id)
    return priority, actions


def _gather_theme(session: Session, theme_id: int, rows: Sequence[VoiceRow]) -> ThemeVoices:
    voices = tuple(each for each in rows if each.theme_id == theme_id)
    return ThemeVoices(theme_id, session.get_one(Theme, theme_id).name, voices)


def _find_proposed_home(session: Session, engagement_id: int, voice_id: int) -> ProposedHome | None:
    counting = select(Workshop).where(Workshop.engagement_id == engagement_id, Workshop.counts)
    workshop = session.scalars(counting).first()
    if workshop is None:
        return None
    guesses = select_guesses(session, workshop)
    found = session.execute(
        select(CandidateTheme.label, guesses.c.strength)
        .select_from(guesses)
        .join(
            CandidateTheme,
            (CandidateTheme.run_id == guesses.c.run_id) & (CandidateTheme.node == guesses.c.node),
        )
        .where(guesses.c.voice_id == voice_id)
    ).first()
    return ProposedHome(found.label, found.strength) if found else None


def _list_moves(
    session: Session, engagement_id: int, voice_id: int, theme_id: int | None
) -> tuple[BoardMove, ...]:
    workshop_id = session.scalar(
        select(Workshop.id).where(Workshop.engagement_id == engagement_id, Workshop.counts)
    )
    if workshop_id is None:
        return ()
    events = list_events(session, workshop_id, 0)
    homes = {card["home"] for event in events for card in event["cards"] if card["id"] == voice_id}
    homes |= _list_merged_themes(session, theme_id)
    return tuple(
        BoardMove(datetime.fromisoformat(event["at"]), event["said"])
        for event in events
        if _is_about(event, voice_id, homes)
    )


def _list_merged_themes(session: Session, theme_id: int | None) -> set[int]:
    own = select(Theme.id).where(or_(Theme.id == theme_id, Theme.merged_into_id == theme_id))
    return set(session.scalars(own)) if theme_id else set()


def _is_about(event: dict[str, Any], voice_id: int, homes: set[int]) -> bool:
    if any(card["id"] == voice_id for card in event["cards"]):
        return True
    return event["kind"] in ABOUT_A_THEME and any(theme["id"] in homes for theme in event["themes"])
