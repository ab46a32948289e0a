"""What keeps strangers out: headers on every answer, and no posts from other sites."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from engagement.settings import read_settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


class SecurityHeaders:
    """Put the security headers and the content security policy on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with its headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in list_headers().items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class SameSitePosts:
    """Refuse whatever would change something when the browser says that another site sent it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        is_change = scope["type"] == "http" and scope["method"] not in SAFE_METHODS
        if is_change and not comes_from_here(Headers(scope=scope)):
            refusal = JSONResponse(
                {"error": "This was sent from another site, so it was not done."}, status_code=403
            )
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)


def comes_from_here(headers: Headers) -> bool:
    """Tell whether a page of this server sent the request, or something that is no browser.

    Every browser names the page's origin on a post; what names none cannot carry somebody else's cookie.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin") or headers.get("referer")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def list_headers() -> Mapping[str, str]:
    """List the headers that every answer carries."""
    return _list_headers(read_settings().secure_cookies)


@cache
def _list_headers(is_behind_tls: bool) -> Mapping[str, str]:
    headers = {
        "Content-Security-Policy": write_policy(),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        # Not "no-referrer": browsers would then hide the origin of our own posts too.
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if is_behind_tls:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers


def write_policy() -> str:
    """Write the content security policy: everything from this server, nothing inline but what is known."""
    scripts = " ".join(
        f"'sha256-{each}'" for each in hash_inline_scripts(_find_streamlit_page().read_bytes())
    )
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' ws: wss:",
            "worker-src 'self' blob:",
            "frame-ancestors 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "object-src 'none'",
        )
    )


def hash_inline_scripts(page: bytes) -> tuple[str, ...]:
    """Hash each script that stands in the page itself, as a policy names it."""
    return tuple(
        base64.b64encode(hashlib.sha256(script).digest()).decode() for script in _INLINE_SCRIPT.findall(page)
    )


def _find_streamlit_page() -> Path:
    spec = find_spec("streamlit")
    if spec is None or spec.origin is None:
        raise ValueError("streamlit == None, must be installed: see requirements.txt.")
    return Path(spec.origin).parent / "static" / "index.html"
