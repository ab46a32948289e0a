"""Leaving Streamlit for one of the plain pages, such as the one to sign in."""

from __future__ import annotations

import streamlit as st

_SCRIPT = """
export default function ({ data }) {
  const address = new URL(data.address, window.location.origin);
  if (data.come_back) {
    address.searchParams.set("next", window.location.pathname + window.location.search);
  }
  window.location.assign(address);
}
"""
_SIGN_OUT_FORM = """
<form method="post" action="/sign-out"><button type="submit">Sign out</button></form>
"""
_SIGN_OUT_LOOK = """
button {
  font: inherit; min-height: 2.75rem; padding: 0 1rem; cursor: pointer; border-radius: 0.5rem;
  color: var(--st-text-color); background: transparent; border: 1px solid var(--st-gray-color, #6f777b);
}
button:hover { text-decoration: underline; }
button:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 2px; }
"""


def leave_for(address: str, *, come_back: bool = False) -> None:
    """Send the browser to another page of this server.

    Parameters
    ----------
    address : str
        Such as ``/sign-in``.
    come_back : bool
        Tell that page where the browser was.
    """
    leave = st.components.v2.component("leave", js=_SCRIPT)
    leave(key="leave", data={"address": address, "come_back": come_back})


def show_sign_out() -> None:
    """Draw the button that signs this browser out; a plain form, so that it works by itself."""
    form = st.components.v2.component("sign_out", html=_SIGN_OUT_FORM, css=_SIGN_OUT_LOOK)
    form(key="sign_out")
