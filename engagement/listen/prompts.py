"""Recognising a prompt in the heading of notes or the header of a column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

NUMBER_MARK = re.compile(
    r"^\W*(?:(?:prompt|question|qu|q|topic|theme|part|section|round)\W*)?(?:\d{1,2}|[a-z])?\s*[.:)\-–—]+\s*",
    re.IGNORECASE,
)
QUESTION_START = re.compile(
    r"^(what|how|why|where|when|who|which|is|are|do|does|did|can|could|would|should|if|tell us|please)\b",
    re.IGNORECASE,
)
# Rationale: word by word, a slip of the pen ("work" for "works") stays above; "stop" for "see" is far below,
# although the two whole questions are alike.
MIN_LIKENESS_OF_WORDS = 0.75
MAX_EXTRA_WORDS = 6
MAX_PROMPT_WORDS = 60
NEGATIONS = frozenset(
    {"not", "no", "never", "dont", "doesnt", "isnt", "arent", "cant", "cannot", "didnt", "wasnt", "wont"}
)


def normalise_prompt(text: str) -> str:
    """Reduce a prompt to its words: no case, no punctuation, no number in front."""
    plain = text.replace("\u00a0", " ").replace("’", "'").replace("‘", "'").strip().casefold()
    unnumbered = NUMBER_MARK.sub("", plain, count=1)
    words = re.sub(r"[^\w\s]", "", (unnumbered if len(unnumbered.split()) >= 2 else plain).replace("'", ""))
    return " ".join(words.split())


def match_prompt(text: str, prompts: Sequence[str]) -> str | None:
    """Find the prompt that a heading stands for; None when it stands for none."""
    wanted = normalise_prompt(text)
    if not wanted or len(wanted.split()) > MAX_PROMPT_WORDS:
        return None
    likeness, best = max(
        ((_measure_likeness(wanted, normalise_prompt(each)), each) for each in prompts), default=(0.0, "")
    )
    return best if likeness else None


def is_same_prompt(text: str, prompts: Sequence[str]) -> bool:
    """Tell whether a text is nothing but one of the prompts."""
    words = normalise_prompt(text)
    return bool(words) and words in {normalise_prompt(each) for each in prompts}


def looks_like_question(text: str) -> bool:
    """Tell whether a heading reads like something that was asked."""
    plain = NUMBER_MARK.sub("", text.strip(), count=1)
    n_words = len(plain.split())
    return 3 <= n_words <= MAX_PROMPT_WORDS and (
        plain.rstrip().endswith("?") or bool(QUESTION_START.match(plain))
    )


def _measure_likeness(wanted: str, prompt: str) -> float:
    if wanted == prompt:
        return 1.0
    ours, theirs = wanted.split(), prompt.split()
    if bool(NEGATIONS & set(ours)) != bool(NEGATIONS & set(theirs)):
        return 0.0
    shorter, longer = sorted((ours, theirs), key=len)
    if len(shorter) >= 3 and len(longer) - len(shorter) <= MAX_EXTRA_WORDS and _is_within(shorter, longer):
        return 0.95
    if len(ours) != len(theirs):
        return 0.0
    lowest = min(
        SequenceMatcher(None, *pair, autojunk=False).ratio() for pair in zip(ours, theirs, strict=True)
    )
    return lowest if lowest >= MIN_LIKENESS_OF_WORDS else 0.0


def _is_within(shorter: list[str], longer: list[str]) -> bool:
    starts = range(len(longer) - len(shorter) + 1)
    return any(longer[start : start + len(shorter)] == shorter for start in starts)
