"""Every candidate theme counted by every class, as a real table whose shades show where a theme is strong."""

from __future__ import annotations

from html import escape

import streamlit as st

from engagement.theming_runs.breakdowns import Breakdown, BrokenTheme

DARKEST = 45
STYLE = """<style>
.counts { overflow-x: auto; }
.counts table { border-collapse: collapse; }
.counts caption { text-align: left; padding: 0.5rem 0; }
.counts th, .counts td { padding: 0.35rem 0.7rem; text-align: right; vertical-align: bottom;
  border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent);
  font-variant-numeric: tabular-nums; }
.counts th { text-align: left; font-weight: 600; }
.counts thead th { min-width: 6.5rem; overflow-wrap: break-word; hyphens: auto; }
.counts thead th:not(:first-child) { text-align: right; }
.counts tbody th { min-width: 8rem; max-width: 16rem; }
.counts tr > :first-child { position: sticky; left: 0; background: var(--page, Canvas); }
.counts .shaded { background: color-mix(in srgb, #1d70b8 calc(var(--share) * 1%), transparent); }
</style>"""


def show_count_table(breakdown: Breakdown, heading: str) -> None:
    """Show how many voices each candidate theme has in each class."""
    kind = breakdown.kind.value
    heads = "".join(f"<th scope='col'>{escape(each.name)}</th>" for each in breakdown.classes)
    most = max((share for theme in breakdown.themes for share in _list_shares(breakdown, theme)), default=0)
    rows = "".join(_write_row(breakdown, theme, most or 1) for theme in breakdown.themes)
    st.html(
        f"{STYLE}<div class='counts' tabindex='0' role='region' aria-label='Voices by {kind}'><table>"
        f"<caption>Voices in each candidate theme, by {kind}. The darker, the larger a part of all voices of "
        f"that {kind}.</caption>"
        f"<thead><tr><th scope='col'>Candidate theme</th>{heads}<th scope='col'>All</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _list_shares(breakdown: Breakdown, theme: BrokenTheme) -> list[float]:
    return [
        (count or 0) / max(each.n_voices, 1)
        for each, count in zip(breakdown.classes, theme.counts, strict=True)
    ]


def _write_row(breakdown: Breakdown, theme: BrokenTheme, most: float) -> str:
    cells = "".join(
        _write_cell(count, share / most)
        for count, share in zip(theme.counts, _list_shares(breakdown, theme), strict=True)
    )
    return f"<tr><th scope='row'>{escape(theme.label)}</th>{cells}<td>{theme.n_voices:,}</td></tr>"


def _write_cell(count: int | None, share: float) -> str:
    if count is None:
        return "<td>hidden</td>"
    return f"<td class='shaded' style='--share:{share * DARKEST:.0f}'>{count:,}</td>"
