"""Links that lead on along the thread; the address follows, so that a thread can be kept and sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from engagement.screens.contents import find_screen

_LOOK = """
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.375rem;
  font-family: var(--st-font); color: var(--st-text-color); }
li { padding: 0.25rem 0; line-height: 1.5; overflow-wrap: anywhere; }
a { color: var(--st-link-color); }
a:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 2px; }
"""
_SCRIPT = """
export default function ({ data, parentElement, setTriggerValue }) {
  const page = parentElement.ownerDocument;
  const list = page.createElement("ul");
  for (const [position, asked] of data.links.entries()) {
    const link = page.createElement("a");
    link.textContent = asked.label;
    link.href = asked.address;
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      setTriggerValue("asked", position);
    });
    const what = page.createElement("li");
    what.append(`${asked.what} `, link);
    list.append(what);
  }
  const old = parentElement.querySelector("ul");
  if (old) old.replaceWith(list);
  else parentElement.append(list);
}
"""


@dataclass(frozen=True)
class Link:
    """A way on: what it is, what it is called, and the screen that shows it."""

    what: str
    label: str
    file: str
    query: Mapping[str, str]


def show_links(links: Sequence[Link], engagement_id: int, key: str) -> None:
    """Draw links, and go where somebody asks to go."""
    if not links:
        return
    component = st.components.v2.component("link_list", css=_LOOK, js=_SCRIPT)
    drawn = [_describe(each, engagement_id) for each in links]
    asked = component(key=key, data={"links": drawn}, on_asked_change=lambda: None).asked
    if isinstance(asked, int) and 0 <= asked < len(links):
        chosen = links[asked]
        query = {"engagement": str(engagement_id), **chosen.query}
        st.switch_page(find_screen(chosen.file).make_page(), query_params=query)


def _describe(link: Link, engagement_id: int) -> dict[str, Any]:
    query = urlencode({"engagement": engagement_id, **link.query})
    address = f"/{find_screen(link.file).address}?{query}"
    return {"what": link.what, "label": link.label, "address": address}
