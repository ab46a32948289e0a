"""Which agreed themes are still free to make a priority or to be passed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.errors import EngagementError, NotFoundError
from engagement.people.permissions import Act, Person, check_may
from engagement.plan.due_dates import write_date
from engagement.plan.standing import select_chosen_themes, select_passed_on_themes
from engagement.workshop.homes import AgreedTheme, list_agreed_themes
from models.plan import Priority, Referral


@dataclass(frozen=True)
class ThemeStanding:
    """An agreed theme and what has become of it: a priority, a referral, or nothing yet."""

    id: int
    name: str
    n_voices: int
    keywords: tuple[str, ...]
    priority_id: int | None
    priority_title: str
    passed_on_to: str

    @property
    def is_free(self) -> bool:
        """Tell whether the theme can make a priority."""
        return self.priority_id is None and not self.passed_on_to


def list_theme_standings(session: Session, person: Person, engagement_id: int) -> tuple[ThemeStanding, ...]:
    """List the agreed themes of the board that counts, with what became of each."""
    check_may(person, Act.READ)
    priorities = _find_priorities(session, engagement_id)
    referrals = _find_referrals(session, engagement_id)
    return tuple(
        _describe_standing(theme, priorities.get(theme.id), referrals.get(theme.id))
        for theme in list_agreed_themes(session, engagement_id)
    )


def get_agreed_theme_or_raise(session: Session, engagement_id: int, theme_id: int) -> AgreedTheme:
    """Give an agreed theme of the board that counts."""
    for theme in list_agreed_themes(session, engagement_id):
        if theme.id == theme_id:
            return theme
    raise NotFoundError(
        f"Theme {theme_id} is not on the board that counts: it was merged or taken away. "
        "Choose from the themes that are there now."
    )


def check_themes_are_free(
    session: Session, engagement_id: int, theme_ids: Sequence[int], priority_id: int | None = None
) -> None:
    """Refuse themes that are gone, passed on, or part of another priority than ``priority_id``."""
    if not theme_ids:
        raise EngagementError("No theme is chosen yet. Choose one or more themes, then save.")
    priorities = _find_priorities(session, engagement_id)
    referrals = _find_referrals(session, engagement_id)
    for theme_id in theme_ids:
        name = get_agreed_theme_or_raise(session, engagement_id, theme_id).name
        priority = priorities.get(theme_id)
        if priority is not None and priority.id != priority_id:
            raise EngagementError(
                f"“{name}” is already part of the priority “{priority.title}”. "
                "Take it out of that priority first, or choose another theme."
            )
        if theme_id in referrals:
            raise EngagementError(_say_passed_on(name, referrals[theme_id]))


def check_theme_is_in_no_priority(session: Session, engagement_id: int, theme: AgreedTheme) -> None:
    """Refuse to pass on a theme that people chose for a priority."""
    priority = _find_priorities(session, engagement_id).get(theme.id)
    if priority is not None:
        raise EngagementError(
            f"“{theme.name}” is part of the priority “{priority.title}”, so its voices stay there. "
            "Take it out of the priority first, or split off on the board what should be passed on."
        )


def _say_passed_on(name: str, referral: Referral) -> str:
    return (
        f"“{name}” was passed on to {referral.recipient} on {write_date(referral.sent_on)}. "
        "Take that referral back first, or choose another theme."
    )


def _find_priorities(session: Session, engagement_id: int) -> dict[int, Priority]:
    chosen = select_chosen_themes(engagement_id).subquery()
    rows = session.execute(
        select(chosen.c.theme_id, Priority).join(Priority, Priority.id == chosen.c.priority_id)
    )
    return {theme_id: priority for theme_id, priority in rows}


def _find_referrals(session: Session, engagement_id: int) -> dict[int, Referral]:
    passed_on = select_passed_on_themes(engagement_id).subquery()
    rows = session.execute(
        select(passed_on.c.theme_id, Referral).join(Referral, Referral.id == passed_on.c.referral_id)
    )
    return {theme_id: referral for theme_id, referral in rows}


def _describe_standing(
    theme: AgreedTheme, priority: Priority | None, referral: Referral | None
) -> ThemeStanding:
    return ThemeStanding(
        id=theme.id,
        name=theme.name,
        n_voices=theme.n_voices,
        keywords=tuple(theme.keywords),
        priority_id=priority.id if priority else None,
        priority_title=priority.title if priority else "",
        passed_on_to=referral.recipient if referral else "",
    )
