"""Which language words are in: by their script where that is enough, else as a careful guess."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SCRIPT_TO_LANGUAGE = {
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "TELUGU": "te",
    "SINHALA": "si",
    "GREEK": "el",
    "HEBREW": "he",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "THAI": "th",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "ETHIOPIC": "am",
}
TIGRINYA = frozenset("ኣቐቑቒቓቔቕቖ")
"""Letters of the Ethiopic script that Tigrinya uses and Amharic hardly ever."""
NAMES = {
    "en": "English", "cy": "Welsh", "gd": "Scottish Gaelic", "ga": "Irish", "sq": "Albanian", "am": "Amharic",
    "ar": "Arabic", "hy": "Armenian", "bn": "Bengali", "bg": "Bulgarian", "zh": "Chinese", "hr": "Croatian",
    "cs": "Czech", "nl": "Dutch", "fr": "French", "ka": "Georgian", "de": "German", "el": "Greek",
    "gu": "Gujarati", "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "ig": "Igbo",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "ku": "Kurdish", "lv": "Latvian", "lt": "Lithuanian",
    "ml": "Malayalam", "mr": "Marathi", "ne": "Nepali", "ps": "Pashto", "fa": "Persian", "pl": "Polish",
    "pt": "Portuguese", "pa": "Punjabi", "ro": "Romanian", "ru": "Russian", "si": "Sinhala", "sk": "Slovak",
    "so": "Somali", "es": "Spanish", "sw": "Swahili", "tl": "Tagalog", "ta": "Tamil", "te": "Telugu",
    "th": "Thai", "ti": "Tigrinya", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "yo": "Yoruba",
}  # fmt: skip
"""Languages that can be said of a voice, by their code. What is none of these is not guessed."""
SAME_WRITTEN = {"arz": "ar", "ary": "ar", "sdh": "ku", "yue": "zh", "wuu": "zh"}
# Rationale: on the 614 made-up voices of the example and the pages of seats in six languages, no guess was
# wrong from here on; below, words such as "GP" or "wifi" come out as Polish or Maltese.
MIN_LETTERS = 20
MIN_SURENESS = 0.8


def find_language(text: str) -> str:
    """Tell the language of a text by its script; empty where a script serves several languages."""
    if text.isascii():
        return ""
    scripts = Counter(unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha())
    if not scripts:
        return ""
    found = SCRIPT_TO_LANGUAGE.get(scripts.most_common(1)[0][0], "")
    return "ti" if found == "am" and TIGRINYA & set(text) else found


def guess_language(text: str) -> str:
    """Guess the language of a text; empty when it is too short or not surely one that has a name here."""
    if by_script := find_language(text):
        return by_script
    if sum(letter.isalpha() for letter in text) < MIN_LETTERS:
        return ""
    found, sureness = _load_identifier().classify(text)
    found = SAME_WRITTEN.get(found, found)
    return found if sureness >= MIN_SURENESS and found in NAMES else ""


def name_language(code: str) -> str:
    """Name a language for a person: by its code where no name is known, "not sure" where there is none."""
    return NAMES.get(code, code) or "not sure"


@cache
def _load_identifier() -> LanguageIdentifier:
    # Unpacking the model takes a second or so: only whoever saves voices waits for it, once in a process.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
