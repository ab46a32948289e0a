"""Model folders that an organisation supplies."""

import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from tests.theming.kept_vectors import KeptVectors
from tests.theming.made_up_texts import TEXTS
from tests.theming.tiny_models import make_onnx_folder
from theming.embedding.cached import embed_texts
from theming.embedding.choose import choose_embedder
from theming.embedding.onnx_folder import OnnxFolderEmbedder
from theming.embedding.sentence_transformer import FolderEmbedder
from theming.engine import find_themes
from theming.errors import ModelFileError
from theming.settings import ThemingSettings


@pytest.fixture
def onnx_folder(tmp_path: Path) -> Path:
    return make_onnx_folder(tmp_path / "tiny-multilingual")


def test_a_folder_with_an_onnx_file_runs_without_torch(onnx_folder: Path) -> None:
    chosen = choose_embedder(onnx_folder)

    vectors = chosen.embed(["late bus", "bus", "autobús tarde"])

    assert isinstance(chosen, OnnxFolderEmbedder)
    assert chosen.name == "tiny-multilingual"
    assert vectors.dtype == np.float32
    assert np.allclose(vectors[0], [0.5**0.5, 0.5**0.5, 0])
    assert np.allclose(vectors[1], [1, 0, 0])
    assert vectors[0] @ vectors[2] > 0.9


def test_a_folder_that_pools_by_first_token_is_obeyed(tmp_path: Path) -> None:
    folder = make_onnx_folder(tmp_path / "first", pooling="pooling_mode_cls_token")

    assert np.allclose(OnnxFolderEmbedder(folder).embed(["late bus"]), [[0, 1, 0]])


def test_a_vector_of_a_folder_does_not_depend_on_its_company(onnx_folder: Path) -> None:
    embedder = OnnxFolderEmbedder(onnx_folder)
    texts = ["late bus", "bus", "late late bus stop", "tarde"]

    together = embedder.embed(texts)

    assert np.vstack([embedder.embed([text]) for text in texts]).tobytes() == together.tobytes()


def test_texts_are_read_as_far_as_the_folder_says(onnx_folder: Path) -> None:
    (onnx_folder / "sentence_bert_config.json").write_text('{"max_seq_length": 2}')

    first, second = OnnxFolderEmbedder(onnx_folder).embed(["bus late late late", "bus late"])

    assert first.tobytes() == second.tobytes()


def test_vectors_of_a_folder_are_kept_under_a_hash_of_all_that_decides_about_them(tmp_path: Path) -> None:
    folders = [
        make_onnx_folder(tmp_path / "a"),
        make_onnx_folder(tmp_path / "b"),
        make_onnx_folder(tmp_path / "c", pooling="pooling_mode_cls_token"),
    ]
    cache = KeptVectors()

    same, again, other = (OnnxFolderEmbedder(folder) for folder in folders)
    embed_texts(["bus", "late"], same, cache)
    embed_texts(["bus", "late"], again, cache)

    assert same.model_hash == again.model_hash != other.model_hash
    assert cache.n_put == 2


def test_themes_are_found_with_a_model_of_ones_own(onnx_folder: Path) -> None:
    settings = ThemingSettings(n_runs=10)

    result = find_themes(TEXTS, settings=settings, embedder=choose_embedder(onnx_folder))

    assert result.card["model"]["name"] == "tiny-multilingual"
    assert (result.leaf_of_text >= 0).all()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="There is no folder"):
        choose_embedder(tmp_path / "no-such-folder")


def test_a_missing_tokenizer_is_named(onnx_folder: Path) -> None:
    (onnx_folder / "tokenizer.json").unlink()

    with pytest.raises(ModelFileError, match=r"no tokenizer\.json"):
        choose_embedder(onnx_folder)


@pytest.mark.parametrize("name", ["onnx/model.onnx", "tokenizer.json"])
def test_a_damaged_file_is_named(onnx_folder: Path, name: str) -> None:
    (onnx_folder / name).write_bytes(b"not what it should be")

    with pytest.raises(ModelFileError, match=name):
        choose_embedder(onnx_folder).embed(["bus"])


def test_a_model_of_something_else_than_texts_is_refused(tmp_path: Path) -> None:
    folder = make_onnx_folder(tmp_path / "eyes", extra_input="pixels")

    with pytest.raises(ModelFileError, match="asks for attention_mask, input_ids, pixels"):
        OnnxFolderEmbedder(folder).embed(["bus"])


@pytest.mark.parametrize("asked", [{"step": "Dense"}, {"pooling": "pooling_mode_max_tokens"}])
def test_a_step_that_is_not_known_is_refused_and_not_left_out(tmp_path: Path, asked: dict[str, str]) -> None:
    folder = make_onnx_folder(tmp_path / "dense", **asked)

    with pytest.raises(ModelFileError, match=next(iter(asked.values()))):
        OnnxFolderEmbedder(folder)


class FakeSentenceTransformer:
    """Stands where the package would; keeps what it was told and gives unit rows."""

    def __init__(self, folder: str, **told: object) -> None:
        self.folder, self.told = folder, told

    def encode(self, texts: list[str], *, normalize_embeddings: bool) -> np.ndarray:
        assert normalize_embeddings
        return np.eye(4)[[len(text) % 4 for text in texts]]


def test_a_folder_without_onnx_goes_to_sentence_transformers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = ModuleType("sentence_transformers")
    package.SentenceTransformer = FakeSentenceTransformer  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", package)
    (tmp_path / "model.safetensors").write_bytes(b"other weights")

    chosen = choose_embedder(tmp_path)
    vectors = chosen.embed(["bus", "late"])

    assert isinstance(chosen, FolderEmbedder)
    assert vectors.dtype == np.float32
    assert vectors.tolist() == [[0, 0, 0, 1], [1, 0, 0, 0]]
    assert chosen._model.folder == str(tmp_path)
    assert chosen._model.told == {"device": "cpu", "local_files_only": True}


def test_without_sentence_transformers_a_folder_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    (tmp_path / "model.safetensors").write_bytes(b"other weights")

    with pytest.raises(ModelFileError, match="needs the package sentence-transformers"):
        choose_embedder(tmp_path).embed(["bus"])
