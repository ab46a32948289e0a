"""The doors: which browser is signed in, and where somebody goes who is not."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from engagement.people.permissions import Person
from engagement.people.setup_code import needs_first_administrator
from engagement.people.sign_in import find_person
from engagement.record import open_record
from engagement.settings import read_settings
from models.database import Record

SIGN_IN_COOKIE = "thread_sign_in"
# What answers for itself, and asks who is there in its own way.
_OWN_DOORS = frozenset(
    {
        "sign-in", "first-start", "sign-out", "healthz", "site-assets", "live", "live-assets",
        "join", "seat", "say", "screen", "_stcore", "static", "media", "component",
    }
)  # fmt: skip


class SignInDoor:
    """Send a browser that asks for a screen without being signed in to the sign-in page.

    The screens check again at every run; this only spares people a page that would turn them away. Files that
    a screen offers for download are kept from everybody else: their addresses alone must open nothing.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request in, or send its browser to the right door."""
        if _asks_for_download(scope):
            visitor = await anyio.to_thread.run_sync(find_visitor, HTTPConnection(scope))
            if visitor is None:
                refusal = PlainTextResponse("Sign in first, then download this again.", 403)
                await refusal(scope, receive, send)
                return
        elif _asks_for_screen(scope):
            door = await anyio.to_thread.run_sync(_find_door, HTTPConnection(scope))
            if door is not None:
                await RedirectResponse(door, 303, headers={"Cache-Control": "no-store"})(scope, receive, send)
                return
        await self.app(scope, receive, send)


def get_record() -> Record:
    """Give the record of this installation; the same one for every route and screen."""
    return open_record(read_settings().record_url)


def find_visitor(request: HTTPConnection) -> Person | None:
    """Find who is signed in with this browser."""
    with get_record().reading() as session:
        return find_person(session, request.cookies.get(SIGN_IN_COOKIE))


def choose_next(asked: str | None) -> str:
    """Give the address to go on to, if it is one of this server's own; the front page if not."""
    address = asked or "/"
    is_ours = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    if not is_ours or "\\" in address or urlsplit(address).netloc:
        return "/"
    first = address.split("?")[0].strip("/").split("/")[0]
    return "/" if first in _OWN_DOORS else address


def keep_sign_in(response: Response, token: str) -> Response:
    """Put the token into the browser until it is closed; no script can read it."""
    response.set_cookie(
        SIGN_IN_COOKIE,
        token,
        httponly=True,
        samesite="lax",
        secure=read_settings().secure_cookies,
        path="/",
    )
    return response


def forget_sign_in(response: Response) -> Response:
    """Take the token out of the browser."""
    response.delete_cookie(
        SIGN_IN_COOKIE, path="/", httponly=True, samesite="lax", secure=read_settings().secure_cookies
    )
    return response


def read_address(request: Request) -> str:
    """Tell from which address the request came."""
    return request.client.host if request.client else ""


def _asks_for_screen(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return False
    first = str(scope["path"]).strip("/").split("/")[0]
    return first not in _OWN_DOORS and "text/html" in Headers(scope=scope).get("accept", "")


def _asks_for_download(scope: Scope) -> bool:
    return scope["type"] == "http" and str(scope["path"]).startswith("/media/")


def _find_door(request: HTTPConnection) -> str | None:
    if find_visitor(request) is not None:
        return None
    with get_record().reading() as session:
        if needs_first_administrator(session):
            return "/first-start"
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return "/sign-in" if asked == "/" else f"/sign-in?next={quote(asked, safe='')}"
