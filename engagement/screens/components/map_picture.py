"""The drawing of the map of voices, as a Vega-Lite specification."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engagement.listen.voices import VoiceView
from engagement.screens.components.appearance import (
    BACKGROUND,
    CHOSEN,
    SHAPES,
    SIX,
    UNDER_POINTER,
    choose_ink,
    choose_paper,
)
from engagement.screens.components.map_labels import LETTER, find_least_widths
from engagement.theming_runs.voice_map import VoiceMap

HEIGHT = 480
LEGEND_ROW = 31
EDGE = 1.06


def draw_map(
    drawn: VoiceMap, voices: Mapping[int, VoiceView], theme: int, voice_id: int | None
) -> dict[str, Any]:
    """Draw the voices as points: the chosen theme stands out, and few themes have a colour each."""
    values = [
        {
            "voice": point.voice_id,
            "number": point.theme,
            "theme": drawn.themes[point.theme].label,
            "words": voices[point.voice_id].text,
            "where": voices[point.voice_id].where,
            "x": point.x,
            "y": point.y,
        }
        for point in drawn.points
    ]
    reach = EDGE * max((abs(point.y) for point in drawn.points), default=1.0) or 1.0
    return {
        "height": HEIGHT + (LEGEND_ROW * (len(drawn.themes) + 1) if _has_colours(drawn) else 0),
        "data": {"values": values},
        "encoding": {"x": _place("x", EDGE), "y": _place("y", reach)},
        "layer": [_draw_points(drawn, theme), *_ring_voice(voice_id), *_write_names(drawn, theme, reach)],
        "config": {"view": {"stroke": None}},
    }


def _draw_points(drawn: VoiceMap, theme: int) -> dict[str, Any]:
    is_chosen = f"datum.number === {theme}"
    under = {"param": "under", "empty": False}
    is_few = _has_colours(drawn)
    colours = (
        _colour_each(drawn)
        if is_few
        else {
            "condition": [{"test": is_chosen, "value": CHOSEN}, {**under, "value": UNDER_POINTER}],
            "value": BACKGROUND,
        }
    )
    encoding = {
        "color": colours,
        "size": {"condition": [{"test": is_chosen, "value": 75}, {**under, "value": 60}], "value": 30},
        "opacity": {"condition": [{"test": is_chosen, "value": 1}, {**under, "value": 1}], "value": 0.75},
        "tooltip": [
            {"field": "words", "title": "Voice"},
            {"field": "where", "title": "From"},
            {"field": "theme", "title": "Theme"},
        ],
    }
    if is_few:
        encoding["shape"] = _shape_each(drawn)
    return {
        "params": [
            {
                "name": "asked",
                "select": {"type": "point", "fields": ["voice"], "toggle": False, "nearest": True},
            },
            {
                "name": "under",
                "select": {"type": "point", "fields": ["number"], "on": "pointerover", "clear": "pointerout"},
            },
        ],
        "mark": {"type": "point", "filled": True, "cursor": "pointer"},
        "encoding": encoding,
    }


def _has_colours(drawn: VoiceMap) -> bool:
    """Tell whether each theme can have a colour and a shape of its own that eyes keep apart."""
    return len(drawn.themes) <= len(SIX)


def _colour_each(drawn: VoiceMap) -> dict[str, Any]:
    labels = [theme.label for theme in drawn.themes]
    legend = {
        "title": "Theme",
        "orient": "bottom",
        "columns": 1,
        "labelLimit": 320,
        "symbolSize": 100,
        "symbolOpacity": 1,
        "labelColor": choose_ink(),
        "titleColor": choose_ink(),
    }
    return {
        "field": "theme",
        "type": "nominal",
        "scale": {"domain": labels, "range": SIX[: len(labels)]},
        "legend": legend,
    }


def _shape_each(drawn: VoiceMap) -> dict[str, Any]:
    labels = [theme.label for theme in drawn.themes]
    return {"field": "theme", "type": "nominal", "scale": {"domain": labels, "range": SHAPES[: len(labels)]}}


def _ring_voice(voice_id: int | None) -> list[dict[str, Any]]:
    """Ring the voice that is chosen; without one there is no layer, as an empty group has no name to read."""
    if voice_id is None:
        return []
    mark = {"type": "point", "filled": False, "size": 320, "strokeWidth": 3, "color": choose_ink()}
    return [{"transform": [{"filter": f"datum.voice === {voice_id}"}], "mark": mark}]


def _write_names(drawn: VoiceMap, theme: int, reach: float) -> list[dict[str, Any]]:
    """Write the names that have room above their voices, inside the edges, with a rim over the points."""
    least = find_least_widths(drawn.themes, theme, HEIGHT, reach)
    names = [
        {"name": each.label, "x": each.x, "y": each.top, "least": width}
        for place, (each, width) in enumerate(zip(drawn.themes, least, strict=True))
        if width is not None and each.n_voices
    ]
    shared = {
        "data": {"values": names},
        "transform": [
            {"filter": "datum.least <= width"},
            {"calculate": f"length(datum.name) * {LETTER / 2}", "as": "half"},
            {"calculate": f"(datum.x + {EDGE}) / {2 * EDGE} * width", "as": "middle"},
            {
                "calculate": "clamp(datum.middle, datum.half, max(width - datum.half, datum.half))",
                "as": "across",
            },
        ],
        "encoding": {
            "x": {"field": "across", "type": "quantitative", "scale": None, "axis": None},
            "text": {"field": "name"},
        },
    }
    rim = {"stroke": choose_paper(), "strokeWidth": 5, "strokeJoin": "round"}
    text = {
        "type": "text",
        "baseline": "bottom",
        "dy": -5,
        "fontSize": 13,
        "fontWeight": 600,
        "color": choose_ink(),
    }
    return [{**shared, "mark": {**text, **rim}}, {**shared, "mark": text}]


def _place(field: str, reach: float) -> dict[str, Any]:
    scale = {"domain": [-reach, reach], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}
