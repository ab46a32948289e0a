"""The texts shown first for a theme are near its middle, varied and easy to read."""

import numpy as np

from theming.typical import N_TYPICAL, choose_typical


def make_rows(*angles: float) -> np.ndarray:
    """Unit rows at angles (in degrees) from the centre; each turned a little in a third direction."""
    radians = np.radians(angles)
    return np.stack([np.cos(radians), np.sin(radians), np.zeros(len(angles))], axis=1).astype(np.float32)


CENTRE = np.array([1, 0, 0], np.float32)


def test_the_same_said_again_comes_only_when_nothing_else_is_left() -> None:
    rows = make_rows(0, 1, 2, 60, -60)

    chosen = choose_typical(rows, np.arange(5), np.full(5, 10), CENTRE)

    assert chosen[0] == 0
    assert set(chosen[1:3]) == {3, 4}
    assert set(chosen[3:]) == {1, 2}


def test_texts_of_one_word_and_of_a_page_come_after_texts_that_fit_a_card() -> None:
    rows = make_rows(0, 20, 40)

    chosen = choose_typical(rows, np.arange(3), np.array([1, 300, 12]), CENTRE)

    assert chosen[0] == 2


def test_no_more_than_ten_are_chosen_and_none_twice() -> None:
    rows = make_rows(*np.linspace(-80, 80, 40))

    chosen = choose_typical(rows, np.arange(40), np.full(40, 12), CENTRE)

    assert len(chosen) == len(set(chosen)) == N_TYPICAL
