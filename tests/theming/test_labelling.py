"""Labels are phrases that people used."""

import numpy as np
import pytest

from tests.theming.made_up_texts import TEXTS
from theming.embedding.minilm import MiniLMEmbedder
from theming.engine import find_themes
from theming.labelling.joining import join_phrases
from theming.labelling.lexicon import look_up_kind
from theming.labelling.marking import load_stop_words, mark_parts, mark_texts
from theming.labelling.parts import split_parts
from theming.labelling.phrase_rules import PhraseRules, learn_rules
from theming.labelling.phrase_table import tabulate_phrases
from theming.labelling.phrases import find_phrases
from theming.labelling.remarks import choose_remarks, find_remarks, tabulate_remarks
from theming.labelling.spelling import find_common_spellings
from theming.labelling.word_forms import fold_word
from theming.labelling.word_lists import GIVEN_NAMES
from theming.results import ThemingResult
from theming.settings import ThemingSettings

NO_RULES = PhraseRules(capitals=frozenset({"nhs"}))


def list_phrases(text: str, rules: PhraseRules = NO_RULES) -> set[str]:
    return {phrase.surface for phrase in find_phrases(mark_parts(split_parts(text), rules))}


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The cost of living is too high", "cost of living"),
        ("We need better public transport.", "public transport"),
        ("More children's play-areas", "children's play-areas"),
        ("NHS dentists", "NHS dentists"),
        ("Waiting times are awful", "waiting times"),
        ("BUS SHELTERS", "bus shelters"),
        ("the homeless need homes", "homeless"),
        ("supported housing", "supported housing"),
        ("friendly and helpful", "friendly and helpful"),
        ("waiting for a doctor", "waiting for a doctor"),
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
        ("closed in November", "November"),
        ("the adequate road exists", "adequate road exists"),
        ("staff friendly", "staff friendly"),
        ("Dr XXXX came", "XXXX"),
        ("it is nice", "nice"),
    ],
)
def test_pieces_that_carry_no_label_are_left_out(text: str, not_a_phrase: str) -> None:
    assert not_a_phrase not in list_phrases(text)


def test_a_word_inside_a_longer_phrase_does_not_stand_alone() -> None:
    found = {
        phrase.surface: phrase.is_whole
        for phrase in find_phrases(mark_parts(split_parts("The bus shelter is wet"), NO_RULES))
    }

    assert found == {"bus": False, "bus shelter": True, "shelter": False, "wet": True}


def test_words_after_we_and_should_are_learnt_as_verbs() -> None:
    texts = ["We plant trees", "You should plant more", "They plant bulbs", "The trees are tall", "Our trees"]

    rules = learn_rules([split_parts(text) for text in texts])

    assert rules.tell_kind("plant") == "verb"
    assert rules.tell_kind("trees") == "noun"


def test_words_that_the_lexicon_lacks_are_told_by_spelling_and_ending() -> None:
    kinds = [look_up_kind(word) for word in ("organising", "neighbours", "wobbleful", "zibbed", "zibbers")]

    assert kinds == ["action", "noun", "quality", "past", "noun"]


def test_a_typo_counts_as_the_common_spelling() -> None:
    texts = ["The libary is shut", "A library", "Our library", "Two libraries"]

    table = tabulate_phrases(mark_texts(texts))

    assert table.surfaces == ("library",)
    assert table.uses.sum() == 4


def test_words_that_a_dictionary_knows_are_no_typos() -> None:
    assert find_common_spellings({"house": 9, "horse": 1, "neighbour": 5, "neighbor": 1}) == {}


def test_names_of_people_are_learnt_and_left_out() -> None:
    texts = ["I saw Margaret today", "Thank Margaret for me", "Ask Mrs Oakapple", "Hope is what we need"]

    rules = learn_rules([split_parts(text) for text in texts])

    assert {"margaret", "oakapple"} <= rules.names
    assert not any(
        "argaret" in phrase or "akapple" in phrase for text in texts for phrase in list_phrases(text, rules)
    )


@pytest.mark.parametrize(
    "text",
    [
        "Thanks to Oakapple for all",
        "Margaret and Oakapple came",
        "Kevin Oakapple came",
        "My name is oakapple",
        "Oakapple listened to me",
        "We met Brenna Oakapple there",
    ],
)
def test_a_word_used_as_names_are_is_taken_for_one(text: str) -> None:
    names = learn_rules([split_parts(text.replace("is oakapple", "is Oakapple"))]).names

    assert "oakapple" in names


def test_places_and_ordinary_words_are_not_taken_for_people() -> None:
    texts = [
        "The park in Larkfield",
        "Thanks to volunteers",
        "Buses to Tannery Wharf",
        "WKU listened",
        "They mark it",
    ]

    names = learn_rules([split_parts(text) for text in texts]).names

    assert names == frozenset()


def test_names_of_places_keep_their_capitals_and_headings_lose_them() -> None:
    texts = ["We met at Fountain Square", "BUSES", "More Buses For Older People", "cheap buses"]

    table = tabulate_phrases(mark_texts(texts))

    assert "Fountain Square" in table.surfaces
    assert "buses" in table.surfaces


