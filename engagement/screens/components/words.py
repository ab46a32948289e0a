"""People's words as HTML: exactly as they were said, each in its language and its own direction."""

from __future__ import annotations

from html import escape


def write_words(text: str, language: str = "") -> str:
    """Write words as a quotation, with every letter escaped."""
    return f"<blockquote dir='auto'{mark_language(language)}>{escape(text)}</blockquote>"


def write_translation(translation: str) -> str:
    """Write a translation, marked as one; nothing where there is none."""
    if not translation:
        return ""
    return f"<p class='translation' lang='en' dir='auto'>In English: {escape(translation)}</p>"


def mark_language(language: str) -> str:
    """Write the attribute that says in which language words are; nothing where nobody knows."""
    return f" lang='{escape(language, quote=True)}'" if language else ""
