"""Phrases that mark a theme in one class: BERTopic's own weights, and nobody's words alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.theming.made_up_texts import TEXTS
from theming.canonical import order_texts
from theming.labelling.class_words import count_cells, find_class_words
from theming.labelling.marking import mark_texts
from theming.labelling.phrase_table import tabulate_phrases
from theming.labelling.topic_model import fit_topic_model, weigh_phrases
from theming.results import ClassWords, ThemingResult


@pytest.fixture(scope="module")
def classes(given_texts: tuple[str, ...]) -> tuple[str, ...]:
    """Every other text is from the survey, a few from nowhere."""
    return tuple("" if n % 11 == 0 else ("survey", "lunch club")[n % 2] for n in range(len(given_texts)))


def test_the_weights_of_leaves_are_those_of_bertopic(found: ThemingResult, given_texts, classes) -> None:
    canonical = order_texts(given_texts, found.set_aside)
    table = tabulate_phrases(mark_texts(canonical.texts))
    placed = [n for n in range(len(given_texts)) if found.leaf_of_text[n] >= 0 and classes[n]]
    leaves = np.zeros(len(canonical.texts), np.int64)
    for n in range(len(given_texts)):
        if found.leaf_of_text[n] >= 0:
            leaves[canonical.position_of[n]] = found.leaf_of_text[n]
    model = fit_topic_model(table, np.zeros((len(leaves), 2), np.float32), leaves)
    rows = np.split(table.uses.indices, table.uses.indptr[1:-1])
    documents = [" ".join(f"p{place}" for place in rows[canonical.position_of[n]]) for n in placed]
    model.topics_ = [int(found.leaf_of_text[n]) for n in placed]
    theirs = model.topics_per_class(documents, [classes[n] for n in placed], global_tuning=False)

    names = ("lunch club", "survey")
    ours = weigh_phrases(model, table, count_cells(found, canonical, classes, names)).toarray()

    compared = 0
    for _, row in theirs.iterrows():
        weights = ours[int(row.Topic) * len(names) + names.index(row.Class)]
        words = [int(word[1:]) for word in row.Words.split(", ") if word.startswith("p")]
        best = np.sort(weights)[::-1][: len(words)]
        assert np.allclose(weights[words], best)
        compared += len(words)
    assert compared > 30


def test_only_phrases_that_several_texts_share_are_named(found: ThemingResult, given_texts, classes) -> None:
    marked = find_class_words(found, given_texts, {"source": classes})

    assert marked
    for each in marked:
        leaves = found.leaves_under(each.node)
        texts = [
            text.casefold()
            for text, leaf, name in zip(given_texts, found.leaf_of_text, classes, strict=True)
            if leaf in leaves and name == each.name
        ]
        assert len(texts) >= 5
        assert 1 <= len(each.words) <= 4
        for words in each.words:
            stem = words.casefold().split()[0][:4]
            assert sum(stem in text for text in texts) >= 2, (words, texts)


def test_the_order_of_the_texts_does_not_matter(found: ThemingResult, given_texts, classes) -> None:
    order = np.random.default_rng(5).permutation(len(given_texts)).tolist()
    aside = tuple(place for place, text in enumerate(order) if text in found.set_aside)
    shuffled = replace(found, leaf_of_text=found.leaf_of_text[order], set_aside=aside)

    again = find_class_words(
        shuffled, [given_texts[n] for n in order], {"source": [classes[n] for n in order]}
    )

    assert again == find_class_words(found, given_texts, {"source": classes})


def test_texts_without_any_class_or_phrase_give_nothing(found: ThemingResult, given_texts) -> None:
    nothing = [""] * len(given_texts)

    assert find_class_words(found, given_texts, {"area": nothing}) == ()
    assert find_class_words(found, ["😀"] * len(TEXTS) + ["😀"] * 6, {"area": ["A"] * len(nothing)}) == ()


def test_class_words_are_kept_with_the_result(found: ThemingResult) -> None:
    kept = replace(found, class_words=(ClassWords("source", "12", 0, ("bus stop", "fares")),))

    assert ThemingResult.from_bytes(kept.to_bytes()).class_words == kept.class_words
