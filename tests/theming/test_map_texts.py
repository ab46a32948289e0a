"""The map: each text in one place, near those it kept company with, the same places in any order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

from tests.theming.made_up_texts import TEXTS
from theming import map_texts as map_module
from theming.map_texts import map_texts
from theming.results import ThemeNode, ThemingResult


def make_result(affinity: np.ndarray, set_aside: tuple[int, ...] = ()) -> ThemingResult:
    """A result with nothing in it but how much company each text kept with each leaf."""
    leaf_of_text = affinity.argmax(axis=1)
    leaf_of_text[list(set_aside)] = -1
    nodes = tuple(ThemeNode(i, None, 0.0, 1, 1.0, f"Leaf {i}", (), ()) for i in range(affinity.shape[1]))
    return ThemingResult(nodes, leaf_of_text, affinity.astype(np.float32), 1, set_aside)


@pytest.fixture(scope="module")
def places(found: ThemingResult, given_texts: tuple[str, ...]) -> np.ndarray:
    return map_texts(found, given_texts)


def test_every_text_has_a_place_but_those_set_aside(found: ThemingResult, places: np.ndarray) -> None:
    has_place = ~np.isnan(places).any(axis=1)

    assert np.flatnonzero(~has_place).tolist() == list(found.set_aside)
    assert np.abs(places[has_place]).max() == 1
    assert len(np.unique(places[has_place], axis=0)) == has_place.sum()


def test_neighbours_on_the_map_are_mostly_of_one_theme(found: ThemingResult, places: np.ndarray) -> None:
    theme = found.cut(found.chosen_n).theme_of_text
    placed = theme >= 0

    near = NearestNeighbors(n_neighbors=6).fit(places[placed]).kneighbors(return_distance=False)
    is_same = theme[placed][near] == theme[placed][:, None]

    assert is_same.mean() > 0.75
    assert trustworthiness(found.affinity[placed], places[placed], n_neighbors=8) > 0.9


def test_shuffled_texts_fill_the_same_places(found: ThemingResult, given_texts, places: np.ndarray) -> None:
    order = np.random.default_rng(3).permutation(len(given_texts))
    shuffled = replace(
        found, leaf_of_text=found.leaf_of_text[order], affinity=found.affinity[order], set_aside=()
    )

    again = map_texts(shuffled, [given_texts[text] for text in order])

    assert again.tobytes() == places[order].tobytes()


def test_texts_that_are_all_alike_are_spread_so_that_each_can_be_seen() -> None:
    result = make_result(np.ones((40, 1)))

    places = map_texts(result, ["Buses"] * 40)

    apart = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    assert np.isfinite(places).all()
    assert apart[~np.eye(40, dtype=bool)].min() > 0.05


@pytest.mark.parametrize("n_profiles", [2, 3, 4, 5, 6, 12, 40])
def test_few_different_profiles_are_mapped_too(n_profiles: int) -> None:
    affinity = np.repeat(np.eye(n_profiles), 2, axis=0)

    places = map_texts(make_result(affinity), list(TEXTS[: len(affinity)]))

    assert np.isfinite(places).all()
    assert len(np.unique(places, axis=0)) == len(affinity)


def test_more_profiles_than_anchors_are_placed_near_their_own_kind(monkeypatch) -> None:
    monkeypatch.setattr(map_module, "MOST_ANCHORS", 40)
    rng = np.random.default_rng(1)
    kinds = rng.integers(0, 4, 150)
    affinity = (np.eye(4)[kinds] + rng.uniform(0, 0.2, (150, 4))) / 1.2

    places = map_texts(make_result(affinity), [f"Text {n}" for n in range(150)])

    near = NearestNeighbors(n_neighbors=5).fit(places).kneighbors(return_distance=False)
    assert (kinds[near] == kinds[:, None]).mean() > 0.95


def test_nothing_but_texts_set_aside_gives_no_place() -> None:
    result = make_result(np.ones((3, 1)), set_aside=(0, 1, 2))

    assert np.isnan(map_texts(result, ["n/a", "-", "."])).all()


def test_texts_of_another_run_are_refused(found: ThemingResult) -> None:
    with pytest.raises(ValueError, match=r"len\(texts\) == 1, must be"):
        map_texts(found, ["Buses"])


def test_a_map_is_kept_with_the_result(found: ThemingResult, places: np.ndarray) -> None:
    kept = replace(found, positions=places)

    again = ThemingResult.from_bytes(kept.to_bytes())

    assert again.positions.tobytes() == places.tobytes()
    assert ThemingResult.from_bytes(found.to_bytes()).positions is None
