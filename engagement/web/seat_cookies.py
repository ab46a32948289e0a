"""The cookie by which a browser holds a seat: one for each workshop, out of reach of any script."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import Response

from engagement.people.seat_tokens import SeatClaims, SeatLostError, mint_seat_token, read_seat_token
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
