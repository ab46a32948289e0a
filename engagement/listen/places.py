"""Every place of a file where words can stand, and all that stands there."""

from __future__ import annotations

from engagement.listen.columns import make_headers
from engagement.listen.contents import FileContents, Place
from engagement.listen.mapping import Mapping
from engagement.listen.sheets import get_sheet


def index_places(contents: FileContents, mapping: Mapping) -> dict[Place, str]:
    """Give the whole text at every place of a file: a paragraph, a line or a cell."""
    places = {
        (each.part, each.line, each.column_name): each.text
        for each in (*contents.passages, *contents.paragraphs)
    }
    if contents.is_sheet and contents.sheets:
        sheet = get_sheet(contents, mapping.sheet)
        headers = make_headers(sheet, mapping.first_row, mapping.n_header_rows)
        for line, row in enumerate(sheet.rows, start=1):
            for header, cell in zip(headers, row, strict=False):
                places[(sheet.name, line, header)] = cell
    return places
