"""The live board's own files, under an address that changes with their content and is kept for ever."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from engagement.web.board_pack import pack_modules
from engagement.web.packing import answer_for_ever

FOLDER = Path(__file__).parent / "assets" / "board"
MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css"}
SEAT_SCRIPT = "seat_pack.js"


@cache
def read_assets() -> dict[str, bytes]:
    """Read the board's files once, by name."""
    return {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.suffix in MEDIA_TYPES}


@cache
def read_pack() -> bytes:
    """Read a seat's scripts, the board's with them, as one module for phones on slow lines."""
    scripts = {name: content for name, content in read_assets().items() if name.endswith(".js")}
    sources = {name.removesuffix(".js"): content.decode() for name, content in scripts.items()}
    return pack_modules(sources, "seat").encode()


@cache
def find_fingerprint() -> str:
    """Tell a short hash that changes whenever one of the board's files does."""
    digest = hashlib.sha256()
    for name, content in read_assets().items():
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def asset_base() -> str:
    """Tell the address under which the board's files are served."""
    return f"/live-assets/{find_fingerprint()}"


def find_seat_script() -> str:
    """Tell the address of a seat's scripts."""
    return f"{asset_base()}/{SEAT_SCRIPT}"


async def serve_asset(request: Request) -> Response:
    """Answer with one of the board's files, to be kept by the browser for ever."""
    name = request.path_params["name"]
    content = read_pack() if name == SEAT_SCRIPT else read_assets().get(name)
    if content is None or request.path_params["fingerprint"] != find_fingerprint():
        return PlainTextResponse("There is no such file. Reload the page.", status_code=404)
    answer = answer_for_ever(request, content, MEDIA_TYPES[Path(name).suffix])
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


ASSET_ROUTES = [Route("/live-assets/{fingerprint}/{name}", serve_asset)]
