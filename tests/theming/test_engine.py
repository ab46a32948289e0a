"""The engine as its callers see it."""

import random
import socket
from collections.abc import Sequence

import numpy as np
import pytest

from tests.theming.kept_vectors import KeptVectors
from tests.theming.made_up_texts import NON_ANSWERS, SUBJECT_OF_TEXT, TEXTS
from theming.embedding.minilm import MiniLMEmbedder
from theming.engine import FLOOR, TooFewTexts, find_themes
from theming.results import ThemingResult
from theming.settings import ThemingSettings

QUICK = ThemingSettings(n_runs=20)


def list_partition(
    result: ThemingResult, texts: Sequence[str], n_themes: int
) -> set[tuple[str, frozenset[str]]]:
    """Each theme as its label and the set of its texts: what must not depend on the order given."""
    cut = result.cut(n_themes)
    return {
        (theme.label, frozenset(text for text, t in zip(texts, cut.theme_of_text, strict=True) if t == place))
        for place, theme in enumerate(cut.themes)
    }


def test_every_text_that_says_something_is_placed(found: ThemingResult, given_texts: tuple[str, ...]) -> None:
    cut = found.cut(found.chosen_n)

    assert len(found.set_aside) == len(NON_ANSWERS)
    assert {given_texts[index] for index in found.set_aside} == set(NON_ANSWERS)
    assert (cut.theme_of_text[list(found.set_aside)] == -1).all()
    assert (np.delete(cut.theme_of_text, found.set_aside) >= 0).all()
    assert sum(theme.size for theme in cut.themes) == len(given_texts) - len(NON_ANSWERS)


def test_themes_follow_what_the_texts_are_about(found: ThemingResult, given_texts: tuple[str, ...]) -> None:
    from sklearn.metrics import adjusted_rand_score

    theme_of = dict(zip(given_texts, found.cut(8).theme_of_text.tolist(), strict=True))

    assert adjusted_rand_score(SUBJECT_OF_TEXT, [theme_of[text] for text in TEXTS]) > 0.4


def test_shuffled_texts_give_the_same_themes(
    found: ThemingResult, given_texts: tuple[str, ...], embedder: MiniLMEmbedder
) -> None:
    shuffled = list(given_texts)
    random.Random(7).shuffle(shuffled)

    again = find_themes(shuffled, embedder=embedder)

    assert again.chosen_n == found.chosen_n
    assert again.card == found.card
    for n_themes in (2, found.chosen_n, found.n_leaves):
        assert list_partition(again, shuffled, n_themes) == list_partition(found, given_texts, n_themes)
    place = {text: index for index, text in enumerate(shuffled)}
    order = [place[text] for text in given_texts]
    assert again.affinity[order].tobytes() == found.affinity.tobytes()


def test_the_same_texts_give_the_same_bytes_on_one_thread(
    found: ThemingResult, given_texts: tuple[str, ...]
) -> None:
    again = find_themes(given_texts, settings=ThemingSettings(n_threads=1))

    assert again.to_bytes() == found.to_bytes()


def test_texts_said_twice_share_a_theme_and_count_twice(embedder: MiniLMEmbedder) -> None:
    texts = [*TEXTS[:40], *TEXTS[:5], f"  {TEXTS[5]} "]

    result = find_themes(texts, settings=QUICK, embedder=embedder)

    assert result.leaf_of_text[:6].tolist() == result.leaf_of_text[40:].tolist()
    assert sum(node.size for node in result.nodes[: result.n_leaves]) == 46


def test_too_few_texts_say_how_many_there_are() -> None:
    texts = [*TEXTS[: FLOOR - 1], *NON_ANSWERS]

    with pytest.raises(TooFewTexts) as refusal:
        find_themes(texts)

    assert refusal.value.count == FLOOR - 1
    assert refusal.value.floor == FLOOR


def test_as_many_texts_as_the_floor_are_enough(embedder: MiniLMEmbedder) -> None:
    result = find_themes(TEXTS[:FLOOR], settings=QUICK, embedder=embedder)

    assert result.n_leaves >= 2
    assert 2 <= result.chosen_n <= result.n_leaves


