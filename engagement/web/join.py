"""Routes: joining a workshop by its code or its QR code, without an account."""

from __future__ import annotations

import anyio.to_thread
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from engagement.errors import EngagementError, NotFoundError
from engagement.people.seat_tokens import SeatClaims, SeatLostError, find_seat_person
from engagement.web.doors import get_record, read_address
from engagement.web.pages import read_form
from engagement.web.seat_cookies import find_seat_claims, keep_seat
from engagement.web.seat_pages import go, show_seat_page
from engagement.workshop.join_codes import find_key_for_code, get_workshop_by_key
from engagement.workshop.join_tries import TooManyCodesError, note_join_try, strike_out_join_try
from engagement.workshop.rooms import view_room
from engagement.workshop.seats import take_seat
from models.rooms import Sector

WRONG_CODE = "No workshop that is open now has this code. Look at the wall and type it again."


def show_code_page(request: Request) -> Response:
    """Ask for the code on the wall."""
    return show_seat_page(request, "join_code.html", code="")


async def take_code(request: Request) -> Response:
    """Go on to the workshop whose code was typed, or say why not."""
    typed = (await read_form(request)).get("code", "")
    try:
        key = await anyio.to_thread.run_sync(_look_up, read_address(request), typed)
    except TooManyCodesError as refusal:
        return show_seat_page(request, "join_code.html", 429, code="", problem=refusal)
    if key is None:
        return show_seat_page(
            request, "join_code.html", 403, code=typed[:20], problem=EngagementError(WRONG_CODE)
        )
    return go(f"/join/{key}")


def show_join_page(request: Request) -> Response:
    """Ask for a first name and a sector; whoever has a seat already goes straight to it."""
    return _ask_for_name(request, {}, None, 200)


async def take_join(request: Request) -> Response:
    """Give a seat, or say why not."""
    typed = await read_form(request)
    key = request.path_params["key"]
    try:
        claims = await anyio.to_thread.run_sync(_take_seat, key, typed)
    except NotFoundError as refusal:
        return show_seat_page(request, "join_code.html", 404, code="", problem=refusal)
    except EngagementError as refusal:
        return await anyio.to_thread.run_sync(_ask_for_name, request, typed, refusal, 422)
    return keep_seat(go(f"/seat/{claims.workshop_id}"), claims)


def _ask_for_name(
    request: Request, typed: dict[str, str], problem: EngagementError | None, status: int
) -> Response:
    key = request.path_params["key"]
    with get_record().reading() as session:
        try:
            workshop = get_workshop_by_key(session, key)
        except NotFoundError as refusal:
            return show_seat_page(request, "join_code.html", 404, code="", problem=refusal)
        claims = find_seat_claims(request, workshop.id)
        if claims is not None and _holds_seat(session, claims):
            return go(f"/seat/{workshop.id}")
        return show_seat_page(
            request,
            "join.html",
            status,
            key=key,
            workshop=workshop.name,
            n_tables=view_room(session, workshop.id).choices.n_tables,
            sectors=tuple(Sector),
            nickname=typed.get("nickname", "")[:80],
            sector=typed.get("sector", ""),
            problem=problem,
        )


def _holds_seat(session: Session, claims: SeatClaims) -> bool:
    try:
        find_seat_person(session, claims)
    except SeatLostError:
        return False
    return True


def _look_up(address: str, typed: str) -> str | None:
    with get_record().writing() as session:
        try_id = note_join_try(session, address)
    with get_record().reading() as session:
        key = find_key_for_code(session, typed[:40])
    if key is not None:
        with get_record().writing() as session:
            strike_out_join_try(session, try_id)
    return key


def _take_seat(key: str, typed: dict[str, str]) -> SeatClaims:
    table = typed.get("table", "")
    number = int(table) if table.isascii() and table.isdigit() and len(table) < 4 else None
    with get_record().writing() as session:
        return take_seat(session, key, typed.get("nickname", ""), typed.get("sector", ""), number)


JOIN_ROUTES = (
    Route("/join", show_code_page, methods=["GET"]),
    Route("/join", take_code, methods=["POST"]),
    Route("/join/{key}", show_join_page, methods=["GET"]),
    Route("/join/{key}", take_join, methods=["POST"]),
)
