"""Reading numbers out of the page's address."""

from __future__ import annotations

import streamlit as st


def read_number(name: str) -> int | None:
    """Read a number such as ``?voice=12`` from the address; None when it is missing or no number."""
    asked = st.query_params.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
