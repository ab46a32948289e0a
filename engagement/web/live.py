"""The live board's routes: the whole board, its stream of events, and moves."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack
from functools import wraps
from typing import Any

import anyio.to_thread
from sqlalchemy.exc import OperationalError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from engagement.errors import ConflictError, EngagementError, NotAllowedError, NotFoundError
from engagement.people.board_tokens import TokenRefusedError
from engagement.web.board_reads import MISSED, STATES
from engagement.web.live_callers import Claims, find_caller, name_caller, read_claims
from engagement.web.live_hub import HUB, RELOAD, Frame, Subscriber
from engagement.web.live_pulse import PING, note_presence
from engagement.web.live_suggestions import DESK
from engagement.web.packing import answer_packed, takes_packed
from engagement.web.security import comes_from_here
from engagement.workshop.conflicts import MovedFirstError
from engagement.workshop.moves import apply_move
from engagement.workshop.replay import list_steps

LONGEST_BODY = 64 * 1024
NOT_KEPT = {"Cache-Control": "no-store"}
BUSY = "The record is busy. Nothing is lost: this will be tried again."
STREAM_HEADERS = {**NOT_KEPT, "X-Accel-Buffering": "no"}

Endpoint = Callable[[Request], Awaitable[Response]]


class RefusedRequestError(EngagementError):
    """A request that no page of ours would send.

    Parameters
    ----------
    status : int
        The HTTP status of the answer.
    message : str
        A plain sentence.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def answer_refusals(endpoint: Endpoint) -> Endpoint:
    """Turn what a service refuses into an answer with its sentence."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except MovedFirstError as refusal:
            return _refuse(409, refusal, by=refusal.by, event=refusal.event)
        except EngagementError as refusal:
            return _refuse(_find_status(refusal), refusal)
        except OperationalError:
            return _refuse(503, EngagementError(BUSY))

    return answer


@answer_refusals
async def show_state(request: Request) -> Response:
    """Answer with the whole board at one moment."""
    claims = read_claims(request)
    read = await STATES.ask((HUB.record, claims.workshop_id), claims)
    if takes_packed(request):
        return answer_packed(read.packed, "application/json", NOT_KEPT)
    return Response(read.plain, media_type="application/json", headers=NOT_KEPT)


@answer_refusals
async def show_suggestions(request: Request) -> Response:
    """Answer with the homes that are suggested for voices which nobody placed."""
    claims = read_claims(request)
    body = await anyio.to_thread.run_sync(DESK.read, HUB.record, claims, limiter=HUB.readers)
    return Response(body, media_type="application/json", headers=NOT_KEPT)


@answer_refusals
async def show_steps(request: Request) -> Response:
    """Answer with the next steps of the board's history after a number, as many as one answer holds."""
    claims, after = read_claims(request), _read_after(request)
    body = await anyio.to_thread.run_sync(_read_steps, claims, after, limiter=HUB.readers)
    return Response(body, media_type="application/json", headers=NOT_KEPT)


@answer_refusals
async def stream_events(request: Request) -> Response:
    """Answer with a stream: what the page has missed, then each move as it is made."""
    claims = read_claims(request)
    after, mark = _read_after(request), request.query_params.get("mark")
    if not HUB.is_open:
        raise RefusedRequestError(503, "The server is stopping. The board comes back by itself.")
    with ExitStack() as stack:
        # Watch first and catch up afterwards: what happens in between arrives twice and is dropped once.
        subscriber = HUB.join(claims.workshop_id, claims)
        stack.callback(HUB.leave, subscriber)
        stack.callback(HUB.hands.let_go, claims.workshop_id, name_caller(claims))
        missed = await MISSED.ask((HUB.record, claims.workshop_id), (claims, after))
        frames = missed.frames if mark in (None, missed.stamp.mark) else (RELOAD, *missed.frames)
        HUB.note_newest(claims.workshop_id, missed.newest, missed.stamp)
        return EventStream(_tell(subscriber, claims, frames, missed.newest), stack.pop_all())


@answer_refusals
async def make_move(request: Request) -> Response:
    """Make one move, and answer with its event once it is kept."""
    if not comes_from_here(request.headers):
        raise RefusedRequestError(403, "This was sent from another site, so it was not done.")
    claims = read_claims(request)
    move = await read_sent(request)
    event = await anyio.to_thread.run_sync(_keep_move, claims, move, limiter=HUB.writers)
    return JSONResponse(event, headers=NOT_KEPT)


