"""The tree of candidate themes on a screen: what would come together, and a table that says the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import streamlit as st

from engagement.screens.components.appearance import BACKGROUND, CHOSEN, choose_ink
from engagement.screens.components.plain_table import show_table
from engagement.theming_runs.theme_tree import Branch, describe_tree

ROW_HEIGHT = 36
ROOM_FOR_NAMES = 0.45
"""Share of the width before the first join, so that names stand clear of the branches."""
HOW_TO_READ = (
    "Each name is a theme, and its line runs to the right until it joins another. The further left two lines "
    "join, the more alike the themes are. Moving the slider by one undoes or makes one join."
)


def show_theme_tree(branches: tuple[Branch, ...]) -> None:
    """Show which themes are alike, as a tree with the themes on the left."""
    summary = describe_tree(branches)
    st.text(summary)
    if len(branches) > 1:
        st.text(HOW_TO_READ)
        st.vega_lite_chart(
            draw_tree(branches),
            key="theme_tree",
            alt=f"A tree of themes. {summary} A table below says the same.",
        )
    show_joins(branches)


def draw_tree(branches: tuple[Branch, ...]) -> dict[str, Any]:
    """Draw each theme as a line under its name, and each join as a line across."""
    n_themes = sum(branch.parts is None for branch in branches)
    x = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [0, 1.02]}}
    y = {
        "field": "y",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [n_themes - 0.5, -0.8], "nice": False},
    }
    names = [{"x": 0, "y": branch.row, "name": branch.label} for branch in branches if branch.parts is None]
    joins = list(_list_joins(branches))
    line = {"type": "rule", "color": BACKGROUND, "strokeWidth": 2, "strokeCap": "round"}
    return {
        "height": ROW_HEIGHT * n_themes,
        "layer": [
            {
                "data": {"values": list(_list_lines(branches))},
                "mark": line,
                "encoding": {"x": x, "x2": {"field": "x2"}, "y": y, "y2": {"field": "y2"}},
            },
            {
                "data": {"values": joins},
                "mark": {"type": "circle", "size": 90, "opacity": 1, "color": CHOSEN},
                "encoding": {
                    "x": x,
                    "y": y,
                    "tooltip": [
                        {"field": "parts", "title": "Joins"},
                        {"field": "name", "title": "Together"},
                        {"field": "voices", "title": "Voices"},
                    ],
                },
            },
            {
                "data": {"values": names},
                "mark": {
                    "type": "text",
                    "align": "left",
                    "baseline": "bottom",
                    "dy": -3,
                    "fontSize": 14,
                    "limit": 330,
                    "color": choose_ink(),
                },
                "encoding": {"x": x, "y": y, "text": {"field": "name"}},
            },
        ],
        "config": {"view": {"stroke": None}},
    }


def show_joins(branches: tuple[Branch, ...]) -> None:
    """Show the joins as a table, the most alike first."""
    rows = [
        (
            branches[branch.parts[0]].label,
            branches[branch.parts[1]].label,
            branch.label,
            branch.size,
            f"{round((1 - branch.height) * 100)} of 100 runs",
        )
        for branch in branches
        if branch.parts
    ]
    if rows:
        headings = ("This theme", "joins", "Together they are", "Voices", "Sat together in")
        show_table("What would come together, the most alike first", headings, rows)


def _list_lines(branches: tuple[Branch, ...]) -> Iterator[dict[str, float]]:
    for place, branch in enumerate(branches):
        if branch.parts is None:
            continue
        across = _place_join(branches, place)
        parts = [(part, branches[part]) for part in branch.parts]
        for at, part in parts:
            yield {"x": _place_join(branches, at), "x2": across, "y": part.row, "y2": part.row}
        yield {"x": across, "x2": across, "y": parts[0][1].row, "y2": parts[1][1].row}


def _list_joins(branches: tuple[Branch, ...]) -> Iterator[dict[str, Any]]:
    for place, branch in enumerate(branches):
        if branch.parts is None:
            continue
        labels = (branches[part].label for part in branch.parts)
        yield {
            "x": _place_join(branches, place),
            "y": branch.row,
            "name": branch.label,
            "voices": branch.size,
            "parts": " + ".join(labels),
        }


def _place_join(branches: tuple[Branch, ...], place: int) -> float:
    """Place a join between the room for names and the right edge; themes begin at the left edge."""
    if branches[place].parts is None:
        return 0.0
    heights = [branch.height for branch in branches if branch.parts]
    least, most = min(heights), max(heights)
    share = (branches[place].height - least) / (most - least) if most > least else 1.0
    return ROOM_FOR_NAMES + (1 - ROOM_FOR_NAMES) * share
