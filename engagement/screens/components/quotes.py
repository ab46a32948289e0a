"""What a priority says and what people said: words in quotation, with nothing read as markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from engagement.plan.priority_views import PriorityView, Quote
from engagement.screens.components.words import write_words

STYLE = """<style>
.said { margin: 0; padding: 0; list-style: none; display: grid; gap: 0.75rem; }
.said li { margin: 0; padding: 0 0 0 0.75rem;
  border-left: 4px solid color-mix(in srgb, currentColor 30%, transparent); }
.said blockquote { margin: 0; padding: 0; border: 0; color: inherit; white-space: pre-wrap;
  overflow-wrap: anywhere; }
.said figure { margin: 0; }
.said figcaption { font-size: 0.9375rem; }
.statement { margin: 0; display: grid; gap: 0.5rem 2rem; font-size: 1.1875rem; line-height: 1.35;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); }
.statement p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
</style>"""


def show_statement(priority: PriorityView) -> None:
    """Show "I ..." and "We will ..." side by side, where there is room."""
    says = filter(None, (priority.statement, priority.promise))
    words = "".join(f"<p dir='auto'>{escape(each)}</p>" for each in says)
    if words:
        st.html(f"{STYLE}<div class='statement'>{words}</div>")


def show_quotes(quotes: Iterable[Quote]) -> None:
    """Show a few voices that may be quoted, each with where it was said."""
    items = "".join(
        f"<li><figure>{write_words(quote.text, quote.language)}"
        f"<figcaption>{escape(quote.source_title)}</figcaption></figure></li>"
        for quote in quotes
    )
    if items:
        st.html(f"{STYLE}<ul class='said'>{items}</ul>")
