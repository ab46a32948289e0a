"""Embed a text once and never again."""

from collections.abc import Callable, Sequence

import numpy as np

from theming.embedding.protocol import Embedder, EmbeddingCache, Vectors, hash_text

CHUNK = 512
"""Texts embedded between two reports.

Rationale: about two seconds of work, so that progress moves and a stop is obeyed soon.
"""


def embed_texts(
    texts: Sequence[str],
    embedder: Embedder,
    cache: EmbeddingCache | None = None,
    report: Callable[[float], None] | None = None,
) -> Vectors:
    """Embed texts, taking from the cache what it holds and giving it what it does not.

    Parameters
    ----------
    texts : sequence of str
    embedder : Embedder
    cache : EmbeddingCache, optional
        Left alone where the embedder has no `model_hash`.
    report : callable, optional
        Told the share done, 0..1; may raise to stop the work.

    Returns
    -------
    ndarray of shape (n_texts, n_dimensions)
        Unit rows.
    """
    hashes = [hash_text(text) for text in texts]
    held = (
        dict(cache.get_many(embedder.model_hash, hashes)) if cache is not None and embedder.model_hash else {}
    )
    missing = [index for index, key in enumerate(hashes) if key not in held]
    # Texts of like length make full batches; an embedder that must see all texts gets them at once.
    missing.sort(key=lambda index: len(texts[index]))
    step = CHUNK if embedder.model_hash else max(1, len(missing))
    fresh: dict[int, Vectors] = {}
    for start in range(0, len(missing), step):
        part = missing[start : start + step]
        fresh.update(zip(part, embedder.embed([texts[i] for i in part]), strict=True))
        if cache is not None and embedder.model_hash:
            cache.put_many(embedder.model_hash, {hashes[i]: _write(fresh[i]) for i in part})
        if report:
            report(min(1.0, (start + step) / len(missing)))
    rows = [fresh[i] if i in fresh else _read(held[key]) for i, key in enumerate(hashes)]
    return np.stack(rows) if rows else np.zeros((0, 0), np.float32)


def _write(vector: Vectors) -> bytes:
    return vector.astype("<f4").tobytes()


def _read(held: bytes) -> Vectors:
    return np.frombuffer(held, "<f4").astype(np.float32)
