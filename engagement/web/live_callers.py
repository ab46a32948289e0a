"""Who asks the live routes: an account by its token, or a seat by its browser's cookie."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeAlias

from sqlalchemy.orm import Session
from starlette.requests import Request

from engagement.errors import EngagementError
from engagement.people.board_tokens import (
    BoardClaims,
    TokenRefusedError,
    find_token_person,
    read_token,
)
from engagement.people.permissions import Person
from engagement.people.seat_tokens import SeatClaims, SeatLostError, find_seat_people
from engagement.web.seat_cookies import find_seat_claims

Claims: TypeAlias = BoardClaims | SeatClaims


def read_claims(request: Request) -> Claims:
    """Read who says to be asking, and for which board. Nothing is known of them until `find_caller`.

    Raises
    ------
    TokenRefusedError
        When neither a token nor a cookie of this board comes with the request.
    """
    workshop_id = int(request.path_params["workshop"])
    scheme, _space, token = request.headers.get("authorization", "").partition(" ")
    if scheme:
        claims: Claims | None = read_token(token.strip()) if scheme.lower() == "bearer" else None
    else:
        claims = find_seat_claims(request, workshop_id)
    if claims is None or claims.workshop_id != workshop_id:
        raise TokenRefusedError("Your page is not signed in to this board. Reload the page.")
    return claims


def find_caller(session: Session, claims: Claims) -> Person:
    """Find who is asking, with what they may do right now.

    Raises
    ------
    TokenRefusedError
        When the account was closed, or the seat given up or taken back.
    """
    found = find_callers(session, (claims,))[claims]
    if isinstance(found, EngagementError):
        raise found
    return found


def find_callers(session: Session, asked: Collection[Claims]) -> dict[Claims, Person | EngagementError]:
    """Find who each of these is, a whole hall in one reading; a refusal for each who is let in no more."""
    seats = [claims for claims in asked if isinstance(claims, SeatClaims)]
    seated = find_seat_people(session, seats) if seats else {}
    found: dict[Claims, Person | EngagementError] = {}
    for claims in asked:
        if isinstance(claims, BoardClaims):
            found[claims] = _find_account(session, claims)
            continue
        holder = seated[claims]
        found[claims] = TokenRefusedError(str(holder)) if isinstance(holder, SeatLostError) else holder
    return found


def _find_account(session: Session, claims: BoardClaims) -> Person | TokenRefusedError:
    try:
        return find_token_person(session, claims)
    except TokenRefusedError as refusal:
        return refusal


def name_caller(claims: Claims) -> str:
    """Give a short name for who is asking that nobody else on the board has."""
    if isinstance(claims, BoardClaims):
        return f"account-{claims.account_id}"
    return f"seat-{claims.seat_id}"
