"""The mount of a board's history: flat data in, a shim that fetches the page's own files."""

from __future__ import annotations

import streamlit as st

from engagement.web.board_assets import asset_base

_SHIM = """
export default async function (component) {
  const address = new URL(component.data.assets + "/replay.js", window.location.origin);
  return (await import(address.href)).default(component);
}
"""


def mount_replay(engagement_id: int, workshop_id: int, token: str) -> None:
    """Mount the history of a board; ``token`` is what the page shows to the live routes."""
    replay = st.components.v2.component("replay", js=_SHIM)
    data = {"engagement": str(engagement_id), "workshop": str(workshop_id)}
    replay(key=f"replay-{workshop_id}", data={**data, "token": token, "assets": asset_base()})
