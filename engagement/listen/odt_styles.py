"""What the styles of an OpenDocument text say of a paragraph: heading, bold."""

from __future__ import annotations

from lxml import etree

from engagement.listen.odt_text import TEXT, read_paragraph

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
STYLE_NAME = f"{TEXT}style-name"
TITLES = frozenset({"Title", "Subtitle"})
MAX_DEPTH = 20
FIRST_BOLD_WEIGHT = 600


class OdtStyles:
    """The styles of one document, by name."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles = {
            str(style.get(f"{STYLE}name")): style
            for root in roots
            if root is not None
            for style in root.iter(f"{STYLE}style")
        }

    def is_title(self, paragraph: etree._Element) -> bool:
        """Tell whether the paragraph is the title or subtitle of the document."""
        return any(
            name in TITLES or style.get(f"{STYLE}class") == "title"
            for name, style in self._walk_chain(paragraph.get(STYLE_NAME))
        )

    def is_wholly_bold(self, paragraph: etree._Element) -> bool:
        """Tell whether every word of the paragraph is bold."""
        if not read_paragraph(paragraph).strip():
            return False
        if self._is_bold(paragraph, default=False):
            return all(
                self._is_bold(span, default=True)
                for span in paragraph.iter(f"{TEXT}span")
                if read_paragraph(span).strip()
            )
        loose = [paragraph.text, *(child.tail for child in paragraph)]
        spans = [child for child in paragraph if read_paragraph(child).strip()]
        return not any((text or "").strip() for text in loose) and all(
            child.tag == f"{TEXT}span" and self._is_bold(child, default=False) for child in spans
        )

    def _is_bold(self, element: etree._Element, *, default: bool) -> bool:
        for _, style in self._walk_chain(element.get(STYLE_NAME)):
            weight = style.find(f"{STYLE}text-properties[@{FO}font-weight]")
            if weight is not None:
                value = str(weight.get(f"{FO}font-weight"))
                return value == "bold" or (value.isdigit() and int(value) >= FIRST_BOLD_WEIGHT)
        return default

    def _walk_chain(self, name: str | None) -> list[tuple[str, etree._Element]]:
        chain: list[tuple[str, etree._Element]] = []
        while name in self._styles and len(chain) < MAX_DEPTH:
            chain.append((str(name), self._styles[str(name)]))
            name = chain[-1][1].get(f"{STYLE}parent-style-name")
        return chain
