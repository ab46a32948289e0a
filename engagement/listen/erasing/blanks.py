"""Blanks in the place of words: as many letters, so that every other place in the file stays where it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from engagement.listen.contents import Place

BLANK = "x"
"""A letter that every encoding and format holds, and that nothing reads as a mark of its own."""
NOT_LINE_END = re.compile(r"[^\r\n]")

Span = tuple[int, int]
Cuts = Mapping[Place, Sequence[Span]]
"""The characters to blank at each place."""


class NotSoundError(Exception):
    """The file cannot be redacted in its own format so that nothing else changes."""


def blank(words: str) -> str:
    r"""Put a blank in the place of every character but the ends of lines.

    Examples
    --------
    >>> blank("the bus\\nis late")
    'xxxxxxx\\nxxxxxxx'
    """
    return NOT_LINE_END.sub(BLANK, words)


def blank_spans(text: str, spans: Iterable[Span]) -> str:
    """Blank these characters of a text, and leave the others."""
    for start, end in spans:
        text = text[:start] + blank(text[start:end]) + text[end:]
    return text


def squeeze(text: str) -> str:
    """Take all white space out, so that words are found however they are broken."""
    return "".join(text.split())
