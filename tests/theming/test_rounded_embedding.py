"""With very many texts numbers are rounded for speed; with fewer nothing is as much as a bit different."""

import numpy as np
import pytest

from tests.theming.kept_vectors import KeptVectors
from tests.theming.made_up_texts import TEXTS
from theming.embedding import build_graph
from theming.embedding.choose import choose_for_many, is_rounded
from theming.embedding.minilm import MiniLMEmbedder
from theming.embedding.minilm_rounded import ROUNDED_GRAPH_PATH, SAMPLE, RoundedMiniLMEmbedder
from theming.embedding.minilm_weights import LARGEST_ROUNDED, load_weights, round_weights
from theming.embedding.tfidf import TfidfEmbedder
from theming.embedding.weights import WEIGHTS_SHA256, find_packaged_files
from theming.engine import find_themes
from theming.scale.workforce import ThisProcess
from theming.settings import ThemingSettings

FEW = ThemingSettings(n_runs=6)
MANY = ThemingSettings(n_runs=6, n_exact=50)


@pytest.fixture(scope="session")
def rounded() -> RoundedMiniLMEmbedder:
    """The rounded twin of the packaged model, loaded once."""
    return RoundedMiniLMEmbedder(n_threads=2)


def test_a_rounded_vector_depends_on_its_own_text_alone(rounded: RoundedMiniLMEmbedder) -> None:
    together = rounded.embed(TEXTS[:40])
    alone = np.vstack([rounded.embed([text]) for text in TEXTS[:40]])
    on_one_thread = RoundedMiniLMEmbedder(n_threads=1).embed(TEXTS[:40])

    assert alone.tobytes() == together.tobytes()
    assert on_one_thread.tobytes() == together.tobytes()


def test_rounded_vectors_are_near_exact_ones_and_not_the_same(
    rounded: RoundedMiniLMEmbedder, embedder: MiniLMEmbedder
) -> None:
    likeness = (rounded.embed(TEXTS) * embedder.embed(TEXTS)).sum(axis=1)

    assert 0.99 < likeness.mean() < 0.9999
    assert likeness.min() > 0.96


def test_two_chunks_at_a_time_give_the_same_bytes_in_their_order(rounded: RoundedMiniLMEmbedder) -> None:
    chunks = [TEXTS[start : start + 15] for start in range(0, 120, 15)]

    at_once = np.concatenate(list(ThisProcess(2).embed_chunks(rounded, chunks)))

    assert at_once.tobytes() == rounded.embed(TEXTS[:120]).tobytes()


def test_whole_numbers_stay_so_small_that_no_processor_overflows() -> None:
    rounded = round_weights(load_weights(find_packaged_files().weights))
    whole = [values for name, values in rounded.items() if name.endswith(".rounded")]

    assert len(whole) == 24
    assert all(values.dtype == np.int8 and np.abs(values).max() == LARGEST_ROUNDED for values in whole)
    assert 2 * 255 * LARGEST_ROUNDED < 2**15


def test_rounded_weights_are_the_published_ones_to_half_a_step() -> None:
    weights = load_weights(find_packaged_files().weights)
    rounded = round_weights(weights)
    stem = "encoder.layer.3.intermediate.dense"

    found = rounded[f"{stem}.rounded"] * rounded[f"{stem}.steps"]

    assert (np.abs(found - weights[f"{stem}.weight"]) <= 0.501 * rounded[f"{stem}.steps"]).all()


def test_the_rounded_graph_is_the_one_that_the_script_builds_and_holds_no_weights() -> None:
    built = build_graph.build_graph(rounded=True).SerializeToString(deterministic=True)

    assert built == ROUNDED_GRAPH_PATH.read_bytes()
    assert len(built) < 50_000


def test_the_hash_stands_for_what_this_machine_makes_of_the_sample(
    rounded: RoundedMiniLMEmbedder, embedder: MiniLMEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rounded.model_hash == RoundedMiniLMEmbedder(n_threads=1).model_hash != embedder.model_hash

    elsewhere = RoundedMiniLMEmbedder(n_threads=1)
    given = rounded.embed(SAMPLE)
    given[0, 0] = np.nextafter(given[0, 0], np.float32(1))
    monkeypatch.setattr(elsewhere, "embed", lambda texts: given)

    assert elsewhere.model_hash != rounded.model_hash


def test_only_the_packaged_model_as_it_is_used_has_a_rounded_twin(
    rounded: RoundedMiniLMEmbedder, embedder: MiniLMEmbedder
) -> None:
    plain, words = MiniLMEmbedder(weigh_rarity=False), TfidfEmbedder()

    assert is_rounded(choose_for_many(embedder))
    assert choose_for_many(rounded) is rounded
    assert choose_for_many(plain) is plain
    assert choose_for_many(words) is words


def test_up_to_so_many_texts_nothing_is_rounded(embedder: MiniLMEmbedder) -> None:
    kept = KeptVectors()
    most = ThemingSettings(n_runs=6, n_exact=len(set(TEXTS)))

    result = find_themes(TEXTS, settings=most, embedder=embedder, cache=kept)

    assert result.card["model"]["sha256"] == embedder.model_hash
    assert {model for model, _text in kept.held} == {embedder.model_hash}
    assert "rounded" not in result.card["model"]


def test_the_card_of_very_many_texts_says_in_plain_words_that_numbers_are_rounded(
    embedder: MiniLMEmbedder, rounded: RoundedMiniLMEmbedder
) -> None:
    kept = KeptVectors()

    result = find_themes(TEXTS, settings=MANY, embedder=embedder, cache=kept)

    model = result.card["model"]
    assert model["sha256"] == rounded.model_hash
    assert model["weights_sha256"] == WEIGHTS_SHA256
    assert model["name"].endswith("rounded for speed")
    assert "another kind of processor" in model["rounded"]
    assert "another kind of processor" in dict(result.card["steps"])["Read"]
    assert {model for model, _text in kept.held} == {rounded.model_hash}


def test_a_run_that_is_taken_up_again_gives_the_same_bytes(embedder: MiniLMEmbedder) -> None:
    whole, half = KeptVectors(), KeptVectors()
    first = find_themes(TEXTS, settings=MANY, embedder=embedder, cache=whole)
    half.held = dict(list(whole.held.items())[::2])

    again = find_themes(TEXTS, settings=MANY, embedder=embedder, cache=half)

    assert again.to_bytes() == first.to_bytes()


def test_vectors_of_another_kind_of_processor_are_never_taken_up(embedder: MiniLMEmbedder) -> None:
    kept = KeptVectors()
    first = find_themes(TEXTS, settings=MANY, embedder=embedder, cache=kept)
    there = {("made elsewhere", text): vector[::-1] for (_model, text), vector in kept.held.items()}
    kept.held = dict(there)

    again = find_themes(TEXTS, settings=MANY, embedder=embedder, cache=kept)

    assert again.to_bytes() == first.to_bytes()
    assert len(kept.held) == 2 * len(there)
