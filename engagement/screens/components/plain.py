"""Showing words exactly as they are where Streamlit would read them as markdown."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([\\`*_\[\]<>~$|#&!])")
_LIST_START = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)", re.MULTILINE)
# A colon before a letter may begin an emoji or an address: an unseen joiner keeps them apart.
_COLON = re.compile(r":(?=[\w+/-])")


def write_plainly(words: str) -> str:
    """Write words as markdown that shows exactly these words: no emoji, no link, no list, no picture."""
    escaped = _SIGNS.sub(r"\\\1", words)
    escaped = _LIST_START.sub(lambda found: f"{found[1]}{_escape_mark(found[2])}", escaped)
    return _COLON.sub(":\u2060", escaped)


def _escape_mark(mark: str) -> str:
    return f"{mark[:-1]}\\{mark[-1]}"
