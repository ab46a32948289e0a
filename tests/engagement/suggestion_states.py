"""Voices of three subjects that the machine has read, for boards that suggest homes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engagement.embedding_cache import RecordEmbeddingCache
from models.database import Record
from models.theming_runs import ThemingRun
from theming.embedding.protocol import hash_text

MODEL = "a" * 64
SUBJECTS = ("buses", "benches", "forms")
TEXTS = [f"{subject} {number}" for subject in SUBJECTS for number in range(8)]


def keep_vectors(record: Record, texts: Sequence[str]) -> None:
    """Let the machine have read texts of three subjects: each stands near the others of its own."""
    random = np.random.default_rng(7)
    cache = {}
    for text in texts:
        vector = np.eye(len(SUBJECTS), 12)[SUBJECTS.index(text.split()[0])] + 0.15 * random.normal(size=12)
        cache[hash_text(text)] = (vector / np.linalg.norm(vector)).astype("<f4").tobytes()
    RecordEmbeddingCache(record).put_many(MODEL, cache)


def keep_run(record: Record, engagement_id: int) -> None:
    """Keep a theming run that says which model read the voices."""
    with record.writing() as session:
        session.add(
            ThemingRun(
                engagement_id=engagement_id,
                chosen_n=2,
                n_voices=0,
                n_set_aside=0,
                card={"model": {"name": "made up", "sha256": MODEL}},
                voice_ids=[],
                result=b"",
                made_by="Amina",
            )
        )
