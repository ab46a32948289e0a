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
from engagement.screens.components.map_labels import find_least_widths
from engagement.theming_runs.voice_map import VoiceMap

HEIGHT = 480
EDGE = 1.06
_NO_AXIS = {"axis": None, "scale": {"domain": [-EDGE, EDGE]}}
_PLACE = {
    "x": {"field": "x", "type": "quantitative", **_NO_AXIS},
    "y": {"field": "y", "type": "quantitative", **_NO_AXIS},
}


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
    return {
        "height": HEIGHT,
        "data": {"values": values},
        "layer": [_draw_points(drawn, theme), _ring_voice(voice_id), *_write_names(drawn, theme)],
        "config": {"view": {"stroke": None}},
    }


def _draw_points(drawn: VoiceMap, theme: int) -> dict[str, Any]:
    is_chosen = f"datum.number === {theme}"
    under = {"param": "under", "empty": False}
    is_few = len(drawn.themes) <= len(SIX)
    colours = (
        _colour_each(drawn)
        if is_few
        else {
            "condition": [{"test": is_chosen, "value": CHOSEN}, {**under, "value": UNDER_POINTER}],
            "value": BACKGROUND,
        }
    )
    encoding = {
        **_PLACE,
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
            {"name": "asked", "select": {"type": "point", "fields": ["voice"], "toggle": False}},
            {
                "name": "under",
                "select": {"type": "point", "fields": ["number"], "on": "pointerover", "clear": "pointerout"},
            },
        ],
        "mark": {"type": "point", "filled": True, "cursor": "pointer"},
        "encoding": encoding,
    }


def _colour_each(drawn: VoiceMap) -> dict[str, Any]:
    labels = [theme.label for theme in drawn.themes]
    legend = {
        "title": "Theme",
        "orient": "bottom",
        "columns": 1,
        "labelLimit": 320,
        "symbolSize": 100,
        "symbolOpacity": 1,
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


def _ring_voice(voice_id: int | None) -> dict[str, Any]:
    return {
        "transform": [{"filter": f"datum.voice === {voice_id if voice_id is not None else -1}"}],
        "mark": {"type": "point", "filled": False, "size": 320, "strokeWidth": 3, "color": choose_ink()},
        "encoding": _PLACE,
    }


def _write_names(drawn: VoiceMap, theme: int) -> list[dict[str, Any]]:
    """Write the names that have room; their rim of paper keeps them readable over points."""
    least = find_least_widths(drawn.themes, theme, HEIGHT)
    names = [
        {"name": each.label, "x": each.x, "y": each.y, "least": width, "chosen": place == theme}
        for place, (each, width) in enumerate(zip(drawn.themes, least, strict=True))
        if width is not None and each.n_voices
    ]
    shared = {
        "data": {"values": names},
        "transform": [{"filter": "datum.least <= width"}],
        "encoding": {
            **_PLACE,
            "text": {"field": "name"},
        },
    }
    rim = {"stroke": choose_paper(), "strokeWidth": 4, "strokeJoin": "round", "opacity": 0.9}
    text = {"type": "text", "fontSize": 13, "fontWeight": 600, "limit": 320, "color": choose_ink()}
    return [{**shared, "mark": {**text, **rim}}, {**shared, "mark": text}]
