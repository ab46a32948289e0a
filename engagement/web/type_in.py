"""Routes: typing voices in, one after the other, on a plain page that keeps up with a slow laptop."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import anyio.to_thread
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from engagement.engagements import list_prompts
from engagement.errors import EngagementError, NotAllowedError, NotFoundError
from engagement.listen.personal_data.warming import wait_until_warm, warm_soon
from engagement.listen.typed.alike import find_said_before
from engagement.listen.typed.photos import list_photos, read_photo
from engagement.listen.typed.typing import (
    TypedVoiceRequest,
    get_occasion_or_raise,
    list_newest,
    put_back,
    take_back,
    type_voice,
)
from engagement.listen.typed.wording import LONGEST_VOICE, UnkeptError
from engagement.people.permissions import Person
from engagement.web.doors import find_visitor, get_record
from engagement.web.pages import LARGEST_STORY, read_form, show_page

N_SHOWN = 10
STAYS = ("photo", "prompt", "area", "speaker", "about", "not_quoted", "not_passed_on")
"""The fields that stay as they are for the next voice."""
NOT_KEPT = {"Cache-Control": "no-store"}
SIGNED_OUT = (
    "You are signed out, so nothing was kept; your words are still in the box. Open the sign-in page in "
    "another tab and sign in, then press again here."
)


@dataclass(frozen=True)
class Outcome:
    """What came of a post: what is said, and what stands in the box afterwards."""

    said: str = ""
    words: str = ""
    token: str = ""
    problem: str = ""
    status: int = 200


async def show_typing(request: Request) -> Response:
    """Show the box, and what was typed in last."""
    warm_soon()
    return await anyio.to_thread.run_sync(_answer, request, None)


async def take_typing(request: Request) -> Response:
    """Keep what was typed, or take one back, and show the box for the next one.

    The page is answered at once and not by sending the browser on: loading it again sends the same mark
    again, which keeps nothing twice.
    """
    typed = await read_form(request, LARGEST_STORY)
    return await anyio.to_thread.run_sync(_answer, request, typed)


def _answer(request: Request, typed: dict[str, str] | None) -> Response:
    person = find_visitor(request)
    if person is None and typed is None:
        return RedirectResponse(f"/sign-in?next={request.url.path}", 303)
    if person is None:
        words = (typed or {}).get("words", "")
        return show_page("type_refused.html", 403, problem=SIGNED_OUT, words=words)
    outcome = Outcome() if typed is None else _act(person, request.path_params["source"], typed)
    try:
        return _show(request, person, typed or {}, outcome)
    except NotAllowedError as refusal:
        return show_page("type_refused.html", 403, problem=str(refusal), words=outcome.words)
    except NotFoundError as refusal:
        return show_page("type_refused.html", 404, problem=str(refusal), words=outcome.words)


def _act(person: Person, source_id: int, typed: dict[str, str]) -> Outcome:
    words, token = typed.get("words", ""), typed.get("token", "")
    wait_until_warm()
    try:
        with get_record().writing() as session:
            if "take_back" in typed:
                take_back(session, person, source_id, _read_id(typed["take_back"]))
                return Outcome("Taken back. It stays in the record as withdrawn.", words, token)
            if "put_back" in typed:
                put_back(session, person, source_id, _read_id(typed["put_back"]))
                return Outcome("It is back.", words, token)
            kept = type_voice(session, person, source_id, _read_request(typed))
    except UnkeptError as refusal:
        return Outcome(words=refusal.tidied, token=token, problem=str(refusal), status=422)
    except EngagementError as refusal:
        return Outcome(words=words, token=token, problem=str(refusal), status=422)
    return Outcome(f"Kept already, as row {kept.row}." if kept.is_repeat else f"Kept as row {kept.row}.")


def _read_request(typed: dict[str, str]) -> TypedVoiceRequest:
    return TypedVoiceRequest(
        words=typed.get("words", ""),
        token=typed.get("token", ""),
        prompt_id=_read_id(typed["prompt"]) if typed.get("prompt") else None,
        area=typed.get("area", ""),
        speaker=typed.get("speaker", ""),
        about=typed.get("about", ""),
        not_quoted="not_quoted" in typed,
        not_passed_on="not_passed_on" in typed,
        photo_id=_read_id(typed["photo"]) if typed.get("photo") else None,
    )


def _read_id(typed: str) -> int:
    """Read a number that our own page has sent; 0, which nothing has, where it is none."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _show(request: Request, person: Person, typed: dict[str, str], outcome: Outcome) -> Response:
    with get_record().reading() as session:
        return _draw(session, request.path_params["source"], person, typed, outcome)


def _draw(
    session: Session, source_id: int, person: Person, typed: dict[str, str], outcome: Outcome
) -> Response:
    occasion = get_occasion_or_raise(session, person, source_id)
    prompts = list_prompts(session, occasion.engagement_id)
    stays = {name: typed.get(name, "") for name in STAYS}
    photos = list_photos(session, person, source_id)
    if not typed and photos:
        stays["photo"] = str(photos[0].id)
    if not typed and prompts:
        stays["prompt"] = str(prompts[0].id)
    return show_page(
        "type_in.html",
        outcome.status,
        occasion=occasion,
        prompts=prompts,
        photos=photos,
        newest=list_newest(session, person, source_id, N_SHOWN),
        stays=stays,
        words=outcome.words,
        token=outcome.token or secrets.token_urlsafe(16),
        said=outcome.said,
        problem=outcome.problem,
        limit=f"{LONGEST_VOICE:,}",
    )


async def tell_alike(request: Request) -> Response:
    """Say in a sentence that nearly the same words stand in the sheet already; empty where they do not."""
    typed = await read_form(request, LARGEST_STORY)
    return await anyio.to_thread.run_sync(_find_alike, request, typed.get("words", ""))


def _find_alike(request: Request, words: str) -> Response:
    person = find_visitor(request)
    if person is None:
        return Response(status_code=403, headers=NOT_KEPT)
    try:
        with get_record().reading() as session:
            row = find_said_before(session, person, request.path_params["source"], words[:LONGEST_VOICE])
    except EngagementError as refusal:
        return Response(status_code=403 if isinstance(refusal, NotAllowedError) else 404, headers=NOT_KEPT)
    said = f"Nearly the same words stand in row {row} already. Keep these too if they count."
    return PlainTextResponse("" if row is None else said, headers=NOT_KEPT)


def send_photo(request: Request) -> Response:
    """Send a photo as it was added, to whoever is signed in and may read its engagement."""
    person = find_visitor(request)
    if person is None:
        return Response(status_code=403, headers=NOT_KEPT)
    try:
        with get_record().reading() as session:
            where = request.path_params
            photo, content = read_photo(session, person, where["source"], where["photo"])
    except EngagementError as refusal:
        status = 403 if isinstance(refusal, NotAllowedError) else 404
        return show_page("type_refused.html", status, problem=str(refusal), words="")
    return Response(content, media_type=photo.media_type, headers=NOT_KEPT)


TYPE_ROUTES = (
    Route("/type/{source:row}/photo/{photo:row}", send_photo, methods=["GET"]),
    Route("/type/{source:row}/alike", tell_alike, methods=["POST"]),
    Route("/type/{source:row}", show_typing, methods=["GET"]),
    Route("/type/{source:row}", take_typing, methods=["POST"]),
)
