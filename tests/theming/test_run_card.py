"""The card of a run says how it was made, in words that follow the settings."""

import platform

from theming.embedding.model_facts import find_model_facts
from theming.embedding.tfidf import TfidfEmbedder
from theming.embedding.weights import WEIGHTS_SHA256
from theming.method_steps import list_steps
from theming.results import ThemingResult
from theming.settings import ThemingSettings


def test_steps_say_the_numbers_of_the_settings() -> None:
    words = dict(list_steps(ThemingSettings(n_runs=40, sample_share=0.75, n_themes=12)))

    assert "grouped 40 times" in words["Group"]
    assert "75%" in words["Group"]
    assert "12 themes, as asked" in words["Propose"]


def test_the_card_tells_the_machine_and_the_model_but_no_time(found: ThemingResult) -> None:
    card = found.card

    assert card["machine"]["python"] == platform.python_version()
    assert card["model"]["licence"] == "Apache 2.0"
    assert card["model"]["weights_sha256"] == WEIGHTS_SHA256
    assert card["steps"][0][0] == "Set aside"
    assert not {"made_at", "took_s", "seconds"} & set(card)


def test_nothing_is_made_up_about_a_model_that_an_organisation_brings() -> None:
    assert find_model_facts(TfidfEmbedder()) == {}
