"""Colours for pictures: each stands out from light and dark pages alike, and none speaks alone."""

from __future__ import annotations

import streamlit as st

# Each has a contrast of at least 3 to 1 against both #ffffff and #0b0c0c (WCAG 2.2, 1.4.11).
CHOSEN = "#1d70b8"
UNDER_POINTER = "#c9600a"
BACKGROUND = "#868e94"
SIX = ("#1d70b8", "#c9600a", "#00855a", "#a64fa0", "#8a6a1f", "#c8324b")
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")


def choose_ink() -> str:
    """Give the colour of words, for pictures whose words do not take it from the page."""
    return "#f3f2f1" if st.context.theme.type == "dark" else "#0b0c0c"


def choose_paper() -> str:
    """Give the colour of the page, for the rim that keeps words readable over points."""
    return "#0b0c0c" if st.context.theme.type == "dark" else "#ffffff"
