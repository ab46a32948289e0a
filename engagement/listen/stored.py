"""Reading a stored file again, also when a text copy has taken its place."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.listen.erasing.redacting import Original, read_copy
from engagement.listen.mapping import unpack_mapping
from engagement.listen.reading import read_upload
from models.consent import Erasure, KeptFile
from models.sources import Source, StoredFile


def read_stored(session: Session, source: Source) -> Original:
    """Read the file that is stored for a source.

    Raises
    ------
    UnreadableFileError
        When it cannot be read any more.
    """
    content = session.get_one(StoredFile, source.file_sha256).content
    copies = select(Erasure.id).where(
        Erasure.source_id == source.id,
        Erasure.new_sha256 == source.file_sha256,
        Erasure.kept != KeptFile.SAME_FORMAT,
    )
    is_copy = session.scalar(copies.limit(1)) is not None
    contents = read_copy(content) if is_copy else read_upload(source.file_name, content)
    return Original(source.file_name, content, contents, unpack_mapping(source.mapping), is_copy)
