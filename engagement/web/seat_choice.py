"""What a seat has chosen to see: the whole board, the cards of its table, or one theme."""

from __future__ import annotations

from dataclasses import dataclass

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from engagement.errors import EngagementError
from engagement.people.seat_tokens import SeatLostError
from engagement.settings import read_settings
from engagement.web.doors import get_record
from engagement.web.pages import read_form
from engagement.web.seat_cookies import LASTS_S, get_seat_person_or_raise
from engagement.web.seat_pages import go, show_seat_page
from engagement.workshop.seats import choose_table

WHOLE, TABLE, THEME = "whole", "table", "theme"


@dataclass(frozen=True)
class SeatChoice:
    """What a seat sees. ``number`` is the theme, or the table at which somebody sits down now.

    Written ``whole``, ``table`` (mine), ``table-3`` or ``theme-12``.
    """

    kind: str = WHOLE
    number: int | None = None

    def __str__(self) -> str:
        """Write the choice as forms and cookies hold it."""
        return self.kind if self.number is None else f"{self.kind}-{self.number}"


def read_choice(written: str) -> SeatChoice:
    """Read a choice; whatever cannot be one is the whole board.

    Examples
    --------
    >>> read_choice("theme-12")
    SeatChoice(kind='theme', number=12)
    >>> str(read_choice("table")), str(read_choice("<b>"))
    ('table', 'whole')
    """
    kind, _, typed = written.partition("-")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
    if kind == TABLE or (kind == THEME and number is not None):
        return SeatChoice(kind, number)
    return SeatChoice()


def find_choice(request: Request) -> SeatChoice:
    """Find what this browser has chosen to see of a workshop."""
    return read_choice(request.cookies.get(name_choice_cookie(request.path_params["workshop"]), ""))


def name_choice_cookie(workshop_id: int) -> str:
    """Name the cookie that keeps the choice."""
    return f"thread_view_{workshop_id}"


async def take_choice(request: Request) -> Response:
    """Keep what somebody wants to see, sit them down at a table where they named one, and go back."""
    choice = read_choice((await read_form(request)).get("see", ""))
    workshop_id = request.path_params["workshop"]
    if choice.kind == TABLE and choice.number is not None:
        try:
            await anyio.to_thread.run_sync(_sit_down, request, choice.number)
        except EngagementError as refusal:
            status = 403 if isinstance(refusal, SeatLostError) else 422
            return show_seat_page(request, "join_code.html", status, code="", problem=refusal)
        choice = SeatChoice(TABLE)
    response = go(f"/seat/{workshop_id}")
    response.set_cookie(
        name_choice_cookie(workshop_id),
        str(choice),
        max_age=LASTS_S,
        httponly=True,
        samesite="lax",
        secure=read_settings().secure_cookies,
        path=f"/seat/{workshop_id}",
    )
    return response


def _sit_down(request: Request, table_number: int) -> None:
    with get_record().writing() as session:
        choose_table(session, get_seat_person_or_raise(session, request), table_number)


SEAT_CHOICE_ROUTES = (Route("/seat/{workshop:row}/see", take_choice, methods=["POST"]),)
