"""What one sees in a breakdown, in a sentence or two."""

from __future__ import annotations

from engagement.theming_runs.breakdowns import OTHERS, Breakdown, BreakdownKind, BrokenTheme

ONE = {
    BreakdownKind.SOURCE: "All voices come from one source, {name}, so there is nothing to compare.",
    BreakdownKind.PROMPT: "All voices stand under one prompt, “{name}”, so there is nothing to compare.",
    BreakdownKind.AREA: "All voices come from one area, {name}, so there is nothing to compare.",
    BreakdownKind.MONTH: "All voices are from one month, {name}, so there is nothing to compare.",
    BreakdownKind.GROUP: "All voices come from one group, {name}, so there is nothing to compare.",
}
NONE_KNOWN = {
    BreakdownKind.SOURCE: "No voice has a source.",
    BreakdownKind.PROMPT: "No voice has a prompt. Prompts are said when a source is added.",
    BreakdownKind.AREA: "No voice has an area. Areas are said when a source is added.",
    BreakdownKind.MONTH: "No voice has a date. Dates are said when a source is added.",
    BreakdownKind.GROUP: "Nobody answered this. Characteristics are said when a survey is added.",
}
FEWEST_VOICES = 10
"""Fewest voices of a theme for which it is said that they come mostly from one place."""


def describe_breakdown(breakdown: Breakdown) -> str:
    """Say which theme came up most widely, and which comes most from one place."""
    if not breakdown.classes:
        return f"Too few people are known by {breakdown.kind.value} to show numbers."
    known = [each for each in breakdown.classes if each.key]
    if not known:
        return NONE_KNOWN[breakdown.kind]
    if breakdown.classes[0].key == OTHERS:
        kind = breakdown.kind.value
        return f"In each {kind} only few people spoke, so {kind}s cannot be compared."
    if len(breakdown.classes) == 1:
        return ONE[breakdown.kind].format(name=known[0].name)
    widest = max(breakdown.themes, key=lambda theme: (_count_reached(breakdown, theme), theme.n_voices))
    reached = _count_reached(breakdown, widest)
    at_least = "at least " if None in widest.counts else ""
    places = f"{len(known)} {breakdown.kind.value}s"
    said = f"“{widest.label}” came up most widely, in {at_least}{reached} of {places}."
    return f"{said} {_describe_narrowest(breakdown)}".strip()


def _count_reached(breakdown: Breakdown, theme: BrokenTheme) -> int:
    return sum(bool(count) for each, count in zip(breakdown.classes, theme.counts, strict=True) if each.key)


def _describe_narrowest(breakdown: Breakdown) -> str:
    shares = [
        (count / theme.n_voices, theme, each, count)
        for theme in breakdown.themes
        if theme.n_voices >= FEWEST_VOICES
        for each, count in zip(breakdown.classes, theme.counts, strict=True)
        if count and each.key
    ]
    if not shares:
        return ""
    _share, theme, each, count = max(shares, key=lambda found: (found[0], found[3]))
    part = f"{count:,} of its {theme.n_voices:,} voices"
    return f"“{theme.label}” comes most from one: {part} are from {each.name}."
