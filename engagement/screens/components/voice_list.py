"""Voices as a list of quotations, each a link to its thread; words are drawn as they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from engagement.answer.voice_rows import VoiceRow
from engagement.screens.contents import find_screen

WITHDRAWN_WORDS = "This voice was withdrawn. Its words are not shown."
_LOOK = """
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.75rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr));
  font-family: var(--st-font); color: var(--st-text-color); }
li { padding: 0 0 0 0.75rem;
  border-left: 4px solid color-mix(in srgb, var(--st-text-color) 30%, transparent); }
blockquote { margin: 0; font-size: 1.0625rem; line-height: 1.4; white-space: pre-wrap;
  overflow-wrap: anywhere; }
p { margin: 0.25rem 0 0; overflow-wrap: anywhere; }
a { color: var(--st-link-color); display: inline-block; min-height: 1.5rem; padding: 0.125rem 0; }
a:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 2px; }
"""
_SCRIPT = """
export default function ({ data, parentElement, setTriggerValue }) {
  const page = parentElement.ownerDocument;
  const make = (kind, words) => {
    const made = page.createElement(kind);
    made.textContent = words;
    return made;
  };
  const list = make("ul", "");
  for (const voice of data.voices) {
    const words = make("blockquote", voice.words);
    words.dir = "auto";
    if (voice.language) words.lang = voice.language;
    const link = make("a", voice.where);
    link.href = voice.address;
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      setTriggerValue("asked", voice.id);
    });
    const place = make("p", "");
    place.append(link);
    const item = make("li", "");
    item.append(words);
    if (voice.translation) {
      const translation = make("p", `In English: ${voice.translation}`);
      translation.lang = "en";
      translation.dir = "auto";
      item.append(translation);
    }
    item.append(place);
    list.append(item);
  }
  const old = parentElement.querySelector("ul");
  if (old) old.replaceWith(list);
  else parentElement.append(list);
}
"""


def show_voices(rows: Iterable[VoiceRow], engagement_id: int, key: str) -> None:
    """Draw voices as quotations; the place of each leads to its thread."""
    drawn = [_describe(each, engagement_id) for each in rows]
    component = st.components.v2.component("voice_list", css=_LOOK, js=_SCRIPT)
    result = component(key=key, data={"voices": drawn}, on_asked_change=lambda: None)
    if result.asked in {each["id"] for each in drawn}:
        page = find_screen("thread.py").make_page()
        st.switch_page(page, query_params={"engagement": str(engagement_id), "voice": str(result.asked)})


def describe_missing(voice: VoiceRow) -> str:
    """Say why a withdrawn voice shows no words."""
    return f"The words of this voice were {voice.erased}." if voice.erased else WITHDRAWN_WORDS


def _describe(voice: VoiceRow, engagement_id: int) -> dict[str, Any]:
    return {
        "id": voice.id,
        "words": describe_missing(voice) if voice.is_withdrawn else voice.text,
        "language": "" if voice.is_withdrawn else voice.language,
        "translation": voice.translation,
        "where": voice.where,
        "address": f"/{find_screen('thread.py').address}?engagement={engagement_id}&voice={voice.id}",
    }
