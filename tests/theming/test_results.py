"""The result: any number of themes is a choice of nodes."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from theming.results import ThemeNode, ThemingResult

ROOT = Path(__file__).parents[2]


@st.composite
def results(draw: st.DrawFn) -> ThemingResult:
    """Any tree over some leaves, with texts in it and some set aside."""
    n_leaves = draw(st.integers(1, 12))
    n_texts = draw(st.integers(n_leaves, 40))
    rng = np.random.default_rng(draw(st.integers(0, 2**16)))
    leaf_of_text = np.concatenate([np.arange(n_leaves), rng.integers(-1, n_leaves, n_texts - n_leaves)])
    sizes = [int((leaf_of_text == leaf).sum()) for leaf in range(n_leaves)]
    nodes = [ThemeNode(i, None, 0.0, size, 1.0, f"Leaf {i}", (), ()) for i, size in enumerate(sizes)]
    standing = list(range(n_leaves))
    while len(standing) > 1:
        left, right = (standing.pop(int(rng.integers(len(standing)))) for _ in range(2))
        size = nodes[left].size + nodes[right].size
        nodes.append(
            ThemeNode(len(nodes), (left, right), 0.5, size, 0.5, f"Merge {len(nodes)}", ("a",), (0,))
        )
        standing.append(nodes[-1].id)
    affinity = rng.random((n_texts, n_leaves), np.float32)
    affinity[leaf_of_text < 0] = 0
    set_aside = tuple(int(i) for i in np.flatnonzero(leaf_of_text < 0))
    return ThemingResult(tuple(nodes), leaf_of_text, affinity, min(3, n_leaves), set_aside, {"seed": 1})


@given(results())
def test_any_cut_holds_every_text_once(result: ThemingResult) -> None:
    for n_themes in range(min(2, result.n_leaves), result.n_leaves + 1):
        cut = result.cut(n_themes)

        counts = np.bincount(cut.theme_of_text[cut.theme_of_text >= 0], minlength=n_themes)
        assert len(cut.themes) == n_themes
        assert counts.tolist() == [theme.size for theme in cut.themes]
        assert counts.tolist() == sorted(counts.tolist(), reverse=True)
        assert set(np.flatnonzero(cut.theme_of_text < 0)) == set(result.set_aside)


@given(results())
def test_strength_and_alternatives_stay_within_their_bounds(result: ThemingResult) -> None:
    cut = result.cut(max(min(2, result.n_leaves), result.n_leaves // 2))

    assert ((cut.strength >= 0) & (cut.strength <= 1)).all()
    for own, others in zip(cut.theme_of_text, cut.alternatives, strict=True):
        assert own not in others
        assert len(others) == len(set(others)) <= 3
        assert own >= 0 or others == ()


@given(results())
def test_finer_cuts_only_part_coarser_themes(result: ThemingResult) -> None:
    for n_themes in range(2, result.n_leaves):
        coarse, fine = result.cut(n_themes).theme_of_text, result.cut(n_themes + 1).theme_of_text

        assert len(set(zip(fine[fine >= 0], coarse[fine >= 0], strict=True))) == n_themes + 1


@given(results())
def test_a_result_survives_writing_and_reading(result: ThemingResult) -> None:
    again = ThemingResult.from_bytes(result.to_bytes())

    assert again.nodes == result.nodes
    assert again.leaf_of_text.tolist() == result.leaf_of_text.tolist()
    assert again.affinity.tobytes() == result.affinity.tobytes()
    assert (again.chosen_n, again.set_aside, again.card) == (result.chosen_n, result.set_aside, result.card)
    assert again.to_bytes() == result.to_bytes()


@pytest.mark.parametrize("n_themes", [-1, 0, 1, 10_000])
def test_a_cut_that_the_tree_does_not_have_is_refused(found: ThemingResult, n_themes: int) -> None:
    with pytest.raises(ValueError, match=f"n_themes == {n_themes}, must be in"):
        found.cut(n_themes)


def test_labels_are_short_and_belong_to_one_theme_each(found: ThemingResult) -> None:
    labels = [node.label for node in found.nodes]

    assert len({label.casefold() for label in labels}) == len(labels)
    assert all(1 <= len(label.split()) <= 6 for label in labels)
    assert all(label[0].isupper() for label in labels)
    assert not any("_" in label for label in labels)


def test_every_node_has_typical_texts_that_are_its_own(found: ThemingResult) -> None:
    for node in found.nodes:
        leaves = set(found.leaves_under(node.id))
        assert 1 <= len(node.typical) <= 10
        assert {int(found.leaf_of_text[index]) for index in node.typical} <= leaves
        assert 0 <= node.stability <= 1


def test_the_card_says_where_the_result_came_from(found: ThemingResult) -> None:
    assert json.loads(json.dumps(found.card)) == found.card
    assert len(found.card["model"]["sha256"]) == 64
    assert found.card["settings"]["seed"] == 614
    assert found.card["libraries"]["bertopic"]


def test_reading_a_result_loads_nothing_slow() -> None:
    code = (
        "import sys, theming.results, theming.errors, theming.settings;"
        "slow = {'sklearn', 'bertopic', 'onnxruntime', 'spacy', 'pandas', 'scipy', 'tokenizers'};"
        "print(sorted(slow & set(sys.modules)))"
    )

    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert answer.stdout.strip() == "[]"


def test_the_engine_module_loads_nothing_slow_until_it_is_used() -> None:
    code = (
        "import sys, theming.engine;"
        "slow = {'sklearn', 'bertopic', 'onnxruntime', 'spacy', 'pandas', 'scipy', 'tokenizers'};"
        "print(sorted(slow & set(sys.modules)))"
    )

    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert answer.stdout.strip() == "[]"


def test_strength_is_the_share_of_runs_in_which_a_text_sat_with_its_theme() -> None:
    leaves = [ThemeNode(id, None, 0.0, size, 1.0, f"Label {id}", (), ()) for id, size in enumerate((2, 2, 1))]
    merged = ThemeNode(3, (0, 1), 0.5, 4, 1.0, "Label 3", (), ())
    top = ThemeNode(4, (2, 3), 1.0, 5, 1.0, "Label 4", (), ())
    affinity = np.array(
        [[0.9, 0.3, 0.1], [0.9, 0.1, 0.0], [0.3, 0.7, 0.2], [0.1, 0.7, 0.0], [0, 0, 1]], np.float32
    )
    result = ThemingResult((*leaves, merged, top), np.array([0, 0, 1, 1, 2]), affinity, 2, ())

    assert result.cut(3).strength.tolist() == pytest.approx([0.9, 0.9, 0.7, 0.7, 1.0])
    assert result.cut(2).strength.tolist() == pytest.approx([0.6, 0.5, 0.5, 0.4, 1.0])
