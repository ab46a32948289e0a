"""The languages of the pages for participants: one file each, keyed by the English words.

A council corrects a file by putting its own beside the record, as ``texts/cy.json`` in the data folder. What
is wrong in it is left out and told in the log: a hall must not lose its pages to a forgotten comma.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Formatter

from pydantic import BaseModel
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


class _TextsFile(BaseModel):
    """What stands in the file of a language."""

    language: str
    checked_by: str
    texts: dict[str, str]


@lru_cache(maxsize=1)
def _look_again(folder: Path, _period: int) -> tuple[Language, ...]:
    return _read_languages(folder, _list_changes(folder))


@lru_cache(maxsize=1)
def _read_languages(folder: Path, _changes: tuple[tuple[str, float], ...]) -> tuple[Language, ...]:
    languages = {path.stem: _read_language(path) for path in TEXTS.glob("*.json")}
    for path in sorted(folder.glob("*.json")):
        try:
            languages[path.stem] = _read_language(path)
        except (OSError, ValueError) as error:
            _warn(f"{path} cannot be read, so it is left out until it is mended: {error}")
    english = languages.pop(ENGLISH)
    return (english, *(language for _code, language in sorted(languages.items())))


def _read_language(path: Path) -> Language:
    # Editors on Windows put a mark before the first sign, which is no part of JSON.
    kept = _TextsFile.model_validate_json(path.read_text(encoding="utf-8-sig"))
    texts: dict[str, str] = {}
    for english, words in kept.texts.items():
        if not _can_be_said(english, words):
            _warn(f"{path}: “{words}” has other places in {{}} than “{english}”, which is said instead.")
        elif words:
            texts[english] = words
    return Language(path.stem, kept.language, kept.checked_by, texts)


def _can_be_said(english: str, words: str) -> bool:
    """Tell whether every place for a value in the words is one that the English ones have as well."""
    try:
        return _list_places(words) <= _list_places(english)
    except ValueError:  # a brace that nothing closes
        return False


def _list_places(text: str) -> set[tuple[str, str | None, str | None]]:
    return {(name, spec, how) for _words, name, spec, how in Formatter().parse(text) if name is not None}


def _list_changes(folder: Path) -> tuple[tuple[str, float], ...]:
    return tuple((path.name, path.stat().st_mtime) for path in sorted(folder.glob("*.json")))


def _warn(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
