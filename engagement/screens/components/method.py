"""How a theming run was made, in words that let people trust or doubt it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from engagement.theming_runs.views import RunView

EXPLANATION = (
    "The machine turned each voice into numbers that stand for its meaning, grouped them a hundred times in "
    'slightly different ways, and kept together what kept coming together. "Holds together in 9 of 10 runs" '
    "tells how often. The words of a label are words that people used. The same voices, in any order, give "
    "the same result. It knows nothing of your city, misses irony, and reads English best. That is why "
    "people decide, on the board."
)


def show_method(run: RunView) -> None:
    """Show how the run was made: in plain words, then every setting as a table."""
    st.text(EXPLANATION)
    made = {
        "Made": f"{run.made_at:%-d %B %Y, %H:%M} (UTC)",
        "Asked for by": run.made_by,
        "Voices": run.n_voices,
    }
    rows = {**made, "Set aside": run.n_set_aside, **_flatten(run.card)}
    st.table({"What": list(rows), "Value": [str(value) for value in rows.values()]})


def _flatten(card: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in card.items():
        label = f"{before}{name.replace('_', ' ')}"
        if isinstance(value, Mapping):
            flat |= _flatten(value, f"{label}: ")
        else:
            flat[label] = value
    return flat
