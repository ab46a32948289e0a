"""Joining the lines of PDF pages to paragraphs, as a person reading the page would."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engagement.listen.contents import Passage, PassageRole
from engagement.listen.docx_styles import BOLD_LEVEL
from engagement.listen.pdf_lines import Line
from engagement.listen.speakers import find_bullet_end

MAX_LEADING = 1.45
"""Most space from one line of a paragraph to the next, in heights of the line."""
SAME_HEIGHT = 1.1
HEADING_HEIGHT = 1.15
SHORT_LINE = 0.75
SENTENCE_END = re.compile(r"[.?!:;…][\"'”’)\]]*$")
DIGITS = re.compile(r"\d+")
MARGIN_LINES = 3
"""How many lines at the top and bottom of a page may be its header and footer."""


@dataclass(frozen=True)
class PageLine:
    """A line with the number of its page, counted from 1."""

    page: int
    line: Line


def join_paragraphs(pages: Sequence[Sequence[Line]]) -> list[Passage]:
    """Join the lines of all pages to passages; lines that come on page after page stand apart."""
    margins = _find_margins(pages)
    passages: list[Passage] = []
    beside: dict[str, list[str]] = {"header": [], "footer": []}
    flow = []
    for number, lines in enumerate(pages, start=1):
        for line in lines:
            part = margins.get((number, line))
            if part:
                beside[part].append(line.text)
            else:
                flow.append(PageLine(number, line))
    usual = _find_usual_height(flow)
    counts: Counter[int] = Counter()
    for group in _group_lines(flow):
        counts[group[0].page] += 1
        passages.append(_make_passage(group, counts[group[0].page], usual))
    for part, texts in beside.items():
        passages += [Passage(part, line, text) for line, text in enumerate(texts, start=1)]
    return passages


def has_columns(lines: Sequence[Line]) -> bool:
    """Tell whether a page is set in columns: its text goes up again, further to the right."""
    lefts = [line.left for line in lines]
    width = max((line.right for line in lines), default=0.0) - min(lefts, default=0.0)
    return any(
        line.baseline > before.baseline + 2 * before.height and line.left > before.left + 0.25 * width
        for before, line in pairwise(lines)
    )


def _group_lines(flow: Sequence[PageLine]) -> Iterator[list[PageLine]]:
    group: list[PageLine] = []
    for each in flow:
        if group and not _goes_on(group, each):
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _goes_on(group: Sequence[PageLine], following: PageLine) -> bool:
    """Tell whether a line goes on with the paragraph before it."""
    last, line = group[-1].line, following.line
    if last.ends_in_hyphen:
        return True
    if find_bullet_end(line.text, 0) or line.is_bold != last.is_bold:
        return False
    if max(last.height, line.height) > SAME_HEIGHT * min(last.height, line.height):
        return False
    has_ended = bool(SENTENCE_END.search(last.text))
    drop = last.baseline - line.baseline
    if following.page != group[-1].page or drop < 0:
        return not has_ended and line.text[:1].islower()
    is_near = 0.5 * line.height <= drop <= MAX_LEADING * line.height
    if not is_near or line.left >= last.right or line.right <= last.left:
        return False
    width = max(each.line.right for each in group) - min(each.line.left for each in group)
    is_short = last.right - last.left < SHORT_LINE * max(width, line.right - line.left)
    return not (has_ended and is_short)


def _make_passage(group: Sequence[PageLine], number: int, usual: float) -> Passage:
    first = group[0].line
    text = ""
    for each in group:
        text += each.line.text if each.line.ends_in_hyphen else f"{each.line.text} "
    text = text.rstrip(" ")
    is_heading = len(group) <= 2 and first.height >= HEADING_HEIGHT * usual
    role = PassageRole.HEADING if is_heading else PassageRole.TEXT
    if find_bullet_end(first.text, 0):
        role = PassageRole.LIST_ITEM
    level = max(1, BOLD_LEVEL - round(4 * first.height / usual)) if is_heading else BOLD_LEVEL
    is_bold = all(each.line.is_bold for each in group)
    return Passage(f"page {group[0].page}", number, text, role, level=level, is_bold=is_bold)


def _find_usual_height(flow: Sequence[PageLine]) -> float:
    heights: Counter[float] = Counter()
    for each in flow:
        heights[round(each.line.height, 1)] += len(each.line.text)
    return heights.most_common(1)[0][0] if heights else 1.0


def _find_margins(pages: Sequence[Sequence[Line]]) -> dict[tuple[int, Line], str]:
    """Find the lines at the top and bottom that come on at least half of the pages, but for their numbers."""
    found: dict[tuple[int, Line], str] = {}
    for part in ("header", "footer"):
        edges = [_list_edge(lines, part) for lines in pages]
        counts = Counter(key for lines in edges for key in {_forget_numbers(line) for line in lines})
        for number, lines in enumerate(edges, start=1):
            for line in lines:
                if counts[_forget_numbers(line)] >= max(2, len(pages) / 2):
                    found[(number, line)] = part
    return found


def _list_edge(lines: Sequence[Line], part: str) -> list[Line]:
    """List the lines nearest to the top or the bottom, none past the middle."""
    heights = [line.baseline for line in lines]
    middle = (max(heights, default=0.0) + min(heights, default=0.0)) / 2
    if part == "header":
        above = [line for line in lines if line.baseline > middle]
        return sorted(above, key=lambda line: -line.baseline)[:MARGIN_LINES]
    below = [line for line in lines if line.baseline < middle]
    return sorted(below, key=lambda line: line.baseline)[:MARGIN_LINES]


def _forget_numbers(line: Line) -> tuple[str, int]:
    return DIGITS.sub("0", line.text), round(line.baseline / 4)
