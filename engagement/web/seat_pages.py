"""What the plain pages for participants share: language, large print, and going on."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from engagement.errors import EngagementError
from engagement.web.languages import LANGUAGE_COOKIE, Language, find_language, list_languages
from engagement.web.pages import show_page
from engagement.workshop.vote_standing import Rest
from models.rooms import RoundKind

PRINT_COOKIE = "thread_print"
LARGE = "large"
OF_TABLE = "Table {number}: {shown} of {all} voices"
_FREED = {why: f"Free again: {{dots}} of your dots. “{{theme}}” was {why}." for why in Rest}
_SENDING = re.compile(r"/(moves|see)$")
"""Where forms are sent to, but no page can be asked for: the page of the seat stands above it."""
LOOK_LASTS_S = 365 * 24 * 60 * 60


def show_seat_page(
    request: Request,
    template: str,
    status: int = 200,
    *,
    problem: EngagementError | None = None,
    language: Language | None = None,
    **words: Any,
) -> HTMLResponse:
    """Make a page in the print and, without ``language``, the language that this browser has chosen.

    ``problem`` was refused.
    """
    language = language or find_language(request)
    return show_page(
        template,
        status,
        say=language.say,
        language=language,
        problem=language.say_refusal(problem) if problem else "",
        languages=list_languages(),
        is_large=request.cookies.get(PRINT_COOKIE) == LARGE,
        here=_SENDING.sub("", request.url.path),
        **words,
    )


def list_page_words(language: Language) -> dict[str, Any]:
    """List the words with which a page says what the room does and what a seat sees; it puts numbers in."""
    texts = language.texts
    return {
        "none": language.say("No round is running"),
        "round": texts.get("Round {number} of {of}:", "Round {number} of {of}:"),
        "left": texts.get("{minutes} minutes left", "{minutes} minutes left"),
        "paused": language.say("paused"),
        "see": {
            "whole": language.say("The whole board"),
            "table": texts.get(OF_TABLE, OF_TABLE),
        },
        "freed": {str(why): texts.get(_FREED[why], _FREED[why]) for why in Rest},
        "kinds": {str(kind): language.say(f"round {kind}") for kind in RoundKind},
    }


def go(address: str) -> RedirectResponse:
    """Send the browser on; a refresh there sends nothing again."""
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})


def keep_look(response: RedirectResponse, typed: dict[str, str]) -> RedirectResponse:
    """Keep a chosen language or print in the browser; nothing about a person is in it."""
    known = {language.code for language in list_languages()}
    if typed.get("language") in known:
        response.set_cookie(LANGUAGE_COOKIE, typed["language"], max_age=LOOK_LASTS_S, samesite="lax")
    if "print" in typed:
        chosen = LARGE if typed["print"] == LARGE else ""
        response.set_cookie(PRINT_COOKIE, chosen, max_age=LOOK_LASTS_S, samesite="lax")
    return response
