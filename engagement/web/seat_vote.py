"""Routes: voting from a seat by plain forms, with scripts or without."""

from __future__ import annotations

from typing import Any

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from engagement.errors import EngagementError, NotAllowedError, NotFoundError
from engagement.people.seat_tokens import SeatLostError
from engagement.web.doors import get_record
from engagement.web.pages import read_form
from engagement.web.presence import PRESENCE
from engagement.web.seat_cookies import get_seat_person_or_raise
from engagement.web.seat_pages import go, show_seat_page
from engagement.web.seat_view import make_nonce, name_form
from engagement.workshop.ballots import read_ballot
from engagement.workshop.boards import get_last_seq
from engagement.workshop.votes import change_votes


def show_vote(request: Request) -> Response:
    """Show the ballot of a seat."""
    return _show(request, None, 200)


async def take_vote(request: Request) -> Response:
    """Put, move or take back dots from a form, and show the ballot again."""
    typed = await read_form(request)
    try:
        await anyio.to_thread.run_sync(_change, request, typed)
    except SeatLostError as refusal:
        return show_seat_page(request, "join_code.html", 403, code="", problem=refusal)
    except EngagementError as refusal:
        return await anyio.to_thread.run_sync(_show, request, refusal, 422)
    return go(f"/seat/{request.path_params['workshop']}/vote?done=1")


def _show(request: Request, problem: EngagementError | None, status: int) -> Response:
    workshop_id = request.path_params["workshop"]
    try:
        with get_record().reading() as session:
            person = get_seat_person_or_raise(session, request)
            ballot = read_ballot(session, person, workshop_id)
            seq = get_last_seq(session, workshop_id)
    except (NotAllowedError, NotFoundError) as refusal:
        return show_seat_page(request, "join_code.html", 403, code="", problem=refusal)
    PRESENCE.note(person.seat_id or 0)
    return show_seat_page(
        request,
        "seat_vote.html",
        status,
        workshop_id=workshop_id,
        ballot=ballot,
        seq=seq,
        nonce=make_nonce(),
        problem=problem,
        is_done=request.query_params.get("done") == "1" and not problem,
    )


def _change(request: Request, typed: dict[str, str]) -> None:
    with get_record().writing() as session:
        person = get_seat_person_or_raise(session, request)
        change_votes(session, person, request.path_params["workshop"], _read_change(typed))


def _read_change(typed: dict[str, str]) -> dict[str, Any]:
    """Read a form as the change that a page with scripts would send; the same form sent twice is one."""
    kind, theme = typed.get("kind", ""), _read(typed.get("theme", ""))
    change: dict[str, Any] = {"op": name_form(typed), "kind": kind, "theme": theme}
    return change if kind == "confirm" else {**change, "dots": _read(typed.get("dots", ""))}


def _read(typed: str) -> int | str:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else typed


SEAT_VOTE_ROUTES = (
    Route("/seat/{workshop:row}/vote", show_vote, methods=["GET"]),
    Route("/seat/{workshop:row}/vote", take_vote, methods=["POST"]),
)
