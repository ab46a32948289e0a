"""The languages of the participants' pages: whole, with the same places for numbers, open to correction."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from engagement.web.board_assets import FOLDER
from engagement.web.languages import TEXTS, list_languages
from engagement.web.pages import TEMPLATES
from engagement.workshop.vote_standing import Rest
from models.rooms import RoundKind, Sector

# Only who signs in with an account sees the history and the suggestions.
SCRIPTS = sorted(path for path in FOLDER.glob("*.js") if not path.name.startswith(("replay", "suggestions")))
SAYING = re.compile(r'(?<!\w)(?:say|word)\(\s*"([^"]+)"')
UNSEEN = ("The state came as", "The steps after", "The server answered", "Bearer ")
"""What only programmers and servers read."""
CODES = ("cy", "gu", "pa", "pl", "tr")
PAGES = (
    "seat_page.html",
    "join_code.html",
    "join.html",
    "say.html",
    "say_closed.html",
    "say_thanks.html",
    "seat.html",
    "seat_choice.html",
    "seat_reasons.html",
    "seat_round.html",
    "seat_voice.html",
    "seat_vote.html",
)

STAFF_ONLY = frozenset(
    (
        "Go to a suggestion first.",
        "Park…",
        "Merge into…",
        "Take apart…",
        "Remove theme…",
        "There is nothing to redo.",
        "Says too little to place",
        "Not about this engagement",
        "Said twice",
        "Park {voices}",
        "Parked voices stay in the record and in the count. Others will read the reason.",
        "Park",
        "Hide this reason of {name} from everybody",
        "Hide",
        "Often used",
        "park with a reason",
        "bring back what is parked",
        "accept a suggestion",
        "refuse it",
        "merge this theme into another",
        "redo it",
        "You may read this board, but not move cards.",
        "Merge “{theme}” into",
        "Merge “{theme}” into “{into}”?",
        "Its {voices} will stand under “{into}”. You can take the two apart again at any time.",
        "Merge",
        "Nothing is merged into this theme.",
        "Take out of “{theme}”",
        "Remove “{theme}”?",
        "Its {voices} go back to “Not yet placed”. Undo brings the theme back.",
        "Remove theme",
        "Undo",
        "Redo",
        "Projector",
        "Nothing to undo",
        "Nothing to redo",
        "{count} suggested",
        "Show on the wall",
        "Show the whole board again",
        "hold this theme up on the wall",
        "“{theme}” is on the wall.",
        "The whole board is on the wall again.",
        "The wall could not be reached. Try again once the board is connected.",
    )
)
"""Words for acts that no seat can do: other languages may leave them in English."""


def list_said() -> set[str]:
    """List every English phrase that the pages say."""
    pages = "".join((TEMPLATES / page).read_text(encoding="utf-8") for page in PAGES)
    said = set(re.findall(r"""say\(["']([^"']+)["'][,)]""", pages))
    said |= {f"Free again: {{dots}} of your dots. “{{theme}}” was {why}." for why in Rest}
    return said | {f"sector {each}" for each in Sector} | {f"round {each}" for each in RoundKind}


def read_script(path: Path) -> str:
    """Read one of the board's scripts without what it says to programmers."""
    source = re.sub(r"/\*\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"^\s*//.*$", "", source, flags=re.MULTILINE)


def list_board_words() -> set[str]:
    """List every English phrase that the live board says."""
    return {phrase for path in SCRIPTS for phrase in SAYING.findall(read_script(path))}


def read_texts(code: str) -> dict[str, str]:
    """Read the words of a language."""
    return json.loads((TEXTS / f"{code}.json").read_text(encoding="utf-8"))["texts"]


def keep_correction(data: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """Put a council's own Welsh beside the record."""
    monkeypatch.setenv("ENGAGEMENT_DATA_DIR", str(data))
    (data / "texts").mkdir()
    (data / "texts" / "cy.json").write_bytes(content)


def test_the_english_file_holds_all_that_pages_and_board_say() -> None:
    assert (list_said() | list_board_words()) - set(read_texts("en")) == set()


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_of_the_board_shows_words_outside_the_catalogue(path: Path) -> None:
    rest = SAYING.sub("", read_script(path))

    shown = re.findall(r"""["`]([A-Z][a-z’]*(?: [^"`]*|[.…?!]))["`]""", rest)

    assert [each for each in shown if not each.startswith(UNSEEN)] == []


@pytest.mark.parametrize("code", CODES)
def test_a_language_says_all_that_seats_can_see_and_nothing_else(code: str) -> None:
    texts = read_texts(code)

    assert set(texts) <= set(read_texts("en"))
    assert (list_said() | list_board_words()) - set(texts) - STAFF_ONLY == set()
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


@pytest.mark.parametrize(
    "broken",
    [b"{", b"[]", b'{"texts": {}}', b'{"language": "Cymraeg", "checked_by": "", "texts": []}', b"\xff"],
)
def test_a_correction_that_cannot_be_read_is_left_out_and_told(
    broken: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_correction(tmp_path, monkeypatch, broken)

    welsh = next(each for each in list_languages() if each.code == "cy")

    assert welsh.say("Go on") == read_texts("cy")["Go on"]
    assert "cy.json cannot be read, so it is left out until it is mended" in capsys.readouterr().err


def test_a_correction_saved_with_a_byte_order_mark_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corrected = {"language": "Cymraeg", "checked_by": "Siân", "texts": {"Go on": "Ewch ymlaen"}}
    keep_correction(tmp_path, monkeypatch, b"\xef\xbb\xbf" + json.dumps(corrected).encode())

    assert "Ewch ymlaen" in [each.say("Go on") for each in list_languages()]


@pytest.mark.parametrize(
    "wrong", ["Tabl {rhif}", "Tabl {number", "Tabl {}", "Tabl {number:d}", "Tabl {number.x}"]
)
def test_a_translation_with_a_wrong_place_for_a_value_stays_english(
    wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {"Table {number}": wrong, "Go on": "Ewch ymlaen"}
    corrected = {"language": "Cymraeg", "checked_by": "Siân", "texts": texts}
    keep_correction(tmp_path, monkeypatch, json.dumps(corrected).encode())

    welsh = next(each for each in list_languages() if each.code == "cy")

    assert (welsh.say("Table {number}", number="3"), welsh.say("Go on")) == ("Table 3", "Ewch ymlaen")
    assert "which is said instead" in capsys.readouterr().err