LIVE_ROUTES = [
    Route("/live/{workshop:row}/state", show_state, methods=["GET"]),
    Route("/live/{workshop:row}/suggestions", show_suggestions, methods=["GET"]),
    Route("/live/{workshop:row}/steps", show_steps, methods=["GET"]),
    Route("/live/{workshop:row}/events", stream_events, methods=["GET"]),
    Route("/live/{workshop:row}/moves", make_move, methods=["POST"]),
]


class EventStream(StreamingResponse):
    """A stream that lets go of its page however it ends."""

    def __init__(self, content: AsyncIterator[bytes], on_end: ExitStack) -> None:
        super().__init__(content, media_type="text/event-stream", headers=STREAM_HEADERS)
        self._on_end = on_end

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream until the page goes, the hub closes or the page no longer keeps up."""
        with self._on_end:
            await super().__call__(scope, receive, send)


async def _tell(
    subscriber: Subscriber, claims: Claims, missed: tuple[Frame, ...], newest: int
) -> AsyncIterator[bytes]:
    yield PING.data
    note_presence(claims)
    for frame in missed:
        yield frame.data
    if held := HUB.hands.write_all(claims.workshop_id):
        yield held
    has_ended = False
    while not has_ended:  # once it has, the page comes again and catches up from the record
        words, newest, has_ended = _take_waiting(subscriber, await subscriber.queue.get(), newest)
        if words:
            yield words


def _take_waiting(subscriber: Subscriber, first: Frame | None, newest: int) -> tuple[bytes, int, bool]:
    """Take all that waits for a page, to be sent at once: a server that is behind sends seldom, and all."""
    taken: list[bytes] = []
    frame = first
    while frame is not None and frame.seq <= newest + 1:
        if frame.is_beside or frame.seq == newest + 1:
            newest = max(newest, frame.seq)
            taken.append(frame.data)
        if subscriber.queue.empty():
            return b"".join(taken), newest, False
        frame = subscriber.queue.get_nowait()
    return b"".join(taken), newest, True


def _read_steps(claims: Claims, after: int) -> bytes:
    with HUB.record.reading() as session:
        steps = list_steps(session, find_caller(session, claims), claims.workshop_id, after)
    return json.dumps(steps, ensure_ascii=False, separators=(",", ":")).encode()


def _keep_move(claims: Claims, move: dict[str, Any]) -> dict[str, Any]:
    """Make a move and publish it while the board is held, so that pages get events in the record's order."""
    with HUB.hold(claims.workshop_id):
        with HUB.record.writing() as session:
            person = find_caller(session, claims)
            applied = apply_move(session, person, claims.workshop_id, move)
        if not applied.is_repeat:
            HUB.publish(claims.workshop_id, applied.event)
    return applied.event


def _read_after(request: Request) -> int:
    after = request.query_params.get("after", "0")
    if not (after.isascii() and after.isdigit() and len(after) < 10):
        raise EngagementError(f"after is “{after[:20]}”, and must be a number. Reload the page.")
    return int(after)


async def read_sent(request: Request) -> dict[str, Any]:
    """Read what a page of ours sends: small, and JSON.

    Raises
    ------
    EngagementError
        When it is too large or cannot be read.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise RefusedRequestError(415, "A move must be sent as JSON. Reload the page.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            raise RefusedRequestError(413, "This move is too large. Select fewer voices.")
    try:
        move = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise EngagementError("This move cannot be read. Reload the page and try again.") from error
    if not isinstance(move, dict):
        raise EngagementError("This move cannot be read. Reload the page and try again.")
    return move


def _find_status(refusal: EngagementError) -> int:
    if isinstance(refusal, RefusedRequestError):
        return refusal.status
    by_kind = ((TokenRefusedError, 401), (NotAllowedError, 403), (NotFoundError, 404), (ConflictError, 409))
    return next((status for kind, status in by_kind if isinstance(refusal, kind)), 422)


def _refuse(status: int, refusal: EngagementError, **more: Any) -> Response:
    """Answer with a sentence, and with what it takes to say it in another language."""
    values = {name: str(value) for name, value in refusal.values.items()}
    told = {"error": str(refusal), "key": refusal.key, "values": values, **more}
    return JSONResponse(told, status_code=status, headers=NOT_KEPT)
