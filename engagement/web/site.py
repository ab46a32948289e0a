"""The site beside Streamlit's screens: which routes there are, and what every request passes through."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from engagement.web.busy import BusyRecord
from engagement.web.doors import SignInDoor
from engagement.web.health import HEALTH_ROUTES
from engagement.web.join import JOIN_ROUTES
from engagement.web.live import LIVE_ROUTES
from engagement.web.live_votes import VOTE_ROUTES
from engagement.web.live_wall import WALL_ROUTES
from engagement.web.paper import PAPER_ROUTES
from engagement.web.say import SAY_ROUTES
from engagement.web.screen import SCREEN_ROUTES
from engagement.web.seat import SEAT_ROUTES
from engagement.web.seat_choice import SEAT_CHOICE_ROUTES
from engagement.web.seat_vote import SEAT_VOTE_ROUTES
from engagement.web.security import SameSitePosts, SecurityHeaders
from engagement.web.short_way import ShortWay
from engagement.web.sign_in_pages import SIGN_IN_ROUTES
from engagement.web.starting import PlainRefusal
from engagement.web.static_files import PackedStatic
from engagement.web.type_in import TYPE_ROUTES

ROUTES: list[BaseRoute] = [
    *SIGN_IN_ROUTES,
    *LIVE_ROUTES,
    *JOIN_ROUTES,
    *VOTE_ROUTES,
    *WALL_ROUTES,
    *SEAT_ROUTES,
    *SEAT_CHOICE_ROUTES,
    *SEAT_VOTE_ROUTES,
    *SCREEN_ROUTES,
    *PAPER_ROUTES,
    *TYPE_ROUTES,
    *SAY_ROUTES,
    *HEALTH_ROUTES,
]
MIDDLEWARE = [
    Middleware(PlainRefusal),
    Middleware(SecurityHeaders),
    Middleware(SameSitePosts),
    Middleware(ShortWay),
    Middleware(BusyRecord),
    Middleware(SignInDoor),
    Middleware(PackedStatic),
]
