"""Our own files, answered for before anything else is asked: a hall asks for hundreds in a moment."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from engagement.web.board_assets import ASSET_ROUTES, read_assets, read_pack
from engagement.web.packing import pack_once
from engagement.web.static_files import SITE_ASSET_ROUTES, list_assets

_FOLDERS = ("/site-assets/", "/live-assets/")


class OwnFiles:
    """Send our own files, which are the same for everybody; they need no door, no session and no record."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._files = Starlette(routes=[*SITE_ASSET_ROUTES, *ASSET_ROUTES])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file, or pass the request on."""
        is_file = scope["type"] == "http" and scope["path"].startswith(_FOLDERS)
        await (self._files if is_file else self.app)(scope, receive, send)


def prepare_files() -> None:
    """Read and pack all our own files before somebody waits for one."""
    for content in (*list_assets(), *read_assets().values(), read_pack()):
        pack_once(content)
