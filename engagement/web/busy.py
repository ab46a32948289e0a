"""Saying so, kindly, when the record is busy or away for a moment."""

from __future__ import annotations

from sqlalchemy.exc import OperationalError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from engagement.web.pages import show_page

WAIT_S = "2"
HEADERS = {"Retry-After": WAIT_S}


class BusyRecord:
    """Answer with a page that can be tried again when the record did not answer in time."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; an answer that has begun is left as it is."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_begun = False

        async def note_start(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self.app(scope, receive, note_start)
        except OperationalError:
            if has_begun:
                raise
            await _make_answer(Request(scope))(scope, receive, send)


def _make_answer(request: Request) -> Response:
    """Make the page; whoever sent a form is asked to go back, so that what they typed is still there."""
    answer = show_page("busy.html", 503, was_sent=request.method != "GET")
    answer.headers.update(HEADERS)
    return answer
