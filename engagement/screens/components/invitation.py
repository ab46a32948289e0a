"""Inviting people by an address and its QR code."""

from __future__ import annotations

import base64
import io
from html import escape
from urllib.parse import urlsplit

import segno
import streamlit as st

QR_SCALE = 6
ONLY_HERE = ("localhost", "127.0.0.1", "[::1]")


def find_origin() -> str:
    """Find the address under which this browser reaches the server: phones in the room use the same."""
    parts = urlsplit(st.context.url or "http://localhost:8501")
    return f"{parts.scheme}://{parts.netloc}"


def show_qr(address: str, named: str) -> None:
    """Draw the QR code of an address, named for whoever does not see it."""
    picture = base64.b64encode(draw_qr(address)).decode()
    source = f"src='data:image/svg+xml;base64,{picture}'"
    st.html(f"<img {source} alt='{escape(named, quote=True)}' width='220' height='220'>", width=220)


def draw_qr(address: str) -> bytes:
    """Draw the QR code of an address as an SVG file."""
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", scale=QR_SCALE, border=4, light="#ffffff")
    return picture.getvalue()


def warn_if_only_here(origin: str) -> None:
    """Say so when the address means this computer alone."""
    if urlsplit(origin).hostname in ONLY_HERE:
        st.warning(
            "Phones cannot reach this address: it means this computer alone. Open Common Thread by the "
            "name or number that this computer has in the venue's network, then the code fits.",
            icon=":material/wifi_off:",
        )
