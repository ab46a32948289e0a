"""The short way for what a hall asks for hundreds of times in a moment: the live board, and our own files."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from engagement.web.live import LIVE_ROUTES
from engagement.web.live_hands import HAND_ROUTES
from engagement.web.own_files import OWN_FILE_ROUTES

_FILES = ("/site-assets/", "/live-assets/")
_LIVE = ("/state", "/events", "/moves", "/hands")


class ShortWay:
    """Answer at once what keeps its own door, packs its own answers and says itself that the record is busy.

    What else a request passes through has nothing to add to these, and a stream would pass through it with
    each of its frames.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._short = Starlette(routes=[*LIVE_ROUTES, *HAND_ROUTES, *OWN_FILE_ROUTES])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        await (self._short if _is_short(scope) else self.app)(scope, receive, send)


def _is_short(scope: Scope) -> bool:
    if scope["type"] != "http":
        return False
    path = str(scope["path"])
    is_live = path.startswith("/live/") and path.endswith(_LIVE)
    return is_live or path.startswith(_FILES)
