"""The parts of the clustering, each by its promise."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from theming.canonical import hash_texts, order_texts
from theming.clustering.choose_number import choose_number, cut_leaves
from theming.clustering.consensus import count_company, run_groupings
from theming.clustering.kmeans import WeightedPoints, find_centres
from theming.clustering.micro import form_micro_clusters
from theming.clustering.shared_names import find_shared_names, remove_shared_names
from theming.clustering.smoothing import smooth_vectors, to_unit_rows
from theming.clustering.tree import TopTree, build_tree, compare_company
from theming.non_answers import find_non_answers, is_non_answer
from theming.settings import ThemingSettings
from theming.stability import measure_stability


@pytest.fixture(scope="module")
def five_groups() -> WeightedPoints:
    """Five tight groups of twenty points far from each other."""
    rng = np.random.default_rng(5)
    centres = np.eye(16, dtype=np.float32)[:5]
    vectors = np.repeat(centres, 20, axis=0) + rng.normal(0, 0.05, (100, 16))
    return WeightedPoints(to_unit_rows(vectors.astype(np.float32)), np.ones(100))


def grow_tree(points: WeightedPoints) -> tuple[TopTree, NDArray[np.int32]]:
    groupings = run_groupings(points, ThemingSettings(n_runs=40))
    return build_tree(count_company(groupings), points.weights, 60), groupings


def test_five_groups_are_found_and_are_steady(five_groups: WeightedPoints) -> None:
    tree, groupings = grow_tree(five_groups)

    themes = cut_leaves(tree, 5)[tree.leaf_of_point].reshape(5, 20)
    members = [np.flatnonzero(cut_leaves(tree, 5) == theme) for theme in range(5)]
    stability = measure_stability(groupings, five_groups.weights, tree.leaf_of_point, members)

    assert (themes == themes[:, :1]).all()
    assert len(set(themes[:, 0])) == 5
    assert min(stability) > 0.85


def test_points_without_groups_are_less_steady_than_groups(five_groups: WeightedPoints) -> None:
    noise = np.random.default_rng(2).normal(0, 1, (100, 16)).astype(np.float32)
    tree, groupings = grow_tree(WeightedPoints(to_unit_rows(noise), np.ones(100)))

    members = [np.flatnonzero(cut_leaves(tree, 5) == theme) for theme in range(5)]
    stability = measure_stability(groupings, np.ones(100), tree.leaf_of_point, members)

    assert np.mean(stability) < 0.85


def test_threads_change_nothing(five_groups: WeightedPoints) -> None:
    one = run_groupings(five_groups, ThemingSettings(n_runs=12, n_threads=1))
    two = run_groupings(five_groups, ThemingSettings(n_runs=12, n_threads=2))

    assert one.tobytes() == two.tobytes()


def test_merges_never_go_down_the_tree(five_groups: WeightedPoints) -> None:
    tree, _ = grow_tree(five_groups)

    heights = [merge.height for merge in tree.merges]
    assert heights == sorted(heights)
    assert all(0 <= height <= 1 for height in heights)
    assert len(heights) == tree.n_leaves - 1


def test_as_many_themes_are_proposed_as_there_are_clear_groups(five_groups: WeightedPoints) -> None:
    tree, _ = grow_tree(five_groups)

    chosen, scores = choose_number(tree, five_groups)

    assert chosen == 5
    assert max(scores, key=lambda n: scores[n]) == 5


def test_a_room_gets_more_than_25_themes_only_where_texts_part_clearly() -> None:
    rng = np.random.default_rng(8)
    thirty = np.repeat(np.eye(48, dtype=np.float32)[:30], 14, axis=0) + rng.normal(0, 0.04, (420, 48))
    noise = rng.normal(0, 1, (420, 48))

    chosen = []
    for vectors in (thirty, noise):
        points = WeightedPoints(to_unit_rows(vectors.astype(np.float32)), np.ones(420))
        chosen.append(choose_number(grow_tree(points)[0], points)[0])

    assert chosen[0] == 30
    assert chosen[1] <= 25


def test_points_that_kept_the_same_company_are_alike_though_chance_parted_them() -> None:
    groupings = np.array([[0, 1, 0, 1, 2], [0, 1, 1, 0, 2]], np.int32)
    company = count_company(groupings)

    alike = compare_company(company, np.ones(5))

    assert company[0, 1] == 0
    assert alike[0, 1] > 0.3
    assert alike[0, 4] == 0


def test_a_point_that_stands_for_many_texts_weighs_as_many_points() -> None:
    rng = np.random.default_rng(3)
    vectors = to_unit_rows(rng.normal(0, 1, (40, 8)).astype(np.float32))
    weights = np.ones(40)
    weights[:5] = 3
    tree = grow_tree(WeightedPoints(vectors, weights))[0]
    copies = np.repeat(np.arange(40), weights.astype(int))
    spread = TopTree(tree.leaf_of_point[copies], tree.affinity[copies], tree.merges)

    once = choose_number(tree, WeightedPoints(vectors, weights))
    many = choose_number(spread, WeightedPoints(vectors[copies], np.ones(50)))

    assert once == many


def test_company_counts_runs_together() -> None:
    company = count_company(np.array([[0, 0, 1], [1, 1, 1], [0, 2, 2], [0, 0, 1]], np.int32))

    assert np.allclose(company, [[1, 0.75, 0.25], [0.75, 1, 0.5], [0.25, 0.5, 1]])


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 40), st.integers(1, 12), st.integers(0, 1000))
def test_kmeans_gives_as_many_centres_as_asked(n_points: int, n_clusters: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = WeightedPoints(
        rng.integers(0, 3, (n_points, 4)).astype(np.float32), rng.integers(1, 5, n_points) * 1.0
    )

    centres = find_centres(points, n_clusters, rng)

    assert centres.shape == (n_clusters, 4)
    assert np.isfinite(centres).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 60), st.integers(0, 1000))
def test_any_company_gives_a_whole_tree(n_points: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    groupings = rng.integers(0, 4, (6, n_points)).astype(np.int32)
    weights = rng.integers(1, 4, n_points).astype(np.float64)

    tree = build_tree(count_company(groupings), weights, 60)

    assert set(tree.leaf_of_point) == set(range(tree.n_leaves))
    assert len(tree.merges) == tree.n_leaves - 1
    assert tree.list_members()[-1] == tuple(range(tree.n_leaves))
    assert ((tree.affinity >= 0) & (tree.affinity <= 1)).all()


def test_micro_clusters_keep_every_text_and_its_weight() -> None:
    rng = np.random.default_rng(0)
    vectors = to_unit_rows(rng.normal(size=(500, 8)).astype(np.float32))
    weights = rng.integers(1, 4, 500).astype(np.float64)

    micro = form_micro_clusters(vectors, weights, ThemingSettings(n_micro=50))

    assert len(micro.points.vectors) <= 50
    assert len(micro.point_of_text) == 500
    assert np.allclose(micro.points.weights, np.bincount(micro.point_of_text, weights))


def test_smoothing_draws_neighbours_together() -> None:
    vectors = to_unit_rows(np.random.default_rng(1).normal(size=(80, 6)).astype(np.float32))

    smoothed = smooth_vectors(vectors, n_neighbours=5, neighbour_share=0.5)

    nearest = np.sort(vectors @ vectors.T, axis=1)[:, -4:-1].mean()
    assert np.sort(smoothed @ smoothed.T, axis=1)[:, -4:-1].mean() > nearest
    assert np.allclose(np.linalg.norm(smoothed, axis=1), 1, atol=1e-5)


def test_a_name_that_many_share_is_found_and_a_rare_one_is_not() -> None:
    texts = [
        "Parks in Oakford are nice",
        "We love Oakford",
        *[f"The {n}th bus is late" for n in range(15)],
        "See Elm Street",
    ]

    assert find_shared_names(texts) == ("oakford",)


def test_texts_without_the_shared_name_are_not_moved() -> None:
    texts = ["Parks in Oakford are nice", "We love Oakford", *[f"The {n}th bus is late" for n in range(15)]]
    vectors = to_unit_rows(np.random.default_rng(3).normal(size=(17, 5)).astype(np.float32))

    moved = remove_shared_names(vectors, texts)

    assert moved[2:].tobytes() == vectors[2:].tobytes()
    assert not np.allclose(moved[:2], vectors[:2])


@given(st.lists(st.text(max_size=8), max_size=30), st.randoms())
def test_canonical_order_forgets_the_order_given(texts: list[str], random: Random) -> None:
    shuffled = random.sample(texts, len(texts))

    assert order_texts(texts).texts == order_texts(shuffled).texts
    assert order_texts(texts).weights.tolist() == order_texts(shuffled).weights.tolist()
    assert hash_texts(texts) == hash_texts(shuffled)


@pytest.mark.parametrize(
    "text",
    ["n/a", "N.A.", "Nothing!!", "  ", "...", "—", "no comment", "I don't know", "Don’t know", "?", "NONE"],
)
def test_answers_that_say_nothing_are_recognised(text: str) -> None:
    assert is_non_answer(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nothing works here",
        "No buses",
        "🙂",
        "Nan looks after us",
        "None of the lifts work",
        "10",
        "બસ",
        "no"[::-1],
    ],
)
def test_answers_that_say_something_are_kept(text: str) -> None:
    assert not is_non_answer(text)


def test_non_answers_are_listed_in_order() -> None:
    assert find_non_answers(["n/a", "Buses", "-", "Parks"]) == (0, 2)


@pytest.mark.parametrize(
    ("name", "value"),
    [("n_runs", 0), ("n_themes", 1), ("sample_share", 0.0), ("sample_share", 1.5), ("n_threads", 0)],
)
def test_settings_with_which_no_run_can_be_made_are_refused(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"{name} == {value}, must be"):
        ThemingSettings(**{name: value})  # type: ignore[arg-type]
