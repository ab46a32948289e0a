"""Vectors of texts, kept in the record so that no text is embedded twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.database import Record
from models.theming_runs import EmbeddingVector

MOST_AT_ONCE = 500


class RecordEmbeddingCache:
    """Keep vectors by model hash and text hash; what ``theming`` calls an embedding cache."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def get_many(self, model_hash: str, text_hashes: Sequence[str]) -> Mapping[str, bytes]:
        """Give the vectors that are kept, as bytes."""
        with self._record.reading() as session:
            return find_vectors(session, model_hash, text_hashes)

    def put_many(self, model_hash: str, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors, leaving those that are kept already as they are."""
        with self._record.writing() as session:
            kept = find_vectors(session, model_hash, list(vectors))
            session.add_all(
                EmbeddingVector(model_hash=model_hash, text_hash=text_hash, vector=vector)
                for text_hash, vector in vectors.items()
                if text_hash not in kept
            )


def find_vectors(session: Session, model_hash: str, text_hashes: Sequence[str]) -> dict[str, bytes]:
    """Find the vectors that are kept, by text hash; nothing is embedded."""
    return dict(_find_kept(session, model_hash, text_hashes))


def _find_kept(session: Session, model_hash: str, text_hashes: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    for start in range(0, len(text_hashes), MOST_AT_ONCE):
        wanted = text_hashes[start : start + MOST_AT_ONCE]
        query = select(EmbeddingVector.text_hash, EmbeddingVector.vector).where(
            EmbeddingVector.model_hash == model_hash, EmbeddingVector.text_hash.in_(wanted)
        )
        yield from ((text_hash, vector) for text_hash, vector in session.execute(query))
