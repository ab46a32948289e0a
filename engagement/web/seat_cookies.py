"""The cookie by which a browser holds a seat: one for each workshop, out of reach of any script."""

from __future__ import annotations

from sqlalchemy.orm import Session
from starlette.requests import HTTPConnection
from starlette.responses import Response

from engagement.people.permissions import Person
from engagement.people.seat_tokens import (
    SeatClaims,
    SeatLostError,
    find_seat_person,
    mint_seat_token,
    read_seat_token,
)
from engagement.settings import read_settings

LASTS_S = 16 * 60 * 60


def name_cookie(workshop_id: int) -> str:
    """Name the cookie of a workshop."""
    return f"thread_seat_{workshop_id}"


def find_seat_claims(request: HTTPConnection, workshop_id: int) -> SeatClaims | None:
    """Read which seat a browser says to hold in a workshop; None when it shows none that we made."""
    token = request.cookies.get(name_cookie(workshop_id), "")
    try:
        claims = read_seat_token(token) if token else None
    except SeatLostError:
        return None
    return claims if claims is not None and claims.workshop_id == workshop_id else None


def get_seat_claims_or_raise(request: HTTPConnection) -> SeatClaims:
    """Read which seat a browser says to hold in the workshop that it asks for.

    Raises
    ------
    SeatLostError
        When it shows none that we made.
    """
    claims = find_seat_claims(request, request.path_params["workshop"])
    if claims is None:
        raise SeatLostError("You have no seat here yet. Join with the code on the wall.")
    return claims


def get_seat_person_or_raise(session: Session, request: HTTPConnection) -> Person:
    """Give who holds the seat of this browser in the workshop that it asks for.

    Raises
    ------
    SeatLostError
        When it shows no seat, or one that was given up or taken back.
    """
    return find_seat_person(session, get_seat_claims_or_raise(request))


def keep_seat(response: Response, claims: SeatClaims) -> Response:
    """Put a seat into the browser: it outlives a refresh, a sleeping phone and a closed tab."""
    response.set_cookie(
        name_cookie(claims.workshop_id),
        mint_seat_token(claims),
        max_age=LASTS_S,
        httponly=True,
        samesite="lax",
        secure=read_settings().secure_cookies,
        path="/",
    )
    return response


def forget_seat(response: Response, workshop_id: int) -> Response:
    """Take a seat out of the browser."""
    response.delete_cookie(
        name_cookie(workshop_id),
        path="/",
        httponly=True,
        samesite="lax",
        secure=read_settings().secure_cookies,
    )
    return response
