"""The order in which answers stand by nature: bands of numbers, known scales, the groups of a set."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from engagement.listen.characteristics.sets import (
    NOT_SAID,
    NOT_SAID_ANSWERS,
    CharacteristicSet,
    fold_answer,
    propose_group,
)

SCALES = Path(__file__).with_name("scales.toml")
BESIDE = NOT_SAID_ANSWERS | {
    "don t know",
    "dont know",
    "do not know",
    "not sure",
    "unsure",
    "no opinion",
    "not applicable",
    "n a",
    "other",
    "other please specify",
    "other please say",
}
"""Answers that stand beside every scale, and come last."""
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
BELOW = re.compile(r"\b(?:under|below|less|fewer|younger|up to|at most)\b|<")
ABOVE = re.compile(r"\b(?:over|above|more|older|at least|plus)\b|\+|>")
WORDS_OF_BANDS = re.compile(
    r"\b(?:under|below|less|fewer|younger|than|up|to|at|most|least|over|above|more|older|plus|and|or|between|"
    r"from|aged?|years?|yrs?|old|months?|weeks?|days?|hours?|hrs?|minutes?|mins?|people|person|children|times?|"
    r"miles?|km|a|an|per|each|week|month|year|day)\b|(?<=\d)k\b|[^a-z]"
)


def order_answers(answers: Mapping[str, int], chosen: CharacteristicSet | None = None) -> list[str]:
    """Put answers into the order in which they stand by nature, else those that most people gave first.

    Parameters
    ----------
    answers : mapping
        How many people gave each answer.
    chosen : CharacteristicSet
        The set whose groups the answers may be; their order is that of the set.

    Examples
    --------
    >>> order_answers({"Often": 3, "Never": 9, "Don't know": 20, "Sometimes": 5})
    ['Often', 'Sometimes', 'Never', "Don't know"]
    """
    by_count = sorted(answers, key=lambda answer: (-answers[answer], answer))
    beside = [answer for answer in by_count if fold_answer(answer) in BESIDE]
    own = [answer for answer in by_count if answer not in beside]
    ranks = _rank_bands(own) or _rank_steps(own)
    if ranks:
        return [*sorted(own, key=lambda answer: ranks[answer]), *beside]
    if chosen is None:
        return by_count
    groups = {name: number for number, name in enumerate(chosen.group_names)}
    ranked = {answer: groups.get(propose_group(chosen, answer), len(groups)) for answer in own}
    return [*sorted(own, key=ranked.__getitem__), *beside]


def order_groups(counted: Mapping[str, int], chosen: CharacteristicSet | None) -> list[str]:
    """Put groups of a set into its order, then other answers; who does not say comes last."""
    named = chosen.group_names if chosen else ()
    ranks = {name: number for number, name in enumerate(named) if name != NOT_SAID}
    if not any(name in ranks for name in counted):
        return order_answers(counted)
    free = order_answers({name: count for name, count in counted.items() if name not in ranks}, chosen)
    return [*sorted((name for name in counted if name in ranks), key=ranks.__getitem__), *free]


def _rank_steps(answers: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Rank answers by the scale that all of them are steps of; nothing where there is none."""
    folded = {answer: fold_answer(answer) for answer in answers}
    steps = next((each for each in _read_scales() if all(answer in each for answer in folded.values())), {})
    return {answer: (steps[step], 0) for answer, step in folded.items()} if steps and len(answers) > 1 else {}


def _rank_bands(answers: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Rank answers that all are numbers or bands of them; nothing where one is something else."""
    ranks = {answer: _read_band(answer.casefold()) for answer in answers}
    bands = {answer: band for answer, band in ranks.items() if band is not None}
    return bands if len(bands) == len(ranks) > 1 else {}


def _read_band(answer: str) -> tuple[float, float] | None:
    """Read a band as its two ends: "25-34", "£10,000 to £20,000", "Under 16", "85+", "3 hours"."""
    numbers = [float(each.replace(",", "")) for each in NUMBER.findall(answer)]
    if not numbers or len(numbers) > 2 or WORDS_OF_BANDS.sub("", answer):
        return None
    least, most = numbers[0], numbers[-1]
    if len(numbers) == 1 and BELOW.search(answer):
        return float("-inf"), most
    if len(numbers) == 1 and ABOVE.search(answer):
        return least, float("inf")
    return least, most


@cache
def _read_scales() -> tuple[dict[str, int], ...]:
    """Read every scale as the rank of each way to say a step."""
    packed = tomllib.loads(SCALES.read_text(encoding="utf-8"))["scales"]
    return tuple(
        {fold_answer(way): rank for rank, step in enumerate(scale["steps"]) for way in step}
        for scale in packed
    )
