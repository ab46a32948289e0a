"""Live route for the wall: a facilitator holds a theme up from the board, or shows the whole board again."""

from __future__ import annotations

from typing import Any

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from engagement.errors import EngagementError
from engagement.web.live import NOT_KEPT, RefusedRequestError, answer_refusals, read_sent
from engagement.web.live_callers import Claims, find_caller, read_claims
from engagement.web.live_hub import HUB
from engagement.web.security import comes_from_here
from engagement.workshop.move_requests import LARGEST_ID
from engagement.workshop.wall import describe_wall, hold_up
from models.rooms import Shown


@answer_refusals
async def take_wall(request: Request) -> Response:
    """Hold something up on the projector, and answer with what is held up once it is kept."""
    if not comes_from_here(request.headers):
        raise RefusedRequestError(403, "This was sent from another site, so it was not done.")
    claims = read_claims(request)
    asked = await read_sent(request)
    return JSONResponse(
        await anyio.to_thread.run_sync(_hold_up, claims, asked, limiter=HUB.writers), headers=NOT_KEPT
    )


def _hold_up(claims: Claims, asked: dict[str, Any]) -> dict[str, Any]:
    theme_id = asked.get("theme")
    is_number = type(theme_id) is int and 0 < theme_id <= LARGEST_ID
    if theme_id is not None and not is_number:
        raise EngagementError("No theme was chosen. Choose one, then show it on the wall.")
    shows = Shown.BOARD if theme_id is None else Shown.THEME
    with HUB.record.writing() as session:
        hold_up(session, find_caller(session, claims), claims.workshop_id, shows, theme_id)
        return describe_wall(session, claims.workshop_id)


WALL_ROUTES = (Route("/live/{workshop:row}/wall", take_wall, methods=["POST"]),)
