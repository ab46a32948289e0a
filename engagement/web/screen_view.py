"""What the projector shows: a board, its room, the feed and the code, in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import segno
from sqlalchemy.orm import Session

from engagement.people.permissions import Person
from engagement.plan.priority_views import list_priorities
from engagement.workshop.attendance import Attendance, Third, count_attendance, say_third
from engagement.workshop.join_codes import write_code
from engagement.workshop.rooms import RoomView, view_room
from engagement.workshop.state import list_history
from engagement.workshop.wall_board import WallBoard, WallTheme, read_wall_board
from models.rooms import RoundKind, Shown

FEED_LINES = 6
MOST_THEMES = 14
MOST_WITH_DOTS = 10
"""Themes that fit on a wall when each has a line for its dots as well."""
MOST_VOTED = 14
DOES = {
    RoundKind.READ: "read",
    RoundKind.THEME: "move and name",
    RoundKind.NAME: "name themes",
    RoundKind.VOTE: "vote",
    RoundKind.CHOOSE: "choose together",
}


@dataclass(frozen=True)
class Chosen:
    """A priority that was chosen: its title, its words and its lead."""

    title: str
    statement: str
    lead: str


@dataclass(frozen=True)
class ScreenView:
    """One picture of a workshop. ``left_s`` is the clock; None: no clock. ``chosen`` only while choosing."""

    board: WallBoard
    attendance: Attendance
    round_words: str
    is_paused: bool
    left_s: int | None
    code: str
    join_address: str
    qr: str
    feed: tuple[str, ...]
    is_choosing: bool
    chosen: tuple[Chosen, ...]

    @property
    def steady(self) -> ScreenView:
        """Give what must be drawn anew when it changes: pages count the seconds themselves."""
        return replace(self, left_s=None)

    @property
    def clock(self) -> str:
        """Write the time that is left, as minutes and seconds."""
        left = max(0, self.left_s or 0)
        return f"{left // 60}:{left % 60:02d}" if left else "Time is up"

    @property
    def here(self) -> tuple[tuple[str, int], ...]:
        """List who is here by the thirds of the room; others only where there are any."""
        counts = self.attendance.count_thirds(here=True).items()
        return tuple(
            (say_third(third, count), count) for third, count in counts if count or third is not Third.OTHERS
        )

    @property
    def shows(self) -> str:
        """Tell what is held up; a code only while there is one."""
        shows = self.board.wall.shows
        return str(Shown.BOARD if shows is Shown.CODE and not self.code else shows)

    @property
    def held_theme(self) -> WallTheme | None:
        """Give the theme that is held up."""
        return next((each for each in self.board.themes if each.id == self.board.wall.theme_id), None)

    @property
    def drawn_themes(self) -> tuple[WallTheme, ...]:
        """List the themes that fit on a wall, the largest, in the order of the board."""
        most = MOST_WITH_DOTS if self.board.votes_are_shown else MOST_THEMES
        largest = sorted(self.board.themes, key=lambda theme: -theme.n_voices)[:most]
        return tuple(theme for theme in self.board.themes if theme in largest)

    @property
    def voted_themes(self) -> tuple[WallTheme, ...]:
        """List the themes that have dots, those with most first."""
        ranked = sorted(self.board.themes, key=lambda theme: -(theme.dots or 0))
        return tuple(theme for theme in ranked if theme.dots)[:MOST_VOTED]

    def measure(self, count: int | None, *, of_dots: bool = False) -> int:
        """Tell how long a bar is, in percent of the longest."""
        counts = [theme.dots or 0 if of_dots else theme.n_voices for theme in self.board.themes]
        return round(100 * (count or 0) / max([1, *counts]))


def read_screen(session: Session, person: Person, workshop_id: int, origin: str) -> ScreenView:
    """Read what the projector of a workshop shows now; ``origin`` is the address people join by.

    Raises
    ------
    NotAllowedError
        When the person may not read this workshop.
    NotFoundError
        When there is no such workshop.
    """
    board = read_wall_board(session, person, workshop_id)
    room = view_room(session, workshop_id)
    running = room.running
    is_choosing = running is not None and running.round.kind is RoundKind.CHOOSE
    priorities = list_priorities(session, person, board.engagement_id, date.today()) if is_choosing else ()
    return ScreenView(
        board=board,
        attendance=count_attendance(session, person, workshop_id),
        round_words=_say_round(room),
        is_paused=running is not None and running.is_paused,
        left_s=running.left_s if running is not None else None,
        code=write_code(room.join_code or "") if room.is_open else "",
        join_address=f"{origin}/join".partition("://")[2],
        qr=draw_qr(f"{origin}/join/{room.join_key}") if room.is_open else "",
        feed=tuple(line.sentence for line in list_history(session, person, workshop_id, limit=FEED_LINES)),
        is_choosing=is_choosing,
        chosen=tuple(Chosen(each.title, each.statement, each.lead_name) for each in priorities),
    )


@lru_cache(maxsize=32)
def draw_qr(address: str) -> str:
    """Draw a QR code as a picture that can stand in a page, dark on white in every look."""
    return str(
        segno.make(address, error="m").svg_inline(
            border=3, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
        )
    )


def _say_round(room: RoomView) -> str:
    if room.running is None:
        return "No round is running" if room.rounds else ""
    each = room.running.round
    return f"Round {each.number} of {len(room.rounds)}: {DOES[each.kind]}"
