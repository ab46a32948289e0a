"""Which language words are in, where the script alone says so."""

from __future__ import annotations

import unicodedata
from collections import Counter

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


def find_language(text: str) -> str:
    """Tell the language of a text by its script; empty where a script serves several languages."""
    scripts = Counter(unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha())
    if not scripts:
        return ""
    return SCRIPT_TO_LANGUAGE.get(scripts.most_common(1)[0][0], "")
