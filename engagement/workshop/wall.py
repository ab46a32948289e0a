"""The wall: what the projector of a workshop holds up beside the board, as its facilitator says."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from engagement.errors import EngagementError
from engagement.people.permissions import Person
from engagement.workshop.rooms import take_room
from models.rooms import Shown, Wall
from models.workshops import Theme


@dataclass(frozen=True)
class WallView:
    """What is held up. ``theme_id`` is None unless it is a theme."""

    shows: Shown = Shown.BOARD
    theme_id: int | None = None


def hold_up(
    session: Session, person: Person, workshop_id: int, shows: Shown, theme_id: int | None = None
) -> None:
    """Hold something up on the projector: a theme with quotes, the code, the votes, or the board alone.

    Raises
    ------
    EngagementError
        When the theme does not stand on this board.
    """
    take_room(session, person, workshop_id)
    theme = session.get(Theme, theme_id) if shows is Shown.THEME and theme_id is not None else None
    if shows is Shown.THEME and not _stands(theme, workshop_id):
        raise EngagementError("That theme does not stand on this board. Choose one that is there now.")
    wall = session.get(Wall, workshop_id) or Wall(workshop_id=workshop_id)
    wall.shows, wall.theme_id = shows, theme.id if theme is not None else None
    session.add(wall)
    session.flush()


def read_wall(session: Session, workshop_id: int) -> WallView:
    """Read what is held up; a theme that was merged or removed meanwhile is put down by itself."""
    wall = session.get(Wall, workshop_id)
    if wall is None:
        return WallView()
    if wall.shows is not Shown.THEME:
        return WallView(wall.shows)
    theme = session.get(Theme, wall.theme_id)
    return WallView(Shown.THEME, wall.theme_id) if _stands(theme, workshop_id) else WallView()


def describe_wall(session: Session, workshop_id: int) -> dict[str, str | int | None]:
    """Tell what is held up as pages read it."""
    wall = read_wall(session, workshop_id)
    return {"shows": str(wall.shows), "theme": wall.theme_id}


def _stands(theme: Theme | None, workshop_id: int) -> bool:
    return (
        theme is not None
        and theme.workshop_id == workshop_id
        and theme.merged_into_id is None
        and not theme.is_removed
    )
