"""What turns texts into vectors."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.theming.kept_vectors import KeptVectors
from tests.theming.made_up_texts import TEXTS
from tests.theming.reference_texts import REFERENCE_TEXTS
from theming.embedding import build_graph
from theming.embedding.cached import embed_texts
from theming.embedding.choose import choose_embedder
from theming.embedding.minilm import GRAPH_PATH, MiniLMEmbedder
from theming.embedding.sentence_transformer import FolderEmbedder
from theming.embedding.tfidf import TfidfEmbedder
from theming.embedding.weights import WEIGHTS_SHA256, ModelFiles, find_packaged_files
from theming.engine import find_themes
from theming.errors import ModelFileError
from theming.settings import ThemingSettings

REFERENCE_VECTORS = np.load(Path(__file__).with_name("reference_vectors.npy"))


def test_plain_vectors_equal_those_of_sentence_transformers() -> None:
    vectors = MiniLMEmbedder(weigh_rarity=False).embed(REFERENCE_TEXTS)

    assert vectors.dtype == np.float32
    assert np.abs(vectors - REFERENCE_VECTORS).max() < 1e-5


def test_the_long_reference_text_is_longer_than_the_model_reads() -> None:
    assert len(REFERENCE_TEXTS[12].split()) >= 600


def test_commas_and_small_words_move_a_vector_less_than_they_move_the_plain_mean(
    embedder: MiniLMEmbedder,
) -> None:
    texts = (
        "dentists appointments",
        "well, to be honest, it is all about the dentists, and the appointments!!!",
    )

    weighed, plain = (each.embed(texts) for each in (embedder, MiniLMEmbedder(weigh_rarity=False)))

    assert weighed[0] @ weighed[1] > plain[0] @ plain[1] + 0.02


def test_vectors_of_two_schemes_never_meet_in_a_cache(embedder: MiniLMEmbedder) -> None:
    assert embedder.model_hash != MiniLMEmbedder(weigh_rarity=False).model_hash == WEIGHTS_SHA256


def test_vectors_are_unit_rows(embedder: MiniLMEmbedder) -> None:
    lengths = np.linalg.norm(embedder.embed(REFERENCE_TEXTS), axis=1)

    assert np.allclose(lengths, 1, atol=1e-6)


def test_a_vector_depends_on_its_own_text_alone(embedder: MiniLMEmbedder) -> None:
    together = embedder.embed(TEXTS[:40])
    alone = np.vstack([embedder.embed([text]) for text in TEXTS[:40]])
    on_one_thread = MiniLMEmbedder(n_threads=1).embed(TEXTS[:40])

    assert alone.tobytes() == together.tobytes()
    assert on_one_thread.tobytes() == together.tobytes()


def test_no_texts_give_no_vectors(embedder: MiniLMEmbedder) -> None:
    assert embedder.embed([]).shape == (0, 384)


def test_the_graph_is_the_one_that_the_script_builds() -> None:
    assert build_graph.build_graph().SerializeToString(deterministic=True) == GRAPH_PATH.read_bytes()


def test_the_graph_file_holds_no_weights() -> None:
    assert GRAPH_PATH.stat().st_size < 50_000


def test_a_changed_weights_file_is_refused_by_its_hash(tmp_path: Path) -> None:
    packaged = find_packaged_files()
    shutil.copy(packaged.tokenizer, tmp_path / "tokenizer.json")
    (tmp_path / "model.safetensors").write_bytes(packaged.weights.read_bytes()[:-1] + b"\x01")

    with pytest.raises(ModelFileError, match=f"must be {WEIGHTS_SHA256}"):
        MiniLMEmbedder(files=ModelFiles(tmp_path / "model.safetensors", tmp_path / "tokenizer.json"))


def test_a_missing_package_is_named() -> None:
    with pytest.raises(ModelFileError, match="no-such-package"):
        find_packaged_files("no-such-package")


def test_the_published_files_in_a_folder_run_without_torch(tmp_path: Path) -> None:
    packaged = find_packaged_files()
    (tmp_path / "model.safetensors").symlink_to(packaged.weights)
    (tmp_path / "tokenizer.json").symlink_to(packaged.tokenizer)

    assert isinstance(choose_embedder(tmp_path), MiniLMEmbedder)


def test_another_model_folder_is_told_apart_by_its_hash(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")

    chosen = choose_embedder(tmp_path)

    assert isinstance(chosen, FolderEmbedder)
    assert chosen.model_hash != WEIGHTS_SHA256


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="holds no model weights"):
        choose_embedder(tmp_path)


def test_the_packaged_model_is_chosen_when_nothing_is_said(embedder: MiniLMEmbedder) -> None:
    assert choose_embedder().model_hash == embedder.model_hash


def test_texts_are_embedded_once_and_then_taken_from_the_cache(embedder: MiniLMEmbedder) -> None:
    cache = KeptVectors()
    embed_texts(TEXTS[:20], embedder, cache)

    again = embed_texts(TEXTS[:30], embedder, cache)

    assert cache.n_put == 30
    assert again.tobytes() == embedder.embed(TEXTS[:30]).tobytes()


def test_tfidf_finds_themes_without_any_model() -> None:
    result = find_themes(TEXTS, settings=ThemingSettings(n_runs=20), embedder=TfidfEmbedder())

    assert (result.leaf_of_text >= 0).all()
    assert result.card["model"]["sha256"] == ""


@pytest.mark.parametrize("texts", [["", "."], ["the"], ["bus", "bus"], []])
def test_tfidf_gives_unit_rows_for_next_to_nothing(texts: list[str]) -> None:
    vectors = TfidfEmbedder().embed(texts)

    assert vectors.shape == (len(texts), 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_tfidf_vectors_are_never_kept() -> None:
    cache = KeptVectors()

    embed_texts(TEXTS[:5], TfidfEmbedder(), cache)

    assert cache.held == {}
