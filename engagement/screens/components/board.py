"""The live board's mount: flat data in, a short shim that fetches the board's own files."""

from __future__ import annotations

import streamlit as st

from engagement.web.board_assets import asset_base

_SHIM = """
export default async function (component) {
  const address = new URL(component.data.assets + "/board.js", window.location.origin);
  return (await import(address.href)).default(component);
}
"""


def mount_board(workshop_id: int, token: str) -> bool:
    """Mount the live board; tell whether it has just asked for a fresh token.

    The data is flat and stays the same from run to run, so that the page is not called again.
    Registered at each call: a registration that is kept fails in the second test of a process.

    Parameters
    ----------
    workshop_id : int
        Whose board.
    token : str
        What the board shows to the live routes.
    """
    board = st.components.v2.component("board", js=_SHIM)
    result = board(
        key=f"board-{workshop_id}",
        data={"workshop": str(workshop_id), "token": token, "assets": asset_base()},
        on_renew_change=lambda: None,
    )
    return result.renew is not None
