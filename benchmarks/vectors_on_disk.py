"""Vectors kept in the user's cache, so that only the first run of a benchmark embeds."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.places import find_cache


class VectorsOnDisk:
    """Keep vectors by model and text, in one SQLite file that several benchmarks may share."""

    def __init__(self, file: Path | None = None) -> None:
        file = file or find_cache() / "benchmark-vectors.sqlite"
        file.parent.mkdir(parents=True, exist_ok=True)
        self._kept = sqlite3.connect(file, timeout=60)
        self._kept.execute(
            "CREATE TABLE IF NOT EXISTS vectors "
            "(model TEXT, text TEXT, vector BLOB, PRIMARY KEY (model, text))"
        )

    def get_many(self, model_hash: str, text_hashes: Sequence[str]) -> Mapping[str, bytes]:
        """Return the vectors that are held."""
        found = {}
        for key in set(text_hashes):
            query = "SELECT vector FROM vectors WHERE model = ? AND text = ?"
            if row := self._kept.execute(query, (model_hash, key)).fetchone():
                found[key] = row[0]
        return found

    def put_many(self, model_hash: str, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors."""
        rows = [(model_hash, key, vector) for key, vector in vectors.items()]
        with self._kept:
            self._kept.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?, ?)", rows)
