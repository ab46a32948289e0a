"""Consent as surveys ask for it: which question a column is, and which answers agree."""

from __future__ import annotations

import re
from enum import StrEnum

MAX_ANSWERS = 6


class Consent(StrEnum):
    """What somebody may agree to. The value completes "Their words may be ..."."""

    USE = "used"
    QUOTE = "quoted"
    PASS_ON = "passed on"  # noqa: S105  nothing secret
    STORY = "told as a story"


ASKS = re.compile(
    r"\b(consent|permission|(do|would) you (agree|allow)|(are|would) you (be )?(happy|willing)|i agree|"
    r"(may|can|could) we (use|quote|share|pass|tell|publish))\b",
    re.IGNORECASE,
)
KINDS = {
    Consent.STORY: r"story|stories|case stud(y|ies)",
    Consent.QUOTE: r"quot\w*|publish\w*|in (our|the) report|verbatim",
    Consent.PASS_ON: r"pass(ed|ing)? on|shar(e|ed|ing)|other organi[sz]ations|partners",
    Consent.USE: r"us(e|ed|ing)|tak(e|ing) part|participat\w*|consent|includ\w*",
}
YES = re.compile(
    r"(?!.*\b(not|never)\b|.*n['’]t\b)"
    r"(y|true|1|x|✓|✔|ticked|checked|selected|happy to|((yes|ok|okay|(i (do )?)?(agreed?|consent))\b.*))",
    re.IGNORECASE,
)


def find_consent(header: str, n_different: int) -> Consent | None:
    """Tell what a column of a survey asks consent for; None when it asks for none.

    Examples
    --------
    >>> find_consent("Are you happy for us to quote you without your name?", 2)
    <Consent.QUOTE: 'quoted'>
    >>> find_consent("What would make you happy?", 40)
    """
    if n_different > MAX_ANSWERS or not ASKS.search(header):
        return None
    words = header.casefold()
    return next((kind for kind, pattern in KINDS.items() if re.search(rf"\b({pattern})\b", words)), None)


def reads_as_yes(answer: str) -> bool:
    """Tell whether an answer agrees; silence and what cannot be understood do not.

    Examples
    --------
    >>> [reads_as_yes(each) for each in ("Yes", "I agree", "yes, but no names", "No", "I do not agree", "")]
    [True, True, True, False, False, False]
    """
    return YES.fullmatch(" ".join(answer.split()).rstrip(".;!")) is not None
