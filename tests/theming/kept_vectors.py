"""An embedding cache in memory."""

from collections.abc import Mapping, Sequence


class KeptVectors:
    """Keep vectors as bytes, and count what was asked for and what was new."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], bytes] = {}
        self.n_put = 0

    def __len__(self) -> int:
        return len(self.held)

    def get_many(self, model_hash: str, text_hashes: Sequence[str]) -> Mapping[str, bytes]:
        return {key: self.held[model_hash, key] for key in text_hashes if (model_hash, key) in self.held}

    def put_many(self, model_hash: str, vectors: Mapping[str, bytes]) -> None:
        self.n_put += len(vectors)
        self.held.update({(model_hash, key): vector for key, vector in vectors.items()})
