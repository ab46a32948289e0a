"""The share that is reported grows as evenly as time does."""

from collections.abc import Mapping, Sequence

import pytest

from tests.theming.made_up_texts import TEXTS
from theming.embedding.minilm import MiniLMEmbedder
from theming.engine import find_themes
from theming.scale.estimates import Step, estimate_steps
from theming.scale.progress import Progress
from theming.settings import ThemingSettings

STEPS = {"sorting": 2.0, "reading": 120.0, "grouping": 12.0, "naming": 20.0}


class Watch:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def live_through(planned: Mapping[str, float], real: Mapping[str, float]) -> list[tuple[float, float, str]]:
    """Go through the steps as long as they really take; give time, share and message of every report."""
    watch, told = Watch(), []

    def note(message: str, share: float) -> None:
        told.append((watch.seconds - 100.0, share, message))

    progress = Progress(note, watch)
    progress.plan(planned)
    for step, seconds in real.items():
        progress.start(step, "At it", sets_pace=step == "reading")
        for part in range(1, 51):
            watch.seconds += seconds / 50
            progress.tell("At it", part / 50)
    progress.finish("Done")
    return told


def find_largest_gap(told: Sequence[tuple[float, float, str]]) -> float:
    whole = told[-1][0]
    return max(abs(share - at / whole) for at, share, _ in told)


@pytest.mark.parametrize(
    ("slower", "gap"), [(1.0, 0.01), (4.0, 0.05), (0.6, 0.03)], ids=["as planned", "slow", "fast"]
)
def test_the_share_follows_time_on_any_machine(slower: float, gap: float) -> None:
    told = live_through(STEPS, {step: seconds * slower for step, seconds in STEPS.items()})

    shares = [share for _, share, _ in told]
    assert shares == sorted(shares)
    assert shares[0] == 0.0
    assert shares[-1] == 1.0
    assert find_largest_gap(told) < gap


def test_a_reading_that_takes_far_longer_than_planned_is_told_as_it_is() -> None:
    told = live_through(STEPS, {**STEPS, "reading": 600.0})

    assert find_largest_gap(told) < 0.2


def test_the_time_left_is_said_in_words_and_comes_true() -> None:
    told = live_through(STEPS, STEPS)

    halfway = next(message for at, _, message in told if at >= 60)
    assert halfway == "At it, about 2 minutes left"
    assert told[-2][2] == "At it"


def test_with_very_many_texts_reading_is_most_of_the_work_and_nearly_all_that_grows() -> None:
    text = "The bus is late again and nobody says why"

    many, twice = (estimate_steps([text] * n_texts, ThemingSettings()) for n_texts in (100_000, 200_000))

    assert many[Step.READING] > 0.7 * sum(many.values())
    assert twice[Step.READING] > 1.9 * many[Step.READING]
    assert twice[Step.NAMING] == many[Step.NAMING]


def test_what_was_read_before_is_not_waited_for_again() -> None:
    watch, told = Watch(), []
    progress = Progress(lambda message, share: told.append(share), watch)
    progress.plan({"reading": 120.0, "grouping": 12.0, "naming": 20.0})
    progress.start("reading", "At it")
    progress.lessen("reading", 0.0)
    watch.seconds += 34.0

    progress.start("grouping", "At it")

    assert told[-1] == pytest.approx(34 / (34 + 12 + 20), abs=0.01)


def test_naming_tells_how_far_it_is_and_can_be_stopped(embedder: MiniLMEmbedder) -> None:
    told: list[tuple[str, float]] = []

    def stop_in_naming(message: str, share: float) -> None:
        told.append((message, share))
        if sum(message.startswith("Finding names") for message, _ in told) == 4:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        find_themes(TEXTS, settings=ThemingSettings(n_runs=4), embedder=embedder, report=stop_in_naming)

    naming = [share for message, share in told if message.startswith("Finding names")]
    assert naming == sorted(naming)
    assert 0 < naming[0] < naming[-1] < 1


def test_rounded_reading_is_planned_to_be_faster() -> None:
    texts = ["The bus is late again and nobody says why"] * 2000

    exact = estimate_steps(texts, ThemingSettings(n_exact=2000))
    rounded = estimate_steps(texts, ThemingSettings(n_exact=1999))

    assert rounded[Step.READING] < exact[Step.READING]
    assert rounded[Step.NAMING] == exact[Step.NAMING]