def test_progress_is_reported_in_words_and_never_goes_back(embedder: MiniLMEmbedder) -> None:
    told: list[tuple[str, float]] = []

    find_themes(TEXTS[:40], settings=QUICK, embedder=embedder, report=lambda *report: told.append(report))

    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[0] == 0.0
    assert shares[-1] == 1.0
    assert all(message[0].isupper() for message, _ in told)


class StoppedError(Exception):
    """A person pressed stop."""


@pytest.mark.parametrize("stop_at", [0.0, 0.3, 0.7, 0.85])
def test_raising_from_the_report_stops_the_run(embedder: MiniLMEmbedder, stop_at: float) -> None:
    def stop(message: str, share: float) -> None:
        if share >= stop_at:
            raise StoppedError

    with pytest.raises(StoppedError):
        find_themes(TEXTS[:40], settings=QUICK, embedder=embedder, report=stop)


ODD_BODIES = {
    "all the same": ["The bus is late"] * 50,
    "only stop-words": [
        " ".join(words) for words in zip(["it is", "and the", "of it"] * 12, ["to"] * 36, strict=True)
    ],
    "two texts many times": ["The bus is late", "My flat is damp"] * 20,
    "only emoji": [character * (1 + n % 4) for n, character in enumerate("🙂🎉🚌🌳🏠😡" * 6)],
    "mixed scripts": [
        f"{text} {n}"
        for n, text in enumerate(["બસ મોડી આવે છે", "ਬੱਸ ਦੇਰ ਨਾਲ ਆਉਂਦੀ ਹੈ", "Otobüs geç geliyor", "المنزل رطب"] * 9)
    ],
    "very long": [f"{text}. " * (200 if n < 4 else 1) for n, text in enumerate(TEXTS[:32])],
    "digits": [str(n) for n in range(40)],
    "broken characters": [f"\x00\ud800 bus {n}" for n in range(35)],
}


@pytest.mark.parametrize("name", ODD_BODIES)
def test_odd_texts_are_placed_and_named(name: str, embedder: MiniLMEmbedder) -> None:
    texts = ODD_BODIES[name]

    result = find_themes(texts, settings=QUICK, embedder=embedder)

    assert (result.leaf_of_text >= 0).all()
    assert all(node.label.strip() for node in result.nodes)
    assert len({node.label for node in result.nodes}) == len(result.nodes)
    assert ThemingResult.from_bytes(result.to_bytes()).nodes == result.nodes


def test_texts_that_are_not_texts_are_refused() -> None:
    with pytest.raises(TypeError, match="texts"):
        find_themes(["a", 3] * 30)  # type: ignore[list-item]


def test_no_theme_needs_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("somebody asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    result = find_themes(TEXTS[:40], settings=QUICK)

    assert result.card["model"]["name"].startswith("all-MiniLM-L6-v2")


def test_more_texts_than_micro_clusters_are_all_placed(embedder: MiniLMEmbedder) -> None:
    result = find_themes(TEXTS, settings=ThemingSettings(n_runs=20, n_micro=40), embedder=embedder)

    assert (result.leaf_of_text >= 0).all()
    assert sum(node.size for node in result.nodes[: result.n_leaves]) == len(TEXTS)


def test_607_real_statements_are_placed_alike_in_any_order(
    bowling_green: tuple[str, ...], embedder: MiniLMEmbedder
) -> None:
    shuffled = list(bowling_green)
    random.Random(1).shuffle(shuffled)

    cache = KeptVectors()

    result = find_themes(bowling_green, embedder=embedder, cache=cache)
    again = find_themes(shuffled, embedder=embedder, cache=cache)

    assert len(bowling_green) == 607
    assert (result.leaf_of_text >= 0).all()
    assert 8 <= result.chosen_n <= 25
    assert list_partition(result, bowling_green, result.chosen_n) == list_partition(
        again, shuffled, again.chosen_n
    )
