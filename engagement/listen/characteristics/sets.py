"""The sets of groups that ship with the product, and which group an answer most likely belongs to."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from engagement.listen.searching import fold_words

FOLDER = Path(__file__).with_name("sets")
NOT_SAID = "Prefer not to say"
NOT_SAID_ANSWERS = frozenset(
    {
        "prefer not to say",
        "i prefer not to say",
        "i d prefer not to say",
        "would rather not say",
        "rather not say",
        "not stated",
        "do not wish to say",
        "refused",
        "pnts",
        "no answer",
    }
)
WORD = re.compile(r"\w+")
UNDER = re.compile(r"^(?:under|below|younger than|less than) (\d{1,3})$")
FROM = re.compile(r"^(?:aged )?(\d{1,3}) ?(?:\+|plus|(?:or|and) (?:over|older|above|more))$")
BETWEEN = re.compile(r"^(?:aged? )?(\d{1,3}) ?(?:-|–|—|to|and) ?(\d{1,3})$")
ALONE = re.compile(r"^(?:aged? )?(\d{1,3})$")
YEARS = re.compile(r"\b(?:years? old|years?|yrs?)\b")
OLDEST = 130


@dataclass(frozen=True)
class Group:
    """One group of a set.

    An answer belongs to it when it is one of ``answers``, holds all the words of one of ``words`` and none of
    ``lacks``, or, in a set of ranges, lies from ``least`` to ``most``. ``broad`` is the larger group.
    """

    name: str
    broad: str = ""
    answers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    least: int = 0
    most: int = 0


@dataclass(frozen=True)
class CharacteristicSet:
    """Groups that many surveys share, with where they come from and under which licence."""

    key: str
    name: str
    source: str
    address: str
    licence: str
    headers: tuple[str, ...]
    groups: tuple[Group, ...]
    are_ranges: bool = False

    @property
    def group_names(self) -> tuple[str, ...]:
        """List the names of all groups, with that of whoever prefers not to say."""
        return (*(group.name for group in self.groups), NOT_SAID)


@cache
def read_sets() -> dict[str, CharacteristicSet]:
    """Read every set from its file, by the file's name."""
    return {path.stem: _read_set(path) for path in sorted(FOLDER.glob("*.toml"))}


def find_set(header: str, answers: Iterable[str]) -> CharacteristicSet | None:
    """Find the set that a column most likely asks about; None when its header names none.

    Where the headers of several sets fit, the one into which most different answers fall is taken.
    """
    folded = fold_answer(header)
    fitting = [each for each in read_sets().values() if _measure_header(each, folded)]
    different = set(answers)

    def rank(each: CharacteristicSet) -> tuple[int, int]:
        n_known = sum(propose_group(each, answer) not in ("", NOT_SAID) for answer in different)
        return n_known, _measure_header(each, folded)

    return max(fitting, key=rank, default=None)


def propose_group(chosen: CharacteristicSet, answer: str) -> str:
    """Propose the group of an answer; "" where none fits, so that it stays as it is written.

    Examples
    --------
    >>> propose_group(read_sets()["ethnic_group"], "Asian/Asian British - Indian")
    'Asian, Asian British or Asian Welsh: Indian'
    >>> propose_group(read_sets()["ethnic_group"], "Turkish")
    ''
    """
    folded = fold_answer(answer)
    if folded in NOT_SAID_ANSWERS:
        return NOT_SAID
    if chosen.are_ranges:
        return _propose_range(chosen, fold_words(answer))
    exact = [group for group in chosen.groups if folded in (*group.answers, fold_answer(group.name))]
    if exact:
        return exact[0].name
    fitting = {group.name: _count_words(group, set(folded.split())) for group in chosen.groups}
    most = max(fitting.values())
    best = [name for name, n_words in fitting.items() if n_words == most]
    return best[0] if most and len(best) == 1 else ""


def fold_answer(text: str) -> str:
    """Write an answer so that two ways to write the same are equal: small letters, no accents, no signs."""
    return " ".join(WORD.findall(fold_words(text)))


def _read_set(path: Path) -> CharacteristicSet:
    packed: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    groups = tuple(_make_group(group) for group in packed["groups"])
    texts = {name: packed[name] for name in ("name", "source", "address", "licence")}
    return CharacteristicSet(
        key=path.stem,
        headers=tuple(packed["headers"]),
        groups=groups,
        are_ranges=packed.get("are_ranges", False),
        **texts,
    )


def _count_words(group: Group, words: set[str]) -> int:
    """Count the words of the longest rule of a group that an answer meets; 0 where it meets none."""
    if any(words.issuperset(each.split()) for each in group.lacks):
        return 0
    return max((len(each.split()) for each in group.words if words.issuperset(each.split())), default=0)


def _measure_header(chosen: CharacteristicSet, folded: str) -> int:
    """Return how long the longest header of a set is that stands in a folded one, as whole words."""
    found = (each for each in chosen.headers if re.search(rf"\b{re.escape(fold_answer(each))}\b", folded))
    return max((len(each) for each in found), default=0)


def _make_group(packed: dict[str, Any]) -> Group:
    return Group(
        name=packed["name"],
        broad=packed.get("broad", ""),
        answers=tuple(packed.get("answers", ())),
        words=tuple(packed.get("words", ())),
        lacks=tuple(packed.get("lacks", ())),
        least=packed.get("least", 0),
        most=packed.get("most", 0),
    )


def _propose_range(chosen: CharacteristicSet, answer: str) -> str:
    span = _read_range(" ".join(YEARS.sub(" ", answer).split()))
    if span is None:
        return ""
    least, most = span
    fitting = (group.name for group in chosen.groups if group.least <= least <= most <= group.most)
    return next(fitting, "")


def _read_range(answer: str) -> tuple[int, int] | None:
    """Read an age or a range of ages as its two ends; None where it is none."""
    if found := BETWEEN.match(answer):
        return int(found[1]), int(found[2])
    if found := UNDER.match(answer):
        return 0, int(found[1]) - 1
    if found := FROM.match(answer):
        return int(found[1]), OLDEST
    if found := ALONE.match(answer):
        return int(found[1]), int(found[1])
    return None
