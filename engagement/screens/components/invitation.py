"""Inviting people by an address and its QR code."""

from __future__ import annotations

import io
from urllib.parse import urlsplit

import segno
import streamlit as st

QR_SCALE = 6
ONLY_HERE = ("localhost", "127.0.0.1", "[::1]")


def find_origin() -> str:
    """Find the address under which this browser reaches the server: phones in the room use the same."""
    parts = urlsplit(st.context.url or "http://localhost:8501")
    return f"{parts.scheme}://{parts.netloc}"


def show_qr(address: str, caption: str) -> None:
    """Draw the QR code of an address."""
    st.image(draw_qr(address).decode(), width=220, caption=caption)


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
