"""The languages of the participants' pages: whole, with the same places for numbers, open to correction."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from engagement.web.languages import TEXTS, list_languages
from engagement.web.pages import TEMPLATES
from models.rooms import RoundKind, Sector

CODES = ("cy", "gu", "pa", "pl", "tr")
PAGES = (
    "seat_page.html",
    "join_code.html",
    "join.html",
    "seat.html",
    "seat_choice.html",
    "seat_reasons.html",
    "seat_round.html",
    "seat_voice.html",
    "seat_vote.html",
)


def list_said() -> set[str]:
    """List every English phrase that the pages say."""
    pages = "".join((TEMPLATES / page).read_text(encoding="utf-8") for page in PAGES)
    said = set(re.findall(r"""say\(["']([^"']+)["'][,)]""", pages))
    return said | {f"sector {each}" for each in Sector} | {f"round {each}" for each in RoundKind}


@pytest.mark.parametrize("code", CODES)
def test_a_language_says_all_that_the_pages_say_and_nothing_else(code: str) -> None:
    texts = json.loads((TEXTS / f"{code}.json").read_text(encoding="utf-8"))["texts"]

    assert set(texts) == list_said()
    for english, words in texts.items():
        assert words.strip()
        assert set(re.findall(r"{\w+}", words)) == set(re.findall(r"{\w+}", english)), english


def test_every_language_but_english_is_marked_as_unchecked() -> None:
    assert [each.code for each in list_languages()] == ["en", *CODES]
    assert [each.code for each in list_languages() if each.is_unchecked] == list(CODES)


def test_a_council_corrects_a_language_by_a_file_beside_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENGAGEMENT_DATA_DIR", str(tmp_path))
    (tmp_path / "texts").mkdir()
    corrected = {"language": "Cymraeg", "checked_by": "Siân", "texts": {"Go on": "Ewch ymlaen"}}
    (tmp_path / "texts" / "cy.json").write_text(json.dumps(corrected), encoding="utf-8")

    welsh = next(each for each in list_languages() if each.code == "cy")

    assert (welsh.say("Go on"), welsh.say("Take a seat"), welsh.is_unchecked) == (
        "Ewch ymlaen",
        "Take a seat",
        False,
    )
