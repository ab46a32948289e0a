"""Live route for cards in the hand: a page says which cards its person has picked up."""

from __future__ import annotations

from typing import Any

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from engagement.errors import EngagementError, NotAllowedError
from engagement.web.live import NOT_KEPT, RefusedRequestError, answer_refusals, read_sent
from engagement.web.live_callers import Claims, find_caller, name_caller, read_claims
from engagement.web.live_hub import HUB
from engagement.web.security import comes_from_here
from engagement.workshop.rights import check_may_read, list_kinds


@answer_refusals
async def take_hand(request: Request) -> Response:
    """Tell the others which cards somebody has in the hand; none, when they were put down."""
    if not comes_from_here(request.headers):
        raise RefusedRequestError(403, "This was sent from another site, so it was not done.")
    claims = read_claims(request)
    cards = _read_cards(await read_sent(request))
    workshop_id, who = claims.workshop_id, name_caller(claims)
    name = HUB.hands.find_name(workshop_id, who)
    if cards and name is None:
        name = await anyio.to_thread.run_sync(_find_name, claims, limiter=HUB.readers)
        HUB.hands.know(workshop_id, who, name)
    HUB.hands.hold(workshop_id, who, name or "", cards)
    return JSONResponse({}, headers=NOT_KEPT)


def _read_cards(sent: dict[str, Any]) -> list[int]:
    cards = sent.get("cards")
    if not isinstance(cards, list) or not all(type(each) is int for each in cards):
        raise EngagementError("cards must be a list of numbers of voices. Reload the page.")
    return cards


def _find_name(claims: Claims) -> str:
    with HUB.record.reading() as session:
        person = find_caller(session, claims)
        workshop = check_may_read(session, person, claims.workshop_id)
        if "move" not in list_kinds(session, person, workshop):
            raise NotAllowedError("The room is not moving cards now, so nobody holds one.")
    return person.name


HAND_ROUTES = (Route("/live/{workshop:row}/hands", take_hand, methods=["POST"]),)
