"""all-MiniLM-L6-v2 with products in whole numbers: faster, for very many texts, and a little less exact."""

import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from theming.embedding.minilm import MiniLMEmbedder, open_session
from theming.embedding.minilm_weights import load_weights, round_weights
from theming.embedding.rarity import mark_scheme
from theming.embedding.weights import ModelFiles

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

ROUNDED_GRAPH_PATH = Path(__file__).with_name("minilm_rounded_graph.onnx")
ROUNDING_SCHEME = ", rounded for speed"
SAMPLE = (
    "The bus is late again.",
    "Dentists",
    "I have waited nine weeks for an appointment, and when I rang nobody could tell me why!",
    "A warm, dry place for young people to meet after school: not a shop, and it must cost nothing.",
    "Better street lights between the railway station, the market and Albert Road.",
    "n\u2019importe quoi; \u041f\u0440\u0438\u0432\u0435\u0442; 614 & 2050",
)
"""Texts whose vectors tell one way of rounding from another.

Rationale: each vector hangs on some hundred thousand sums in float32 whose last digits differ between
kinds of processors, so that two kinds do not come to the same bytes for all of these.
"""


class RoundedMiniLMEmbedder(MiniLMEmbedder):
    """Embed with all-MiniLM-L6-v2, its numbers rounded to 8 bits wherever matrices are multiplied.

    The weights are rounded when the model is loaded; there is no second copy of them. Each token is
    rounded by its own largest number, so here too a vector depends on its own text alone. On another
    kind of processor the last digits differ, and rounding makes that visible: by up to some hundredths.
    The model hash therefore stands for the weights, the rounding, and what it gives on this machine.

    Parameters
    ----------
    n_threads : int
        Processor threads used.
    files : ModelFiles, optional
        Where weights and tokenizer lie; found among the installed packages if not given.
    """

    def __init__(self, n_threads: int = 2, files: ModelFiles | None = None) -> None:
        super().__init__(n_threads, files)
        self.name += ROUNDING_SCHEME

    @cached_property
    def model_hash(self) -> str:
        """Return a hash of the weights and of the vectors that this machine makes of a few set texts."""
        vectors = hashlib.sha256(self.embed(SAMPLE).tobytes()).hexdigest()
        return mark_scheme(self._exact_hash, f"{ROUNDING_SCHEME} {vectors}")

    @cached_property
    def _session(self) -> "InferenceSession":
        return open_session(ROUNDED_GRAPH_PATH, round_weights(load_weights(self.files.weights)))
