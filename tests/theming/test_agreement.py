"""Agreement of two people, against published tables and scikit-learn."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from theming.measures.agreement import (
    Estimate,
    Undefined,
    measure_ac1,
    measure_agreement,
    measure_kappa,
    measure_share,
    name_strength,
)

ABSTRACTORS = np.array([[13, 0, 0], [0, 20, 7], [0, 4, 56]], float)
PARADOX = np.array([[118, 5], [2, 0]], float)
EVEN = np.array([[40, 9], [6, 45]], float)
LOPSIDED = np.array([[80, 10], [5, 5]], float)


def round_estimate(estimate: Estimate | Undefined, digits: int) -> tuple[float, float, float]:
    assert isinstance(estimate, Estimate)
    return round(estimate.value, digits), round(estimate.low, digits), round(estimate.high, digits)


def test_the_abstractors_of_gwets_handbook_agree_as_published() -> None:
    # irrCAC, the package of Gwet's handbook, prints these for its data set cont3x3abstractors.
    assert round_estimate(measure_ac1(ABSTRACTORS), 5) == (0.84933, 0.76358, 0.93508)
    assert round_estimate(measure_kappa(ABSTRACTORS), 3) == (0.796, 0.680, 0.913)


def test_ac1_stays_high_in_the_paradox_of_kappa() -> None:
    # Gwet (2008) begins from this kind of table: 94 % alike, and kappa below nothing.
    by_hand = (118 / 125 - 2 * 0.972 * 0.028) / (1 - 2 * 0.972 * 0.028)

    kappa, ac1 = measure_kappa(PARADOX), measure_ac1(PARADOX)

    assert isinstance(kappa, Estimate)
    assert isinstance(ac1, Estimate)
    assert kappa.value == pytest.approx(-0.0234, abs=1e-4)
    assert ac1.value == pytest.approx(by_hand, abs=1e-12)


@pytest.mark.parametrize(("table", "kappa"), [(EVEN, 0.70), (LOPSIDED, 0.32)])
def test_two_tables_of_85_in_100_have_the_kappas_of_feinstein_and_cicchetti(table, kappa: float) -> None:
    # Feinstein and Cicchetti (1990), High agreement but low kappa, tables 1 and 2.
    found = measure_kappa(table)

    assert isinstance(found, Estimate)
    assert round(found.value, 2) == kappa


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=60))
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    first, second = zip(*pairs, strict=True)

    found = measure_agreement(first, second, range(5)).kappa

    if found is Undefined.ONE_CATEGORY:
        assert len({*first, *second}) == 1
    else:
        assert found.value == pytest.approx(cohen_kappa_score(first, second, labels=range(5)), abs=1e-12)
        assert -1 <= found.low <= found.value <= found.high <= 1


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=60))
def test_ac1_and_share_lie_within_their_intervals(pairs: list[tuple[int, int]]) -> None:
    first, second = zip(*pairs, strict=True)

    found = measure_agreement(first, second, range(5))

    for estimate in (found.share, found.ac1):
        assert isinstance(estimate, Estimate)
        assert -1 <= estimate.low <= estimate.value + 1e-12
        assert estimate.value - 1e-12 <= estimate.high <= 1


def test_who_is_first_makes_no_difference() -> None:
    first, second = "aabbbcccda", "abbbbcacda"

    assert measure_agreement(first, second, "abcd") == measure_agreement(second, first, "abcd")


def test_no_items_are_said_to_be_no_items() -> None:
    found = measure_agreement([], [], ["Buses", "Being alone"])

    assert (found.share, found.kappa, found.ac1) == (Undefined.NO_ITEMS,) * 3


def test_one_category_used_leaves_kappa_undefined_but_not_ac1() -> None:
    found = measure_agreement("aaaa", "aaaa", "ab")

    assert found.kappa is Undefined.ONE_CATEGORY
    assert isinstance(found.ac1, Estimate)
    assert found.ac1.value == 1


def test_one_category_to_choose_from_leaves_both_undefined() -> None:
    found = measure_agreement("aaaa", "aaaa", "a")

    assert (found.kappa, found.ac1) == (Undefined.ONE_CATEGORY, Undefined.ONE_CATEGORY)


def test_full_agreement_on_few_items_is_no_proof_of_perfection() -> None:
    found = measure_agreement("abcabcabca", "abcabcabca", "abc")

    assert isinstance(found.kappa, Estimate)
    assert found.kappa.value == 1
    assert 0.5 < found.kappa.low < 0.7


def test_wilsons_interval_is_as_published() -> None:
    # Newcombe (1998), table I: 81 of 263 and 15 of 148, Wilson's method.
    assert round_estimate(measure_share(81, 263), 4)[1:] == (0.2553, 0.3662)
    assert round_estimate(measure_share(15, 148), 4)[1:] == (0.0624, 0.1605)


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(ValueError, match="second has 1 items, must have 2"):
        measure_agreement("ab", "a", "ab")
    with pytest.raises(ValueError, match="'c' was chosen, must be one of the categories"):
        measure_agreement("ab", "ac", "ab")


def test_words_follow_landis_and_koch() -> None:
    values = (-0.1, 0.0, 0.2, 0.21, 0.6, 0.804, 0.81)

    assert [name_strength(value) for value in values] == [
        "poor", "slight", "slight", "fair", "moderate", "substantial", "almost perfect",
    ]  # fmt: skip
