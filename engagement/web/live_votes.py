"""Live routes for votes: a seat's own dots always, the sums once a facilitator shows them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from engagement.web.live import NOT_KEPT, RefusedRequestError, answer_refusals, read_sent
from engagement.web.live_callers import Claims, find_caller, read_claims
from engagement.web.live_hub import HUB
from engagement.web.security import comes_from_here
from engagement.workshop.ballots import Ballot, read_ballot
from engagement.workshop.vote_counts import count_voters, get_shown_votes
from engagement.workshop.votes import change_votes


@answer_refusals
async def show_votes(request: Request) -> Response:
    """Answer with the ballot of a seat; an account gets how many voted, and the sums once they are shown."""
    claims = read_claims(request)
    return JSONResponse(await anyio.to_thread.run_sync(_read, claims, limiter=HUB.readers), headers=NOT_KEPT)


@answer_refusals
async def take_votes(request: Request) -> Response:
    """Put, move or take back dots, and answer with the ballot once it is kept."""
    if not comes_from_here(request.headers):
        raise RefusedRequestError(403, "This was sent from another site, so it was not done.")
    claims = read_claims(request)
    asked = await read_sent(request)
    ballot = await anyio.to_thread.run_sync(_change, claims, asked, limiter=HUB.writers)
    return JSONResponse(ballot, headers=NOT_KEPT)


def _read(claims: Claims) -> dict[str, Any]:
    with HUB.record.reading() as session:
        person = find_caller(session, claims)
        if person.seat_id is not None:
            return _describe(read_ballot(session, person, claims.workshop_id))
        count = get_shown_votes(session, person, claims.workshop_id)
        sums = None if count is None else dict(count.dots)
        return {"n_voters": count_voters(session, claims.workshop_id), "sums": sums}


def _change(claims: Claims, asked: dict[str, Any]) -> dict[str, Any]:
    with HUB.record.writing() as session:
        return _describe(change_votes(session, find_caller(session, claims), claims.workshop_id, asked))


def _describe(ballot: Ballot) -> dict[str, Any]:
    return {**asdict(ballot), "n_free": ballot.n_free}


VOTE_ROUTES = (
    Route("/live/{workshop:row}/votes", show_votes, methods=["GET"]),
    Route("/live/{workshop:row}/votes", take_votes, methods=["POST"]),
)
