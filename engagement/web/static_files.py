"""Files that never change: Streamlit's, packed once; and our own, named by what is in them."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from pathlib import Path

import anyio.to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from engagement.web.packing import answer_for_ever

ASSETS = Path(__file__).parent / "assets"
_PACKABLE = ("javascript", "text/", "json", "svg", "wasm")


class PackedStatic:
    """Send Streamlit's own files packed, packing each once: a first page weighs 1.2 MB instead of 2.7 MB."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._packed: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back packed."""
        if scope["type"] != "http" or not _wants_packed(scope):
            await self.app(scope, receive, send)
            return
        answer = _Kept()
        await self.app(scope, receive, answer.keep)
        if answer.is_whole:
            await self._send_packed(answer, send)

    async def _send_packed(self, answer: _Kept, send: Send) -> None:
        headers = MutableHeaders(scope=answer.start)
        etag = headers.get("etag")
        is_packable = any(kind in headers.get("content-type", "") for kind in _PACKABLE)
        if answer.start["status"] == 200 and etag and is_packable:
            if etag not in self._packed:
                self._packed[etag] = await anyio.to_thread.run_sync(_pack, bytes(answer.body))
            answer.body = bytearray(self._packed[etag])
            headers["Content-Encoding"] = "gzip"
            headers["Content-Length"] = str(len(answer.body))
            headers["ETag"] = f"W/{etag}"
            headers.add_vary_header("Accept-Encoding")
        await send(answer.start)
        await send({"type": "http.response.body", "body": bytes(answer.body)})


class _Kept:
    """An answer that is held back until it is whole.

    Where the browser leaves meanwhile, the rest never comes: such a piece must reach nobody else.
    """

    def __init__(self) -> None:
        self.start: Message = {}
        self.body = bytearray()
        self.is_whole = False

    async def keep(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")
            self.is_whole = not message.get("more_body", False)


def name_asset(name: str) -> str:
    """Give the address of one of our own files; it changes whenever the file does."""
    return f"/site-assets/{_hash_asset(name)}/{name}"


def list_assets() -> tuple[bytes, ...]:
    """List what is in our own files."""
    return tuple(map(_read_asset, sorted(_OWN)))


async def send_asset(request: Request) -> Response:
    """Send one of our own files, to be kept by the browser for a year."""
    name = request.path_params["name"]
    if name not in _OWN or request.path_params["version"] != _hash_asset(name):
        raise HTTPException(status_code=404)
    return answer_for_ever(request, _read_asset(name), _MEDIA_TYPES[Path(name).suffix])


_OWN = frozenset(
    {
        "site.css",
        "mark.svg",
        "seat.css",
        "seat_board.css",
        "ballot.js",
        "screen.css",
        "screen.js",
        "paper.css",
        "say.css",
        "type_in.css",
        "type_in.js",
    }
)
_SHEETS = ("board.css", "cards.css", "dialogs.css", "suggestions.css")
_PARTS = {
    "seat.css": ("site.css", "seat.css"),
    "seat_board.css": ("site.css", "seat.css", *(f"board/{sheet}" for sheet in _SHEETS)),
}
"""What is sent as one file: each file costs a phone a way to the server and back."""
_MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
SITE_ASSET_ROUTES = (Route("/site-assets/{version}/{name}", send_asset, methods=["GET"]),)


def _wants_packed(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    return (
        scope["method"] == "GET"
        and scope["path"].startswith("/static/")
        and "gzip" in headers.get("accept-encoding", "")
        and "range" not in headers
    )


def _pack(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=9, mtime=0)


@cache
def _read_asset(name: str) -> bytes:
    return b"".join((ASSETS / part).read_bytes() for part in _PARTS.get(name, (name,)))


@cache
def _hash_asset(name: str) -> str:
    return hashlib.sha256(_read_asset(name)).hexdigest()[:16]
