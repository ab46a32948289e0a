import numpy as np
import pytest

from theming.suggestion.homes import suggest_homes
from theming.suggestion.neighbours import find_neighbours

N_EACH, N_DIMENSIONS = 20, 16


@pytest.fixture
def three_heaps():
    """Give vectors of three heaps of texts, and the heap of each."""
    random = np.random.default_rng(5)
    heap_of_text = np.repeat([0, 1, 2], N_EACH)
    vectors = np.eye(3, N_DIMENSIONS)[heap_of_text] + 0.25 * random.normal(size=(3 * N_EACH, N_DIMENSIONS))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), heap_of_text


def place_some(heap_of_text, n_each=2):
    home = np.full(len(heap_of_text), -1)
    for heap in range(3):
        placed = np.flatnonzero(heap_of_text == heap)[:n_each]
        home[placed] = heap
    return home, home >= 0


def test_unplaced_texts_are_suggested_where_people_put_their_like(three_heaps):
    vectors, heap_of_text = three_heaps
    home, is_decided = place_some(heap_of_text)

    found = suggest_homes(vectors, home, is_decided, n_themes=3)

    assert (found.homes[:, 0] == heap_of_text).mean() > 0.95


def test_what_people_decided_weighs_more_than_what_the_machine_proposed(three_heaps):
    vectors, heap_of_text = three_heaps
    home = np.where(heap_of_text == 2, 1, heap_of_text)
    is_decided = np.zeros(len(home), bool)
    moved = np.flatnonzero(heap_of_text == 2)[:6]
    home[moved], is_decided[moved] = 2, True

    found = suggest_homes(vectors, home, is_decided, n_themes=3)

    left_behind = (heap_of_text == 2) & ~is_decided
    assert (found.homes[left_behind, 0] == 2).mean() > 0.9
    assert (found.homes[heap_of_text == 1, 0] == 1).all()


def test_a_refused_home_is_not_suggested(three_heaps):
    vectors, heap_of_text = three_heaps
    home, is_decided = place_some(heap_of_text)
    is_refused = np.zeros((len(home), 3), bool)
    is_refused[10, 0] = True

    found = suggest_homes(vectors, home, is_decided, n_themes=3, is_refused=is_refused)

    assert 0 not in found.homes[10]
    assert 0 in found.homes[11]


def test_names_alone_are_enough_for_a_first_suggestion(three_heaps):
    vectors, heap_of_text = three_heaps
    nowhere = np.full(len(vectors), -1)

    found = suggest_homes(
        vectors,
        nowhere,
        nowhere >= 0,
        n_themes=3,
        theme_vectors=np.eye(3, N_DIMENSIONS, dtype=np.float32),
    )

    assert (found.homes[:, 0] == heap_of_text).mean() > 0.95


def test_a_text_unlike_all_fits_nowhere(three_heaps):
    vectors, heap_of_text = three_heaps
    stranger = np.zeros((1, N_DIMENSIONS), np.float32)
    stranger[0, -1] = 1
    home, is_decided = place_some(heap_of_text)

    found = suggest_homes(
        np.r_[vectors, stranger], np.append(home, -1), np.append(is_decided, False), n_themes=3
    )

    assert found.fits_nowhere[-1]
    assert found.fits_nowhere[:-1].mean() < 0.1


def test_sureness_runs_from_0_to_1_and_falls(three_heaps):
    vectors, heap_of_text = three_heaps
    home, is_decided = place_some(heap_of_text)

    sureness = suggest_homes(vectors, home, is_decided, n_themes=3).sureness

    assert sureness.min() >= 0
    assert sureness.max() <= 1
    assert (np.diff(sureness, axis=1) <= 1e-6).all()


def test_order_of_texts_changes_nothing(three_heaps):
    vectors, heap_of_text = three_heaps
    home, is_decided = place_some(heap_of_text)
    order = np.random.default_rng(1).permutation(len(vectors))

    found = suggest_homes(vectors, home, is_decided, n_themes=3)
    shuffled = suggest_homes(vectors[order], home[order], is_decided[order], n_themes=3)

    assert (found.homes[order] == shuffled.homes).all()
    assert np.allclose(found.sureness[order], shuffled.sureness, atol=1e-5)


def test_kept_neighbours_give_the_same_as_vectors(three_heaps):
    vectors, heap_of_text = three_heaps
    home, is_decided = place_some(heap_of_text)

    found = suggest_homes(vectors, home, is_decided, n_themes=3)
    again = suggest_homes(find_neighbours(vectors), home, is_decided, n_themes=3)

    assert (found.homes == again.homes).all()


@pytest.mark.parametrize(("n_texts", "n_themes"), [(0, 0), (0, 3), (1, 1), (2, 1), (3, 0), (4, 2)])
def test_small_boards_are_no_trouble(n_texts, n_themes):
    vectors = np.eye(max(n_texts, 1), 4, dtype=np.float32)[:n_texts]
    home = np.full(n_texts, -1)

    found = suggest_homes(vectors, home, home >= 0, n_themes=n_themes)

    assert found.homes.shape == (n_texts, 3)
    assert found.homes.max(initial=-1) < n_themes


def test_a_home_that_is_no_theme_is_refused():
    vectors = np.eye(3, dtype=np.float32)

    with pytest.raises(ValueError, match=r"must be in \[-1, 1\]"):
        suggest_homes(vectors, np.array([0, 1, 2]), np.ones(3, bool), n_themes=2)


def test_large_boards_are_spread_round_by_round_with_the_same_result(three_heaps, monkeypatch):
    vectors, heap_of_text = three_heaps
    start = np.eye(3, dtype=np.float32)[heap_of_text]
    at_once = find_neighbours(vectors).spread(start)

    monkeypatch.setattr("theming.suggestion.neighbours.DENSE_UP_TO", 0)

    assert np.allclose(find_neighbours(vectors).spread(start), at_once, atol=1e-4)
