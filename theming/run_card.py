"""Write down where a result came from, so that it can be made again."""

from importlib import metadata
from typing import Any

from theming.embedding.protocol import Embedder
from theming.settings import ThemingSettings

LIBRARIES = ("bertopic", "numpy", "onnxruntime", "scikit-learn", "scipy", "spacy", "tokenizers")


def write_card(
    embedder: Embedder, settings: ThemingSettings, *, input_hash: str, scores: dict[str, Any]
) -> dict[str, Any]:
    """Return the card of a run; it holds only what JSON can hold, and no time of day."""
    return {
        "engine": "consensus of k-means, average linkage over like company, c-TF-IDF labels",
        "model": {"name": embedder.name, "sha256": embedder.model_hash},
        "libraries": {name: metadata.version(name) for name in LIBRARIES},
        "settings": settings.to_card(),
        "input_sha256": input_hash,
        "scores": scores,
    }
