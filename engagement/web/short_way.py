"""The short way for what a hall asks for hundreds of times in a moment: seats, live boards, our own files."""

from __future__ import annotations

import re

from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from engagement.web.busy import BusyRecord
from engagement.web.live import LIVE_ROUTES
from engagement.web.live_hands import HAND_ROUTES
from engagement.web.own_files import OWN_FILE_ROUTES
from engagement.web.seat import SEAT_ROUTES

_FILES = ("/site-assets/", "/live-assets/")
_LIVE = ("/state", "/events", "/moves", "/hands")
_SEAT = re.compile(r"/seat/\d+")
_LEVEL = 6


class ShortWay:
    """Answer at once what keeps its own door; what else a request passes through has nothing to add to these.

    The live board packs its own answers and says itself that the record is busy. A stream would pass through
    all the layers with each of its frames.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._short = Starlette(routes=[*LIVE_ROUTES, *HAND_ROUTES, *OWN_FILE_ROUTES])
        self._seats = BusyRecord(GZipMiddleware(Starlette(routes=SEAT_ROUTES), compresslevel=_LEVEL))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        await self._find_way(scope)(scope, receive, send)

    def _find_way(self, scope: Scope) -> ASGIApp:
        if scope["type"] != "http":
            return self.app
        path = str(scope["path"])
        if path.startswith(_FILES) or (path.startswith("/live/") and path.endswith(_LIVE)):
            return self._short
        return self._seats if _SEAT.fullmatch(path) else self.app
