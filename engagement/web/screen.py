"""Routes: the projector of a workshop, a page that reads and does nothing else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import ExitStack, suppress

import anyio.to_thread
from sqlalchemy.exc import OperationalError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from engagement.errors import EngagementError, NotAllowedError
from engagement.people.permissions import Act, can_act
from engagement.people.screen_tokens import (
    VALID_FOR_S,
    ScreenClaims,
    ScreenRefusedError,
    find_screen_person,
    mint_screen_token,
    read_screen_token,
)
from engagement.settings import read_settings
from engagement.web.doors import find_visitor, get_record
from engagement.web.live import EventStream, RefusedRequestError, answer_refusals
from engagement.web.live_hub import HUB, Subscriber
from engagement.web.live_pulse import PULSE_PAUSE_S
from engagement.web.pages import draw_template, show_page
from engagement.web.screen_view import ScreenView, read_screen
from engagement.workshop.boards import list_stamps

LOOK_AGAIN_S = 2.0
"""How often what is no move (who is here, what is held up or chosen) is looked for."""
BREATH_S = 0.2
PING = b"event: ping\ndata: 1\n\n"
NOT_OPENED = "A facilitator opens this screen: sign in on this computer, then press “Projector” on the board."


def show_screen(request: Request) -> Response:
    """Show the screen; a facilitator who is signed in opens it for as long as a workshop lasts."""
    workshop_id = request.path_params["workshop"]
    token = ""
    try:
        token = _find_token(request, workshop_id)
        view = _read_view(read_screen_token(token), find_origin(request))
    except EngagementError as refusal:
        status = 403 if isinstance(refusal, NotAllowedError) else 404
        return show_page("screen_closed.html", status, problem=str(refusal))
    response = show_page("screen.html", view=view, workshop_id=workshop_id)
    response.set_cookie(
        name_cookie(workshop_id),
        token,
        max_age=VALID_FOR_S,
        httponly=True,
        samesite="lax",
        secure=read_settings().secure_cookies,
        path=f"/screen/{workshop_id}",
    )
    return response


@answer_refusals
async def stream_screen(request: Request) -> Response:
    """Answer with a stream of pictures: one now, then another whenever something has changed."""
    claims = _read_cookie(request)
    if not HUB.is_open:
        raise RefusedRequestError(503, "The server is stopping. The screen comes back by itself.")
    with ExitStack() as stack:
        subscriber = HUB.join(claims.workshop_id)
        stack.callback(HUB.leave, subscriber)
        await anyio.to_thread.run_sync(_note_newest, claims, limiter=HUB.readers)
        return EventStream(_tell(subscriber, claims, find_origin(request)), stack.pop_all())


def name_cookie(workshop_id: int) -> str:
    """Name the cookie of a screen."""
    return f"thread_screen_{workshop_id}"


def find_origin(request: Request) -> str:
    """Find the address by which this browser reaches the server: phones in the room use the same."""
    return str(request.base_url).rstrip("/")


async def _tell(subscriber: Subscriber, claims: ScreenClaims, origin: str) -> AsyncIterator[bytes]:
    loop = asyncio.get_running_loop()
    shown: ScreenView | None = None
    next_ping = loop.time() + PULSE_PAUSE_S
    while True:
        with suppress(OperationalError):  # the record is busy or away: look again in a moment
            try:
                view = await anyio.to_thread.run_sync(_read_view, claims, origin, limiter=HUB.readers)
            except EngagementError:
                return  # the page asks again, and is told why
            if shown is None or view.steady != shown.steady:
                shown = view
                yield _write(view)
        if loop.time() >= next_ping:
            next_ping = loop.time() + PULSE_PAUSE_S
            yield PING
        if not await _wait(subscriber):
            return


async def _wait(subscriber: Subscriber) -> bool:
    """Wait until something happens on the board, or a moment; False when the stream must end."""
    frames = []
    with suppress(TimeoutError):
        async with asyncio.timeout(LOOK_AGAIN_S):
            frames.append(await subscriber.queue.get())
        await asyncio.sleep(BREATH_S)
    while not subscriber.queue.empty():
        frames.append(subscriber.queue.get_nowait())
    return None not in frames


def _write(view: ScreenView) -> bytes:
    picture = draw_template("screen_board.html", view=view)
    return f"event: picture\ndata: {json.dumps(picture)}\n\n".encode()


def _read_view(claims: ScreenClaims, origin: str) -> ScreenView:
    with get_record().reading() as session:
        return read_screen(session, find_screen_person(session, claims), claims.workshop_id, origin)


def _note_newest(claims: ScreenClaims) -> None:
    with HUB.record.reading() as session:
        stamp = list_stamps(session, [claims.workshop_id]).get(claims.workshop_id)
    if stamp is not None:
        HUB.note_newest(claims.workshop_id, stamp.last_seq, stamp)


def _find_token(request: Request, workshop_id: int) -> str:
    """Find the token that this browser holds for the screen; make one for a facilitator who is signed in."""
    visitor = find_visitor(request)
    if visitor is not None and can_act(visitor, Act.RUN_WORKSHOP):
        return mint_screen_token(workshop_id, visitor)
    kept = request.cookies.get(name_cookie(workshop_id), "")
    if not kept:
        raise ScreenRefusedError(NOT_OPENED)
    if read_screen_token(kept).workshop_id != workshop_id:
        raise ScreenRefusedError(NOT_OPENED)
    return kept


def _read_cookie(request: Request) -> ScreenClaims:
    workshop_id = request.path_params["workshop"]
    kept = request.cookies.get(name_cookie(workshop_id), "")
    claims = read_screen_token(kept) if kept else None
    if claims is None or claims.workshop_id != workshop_id:
        raise ScreenRefusedError(NOT_OPENED)
    return claims


SCREEN_ROUTES = (
    Route("/screen/{workshop:row}", show_screen, methods=["GET"]),
    Route("/screen/{workshop:row}/events", stream_screen, methods=["GET"]),
)
