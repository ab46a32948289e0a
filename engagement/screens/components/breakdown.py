"""Candidate themes by source, prompt, area, month or group: bars, close-up, and the whole table."""

from __future__ import annotations

from typing import Any

import streamlit as st

from engagement.screens.components.appearance import CHOSEN, choose_ink
from engagement.screens.components.count_table import show_count_table
from engagement.screens.components.plain_table import show_table
from engagement.small_numbers import THRESHOLD
from engagement.theming_runs.breakdown_words import describe_breakdown
from engagement.theming_runs.breakdowns import Breakdown, BreakdownKind, BrokenTheme

ROW_HEIGHT = 46
ALL_THEMES = -1
HEADINGS = {
    BreakdownKind.SOURCE: "Source",
    BreakdownKind.PROMPT: "Prompt",
    BreakdownKind.AREA: "Area",
    BreakdownKind.MONTH: "Month",
    BreakdownKind.GROUP: "Group",
}
SMALL_NUMBERS = (
    f"Numbers that come from fewer than {THRESHOLD} people are hidden, and others with them, so that none "
    "can be worked out. Areas and groups with few people are counted as one. Share this table by itself: a "
    "table by source or by another characteristic, or one with another number of themes, can give a hidden "
    "number away."
)


def show_breakdown(breakdown: Breakdown) -> None:
    """Show the themes counted by one kind of class, one theme in close-up and all at once."""
    summary = describe_breakdown(breakdown)
    st.text(summary)
    if not breakdown.classes or breakdown.classes[0].key == "":
        return
    if breakdown.kind.is_about_people:
        st.text(SMALL_NUMBERS)
    theme = choose_theme(breakdown)
    picture, table = st.columns([1, 1], gap="medium")
    with picture:
        st.vega_lite_chart(
            draw_bars(breakdown, theme),
            key=f"bars_{breakdown.kind.value}",
            alt=f"Bars: voices by {breakdown.kind.value}. {summary} The table beside it says the same.",
        )
    with table:
        show_close_up(breakdown, theme)
    show_count_table(breakdown, HEADINGS[breakdown.kind])


def choose_theme(breakdown: Breakdown) -> BrokenTheme | None:
    """Let people choose one theme to look at, or all of them."""
    themes = {theme.node: theme for theme in breakdown.themes}
    key = "breakdown_theme"
    if st.session_state.get(key) not in themes:
        st.session_state[key] = ALL_THEMES
    node = st.selectbox(
        "Theme in close-up",
        [ALL_THEMES, *themes],
        format_func=lambda each: themes[each].label if each in themes else "All themes",
        key=key,
    )
    return themes.get(node)


def draw_bars(breakdown: Breakdown, theme: BrokenTheme | None) -> dict[str, Any]:
    """Draw a bar for each class under its name, so that long names are not cut."""
    counts = _list_counts(breakdown, theme)
    values = [
        {
            "order": order,
            "voices": count,
            "name": f"{each.name}: {'hidden' if count is None else f'{count:,}'}",
        }
        for order, (each, count) in enumerate(zip(breakdown.classes, counts, strict=True))
    ]
    y = {"field": "order", "type": "ordinal", "axis": None, "scale": {"padding": 0}}
    x = {"field": "voices", "type": "quantitative", "axis": None, "scale": {"domainMin": 0}}
    name = {
        "type": "text",
        "align": "left",
        "baseline": "bottom",
        "dy": 1,
        "fontSize": 14,
        "limit": 330,
        "color": choose_ink(),
    }
    bar = {"type": "bar", "height": 16, "yOffset": 11, "y2Offset": 11, "color": CHOSEN, "cornerRadiusEnd": 2}
    return {
        "height": {"step": ROW_HEIGHT},
        "data": {"values": values},
        "layer": [
            {"mark": bar, "encoding": {"y": y, "x": x}},
            {
                "mark": name,
                "encoding": {"y": y, "x": {"datum": 0, "type": "quantitative"}, "text": {"field": "name"}},
            },
        ],
        "config": {"view": {"stroke": None}},
    }


def show_close_up(breakdown: Breakdown, theme: BrokenTheme | None) -> None:
    """Show the same numbers as a table, with the words that mark the theme in each class."""
    heading, counts = HEADINGS[breakdown.kind], _list_counts(breakdown, theme)
    if theme is None:
        rows = [(each.name, each.n_voices) for each in breakdown.classes]
        show_table("All themes", (heading, "Voices"), rows)
        return
    rows = [
        (
            each.name,
            "hidden" if count is None else f"{count:,}",
            "hidden" if count is None else f"{count / each.n_voices:.0%}",
            ", ".join(words),
        )
        for each, count, words in zip(breakdown.classes, counts, theme.words, strict=True)
    ]
    headings = (heading, "Voices here", "Of all its voices", "Words that mark it here")
    show_table(theme.label, headings, rows)


def _list_counts(breakdown: Breakdown, theme: BrokenTheme | None) -> tuple[int | None, ...]:
    return theme.counts if theme else tuple(each.n_voices for each in breakdown.classes)
