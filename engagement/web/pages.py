"""Plain pages: HTML made on the server, light, and the same without scripts."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from engagement.web.static_files import name_asset

TEMPLATES = Path(__file__).parent / "templates"
LARGEST_FORM = 32 * 1024
LARGEST_STORY = 512 * 1024
"""For forms that take people's words: twenty times as many as are kept can still be shown again."""


def show_page(template: str, status: int = 200, **words: Any) -> HTMLResponse:
    """Make a plain page; every word in it is escaped, and no browser keeps a copy."""
    html = draw_template(template, **words)
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})


def draw_template(template: str, **words: Any) -> str:
    """Draw a page, or a part of one; every word in it is escaped."""
    return _open_templates().get_template(template).render(**words)


def prepare_templates() -> None:
    """Read all templates, which takes longest the first time, before somebody waits for a page."""
    templates = _open_templates()
    for name in templates.list_templates():
        templates.get_template(name)


async def read_form(request: Request, largest: int = LARGEST_FORM) -> dict[str, str]:
    """Read what somebody typed into a form of at most ``largest`` bytes, the last value of each field.

    Raises
    ------
    HTTPException
        When it is larger than that, or not text.
    """
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > largest:
            raise HTTPException(status_code=413)
    try:
        fields = parse_qs(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=50)
    except ValueError as error:
        raise HTTPException(status_code=400) from error
    return {name: values[-1] for name, values in fields.items()}


@cache
def _open_templates() -> Environment:
    # Without auto_reload=False each page would ask the disk for the age of every template that it is made of.
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        auto_reload=False,
    )
    templates.globals["name_asset"] = name_asset
    return templates
