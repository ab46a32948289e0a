"""Routes: a public form. Who has the link answers one prompt, without an account and without scripts."""

from __future__ import annotations

import secrets
from typing import Any

import anyio.to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from engagement.errors import EngagementError
from engagement.listen.typed.answers import SentAnswer, receive_answer
from engagement.listen.typed.forms import FormClosedError, find_open_form
from engagement.listen.typed.wording import LONGEST_VOICE, UnkeptError
from engagement.web.doors import get_record, read_address
from engagement.web.languages import LANGUAGE_COOKIE, Language, list_languages
from engagement.web.pages import LARGEST_STORY, read_form
from engagement.web.rate_limits import RateLimit
from engagement.web.seat_pages import LOOK_LASTS_S, show_seat_page
from engagement.workshop.join_tries import name_network

LIMIT = RateLimit()
TRAP = "website"
"""A field that no person sees. An answer with something in it is kept, and marked for whoever reads it."""


class TooManyAnswersError(EngagementError):
    """Too many answers came in a short time."""


def show_form(request: Request) -> Response:
    """Show the form, or say that it is closed."""
    return _show(request, {})


async def take_answer(request: Request) -> Response:
    """Keep an answer among those that wait for somebody to read them, or say why not."""
    try:
        typed = await read_form(request, LARGEST_STORY)
    except HTTPException as error:
        if error.status_code != 413:
            raise
        refusal = EngagementError(
            "That is more than can be sent at once. Go back: your words are still there. Make them shorter."
        )
        return show_seat_page(request, "say_closed.html", 413, words="", problem=refusal)
    return await anyio.to_thread.run_sync(_answer, request, typed)


def _answer(request: Request, typed: dict[str, str]) -> Response:
    if "look" in typed:
        return _change_language(request, typed)
    try:
        number = _receive(request, typed)
    except UnkeptError as refusal:
        return _show(request, typed | {"words": refusal.tidied}, refusal, 422)
    except FormClosedError as refusal:
        return _show_closed(request, typed, refusal)
    except TooManyAnswersError as refusal:
        return _show(request, typed, refusal, 429)
    except EngagementError as refusal:
        return _show(request, typed, refusal, 422)
    key = request.path_params["key"]
    return show_seat_page(request, "say_thanks.html", number=number, key=key)


def _receive(request: Request, typed: dict[str, str]) -> str:
    key = request.path_params["key"]
    with get_record().reading() as session:
        form = find_open_form(session, key)
    if not LIMIT.let_in(str(form.id), name_network(read_address(request))):
        raise TooManyAnswersError(
            "Many answers come in just now, so this one was not kept. Your words are still in the box: wait "
            "some minutes, then send them again."
        )
    sent = SentAnswer(
        words=typed.get("words", ""),
        token=typed.get("token", ""),
        may_quote="may_quote" in typed,
        may_pass_on="may_pass_on" in typed,
        is_doubtful=bool(typed.get(TRAP)),
    )
    with get_record().writing() as session:
        return receive_answer(session, key, sent)


def _show(
    request: Request,
    typed: dict[str, str],
    problem: EngagementError | None = None,
    status: int = 200,
    language: Language | None = None,
) -> Response:
    key = request.path_params["key"]
    try:
        with get_record().reading() as session:
            form = find_open_form(session, key)
    except FormClosedError as refusal:
        return _show_closed(request, typed, refusal)
    more: dict[str, Any] = {"problem_at": "words"} if problem else {}
    return show_seat_page(
        request,
        "say.html",
        status,
        form=form,
        closes=f"{form.closes_on:%d/%m/%Y}",
        key=key,
        token=typed.get("token") or secrets.token_urlsafe(16),
        words=typed.get("words", ""),
        ticked={name for name in ("may_quote", "may_pass_on") if name in typed},
        trap=TRAP,
        limit=f"{LONGEST_VOICE:,}",
        problem=problem,
        language=language,
        **more,
    )


def _show_closed(request: Request, typed: dict[str, str], refusal: FormClosedError) -> Response:
    return show_seat_page(request, "say_closed.html", 410, words=typed.get("words", ""), problem=refusal)


def _change_language(request: Request, typed: dict[str, str]) -> Response:
    """Show the page in another language, with what was typed still in it."""
    chosen = next((each for each in list_languages() if each.code == typed.get("language")), None)
    answer = _show(request, typed, language=chosen)
    if chosen is not None:
        answer.set_cookie(LANGUAGE_COOKIE, chosen.code, max_age=LOOK_LASTS_S, samesite="lax")
    return answer


SAY_ROUTES = (
    Route("/say/{key}", show_form, methods=["GET"]),
    Route("/say/{key}", take_answer, methods=["POST"]),
)
