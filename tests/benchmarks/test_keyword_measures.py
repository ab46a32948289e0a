from __future__ import annotations

import pytest

from benchmarks.keyword_measures import measure_coherence, measure_diversity


def test_keywords_that_are_always_together_have_coherence_one() -> None:
    texts = ["The bus stop", "bus, STOP!", "a park", "the pool"]

    assert measure_coherence([["bus", "stop"]], texts) == pytest.approx(1)


def test_keywords_that_are_never_together_have_coherence_minus_one() -> None:
    assert measure_coherence([["bus", "park"]], ["a bus", "a park"]) == -1


def test_keywords_that_meet_as_often_as_by_chance_have_coherence_nought() -> None:
    texts = ["bus park", "bus", "park", "neither"]

    assert measure_coherence([["bus", "park"]], texts) == pytest.approx(0)


def test_npmi_of_a_pair_is_worked_out_as_published() -> None:
    texts = ["bus late", "bus late", "bus", "late", "pool", "pool", "pool", "pool"]

    # p(bus) = p(late) = 3/8, p(both) = 1/4: log2((1/4) / (9/64)) / -log2(1/4) = log2(16/9) / 2
    assert measure_coherence([["bus", "late"]], texts) == pytest.approx(0.8300749986 / 2)


def test_each_theme_counts_once_in_coherence() -> None:
    texts = ["bus stop", "bus stop", "park", "pool"]

    assert measure_coherence([["bus", "stop"], ["park", "pool"]], texts) == pytest.approx((1 - 1) / 2)


def test_a_phrase_is_held_only_where_its_words_stand_in_a_row() -> None:
    texts = ["late bus stop", "stop the late bus", "nothing else"]

    assert measure_coherence([["bus stop", "late"]], texts) < measure_coherence([["stop", "late"]], texts)


def test_a_word_is_not_found_inside_another() -> None:
    assert measure_coherence([["bus", "late"]], ["business late", "bus", "late"]) == -1


def test_pairs_that_share_a_word_do_not_count() -> None:
    texts = ["bus stop here", "bus stop there", "here"]

    assert measure_coherence([["bus", "bus stop"]], texts) == 0


def test_diversity_is_the_share_of_different_keywords() -> None:
    assert measure_diversity([["bus", "stop"], ["Bus", "park"]]) == 0.75
    assert measure_diversity([["bus"], ["park"]]) == 1


def test_measures_of_no_keywords_at_all_are_nought() -> None:
    assert measure_coherence([], ["bus"]) == 0
    assert measure_diversity([]) == 0