def test_phrases_are_joined_as_people_list_things() -> None:
    assert join_phrases(["parks", "trees", "bins"]) == "parks, trees and bins"


def test_plural_and_singular_count_as_one_phrase() -> None:
    table = tabulate_phrases(mark_texts(["The bus shelter leaks", "Two bus shelters", "bus shelters"]))

    assert table.surfaces[table.keys.index("bus shelter")] == "bus shelters"


def test_what_people_say_of_a_thing_is_found_in_all_its_forms() -> None:
    texts = [
        "The transfer was declined",
        "They decline my card",
        "A declined transfer",
        "It is noisy at night",
    ]

    table = tabulate_remarks(mark_texts(texts))

    n_texts = dict(zip(table.keys, table.uses.sum(axis=0).tolist()[0], strict=True))
    assert n_texts == {"declin": 2, "noisy": 1}
    assert table.surfaces[table.keys.index("noisy")] == "noisy"


@pytest.mark.parametrize("text", ["Staff were not at all friendly", "They weren't friendly"])
def test_what_is_denied_is_no_remark(text: str) -> None:
    assert "friendly" in set(find_remarks(mark_texts(["Staff were friendly"])[0]))
    assert "friendly" not in set(find_remarks(mark_texts([text])[0]))


def test_remarks_mark_a_theme_and_are_rare_elsewhere() -> None:
    texts = [f"The transfer {n} was declined and wrong" for n in range(6)]
    texts += [f"The bus {n} is noisy and wrong" for n in range(6)]
    table = tabulate_remarks(mark_texts(texts))
    members = np.repeat([1.0, 0.0], 6)

    chosen = choose_remarks(members, table, ["transfer"])

    assert [table.surfaces[place] for place in chosen] == ["declined"]
    assert choose_remarks(members, table, ["declining"]) == []


def test_no_label_starts_or_ends_with_a_stop_word(found: ThemingResult) -> None:
    for node in found.nodes:
        words = node.label.lower().split()
        assert words[0] not in load_stop_words()
        assert words[-1] not in load_stop_words()


def test_every_part_of_a_label_was_said(found: ThemingResult) -> None:
    said = " ".join(TEXTS).lower()

    for node in found.nodes:
        label = node.label.lower()
        pieces = [label] if label in said else label.replace(": ", ", ").replace(" and ", ", ").split(", ")
        assert all(piece in said for piece in pieces), node.label


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


def test_no_two_labels_differ_only_in_number_or_order(found: ThemingResult) -> None:
    folded = [
        " ".join(sorted(fold_word(part.folded) for part in split_parts(node.label) if part.folded != "and"))
        for node in found.nodes
    ]

    assert len(set(folded)) == len(folded)


def test_keywords_say_more_than_the_label_and_each_other(found: ThemingResult) -> None:
    for node in found.nodes:
        said = [
            {fold_word(part.folded) for part in split_parts(words)} for words in (node.label, *node.keywords)
        ]
        repeated = [one <= other for place, one in enumerate(said[1:], 1) for other in said[:place]]
        assert not any(repeated), (node.label, node.keywords)


def test_themes_side_by_side_share_few_words(found: ThemingResult) -> None:
    themes = found.cut(found.chosen_n).themes
    words = [
        {fold_word(part.folded) for part in split_parts(theme.label)} - {"and", ",", ":"} for theme in themes
    ]

    n_alike = sum(bool(one & other) for place, one in enumerate(words) for other in words[:place])

    assert n_alike <= 1


FOREIGN = {
    "Gujarati": ("બસ મોડી આવે છે", "બસ છે"),
    "Punjabi": ("ਬੱਸ ਦੇਰ ਨਾਲ ਆਉਂਦੀ ਹੈ", "ਬੱਸ ਹੈ"),
    "Polish": ("Nie ma autobusu w niedzielę", "Autobus jest, ale nie ma go dla nas"),
    "Turkish": ("Otobüs çok geç geliyor", "Otobüs ve tren için daha çok"),
    "Arabic": ("المنزل رطب", "هذا المنزل"),
    "Chinese": ("公交车总是晚点", "我们的公交车"),
    "Welsh": ("Mae angen mwy o fysiau yn y pentref", "Does dim bysiau yn y pentref"),
}
SHARED = {
    "Gujarati": "બસ",
    "Punjabi": "ਬੱਸ",
    "Turkish": "otobüs",
    "Arabic": "المنزل",
    "Chinese": "公交车",
    "Welsh": "pentref",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_small_words_of_other_languages_carry_no_label(language: str) -> None:
    table = tabulate_phrases(mark_texts(FOREIGN[language]))

    words = {word for surface in table.surfaces for word in surface.split()[:1]}
    assert table.surfaces
    assert not words & {"છે", "ਹੈ", "ਨਾਲ", "nie", "ma", "ve", "çok", "هذا", "的", "yn", "mae", "mwy"}


@pytest.mark.parametrize("language", SHARED)
def test_what_texts_of_another_language_share_is_found(language: str) -> None:
    table = tabulate_phrases(mark_texts(FOREIGN[language]))

    n_texts = dict(zip(table.surfaces, table.uses.sum(axis=0).tolist()[0], strict=True))
    assert n_texts[SHARED[language]] == 2
