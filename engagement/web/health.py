"""Route: whether the server and its record answer, for whoever watches over it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from engagement.record import does_answer
from engagement.web.doors import get_record


def show_health(_request: Request) -> Response:
    """Say ``ok``, or 503 when the record does not answer."""
    is_well = does_answer(get_record())
    words = {"status": "ok" if is_well else "the record does not answer"}
    return JSONResponse(words, status_code=200 if is_well else 503, headers={"Cache-Control": "no-store"})


HEALTH_ROUTES = (Route("/healthz", show_health, methods=["GET"]),)
