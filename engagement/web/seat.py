"""Routes: a participant's seat. Every act works by plain forms; the live board takes over with scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from engagement.errors import EngagementError, NotAllowedError, NotFoundError
from engagement.people.seat_tokens import SeatLostError
from engagement.web.board_assets import find_seat_script
from engagement.web.board_reads import STATES, BoardRead
from engagement.web.doors import get_record
from engagement.web.languages import find_language
from engagement.web.live_hub import HUB
from engagement.web.pages import read_form
from engagement.web.presence import PRESENCE
from engagement.web.seat_choice import find_choice
from engagement.web.seat_cookies import forget_seat, get_seat_claims_or_raise, get_seat_person_or_raise
from engagement.web.seat_pages import go, keep_look, list_page_words, show_seat_page
from engagement.web.seat_view import SeatBoard, arrange_seat, name_form
from engagement.workshop.ballots import Ballot, read_ballot
from engagement.workshop.moves import apply_move
from engagement.workshop.seats import give_up_seat

EXPLAINED = frozenset({"move", "echo", "add_theme", "rename"})
"""Acts after which the page asks why, for whoever likes to say so."""


@dataclass(frozen=True)
class Refused:
    """A form that was refused: why, and the theme in whose column it stood."""

    problem: EngagementError
    column: str


async def show_seat(request: Request) -> Response:
    """Show the board from a seat, one theme at a time."""
    return await _show(request, "seat.html")


async def show_voice(request: Request) -> Response:
    """Show one voice, and where it can go."""
    return await _show(request, "seat_voice.html")


async def take_move(request: Request) -> Response:
    """Make one move from a form, and go back to the theme it was made in."""
    typed = await read_form(request)
    try:
        seq = await anyio.to_thread.run_sync(_move, request, typed)
    except SeatLostError as refusal:
        return show_seat_page(request, "join_code.html", 403, code="", problem=refusal)
    except EngagementError as refusal:
        return await _show(request, "seat.html", Refused(refusal, _clean_column(typed.get("column"))))
    column, asks_why = _clean_column(typed.get("column")), typed.get("kind") in EXPLAINED
    step = f"&step={seq}" if asks_why else ""
    return go(f"/seat/{request.path_params['workshop']}?column={column}&done=1{step}")


async def take_look(request: Request) -> Response:
    """Keep another language or print, and come back."""
    typed = await read_form(request)
    back = typed.get("back", "")
    is_ours = back.startswith(("/join", "/seat/")) and "\\" not in back and back.isprintable()
    return keep_look(go(back if is_ours else "/join"), typed)


async def take_leave(request: Request) -> Response:
    """Give the seat up for good."""
    await anyio.to_thread.run_sync(_leave, request)
    return forget_seat(go("/join"), request.path_params["workshop"])


async def _show(request: Request, template: str, refused: Refused | None = None) -> Response:
    try:
        claims = get_seat_claims_or_raise(request)
        read = await STATES.ask((get_record(), claims.workshop_id), claims)
        PRESENCE.note(claims.seat_id)
        return await anyio.to_thread.run_sync(_draw, request, read, template, refused, limiter=HUB.drawers)
    except (SeatLostError, NotAllowedError) as refusal:
        return show_seat_page(request, "join_code.html", 403, code="", problem=refusal)
    except NotFoundError as refusal:
        return show_seat_page(request, "join_code.html", 404, code="", problem=refusal)


def _draw(request: Request, read: BoardRead, template: str, refused: Refused | None) -> Response:
    ballot = _read_ballot(request) if read.has_dots else None
    page = request.query_params.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 1
    column = refused.column if refused else _read_column(request)
    board = arrange_seat(read.state, column, number, find_choice(request))
    language = find_language(request)
    is_done = request.query_params.get("done") == "1" and not refused
    return show_seat_page(
        request,
        template,
        422 if refused else 200,
        board=board,
        voice=board.find_voice(request.path_params["voice"]) if template == "seat_voice.html" else None,
        ballot=ballot,
        problem=refused.problem if refused else None,
        is_done=is_done,
        step=_read_step(request, board) if is_done else 0,
        script=find_seat_script(),
        words=list_page_words(language),
        board_words=language.list_board_words(),
    )


def _read_ballot(request: Request) -> Ballot:
    with get_record().reading() as session:
        person = get_seat_person_or_raise(session, request)
        return read_ballot(session, person, request.path_params["workshop"])


def _move(request: Request, typed: dict[str, str]) -> int:
    """Make the move of a form, and give its number on the board."""
    workshop_id = request.path_params["workshop"]
    move = _read_move(typed)
    with HUB.hold(workshop_id):
        with get_record().writing() as session:
            person = get_seat_person_or_raise(session, request)
            applied = apply_move(session, person, workshop_id, move)
        if not applied.is_repeat:
            HUB.publish(workshop_id, applied.event)
    return int(applied.event["seq"])


def _leave(request: Request) -> None:
    with get_record().writing() as session:
        try:
            give_up_seat(session, get_seat_person_or_raise(session, request))
        except SeatLostError:
            return


def _read_move(typed: dict[str, str]) -> dict[str, Any]:
    """Read a form as the move that a page with scripts would send; the same form sent twice is one move."""
    kind, goal, name = typed.get("kind", ""), typed.get("goal", ""), typed.get("name", "")
    voices = [_read_number(typed.get("voice"))] if typed.get("voice") else []
    move: dict[str, Any] = {"op": name_form(typed), "kind": kind, "saw": _read_number(typed.get("saw"))}
    if kind == "move" and goal == "new":
        move |= {"kind": "add_theme", "name": name, "voices": voices}
    elif kind == "move":
        move |= {"voices": voices, "to": None if goal == "unplaced" else _read_number(goal)}
    elif kind == "echo":
        move |= {"voices": voices, "theme": _read_number(goal), "on": typed.get("on") != "no"}
    elif kind == "rename":
        move |= {"theme": _read_number(goal), "name": name}
    elif kind == "add_theme":
        move |= {"name": name}
    elif kind == "comment":
        about = next((each for each in ("voice", "theme", "step") if typed.get(each)), "step")
        move |= {about: _read_number(typed.get(about)), "words": typed.get("words", "")}
    return move


def _read_number(typed: str | None) -> int:
    if typed is None or not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        raise EngagementError("Nothing was chosen. Choose a theme, then press the button again.")
    return int(typed)


def _read_column(request: Request) -> str | None:
    asked = request.query_params.get("column")
    return None if asked is None else _clean_column(asked)


def _read_step(request: Request, seat_board: SeatBoard) -> int:
    """Read which act this seat has just made; 0 for none that it can say why of."""
    step = request.query_params.get("step", "")
    is_one = step.isascii() and step.isdigit() and len(step) < 10
    return int(step) if is_one and "comment" in seat_board.may else 0


def _clean_column(asked: str | None) -> str:
    is_known = asked is not None and len(asked) < 12 and (asked.isascii() and asked.isalnum())
    return asked if is_known and asked is not None else "unplaced"


SEAT_ROUTES = (
    Route("/seat/look", take_look, methods=["POST"]),
    Route("/seat/{workshop:row}", show_seat, methods=["GET"]),
    Route("/seat/{workshop:row}/voice/{voice:row}", show_voice, methods=["GET"]),
    Route("/seat/{workshop:row}/moves", take_move, methods=["POST"]),
    Route("/seat/{workshop:row}/leave", take_leave, methods=["POST"]),
)
