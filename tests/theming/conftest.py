"""States of the engine: one result, found once in each session, for all tests that only look at it."""

import os
from pathlib import Path

import pytest

from tests.theming.made_up_texts import NON_ANSWERS, TEXTS
from theming.embedding.minilm import MiniLMEmbedder
from theming.engine import find_themes
from theming.results import ThemingResult

REAL_TEXTS = Path(os.environ.get("ENGAGEMENT_SHARED_DATA", Path(__file__).parents[2] / "../shared/data"))


@pytest.fixture(scope="session")
def embedder() -> MiniLMEmbedder:
    """The packaged model, loaded once."""
    return MiniLMEmbedder(n_threads=2)


@pytest.fixture(scope="session")
def given_texts() -> tuple[str, ...]:
    """The made-up texts, with some non-answers among them."""
    return (*TEXTS[:50], *NON_ANSWERS[:3], *TEXTS[50:], *NON_ANSWERS[3:])


@pytest.fixture(scope="session")
def found(given_texts: tuple[str, ...], embedder: MiniLMEmbedder) -> ThemingResult:
    """What the engine finds in the made-up texts."""
    return find_themes(given_texts, embedder=embedder)


@pytest.fixture(scope="session")
def bowling_green() -> tuple[str, ...]:
    """The 607 real statements, or a skip that says why."""
    import csv

    path = REAL_TEXTS / "bowling_green.csv"
    if not path.is_file():
        pytest.skip("The real texts are not beside the project: ../shared/data/bowling_green.csv is missing.")
    with path.open(encoding="utf-8", newline="") as opened:
        return tuple(row["text"] for row in csv.DictReader(opened))
