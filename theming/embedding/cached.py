"""Embed a text once and never again."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from theming.embedding.protocol import Embedder, EmbeddingCache, Vectors, hash_text

CHUNK = 512
"""Texts embedded between two reports.

Rationale: about two seconds of work, so that progress moves, a stop is obeyed soon, and a run that
is killed has to read little again.
"""
LOOKED_UP_AT_ONCE = 8192

EFFORT_OF_ANY = 10
"""Characters that a text of no length would count for: what each text costs besides its words."""

EmbedChunks = Callable[[Embedder, Iterable[Sequence[str]]], Iterator[Vectors]]


def embed_texts(
    texts: Sequence[str],
    embedder: Embedder,
    cache: EmbeddingCache | None = None,
    report: Callable[[int, float], None] | None = None,
    embed_chunks: EmbedChunks | None = None,
) -> Vectors:
    """Embed texts, taking from the cache what it holds and giving it what it does not.

    Every chunk is kept as soon as it is there, so a run that was stopped or killed goes on from
    where it was.

    Parameters
    ----------
    texts : sequence of str
    embedder : Embedder
    cache : EmbeddingCache, optional
        Left alone where the embedder has no `model_hash`.
    report : callable, optional
        Told how many texts are there, and what share of the work with those that the cache lacked
        is done, 0..1; may raise to stop the work.
    embed_chunks : callable, optional
        Embeds chunk after chunk; by default the embedder does, in this process.

    Returns
    -------
    ndarray of shape (n_texts, n_dimensions)
        Unit rows.
    """
    hashes = [hash_text(text) for text in texts]
    rows = _Rows(len(texts))
    kept = cache if embedder.model_hash else None
    if kept is not None:
        _fill_from_cache(rows, hashes, embedder.model_hash, kept)
    missing = rows.list_missing()
    chunks = _list_chunks(missing, texts, CHUNK if embedder.model_hash else len(missing))
    efforts = np.cumsum([0, *(sum(len(texts[i]) + EFFORT_OF_ANY for i in chunk) for chunk in chunks)])
    tell = report or _tell_nobody
    tell(len(texts) - len(missing), 0.0)
    given = ([texts[i] for i in chunk] for chunk in chunks)
    for place, vectors in enumerate((embed_chunks or _embed_here)(embedder, given)):
        chunk = chunks[place]
        rows.put(chunk, vectors)
        if kept is not None:
            written = {hashes[i]: _write(vector) for i, vector in zip(chunk, vectors, strict=True)}
            kept.put_many(embedder.model_hash, written)
        tell(rows.n_there, float(efforts[place + 1] / efforts[-1]))
    return rows.finish()


def tell_share(report: Callable[[float], None] | None) -> Callable[[int, float], None] | None:
    """Return what `embed_texts` may report to, for somebody who wants to hear the share alone."""
    if report is None:
        return None
    heard = report
    return lambda _n_there, share: heard(share)


class _Rows:
    """Hold the vectors in one matrix, filled in any order."""

    def __init__(self, n_texts: int) -> None:
        self._vectors: Vectors | None = None
        self._is_there = np.zeros(n_texts, bool)

    @property
    def n_there(self) -> int:
        return int(self._is_there.sum())

    def put(self, places: Sequence[int], vectors: Vectors) -> None:
        if self._vectors is None:
            self._vectors = np.empty((len(self._is_there), vectors.shape[1]), np.float32)
        self._vectors[places] = vectors
        self._is_there[places] = True

    def list_missing(self) -> list[int]:
        return [int(place) for place in np.flatnonzero(~self._is_there)]

    def finish(self) -> Vectors:
        return self._vectors if self._vectors is not None else np.zeros((0, 0), np.float32)


def _fill_from_cache(rows: _Rows, hashes: Sequence[str], model_hash: str, cache: EmbeddingCache) -> None:
    for start in range(0, len(hashes), LOOKED_UP_AT_ONCE):
        wanted = hashes[start : start + LOOKED_UP_AT_ONCE]
        held = cache.get_many(model_hash, wanted)
        places = [start + place for place, key in enumerate(wanted) if key in held]
        if places:
            rows.put(places, np.stack([_read(held[hashes[place]]) for place in places]))


def _list_chunks(missing: Sequence[int], texts: Sequence[str], size: int) -> list[list[int]]:
    """List texts of like length together, so that batches are full."""
    by_length = sorted(missing, key=lambda index: len(texts[index]))
    return [by_length[start : start + size] for start in range(0, len(by_length), max(1, size))]


def _embed_here(embedder: Embedder, chunks: Iterable[Sequence[str]]) -> Iterator[Vectors]:
    return (embedder.embed(chunk) for chunk in chunks)


def _tell_nobody(n_there: int, share: float) -> None:
    """Take a report and do nothing with it."""


def _write(vector: Vectors) -> bytes:
    return vector.astype("<f4").tobytes()


def _read(held: bytes) -> Vectors:
    return np.frombuffer(held, "<f4").astype(np.float32)
