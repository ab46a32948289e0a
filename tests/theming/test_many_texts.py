"""What keeps the work with very many texts within memory."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import pytest

from tests.theming.made_up_texts import TEXTS
from theming import describe
from theming.embedding.minilm import MiniLMEmbedder
from theming.engine import find_themes
from theming.labelling.parts import split_parts
from theming.scale.reading_for_names import choose_texts_to_read, scale_weights
from theming.scale.workforce import AHEAD_PER_WORKER, ThisProcess, assign_block, keep_order
from theming.settings import ThemingSettings


def test_parts_are_taken_only_a_few_ahead() -> None:
    taken, done = [], []

    def list_parts() -> Iterator[int]:
        for part in range(50):
            taken.append(part)
            yield part

    with ThreadPoolExecutor(2) as pool:
        for result in keep_order(lambda part: pool.submit(lambda: part * 2), list_parts(), 2):
            done.append(result)
            assert len(taken) - len(done) <= AHEAD_PER_WORKER * 2

    assert done == [part * 2 for part in range(50)]


def test_threads_and_blocks_assign_each_row_to_its_nearest_centre() -> None:
    rng = np.random.default_rng(3)
    vectors, centres = rng.normal(size=(700, 16)), rng.normal(size=(30, 16))
    blocks = [vectors[start : start + 100].astype(np.float32) for start in range(0, 700, 100)]

    found = np.concatenate(list(ThisProcess(2).assign_blocks(blocks, centres.astype(np.float32))))

    distances = ((vectors[:, None] - centres[None]) ** 2).sum(axis=2)
    assert (found == distances.argmin(axis=1)).all()
    assert (found[:100] == assign_block(blocks[0], centres.astype(np.float32))).all()


def test_a_leaf_weighs_the_same_however_many_of_its_texts_are_read() -> None:
    rng = np.random.default_rng(4)
    leaf_of_text = rng.integers(0, 5, 400)
    weights = rng.integers(1, 9, 400).astype(np.float64)

    read = choose_texts_to_read(leaf_of_text, [7, 9], most_per_leaf=20)
    scaled = scale_weights(weights, leaf_of_text, read)

    assert len(read) <= 5 * 20 + 2
    assert {7, 9} <= set(read.tolist())
    assert np.allclose(np.bincount(leaf_of_text[read], scaled), np.bincount(leaf_of_text, weights))


def test_names_found_in_a_part_of_the_texts_are_still_names_of_themes(
    embedder: MiniLMEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(describe, "choose_texts_to_read", partial(choose_texts_to_read, most_per_leaf=6))

    result = find_themes(TEXTS, settings=ThemingSettings(n_runs=10), embedder=embedder)

    assert sum(node.size for node in result.nodes[: result.n_leaves]) == len(TEXTS)
    assert len({node.label for node in result.nodes}) == len(result.nodes)


def test_one_word_is_one_part_in_memory_wherever_it_stands() -> None:
    first, second = split_parts("the bus is late"), split_parts("the bus is full")

    assert all(one is other for one, other in zip(first[:3], second[:3], strict=True))
