"""Lists of card numbers as they stand on paper, checked against the board while people type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from engagement.errors import EngagementError
from engagement.workshop.paper.paper_board import PaperBoard
from engagement.workshop.paper.typed_numbers import read_numbers, say_numbers
from engagement.workshop.wording import LONGEST_REASON, clean_theme_name, clean_wording

PARKED = "Parked"
ON_PAPER = "Parked on paper"


@dataclass(frozen=True)
class ThemeList:
    """What was typed for one theme: ``cards`` at home there, and cards that speak there ``also``.

    ``theme_id`` None means a new theme that people named on paper.
    """

    theme_id: int | None
    name: str
    cards: str = ""
    also: str = ""


@dataclass(frozen=True)
class PaperLists:
    """Everything that was typed for one paper."""

    themes: tuple[ThemeList, ...]
    parked: str = ""
    reason: str = ON_PAPER


@dataclass(frozen=True)
class Mistake:
    """Something to look at again, in a sentence; ``stops`` when the paper cannot be brought back with it."""

    where: str
    says: str
    stops: bool = True


@dataclass(frozen=True)
class CheckedList:
    """One theme with the voices that were found on its list."""

    theme_id: int | None
    name: str
    voices: tuple[int, ...]
    also: tuple[int, ...]


@dataclass(frozen=True)
class CheckedPaper:
    """What the lists hold, as far as it could be read, and every mistake in them."""

    lists: tuple[CheckedList, ...]
    parked: tuple[int, ...]
    reason: str
    mistakes: tuple[Mistake, ...]


def check_lists(board: PaperBoard, lists: PaperLists) -> CheckedPaper:
    """Read the lists and find every mistake at once."""
    checker = _Checker(board)
    found = [(each, checker.read_home(each.name, each.cards)) for each in lists.themes if not _is_blank(each)]
    parked = checker.read_home(PARKED, lists.parked)
    at_home = {voice: each.name for each, voices in found for voice in voices} | dict.fromkeys(parked, PARKED)
    checked = tuple(
        CheckedList(
            each.theme_id,
            checker.read_name(each),
            voices,
            checker.read_also(each, at_home),
        )
        for each, voices in found
    )
    reason = checker.read_reason(lists.reason) if parked else ""
    return CheckedPaper(checked, parked, reason, tuple(checker.mistakes))


def _is_blank(each: ThemeList) -> bool:
    is_empty = not each.cards.strip() and not each.also.strip()
    return is_empty and (each.theme_id is not None or not each.name.strip())


@dataclass
class _Checker:
    board: PaperBoard
    mistakes: list[Mistake] = field(default_factory=list)
    homes: dict[int, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def read_home(self, name: str, typed: str) -> tuple[int, ...]:
        """Give the voices whose cards are at home on this list; each at home once on paper."""
        voices = self._find_voices(name, typed)
        taken = [voice for voice in voices if voice in self.homes]
        for voice in taken:
            number = self.board.numbers.number_of(voice)
            self._note(
                name,
                f"Card {number} is under {self.homes[voice]} already. Leave it in one place; where it also "
                "speaks, write it under “Also in”.",
            )
        self.homes |= dict.fromkeys(
            (voice for voice in voices if voice not in self.homes), name or "a new theme"
        )
        return tuple(voice for voice in voices if voice not in taken)

    def read_also(self, each: ThemeList, at_home: dict[int, str]) -> tuple[int, ...]:
        """Give the voices that also speak in a theme; a parked one speaks in none."""
        voices = self._find_voices(f"{each.name}, also in", each.also)
        parked = [voice for voice in voices if self._is_parked(voice, at_home)]
        if parked:
            self._note(
                f"{each.name}, also in",
                f"{self._say_cards(parked)} parked, and what is parked speaks in no theme. "
                "Take it from one of the two lists.",
            )
        return tuple(voice for voice in voices if voice not in parked)

    def read_name(self, each: ThemeList) -> str:
        """Give the name of a theme, cleaned when it is new."""
        if each.theme_id is not None:
            return each.name
        try:
            taken = [*(theme.name for theme in self.board.themes), *self.names]
            self.names.append(clean_theme_name(each.name, taken))
        except EngagementError as error:
            self._note(each.name.strip() or "A new theme", str(error))
            return each.name
        return self.names[-1]

    def read_reason(self, typed: str) -> str:
        """Give the reason for parking."""
        try:
            return clean_wording(typed, what="The reason for parking", longest=LONGEST_REASON)
        except EngagementError as error:
            self._note(PARKED, str(error))
            return ""

    def _find_voices(self, where: str, typed: str) -> list[int]:
        found = read_numbers(typed)
        for says in found.mistakes:
            self._note(where, says)
        once = dict.fromkeys(found.numbers)
        self._note_twice(where, found.numbers)
        places = {number: self.board.places.get(self.board.numbers.voice_of(number)) for number in once}
        self._note_unknown(where, [number for number, place in places.items() if place is None])
        gone = [number for number, place in places.items() if place is not None and place.is_withdrawn]
        if gone:
            self._note(
                where,
                f"{_say(gone, 'was', 'were')} withdrawn since printing. Take such paper down: what is "
                "withdrawn is left out here.",
                stops=False,
            )
        return [place.voice_id for place in places.values() if place is not None and not place.is_withdrawn]

    def _note_twice(self, where: str, numbers: tuple[int, ...]) -> None:
        twice = [number for number, n_times in Counter(numbers).items() if n_times > 1]
        if twice:
            self._note(
                where,
                f"{_say(twice, 'is', 'are')} typed twice here. It counts once: was another number meant?",
                stops=False,
            )

    def _note_unknown(self, where: str, numbers: list[int]) -> None:
        if numbers:
            last = self.board.last_number
            known = f"The cards go from 1 to {last}." if last else "There are no cards yet."
            what = "There is no card" if len(numbers) == 1 else "There are no cards"
            self._note(where, f"{what} {say_numbers(numbers)}. {known} Look at the paper again.")

    def _is_parked(self, voice: int, at_home: dict[int, str]) -> bool:
        home = at_home.get(voice)
        return self.board.places[voice].is_parked if home is None else home == PARKED

    def _say_cards(self, voices: Iterable[int]) -> str:
        return _say([self.board.numbers.number_of(voice) for voice in voices], "is", "are")

    def _note(self, where: str, says: str, *, stops: bool = True) -> None:
        self.mistakes.append(Mistake(where, says, stops))


def _say(numbers: Iterable[int], one: str, many: str) -> str:
    once = set(numbers)
    return f"Card {say_numbers(once)} {one}" if len(once) == 1 else f"Cards {say_numbers(once)} {many}"
