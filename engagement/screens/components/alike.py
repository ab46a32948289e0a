"""Voices that are alike, side by side, with the words that differ marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import streamlit as st

from engagement.listen.duplicates.comparing import mark_differences

STYLE = Path(__file__).with_name("alike.css")


@dataclass(frozen=True)
class Shown:
    """One voice as it is drawn: its words, and in small letters where it stands."""

    text: str
    facts: str


def use_alike_style() -> None:
    """Bring the style to a screen, once."""
    st.html(f"<style>{STYLE.read_text(encoding='utf-8')}</style>")


def show_side_by_side(first: Shown, others: Sequence[Shown]) -> None:
    """Draw a voice and the others beside it; marked is what differs from the first one."""
    marked = [mark_differences(first.text, other.text) for other in others]
    first_pieces = marked[0][0] if len(others) == 1 else ((first.text, False),)
    figures = [_write_figure(first_pieces, first.facts, "first")]
    for (own, pieces), other in zip(marked, others, strict=True):
        left_out = _say_left_out(own) if len(others) > 1 else ""
        figures.append(_write_figure(pieces, f"{other.facts}{left_out}", "other"))
    st.html(f"<div class='alike'>{''.join(figures)}</div>")


def _say_left_out(pieces: Sequence[tuple[str, bool]]) -> str:
    """Say which words of the first voice one of several others does not have, since no mark can show it."""
    left_out = " … ".join(text.strip() for text, differs in pieces if differs)
    return f" · without “{left_out}”" if left_out else ""


def _write_figure(pieces: Sequence[tuple[str, bool]], facts: str, kind: str) -> str:
    words = "".join(f"<mark>{escape(text)}</mark>" if differs else escape(text) for text, differs in pieces)
    return (
        f"<figure class='{kind}'><blockquote dir='auto'>{words}</blockquote>"
        f"<figcaption>{escape(facts)}</figcaption></figure>"
    )
