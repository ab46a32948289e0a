"""The strip's own drawing: a list of links that wraps on a phone and goes on without a new page load."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import streamlit as st

from engagement.engagements import EngagementView
from engagement.screens.contents import find_screen

_LOOK = """
nav { font-family: var(--st-font); color: var(--st-text-color); }
ol { display: flex; flex-wrap: wrap; gap: 0.375rem; list-style: none; margin: 0; padding: 0; }
li { flex: 1 1 8.25rem; }
a {
  display: block; box-sizing: border-box; height: 100%; min-height: 2.75rem; padding: 0.375rem 0.75rem;
  border: 1px solid color-mix(in srgb, var(--st-text-color) 45%, transparent);
  border-top: 4px solid color-mix(in srgb, var(--st-text-color) 45%, transparent);
  border-radius: 0.25rem; color: inherit; text-decoration: none; line-height: 1.3;
  background: var(--st-background-color);
}
a:hover strong { text-decoration: underline; text-underline-offset: 0.2em; }
a:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 2px; }
a[aria-current] {
  border-color: var(--st-primary-color); background: var(--st-secondary-background-color);
}
strong { display: block; font-weight: 600; }
span { font-size: 0.9375rem; }
@media (max-width: 40rem) {
  li { flex-basis: 6.25rem; }
  a { padding: 0.25rem 0.5rem; }
}
"""
_SCRIPT = """
export default function ({ data, parentElement, setTriggerValue }) {
  const page = parentElement.ownerDocument;
  const make = (kind, words) => {
    const made = page.createElement(kind);
    made.textContent = words;
    return made;
  };
  const nav = make("nav", "");
  nav.setAttribute("aria-label", `The way of ${data.name}`);
  const list = make("ol", "");
  for (const step of data.steps) {
    const link = make("a", "");
    link.href = step.address;
    if (step.is_here) link.setAttribute("aria-current", "step");
    link.append(make("strong", step.title), make("span", step.says));
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      setTriggerValue("asked", step.file);
    });
    const item = make("li", "");
    item.append(link);
    list.append(item);
  }
  nav.append(list);
  const old = parentElement.querySelector("nav");
  const focused = old ? [...old.querySelectorAll("a")].indexOf(parentElement.activeElement) : -1;
  if (old) old.replaceWith(nav);
  else parentElement.append(nav);
  if (focused >= 0) nav.querySelectorAll("a")[focused]?.focus();
  if (data.open) noteInAddress(page, data.open);
}

// In place of the address that stands there: a new one would keep people from going back.
function noteInAddress(page, engagement) {
  const { history, location } = page.defaultView;
  const address = new URL(location.href);
  if (address.searchParams.get("engagement") === engagement) return;
  address.searchParams.set("engagement", engagement);
  history.replaceState(history.state, "", address);
}
"""


class StepWords(Protocol):
    """What the strip needs to know of a step."""

    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def file(self) -> str: ...  # noqa: D102
    @property
    def says(self) -> str: ...  # noqa: D102


def mount_way(
    engagement: EngagementView, steps: Sequence[StepWords], sum_says: str, *, here: str = "", key: str = "way"
) -> str | None:
    """Draw the strip and give the file of the screen that somebody has just asked for.

    Where a step is ``here``, the engagement is the open one: the page's address says so from then on.
    """
    drawn = [_describe(engagement, step.file, step.title, step.says, step.title == here) for step in steps]
    if sum_says:
        drawn.append(_describe(engagement, "ledger.py", "Ledger", sum_says, False))
    way = st.components.v2.component("way", css=_LOOK, js=_SCRIPT)
    data = {"name": engagement.name, "steps": drawn, "open": str(engagement.id) if here else ""}
    result = way(key=key, data=data, on_asked_change=lambda: None)
    asked = result.asked
    return asked if asked in {step["file"] for step in drawn} else None


def _describe(engagement: EngagementView, file: str, title: str, says: str, is_here: bool) -> dict[str, Any]:
    return {
        "file": file,
        "title": title,
        "says": says,
        "is_here": is_here,
        "address": f"/{find_screen(file).address}?engagement={engagement.id}",
    }
