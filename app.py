"""The front door: Streamlit's screens, the routes beside them, and what happens at start and stop."""

from __future__ import annotations

import streamlit as st

from engagement.web.site import MIDDLEWARE, ROUTES
from engagement.web.starting import make_lifespan


def find_address() -> str:
    """Tell the address under which a browser on this machine finds the server."""
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    host = st.get_option("server.address")
    if host in (None, "", "0.0.0.0", "::", "127.0.0.1"):  # noqa: S104  compared, not listened on
        host = "localhost"
    return f"{scheme}://{host}:{st.get_option('server.port')}"


app = st.App(
    "engagement/screens/main.py",
    routes=ROUTES,
    middleware=MIDDLEWARE,
    lifespan=make_lifespan(find_address),
)
