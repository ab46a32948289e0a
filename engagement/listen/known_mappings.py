"""Remembering how a survey with the same columns was read before."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.listen.columns import make_headers
from engagement.listen.contents import FileContents
from engagement.listen.mapping import Mapping, unpack_mapping
from models.sources import Source

N_LOOKED_AT = 200


@dataclass(frozen=True)
class KnownMapping:
    """What people decided about an earlier file with the same columns, and the title it stands under."""

    mapping: Mapping
    title: str


def find_known_mapping(session: Session, contents: FileContents) -> KnownMapping | None:
    """Find the newest source, in any engagement, that has the very headers of one of these sheets."""
    if not contents.is_sheet:
        return None
    query = select(Source.mapping, Source.title).order_by(Source.id.desc()).limit(N_LOOKED_AT)
    for packed, title in session.execute(query):
        mapping = unpack_mapping(packed)
        headers = tuple(column.header for column in mapping.columns)
        for sheet in contents.sheets if headers else ():
            if make_headers(sheet, mapping.first_row, mapping.n_header_rows) == headers:
                return KnownMapping(replace(mapping, sheet=sheet.name), title)
    return None
