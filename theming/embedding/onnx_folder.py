"""A model folder with an ONNX file, as many multilingual models are published: no torch needed."""

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from theming.embedding.batches import average_tokens, embed_by_length, to_unit_vectors
from theming.embedding.protocol import Vectors
from theming.embedding.weights import hash_file
from theming.errors import ModelFileError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

PLACES = ("model.onnx", "onnx/model.onnx")
MAX_TOKENS = 256
"""Tokens read of a text where the folder does not say how many its model reads."""

KNOWN_STEPS = {"Transformer", "Pooling", "Normalize"}
POOLINGS = {"pooling_mode_cls_token", "pooling_mode_mean_tokens"}


class OnnxFolderEmbedder:
    """Embed with the ONNX file of a folder.

    Reads ``model.onnx`` or ``onnx/model.onnx`` and ``tokenizer.json``; where sentence-transformers
    left word, also how tokens are pooled and how many are read. As with the packaged model, texts
    are batched by length and never padded.

    Parameters
    ----------
    folder : Path
        Nothing is fetched from anywhere.
    n_threads : int

    Raises
    ------
    ModelFileError
        If a file is missing, or the folder asks for a step that is not known here.
    """

    def __init__(self, folder: Path, n_threads: int = 2) -> None:
        model = find_onnx_file(folder)
        if model is None:
            raise ModelFileError(f"The folder {folder} holds no model.onnx.")
        if not (folder / "tokenizer.json").is_file():
            raise ModelFileError(f"The folder {folder} holds a model.onnx, but no tokenizer.json beside it.")
        self.name = folder.name
        self.n_threads = n_threads
        self._folder, self._file = folder, model
        self._takes_first_token = _read_pooling(folder) == "pooling_mode_cls_token"
        self._max_tokens = _read_max_tokens(folder)
        self.model_hash = self._hash_files()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return unit rows of shape (n_texts, n_dimensions)."""
        if not texts:
            return np.zeros((0, 0), np.float32)
        encodings = self._tokenizer.encode_batch(list(texts))
        return embed_by_length(encodings, partial(self._embed_batch, self._session), self.n_threads)

    def _embed_batch(self, session: "InferenceSession", token_ids: NDArray[np.int64]) -> Vectors:
        given = {
            "input_ids": token_ids,
            "attention_mask": np.ones_like(token_ids),
            "token_type_ids": np.zeros_like(token_ids),
        }
        wanted = {each.name: given[each.name] for each in session.get_inputs()}
        found = np.asarray(session.run(None, wanted)[0])
        if found.ndim == 3:
            found = found[:, 0] if self._takes_first_token else average_tokens(found)
        return to_unit_vectors(found.astype(np.float64))

    def _hash_files(self) -> str:
        """Hash all that decides about a vector; weights may lie in files beside the model."""
        weights = sorted(path for path in self._file.parent.glob("*.onnx*") if path.is_file())
        said = f"{self._takes_first_token} {self._max_tokens}"
        hashes = [hash_file(path) for path in [*weights, self._folder / "tokenizer.json"]]
        return hashlib.sha256(" ".join([said, *hashes]).encode()).hexdigest()

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        path = self._folder / "tokenizer.json"
        try:
            tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:  # the library has no narrower class
            raise ModelFileError(f"{path} is no tokenizer ({error}).") from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(self._max_tokens)
        return tokenizer

    @cached_property
    def _session(self) -> "InferenceSession":
        import onnxruntime
        from onnxruntime.capi import onnxruntime_pybind11_state as problems

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.enable_mem_pattern = False
        try:
            session = onnxruntime.InferenceSession(
                str(self._file), options, providers=["CPUExecutionProvider"]
            )
        except (problems.Fail, problems.InvalidProtobuf, problems.InvalidGraph) as error:
            raise ModelFileError(f"{self._file} is no ONNX model, or is damaged.") from error
        _check_inputs(session, self._file)
        return session


def find_onnx_file(folder: Path) -> Path | None:
    """Return the ONNX file of a folder, or nothing where it holds none."""
    return next((folder / place for place in PLACES if (folder / place).is_file()), None)


def _check_inputs(session: "InferenceSession", file: Path) -> None:
    names = {each.name for each in session.get_inputs()}
    if "input_ids" not in names or names - {"input_ids", "attention_mask", "token_type_ids"}:
        raise ModelFileError(
            f"{file} asks for {', '.join(sorted(names))}; "
            "a model of texts asks for input_ids, attention_mask and token_type_ids."
        )


def _read_pooling(folder: Path) -> str:
    """Return how tokens become one vector: their mean, unless the folder says the first token."""
    modules = _read_json(folder / "modules.json") or []
    steps = {str(module.get("type", "")).rsplit(".", 1)[-1] for module in modules}
    said = _read_json(folder / "1_Pooling" / "config.json") or {}
    modes = {name for name, is_on in said.items() if name.startswith("pooling_mode_") and is_on is True}
    unknown = sorted((steps - KNOWN_STEPS) | (modes - POOLINGS))
    if unknown or len(modes) > 1:
        raise ModelFileError(
            f"The folder {folder} asks for {', '.join(unknown or sorted(modes))}, which is not known here. "
            "Take a model that pools by mean or by first token."
        )
    return modes.pop() if modes else "pooling_mode_mean_tokens"


def _read_max_tokens(folder: Path) -> int:
    said = (_read_json(folder / "sentence_bert_config.json") or {}).get("max_seq_length")
    return said if isinstance(said, int) and said > 0 else MAX_TOKENS


def _read_json(path: Path) -> Any:
    if not path.is_file():
        return None
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelFileError(f"{path} is no JSON ({error}).") from error
