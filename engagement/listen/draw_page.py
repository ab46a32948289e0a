"""Drawing a page of a PDF, so that people see it as it was written."""

from __future__ import annotations

import io

from engagement.errors import UnreadableFileError
from engagement.listen.read_pdf import open_document

WIDTH_PIXELS = 1100
MAX_HEIGHT_PIXELS = 4000


def draw_pdf_page(content: bytes, page: int) -> bytes:
    """Draw one page as a PNG picture of at most 1100 by 4000 pixels; ``page`` counts from 1.

    Raises
    ------
    UnreadableFileError
        When the file cannot be opened or has no such page.
    """
    document = open_document(content)
    if not 1 <= page <= len(document):
        raise UnreadableFileError(f"has {len(document)} pages, and no page {page}.")
    drawn = document[page - 1]
    scale = min(WIDTH_PIXELS / drawn.get_width(), MAX_HEIGHT_PIXELS / drawn.get_height())
    target = io.BytesIO()
    drawn.render(scale=scale).to_pil().save(target, "PNG", optimize=True)
    return target.getvalue()
