"""A model folder that the organisation supplies, run by sentence-transformers if it is installed."""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from theming.embedding.protocol import Vectors
from theming.embedding.weights import hash_file
from theming.errors import ModelFileError


class FolderEmbedder:
    """Embed with the model of a folder; a multilingual one too.

    Parameters
    ----------
    folder : Path
        A folder as sentence-transformers saves it. Nothing is fetched from anywhere.

    Raises
    ------
    ModelFileError
        If there is no such folder, or no weights in it.
    """

    def __init__(self, folder: Path) -> None:
        weights = sorted([*folder.rglob("*.safetensors"), *folder.rglob("*.bin")])
        if not weights:
            raise ModelFileError(f"The folder {folder} holds no model weights.")
        self._folder = folder
        self.name = folder.name
        hashes = "".join(hash_file(path) for path in weights)
        self.model_hash = hashlib.sha256(hashes.encode()).hexdigest()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return unit rows of shape (n_texts, n_dimensions)."""
        encoded = self._model.encode(list(texts), normalize_embeddings=True)
        return np.asarray(encoded, np.float32)

    @cached_property
    def _model(self) -> Any:
        try:
            from sentence_transformers import (  # type: ignore[import-not-found]
                SentenceTransformer,
            )
        except ImportError as error:
            raise ModelFileError(
                f"The folder {self._folder} needs the package sentence-transformers, because it holds no "
                "model.onnx. Install the package, or take a model with an ONNX file."
            ) from error
        return SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
