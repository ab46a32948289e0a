"""Routes: the first start, signing in and signing out."""

from __future__ import annotations

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from engagement.errors import EngagementError
from engagement.people.accounts import clean_email, make_first_administrator
from engagement.people.guessing import SETUP_CODE, TooManyTriesError, note_try, strike_out_tries
from engagement.people.setup_code import needs_first_administrator
from engagement.people.sign_in import sign_in, sign_out, start_sign_in
from engagement.web.doors import (
    SIGN_IN_COOKIE,
    choose_next,
    find_visitor,
    forget_sign_in,
    get_record,
    keep_sign_in,
    read_address,
)
from engagement.web.pages import read_form, show_page


def show_sign_in(request: Request) -> Response:
    """Show the sign-in page, or go on when there is nothing to ask."""
    next_address = choose_next(request.query_params.get("next"))
    if _needs_first_administrator():
        return _go("/first-start")
    if find_visitor(request) is not None:
        return _go(next_address)
    return show_page("sign_in.html", next=next_address, email="", problem="")


async def take_sign_in(request: Request) -> Response:
    """Sign the browser in with a new token, or say why not."""
    typed = await read_form(request)
    next_address = choose_next(typed.get("next"))
    email = typed.get("email", "")
    try:
        token = await anyio.to_thread.run_sync(_sign_in, request, email, typed.get("password", ""))
    except EngagementError as refusal:
        status = _choose_status(refusal)
        return show_page("sign_in.html", status, next=next_address, email=email, problem=str(refusal))
    return keep_sign_in(_go(next_address), token)


def show_first_start(_request: Request) -> Response:
    """Show the page that makes the first administrator, for as long as there is none."""
    if not _needs_first_administrator():
        return _go("/sign-in")
    return show_page("first_start.html", email="", name="", code="", problem="")


async def take_first_start(request: Request) -> Response:
    """Make the first administrator and sign them in, or say why not."""
    typed = await read_form(request)
    email, name, code = (typed.get(field, "") for field in ("email", "name", "code"))
    try:
        token = await anyio.to_thread.run_sync(
            _make_first_administrator, request, code, email, name, typed.get("password", "")
        )
    except EngagementError as refusal:
        status = _choose_status(refusal)
        return show_page("first_start.html", status, email=email, name=name, code=code, problem=str(refusal))
    return keep_sign_in(_go("/"), token)


def show_sign_out(request: Request) -> Response:
    """Ask before signing out: a link alone must not do it."""
    visitor = find_visitor(request)
    return _go("/sign-in") if visitor is None else show_page("sign_out.html", name=visitor.name)


def take_sign_out(request: Request) -> Response:
    """End this browser's sign-in for good."""
    with get_record().writing() as session:
        sign_out(session, request.cookies.get(SIGN_IN_COOKIE))
    return forget_sign_in(_go("/sign-in"))


def _sign_in(request: Request, email: str, password: str) -> str:
    address = read_address(request)
    with get_record().writing() as session:
        note_try(session, clean_email(email), address)
    with get_record().writing() as session:
        sign_out(session, request.cookies.get(SIGN_IN_COOKIE))
        return sign_in(session, email, password, address)


def _make_first_administrator(request: Request, code: str, email: str, name: str, password: str) -> str:
    address = read_address(request)
    with get_record().writing() as session:
        note_try(session, SETUP_CODE, address)
    with get_record().writing() as session:
        person = make_first_administrator(session, code, email, name, password)
        strike_out_tries(session, SETUP_CODE, address)
        if person.account_id is None:
            raise ValueError("account_id is None, must be the id of the new account.")
        return start_sign_in(session, person.account_id)


def _needs_first_administrator() -> bool:
    with get_record().reading() as session:
        return needs_first_administrator(session)


def _choose_status(refusal: EngagementError) -> int:
    return 429 if isinstance(refusal, TooManyTriesError) else 403


def _go(address: str) -> RedirectResponse:
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})


SIGN_IN_ROUTES = (
    Route("/sign-in", show_sign_in, methods=["GET"]),
    Route("/sign-in", take_sign_in, methods=["POST"]),
    Route("/first-start", show_first_start, methods=["GET"]),
    Route("/first-start", take_first_start, methods=["POST"]),
    Route("/sign-out", show_sign_out, methods=["GET"]),
    Route("/sign-out", take_sign_out, methods=["POST"]),
)
