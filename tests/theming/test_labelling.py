"""Labels are phrases that people used."""

import pytest

from tests.theming.made_up_texts import TEXTS
from theming.embedding.minilm import MiniLMEmbedder
from theming.engine import find_themes
from theming.labelling.phrase_rules import learn_rules
from theming.labelling.phrase_table import tabulate_phrases
from theming.labelling.phrases import PhraseRules, find_phrases, load_stop_words, split_parts
from theming.labelling.word_lists import GIVEN_NAMES
from theming.results import ThemingResult
from theming.settings import ThemingSettings

NO_RULES = PhraseRules(frozenset(), frozenset(), frozenset({"nhs"}))


def list_phrases(text: str, rules: PhraseRules = NO_RULES) -> set[str]:
    return {phrase.surface for phrase in find_phrases(split_parts(text), rules)}


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The cost of living is too high", "cost of living"),
        ("We need better public transport.", "public transport"),
        ("More children's play-areas", "children's play-areas"),
        ("NHS dentists", "NHS dentists"),
        ("Waiting times are awful", "waiting times"),
        ("BUS SHELTERS", "bus shelters"),
    ],
)
def test_phrases_read_as_people_said_them(text: str, phrase: str) -> None:
    assert phrase in list_phrases(text)


@pytest.mark.parametrize(
    ("text", "not_a_phrase"),
    [
        ("buses, parks and flats", "buses parks"),
        ("The bus is very late", "bus is"),
        ("bring back the trams", "bring back the trams"),
        ("it was seriously good", "seriously"),
        ("people were there", "people"),
        ("that bloody lift", "bloody lift"),
        ("P3 said parks", "P3"),
        ("my husband died", "husband"),
        ("open on Tuesdays", "Tuesdays"),
    ],
)
def test_pieces_that_carry_no_label_are_left_out(text: str, not_a_phrase: str) -> None:
    assert not_a_phrase not in list_phrases(text)


def test_a_word_inside_a_longer_phrase_does_not_stand_alone() -> None:
    found = {
        phrase.surface: phrase.is_whole
        for phrase in find_phrases(split_parts("The bus shelter is wet"), NO_RULES)
    }

    assert found == {"bus": False, "bus shelter": True, "shelter": False, "wet": True}


def test_words_after_we_and_should_are_learnt_as_verbs() -> None:
    texts = ["We plant trees", "You should plant more", "They plant bulbs", "The trees are tall", "Our trees"]

    rules = learn_rules([split_parts(text) for text in texts])

    assert "plant" in rules.verbs
    assert "trees" not in rules.verbs


def test_names_of_people_are_learnt_and_left_out() -> None:
    texts = ["I saw Margaret today", "Thank Margaret for me", "Ask Mrs Oakapple", "Hope is what we need"]

    rules = learn_rules([split_parts(text) for text in texts])

    assert {"margaret", "oakapple"} <= rules.names
    assert not any(
        "argaret" in phrase or "akapple" in phrase for text in texts for phrase in list_phrases(text, rules)
    )


def test_plural_and_singular_count_as_one_phrase() -> None:
    table = tabulate_phrases(["The bus shelter leaks", "Two bus shelters", "bus shelters"])

    assert table.surfaces[table.keys.index("bus shelter")] == "bus shelters"


def test_no_label_starts_or_ends_with_a_stop_word(found: ThemingResult) -> None:
    for node in found.nodes:
        words = node.label.lower().split()
        assert words[0] not in load_stop_words()
        assert words[-1] not in load_stop_words()


def test_every_part_of_a_label_was_said(found: ThemingResult) -> None:
    said = " ".join(TEXTS).lower()

    for node in found.nodes:
        halves = [node.label.lower()] if node.label.lower() in said else node.label.lower().split(" and ")
        assert all(half in said for half in halves), node.label


def test_keywords_are_phrases_of_the_theme(found: ThemingResult, given_texts: tuple[str, ...]) -> None:
    for node in found.nodes:
        leaves = set(found.leaves_under(node.id))
        own = " ".join(
            t for t, leaf in zip(given_texts, found.leaf_of_text, strict=True) if leaf in leaves
        ).lower()
        assert all(word in own for keyword in node.keywords for word in keyword.lower().split()[:1])


def test_no_label_holds_a_given_name(embedder: MiniLMEmbedder) -> None:
    texts = [f"{text}. Thanks to Margaret and Kevin" for text in TEXTS]

    result = find_themes(texts, settings=ThemingSettings(n_runs=20), embedder=embedder)

    words = {
        word.lower() for node in result.nodes for word in (node.label + " " + " ".join(node.keywords)).split()
    }
    assert words & GIVEN_NAMES == set()
