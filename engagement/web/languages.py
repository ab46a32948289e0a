"""The languages of the pages for participants: one file each, keyed by the English words.

A council corrects a file by putting its own beside the record, as ``texts/cy.json`` in the data folder.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from starlette.requests import HTTPConnection

from engagement.errors import EngagementError
from engagement.settings import read_settings

TEXTS = Path(__file__).parent / "texts"
LANGUAGE_COOKIE = "thread_language"
ENGLISH = "en"
LOOK_AGAIN_S = 2.0
"""A file that a council has corrected is read within this time; not each page asks the disk."""


@dataclass(frozen=True)
class Language:
    """One language. ``checked_by`` is empty as long as nobody who speaks it has read the words over."""

    code: str
    name: str
    checked_by: str
    texts: Mapping[str, str]

    def say(self, english: str, **values: object) -> str:
        """Say English words in this language, with values put in; what is not translated stays English."""
        return self.texts.get(english, english).format(**values)

    def say_refusal(self, refusal: EngagementError) -> str:
        """Say why something was refused in this language; what is not translated stays English."""
        return self.say(refusal.key, **refusal.values) if refusal.key in self.texts else str(refusal)

    def list_board_words(self) -> dict[str, str]:
        """List the words that the live board needs to speak this language, by the English ones."""
        return {english: words for english, words in self.texts.items() if words != english}

    @property
    def is_unchecked(self) -> bool:
        """Tell whether readers must be told that nobody has checked these words."""
        return self.code != ENGLISH and not self.checked_by


def list_languages() -> tuple[Language, ...]:
    """List the languages to choose from, English first."""
    folder = read_settings().data_dir / "texts"
    return _look_again(folder, int(time.monotonic() / LOOK_AGAIN_S))


def find_language(request: HTTPConnection) -> Language:
    """Find the language that a browser has chosen; English where it has chosen none."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, ENGLISH)
    languages = list_languages()
    return next((each for each in languages if each.code == chosen), languages[0])


@lru_cache(maxsize=1)
def _look_again(folder: Path, _period: int) -> tuple[Language, ...]:
    return _read_languages(folder, _find_newest_change(folder))


@cache
def _read_languages(folder: Path, _changed_at: float) -> tuple[Language, ...]:
    files = {path.stem: path for path in sorted(TEXTS.glob("*.json"))}
    files |= {path.stem: path for path in sorted(folder.glob("*.json"))}
    english = _read_language(ENGLISH, files.pop(ENGLISH))
    return (english, *(_read_language(code, path) for code, path in sorted(files.items())))


def _read_language(code: str, path: Path) -> Language:
    kept = json.loads(path.read_text(encoding="utf-8"))
    texts = {english: words for english, words in kept["texts"].items() if words}
    return Language(code, kept["language"], kept["checked_by"], texts)


def _find_newest_change(folder: Path) -> float:
    return max((path.stat().st_mtime for path in folder.glob("*.json")), default=0.0)
