"""Remembering how a survey with the same columns was read before."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.errors import EngagementError
from engagement.listen.columns import make_headers
from engagement.listen.contents import FileContents
from engagement.listen.cutting import check_cuts, index_texts
from engagement.listen.mapping import Mapping, unpack_mapping
from engagement.listen.notes import choose_passages
from models.sources import Source

N_LOOKED_AT = 200


@dataclass(frozen=True)
class KnownMapping:
    """What people decided about an earlier file with the same columns, and the title it stands under."""

    mapping: Mapping
    title: str


def find_known_mapping(session: Session, contents: FileContents, sha256: str = "") -> KnownMapping | None:
    """Find the newest source, in any engagement, that has the very headers of one of these sheets.

    Of notes, only the very same file counts: it is split as people split it then.
    """
    if not contents.is_sheet:
        return _find_same_notes(session, contents, sha256)
    query = select(Source.mapping, Source.title).order_by(Source.id.desc()).limit(N_LOOKED_AT)
    for packed, title in session.execute(query):
        mapping = unpack_mapping(packed)
        headers = tuple(column.header for column in mapping.columns)
        for sheet in contents.sheets if headers else ():
            if make_headers(sheet, mapping.first_row, mapping.n_header_rows) == headers:
                return KnownMapping(replace(mapping, sheet=sheet.name), title)
    return None


def _find_same_notes(session: Session, contents: FileContents, sha256: str) -> KnownMapping | None:
    query = select(Source.mapping, Source.title).where(Source.file_sha256 == sha256)
    for packed, title in session.execute(query.order_by(Source.id.desc()).limit(1)):
        mapping = unpack_mapping(packed)
        try:
            check_cuts(index_texts(choose_passages(contents, mapping.split)), mapping.cuts)
        except EngagementError:
            return None
        return KnownMapping(mapping, title)
    return None
