"""Write down where a result came from, so that it can be made again."""

import platform
from importlib import metadata
from typing import Any

from theming.embedding.choose import is_rounded
from theming.embedding.model_facts import find_model_facts
from theming.embedding.protocol import Embedder
from theming.method_steps import list_steps
from theming.settings import ThemingSettings

LIBRARIES = ("bertopic", "numpy", "onnxruntime", "scikit-learn", "scipy", "spacy", "tokenizers")


def write_card(
    embedder: Embedder, settings: ThemingSettings, *, input_hash: str, scores: dict[str, Any]
) -> dict[str, Any]:
    """Return the card of a run; it holds only what JSON can hold, and no time of day and no duration."""
    model_hash = embedder.model_hash
    return {
        "engine": "consensus of k-means, average linkage over like company, c-TF-IDF labels",
        "steps": [list(step) for step in list_steps(settings, is_rounded=is_rounded(embedder))],
        "model": {"name": embedder.name, "sha256": model_hash, **find_model_facts(embedder)},
        "libraries": {name: metadata.version(name) for name in LIBRARIES},
        "machine": {
            "python": platform.python_version(),
            "system": platform.system(),
            "processor": platform.machine(),
        },
        "settings": settings.to_card(),
        "input_sha256": input_hash,
        "scores": scores,
    }
