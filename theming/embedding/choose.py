"""Choose what turns texts into vectors on this machine."""

from pathlib import Path

from theming.embedding.minilm import MiniLMEmbedder
from theming.embedding.minilm_rounded import RoundedMiniLMEmbedder
from theming.embedding.onnx_folder import OnnxFolderEmbedder, find_onnx_file
from theming.embedding.protocol import Embedder
from theming.embedding.sentence_transformer import FolderEmbedder
from theming.embedding.tfidf import TfidfEmbedder
from theming.embedding.weights import (
    TOKENIZER_SHA256,
    WEIGHTS_SHA256,
    ModelFiles,
    find_packaged_files,
    hash_file,
)
from theming.errors import ModelFileError


def choose_embedder(
    folder: Path | None = None, *, n_threads: int = 2, allow_fallback: bool = True
) -> Embedder:
    """Choose an embedder: the folder if given, else the packaged model, else TF-IDF.

    Parameters
    ----------
    folder : Path, optional
        A model folder of the organisation. A folder with the published files of
        all-MiniLM-L6-v2, and one with an ONNX file, run on ONNX Runtime; any other one on
        sentence-transformers.
    n_threads : int
        Processor threads used.
    allow_fallback : bool
        Whether TF-IDF may stand in where the package is not installed. A file that is there and
        wrong is always an error, and so is a folder that was asked for and cannot be used.

    Raises
    ------
    ModelFileError
        If what was asked for is missing, or not what it should be.
    """
    if folder is not None:
        return _choose_for_folder(folder, n_threads)
    try:
        files = find_packaged_files()
    except ModelFileError:
        if not allow_fallback:
            raise
        return TfidfEmbedder()
    return MiniLMEmbedder(n_threads, files)


def choose_for_many(embedder: Embedder) -> Embedder:
    """Return the faster, rounded twin of an embedder where it has one, else the embedder itself.

    Rationale: what is chosen hangs on the model alone and never on how fast this machine is today, so
    that a run that is taken up again, and one on workers elsewhere, choose the same.

    Examples
    --------
    >>> choose_for_many(TfidfEmbedder()).name == TfidfEmbedder().name
    True
    """
    if type(embedder) is MiniLMEmbedder and embedder.weigh_rarity:
        return RoundedMiniLMEmbedder(embedder.n_threads, embedder.files)
    return embedder


def is_rounded(embedder: Embedder) -> bool:
    """Return whether an embedder rounds its numbers for speed."""
    return isinstance(embedder, RoundedMiniLMEmbedder)


def _choose_for_folder(folder: Path, n_threads: int) -> Embedder:
    if not folder.is_dir():
        raise ModelFileError(f"There is no folder {folder}.")
    files = ModelFiles(folder / "model.safetensors", folder / "tokenizer.json")
    if files.weights.is_file() and files.tokenizer.is_file():
        published = (WEIGHTS_SHA256, TOKENIZER_SHA256)
        if (hash_file(files.weights), hash_file(files.tokenizer)) == published:
            return MiniLMEmbedder(n_threads, files)
    if find_onnx_file(folder):
        return OnnxFolderEmbedder(folder, n_threads)
    return FolderEmbedder(folder)
