"""Reading priorities: how large each is, who leads it, how its actions go, and what people said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, Subquery, func, select
from sqlalchemy.orm import Session

from engagement.errors import NotFoundError
from engagement.listen.consent import MAY_QUOTE
from engagement.listen.duplicates.aside import stands
from engagement.listen.personal_data.covering import SHOWN_TEXT
from engagement.listen.said_in import LANGUAGE
from engagement.people.permissions import Act, Person, check_may
from engagement.plan.actions import ActionView, list_all_actions
from engagement.plan.standing import select_chosen_themes
from engagement.workshop.homes import select_homes
from models.plan import ActionStatus, Priority, PriorityTheme
from models.sources import Source
from models.voices import Voice
from models.workshops import Theme

QUOTE_LETTERS = (20, 220)


@dataclass(frozen=True)
class ThemeName:
    """A theme that a priority is made from."""

    id: int
    name: str


@dataclass(frozen=True)
class PriorityView:
    """A priority as people read it. ``n_sources`` of the ``n_all_sources`` of the engagement speak in it."""

    id: int
    engagement_id: int
    title: str
    statement: str
    promise: str
    lead_name: str
    lead_account_id: int | None
    group_name: str
    group_members: tuple[str, ...]
    chosen_on: date
    version: int
    themes: tuple[ThemeName, ...]
    n_voices: int
    n_sources: int
    n_all_sources: int
    n_actions: int
    n_done: int
    n_late: int

    @property
    def is_dissolved(self) -> bool:
        """Tell whether its themes were given back to the board."""
        return not self.themes


@dataclass(frozen=True)
class Quote:
    """Words that may be quoted, and the title of the source where they were said."""

    voice_id: int
    text: str
    source_title: str
    language: str = ""


def list_priorities(
    session: Session, person: Person, engagement_id: int, today: date, *, is_dissolved: bool = False
) -> tuple[PriorityView, ...]:
    """List the priorities of an engagement in the order they were chosen, or the dissolved ones."""
    views = list_every_priority(session, person, engagement_id, today)
    return tuple(each for each in views if each.is_dissolved == is_dissolved)


def list_every_priority(
    session: Session, person: Person, engagement_id: int, today: date
) -> tuple[PriorityView, ...]:
    """List all priorities of an engagement, dissolved ones too."""
    check_may(person, Act.READ)
    rows = session.scalars(
        select(Priority).where(Priority.engagement_id == engagement_id).order_by(Priority.position)
    ).all()
    sizes = _measure_sizes(session, engagement_id)
    themes = _read_themes(session, engagement_id)
    actions = list_all_actions(session, person, engagement_id, today)
    n_all_sources = _count_sources(session, engagement_id)
    return tuple(
        _view_priority(
            each,
            themes.get(each.id, ()),
            (*sizes.get(each.id, (0, 0)), n_all_sources),
            [action for action in actions if action.priority_id == each.id],
        )
        for each in rows
    )


def get_priority_or_raise(session: Session, person: Person, priority_id: int, today: date) -> PriorityView:
    """Give one priority."""
    priority = session.get(Priority, priority_id)
    if priority is None:
        raise NotFoundError(f"There is no priority {priority_id}. Go back to the list of priorities.")
    views = list_every_priority(session, person, priority.engagement_id, today)
    return next(each for each in views if each.id == priority_id)


def list_quotes(session: Session, person: Person, priority_id: int, n_quotes: int = 3) -> tuple[Quote, ...]:
    """List a few voices of a priority that may be quoted, from as many different sources as can be."""
    check_may(person, Act.READ)
    shortest, longest = QUOTE_LETTERS
    speaking = _select_priority_voices(_find_engagement(session, priority_id), priority_id)
    rows = session.execute(
        speaking.add_columns(SHOWN_TEXT, Source.id, Source.title, LANGUAGE)
        .join(Source, Source.id == Voice.source_id)
        .where(MAY_QUOTE, func.length(Voice.text).between(shortest, longest))
        .order_by(Voice.id)
    )
    turns: dict[int, int] = {}
    ranked = []
    for voice_id, text, source_id, title, language in rows:
        turns[source_id] = turns.get(source_id, 0) + 1
        ranked.append((turns[source_id], voice_id, Quote(voice_id, text, title, language)))
    return tuple(quote for _, _, quote in sorted(ranked, key=lambda each: each[:2])[:n_quotes])


def list_priority_voice_ids(session: Session, person: Person, priority_id: int) -> tuple[int, ...]:
    """List the voices of a priority, withdrawn ones left out."""
    check_may(person, Act.READ)
    speaking = _select_priority_voices(_find_engagement(session, priority_id), priority_id)
    return tuple(session.scalars(speaking.order_by(Voice.id)))


def _find_engagement(session: Session, priority_id: int) -> int:
    engagement_id = session.scalar(select(Priority.engagement_id).where(Priority.id == priority_id))
    if engagement_id is None:
        raise NotFoundError(f"There is no priority {priority_id}. Go back to the list of priorities.")
    return engagement_id


def _select_voices_in_priorities(engagement_id: int) -> Subquery:
    home = select_homes(engagement_id).subquery("home")
    chosen = select_chosen_themes(engagement_id).subquery("chosen")
    return (
        select(home.c.voice_id, chosen.c.priority_id)
        .join(chosen, chosen.c.theme_id == home.c.theme_id)
        .where(stands(home.c.voice_id))
        .subquery("standing")
    )


def _select_priority_voices(engagement_id: int, priority_id: int) -> Select[Any]:
    standing = _select_voices_in_priorities(engagement_id)
    return (
        select(Voice.id)
        .join(standing, standing.c.voice_id == Voice.id)
        .where(standing.c.priority_id == priority_id)
    )


def _measure_sizes(session: Session, engagement_id: int) -> dict[int, tuple[int, int]]:
    standing = _select_voices_in_priorities(engagement_id)
    rows = session.execute(
        select(standing.c.priority_id, func.count(Voice.id), func.count(Voice.source_id.distinct()))
        .join(Voice, Voice.id == standing.c.voice_id)
        .group_by(standing.c.priority_id)
    )
    return {priority_id: (n_voices, n_sources) for priority_id, n_voices, n_sources in rows}


def _count_sources(session: Session, engagement_id: int) -> int:
    spoken = select(func.count(Voice.source_id.distinct())).where(Voice.engagement_id == engagement_id)
    return session.scalar(spoken) or 0


def _read_themes(session: Session, engagement_id: int) -> dict[int, tuple[ThemeName, ...]]:
    rows = session.execute(
        select(PriorityTheme.priority_id, Theme.id, Theme.name)
        .join(Priority, Priority.id == PriorityTheme.priority_id)
        .join(Theme, Theme.id == PriorityTheme.theme_id)
        .where(Priority.engagement_id == engagement_id)
        .order_by(Theme.position, Theme.id)
    )
    themes: dict[int, tuple[ThemeName, ...]] = {}
    for priority_id, theme_id, name in rows:
        themes[priority_id] = (*themes.get(priority_id, ()), ThemeName(theme_id, name))
    return themes


def _view_priority(
    priority: Priority,
    themes: tuple[ThemeName, ...],
    sizes: tuple[int, int, int],
    actions: list[ActionView],
) -> PriorityView:
    counted = [each for each in actions if each.status is not ActionStatus.DROPPED]
    return PriorityView(
        id=priority.id,
        engagement_id=priority.engagement_id,
        title=priority.title,
        statement=priority.statement,
        promise=priority.promise,
        lead_name=priority.lead_name,
        lead_account_id=priority.lead_account_id,
        group_name=priority.group_name,
        group_members=tuple(priority.group_members.splitlines()),
        chosen_on=priority.chosen_on,
        version=priority.version,
        themes=themes,
        n_voices=sizes[0],
        n_sources=sizes[1],
        n_all_sources=sizes[2],
        n_actions=len(counted),
        n_done=sum(each.status is ActionStatus.DONE for each in counted),
        n_late=sum(each.is_late for each in counted),
    )
