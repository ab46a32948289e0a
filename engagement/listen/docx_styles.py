"""What the styles of a Word document say of a paragraph: heading, list item, bold."""

from __future__ import annotations

import re

from lxml import etree

from engagement.listen.docx_text import WORD, read_paragraph

HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
TITLE_LEVEL = 0
BOLD_LEVEL = 9
MAX_DEPTH = 20


class DocxStyles:
    """The styles of one document, by the ids that paragraphs and runs use."""

    def __init__(self, root: etree._Element | None) -> None:
        found = [] if root is None else root.findall(f"{WORD}style")
        self._styles = {str(style.get(f"{WORD}styleId")): style for style in found}
        self._default = next((key for key, style in self._styles.items() if _is_default_paragraph(style)), "")

    def find_heading_level(self, paragraph: etree._Element) -> int | None:
        """Tell the level of a heading (0 for a title); None when the paragraph is none."""
        for style in self._walk_chain(self._get_style_id(paragraph)):
            name = _read_name(style)
            if name in ("title", "subtitle"):
                return TITLE_LEVEL
            if match := HEADING.match(name):
                return int(match.group(1))
        return self._read_outline(paragraph)

    def _read_outline(self, paragraph: etree._Element) -> int | None:
        for element in (paragraph, *self._walk_chain(self._get_style_id(paragraph))):
            level = element.find(f"{WORD}pPr/{WORD}outlineLvl")
            if level is not None:
                value = int(level.get(f"{WORD}val", "-1"))
                return value + 1 if 0 <= value < BOLD_LEVEL else None
        return None

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Tell whether the paragraph is a line of a table of contents."""
        chain = self._walk_chain(self._get_style_id(paragraph))
        return any(_read_name(style).startswith("toc ") for style in chain)

    def is_list_item(self, paragraph: etree._Element) -> bool:
        """Tell whether the paragraph has a bullet or a number."""
        own = _read_numbering(paragraph.find(f"{WORD}pPr"))
        if own is not None:
            return own
        for style in self._walk_chain(self._get_style_id(paragraph)):
            numbering = _read_numbering(style.find(f"{WORD}pPr"))
            if numbering is not None:
                return numbering
            if _read_name(style).startswith("list "):
                return True
        return False

    def is_wholly_bold(self, paragraph: etree._Element) -> bool:
        """Tell whether every word of the paragraph is bold."""
        style_is_bold = self._read_bold(self._get_style_id(paragraph))
        runs = [run for run in paragraph.iter(f"{WORD}r") if read_paragraph(run).strip()]
        return bool(runs) and all(self._is_bold_run(run, style_is_bold) for run in runs)

    def _is_bold_run(self, run: etree._Element, style_is_bold: bool) -> bool:
        own = is_switched_on(run.find(f"{WORD}rPr/{WORD}b"))
        if own is not None:
            return own
        style = run.find(f"{WORD}rPr/{WORD}rStyle")
        return style_is_bold or (style is not None and self._read_bold(str(style.get(f"{WORD}val"))))

    def _read_bold(self, style_id: str) -> bool:
        for style in self._walk_chain(style_id):
            bold = is_switched_on(style.find(f"{WORD}rPr/{WORD}b"))
            if bold is not None:
                return bold
        return False

    def _get_style_id(self, paragraph: etree._Element) -> str:
        style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
        return self._default if style is None else str(style.get(f"{WORD}val"))

    def _walk_chain(self, style_id: str) -> list[etree._Element]:
        chain: list[etree._Element] = []
        while style_id in self._styles and len(chain) < MAX_DEPTH:
            chain.append(self._styles[style_id])
            based_on = chain[-1].find(f"{WORD}basedOn")
            style_id = "" if based_on is None else str(based_on.get(f"{WORD}val"))
        return chain


def _is_default_paragraph(style: etree._Element) -> bool:
    return style.get(f"{WORD}type") == "paragraph" and style.get(f"{WORD}default") in ("1", "true")


def _read_name(style: etree._Element) -> str:
    name = style.find(f"{WORD}name")
    return "" if name is None else str(name.get(f"{WORD}val", "")).casefold()


def _read_numbering(properties: etree._Element | None) -> bool | None:
    number = None if properties is None else properties.find(f"{WORD}numPr/{WORD}numId")
    return None if number is None else number.get(f"{WORD}val") != "0"


def is_switched_on(switch: etree._Element | None) -> bool | None:
    """Tell whether a property of a run is on; None where it says nothing."""
    return None if switch is None else switch.get(f"{WORD}val", "1") not in ("0", "false", "off")
