"""New texts among known themes: a home, or something new."""

import random

import numpy as np
import pytest

from tests.theming.made_up_texts import BUSES, DOCTORS, HOUSING, LONELINESS, PARKS
from theming.embedding.minilm import MiniLMEmbedder
from theming.known_themes import KnownTheme, find_known_homes


def lines(block: str) -> list[str]:
    return block.strip().splitlines()


KNOWN = tuple(
    KnownTheme(name, examples=tuple(lines(block)[:8]))
    for name, block in (("Buses", BUSES), ("Loneliness", LONELINESS), ("Parks", PARKS))
)
OLD = [*lines(BUSES)[8:], *lines(LONELINESS)[8:], *lines(PARKS)[8:]]
OLD_HOMES = [0] * 4 + [1] * 4 + [2] * 4
NEW = [*lines(DOCTORS), *lines(HOUSING)]


def test_texts_find_their_home_by_examples_and_others_are_something_new(embedder: MiniLMEmbedder) -> None:
    found = find_known_homes([*OLD, *NEW], KNOWN, embedder=embedder)

    assert (found.homes[:12, 0] == OLD_HOMES).mean() >= 0.9
    assert found.is_new[12:].mean() > 0.5
    assert found.is_new[:12].mean() < 0.35


def test_names_alone_place_what_is_close_to_them(embedder: MiniLMEmbedder) -> None:
    names = (KnownTheme("Buses", "Getting about by bus"), KnownTheme("Loneliness"), KnownTheme("Parks"))

    found = find_known_homes([*OLD, *NEW], names, embedder=embedder)

    assert (found.homes[:12, 0] == OLD_HOMES).mean() >= 0.8
    assert found.nearness[:12].mean() > found.nearness[12:].mean() + 0.1


def test_texts_in_another_order_find_the_same_homes(embedder: MiniLMEmbedder) -> None:
    texts = [*OLD, *NEW, OLD[0]]
    shuffled = list(texts)
    random.Random(5).shuffle(shuffled)

    found, again = (find_known_homes(given, KNOWN, embedder=embedder) for given in (texts, shuffled))

    assert found.border == again.border
    by_text = {
        text: (found.homes[i].tolist(), found.sureness[i].tolist(), bool(found.is_new[i]))
        for i, text in enumerate(texts)
    }
    for i, text in enumerate(shuffled):
        assert (again.homes[i].tolist(), again.sureness[i].tolist(), bool(again.is_new[i])) == by_text[text]


def test_an_answer_that_says_nothing_has_no_home_and_is_nothing_new(embedder: MiniLMEmbedder) -> None:
    found = find_known_homes([OLD[0], "n/a", "..."], KNOWN, embedder=embedder)

    assert found.set_aside == (1, 2)
    assert found.homes[1:].tolist() == [[-1, -1, -1], [-1, -1, -1]]
    assert not found.is_new[1:].any()


@pytest.mark.parametrize("texts", [[], ["n/a"]])
def test_nothing_to_place_gives_nothing(embedder: MiniLMEmbedder, texts: list[str]) -> None:
    found = find_known_homes(texts, KNOWN, embedder=embedder)

    assert found.homes.shape == (len(texts), 3)
    assert not found.is_new.any()


def test_one_known_theme_is_enough_to_ask(embedder: MiniLMEmbedder) -> None:
    found = find_known_homes([*OLD, *NEW], KNOWN[:1], embedder=embedder)

    assert set(np.unique(found.homes[:, 0])) == {0}
    assert (found.homes[:, 1:] == -1).all()


def test_no_known_theme_at_all_is_refused(embedder: MiniLMEmbedder) -> None:
    with pytest.raises(ValueError, match="known"):
        find_known_homes(OLD, (), embedder=embedder)
